"""DATA codes: what can be wrong while files are read and understood."""
