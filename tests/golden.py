"""Golden files: expected output beside the tests. `UPDATE_GOLDEN=1` writes them anew; read every difference by eye."""

from __future__ import annotations

import os
from pathlib import Path


def check_golden(path: Path, text: str) -> None:
    """Fail unless the file holds exactly `text`."""
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    assert path.exists(), f"{path.name} is missing: run the test with UPDATE_GOLDEN=1 and read the file"
    assert text == path.read_text("utf-8"), f"{path.name} differs: if that is meant, UPDATE_GOLDEN=1"
