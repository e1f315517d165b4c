"""Pure functions from numbers to a number, one file a measure, each with its formula and its source."""
