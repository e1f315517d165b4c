"""Parse options, call one pipeline function, write, exit."""
