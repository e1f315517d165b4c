"""Recalculate a workbook with LibreOffice, for tests that compare its formulas with its cached values.

The cached values are taken out first and the profile says "always recalculate", so that what comes back was computed.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl

_CACHED = re.compile(r"(<c [^>]*>)(<f>.*?</f>)<v>.*?</v></c>", re.DOTALL)

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">\
<value>0</value></prop></item>
</oor:items>
"""

Values = dict[tuple[str, str], object]
"""By sheet and address."""


def find_soffice() -> str | None:
    """Return the program, or None where LibreOffice is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def without_cached_values(workbook: bytes) -> bytes:
    """Return the workbook with every formula stripped of its value."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = _CACHED.sub(r"\1\2</c>", content.decode()).encode()
            target.writestr(name, content)
    return out.getvalue()


def recalculate(workbook: bytes, folder: Path) -> bytes:
    """Return the workbook as LibreOffice computes it; `folder` is for its files and profile."""
    program = find_soffice()
    assert program is not None
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    source, made = folder / "scorecard.xlsx", folder / "recalculated"
    source.write_bytes(without_cached_values(workbook))
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    done = subprocess.run(
        [*command, "--outdir", str(made), str(source)], check=False, capture_output=True, text=True, timeout=900
    )
    result = made / source.name
    assert result.exists(), f"LibreOffice made no file: {done.stdout}\n{done.stderr}"
    return result.read_bytes()


def values_of(workbook: bytes) -> Values:
    """Return the value of every cell that holds one."""
    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def formulas_of(workbook: bytes) -> dict[tuple[str, str], str]:
    """Return the formula of every cell that holds one."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
