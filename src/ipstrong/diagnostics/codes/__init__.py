"""The table of codes, one module per area."""
