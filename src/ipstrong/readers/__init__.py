"""Files to grids: sniffed by content, bounded, and refused only with a finding that says how to fix the file."""
