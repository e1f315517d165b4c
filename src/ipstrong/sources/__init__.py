"""A file to grids, a grid to series, a series to observations."""
