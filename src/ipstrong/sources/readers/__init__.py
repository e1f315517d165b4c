"""Files to grids: sniffed by content, bounded, and never failing but with a finding that says how to mend the file."""

from ipstrong.sources.readers.open_file import open_source

__all__ = ["open_source"]
