"""From a grid of cells to tables: what heads what, and where values stand."""
