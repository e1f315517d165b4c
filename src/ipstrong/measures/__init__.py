"""Pure functions from figures to a figure or a number, one file a measure, each with its formula and its source.

Nothing here chooses years, regions or conventions, and nothing here decides a status.
"""
