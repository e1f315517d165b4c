"""Files to grids: sniffed by content, bounded, and refused only with a finding that says how to fix the file."""

from ipstrong.readers.open_file import open_source

__all__ = ["open_source", "plain_package"]


def plain_package(data: bytes) -> bytes | None:
    """Return the bytes of an xlsx or xlsm package, decrypted where Excel's default password opens it; None for others."""
    if data.startswith(b"PK"):
        return data
    from ipstrong.readers.xls import decrypted

    content = decrypted(data)
    return content if content is not None and content.startswith(b"PK") else None
