"""Pure functions from numbers to a number, one file a measure, each with its formula and its source.

Nothing here knows of plans, files or languages. Values are decimals as printed; `exact.py` decides comparisons that lie
too near the line for fifty digits.
"""
