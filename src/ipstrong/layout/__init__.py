"""From a grid of cells to tables: what heads what, and where the values are."""
