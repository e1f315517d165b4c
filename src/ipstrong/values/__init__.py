"""The text of a cell to a number with its printed precision; periods; marks."""
