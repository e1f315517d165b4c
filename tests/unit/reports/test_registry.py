"""The registry of formats: every name renders, every suffix has a name, files differ from streams where they must."""

from __future__ import annotations

import subprocess
import sys

import pytest

import report_cases
from ipstrong.reports.console import ConsoleOptions
from ipstrong.reports.registry import BINARY, BYTE_ORDER_MARK, RENDERERS, SUFFIXES, render


@pytest.mark.parametrize("name", RENDERERS)
def test_every_format_renders_text_or_bytes(name: str) -> None:
    content = render(report_cases.final_plan(), name, "en")
    assert isinstance(content, bytes if name in BINARY else str)
    assert content


def test_every_suffix_names_a_format_and_every_format_has_one() -> None:
    assert set(SUFFIXES.values()) == set(RENDERERS)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in SUFFIXES)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(KeyError):
        render(report_cases.on_the_way(), "docx", "en")


def test_csv_files_have_a_byte_order_mark_and_streams_have_none() -> None:
    stream = render(report_cases.on_the_way(), "csv", "zh")
    file = render(report_cases.on_the_way(), "csv", "zh", to_file=True)
    assert isinstance(stream, str)
    assert not stream.startswith(BYTE_ORDER_MARK)
    assert file == BYTE_ORDER_MARK + stream


def test_files_have_no_colour() -> None:
    console = ConsoleOptions(80, color=True, unicode=False)
    stream = render(report_cases.on_the_way(), "terminal", "en", console)
    file = render(report_cases.on_the_way(), "terminal", "en", console, to_file=True)
    assert isinstance(stream, str)
    assert isinstance(file, str)
    assert "\x1b[" in stream
    assert "\x1b[" not in file
    assert "█" in file


def test_the_registry_and_the_machine_formats_load_nothing_heavy() -> None:
    code = (
        "import sys, ipstrong.reports.registry, ipstrong.reports.csv_report, ipstrong.reports.json_report\n"
        "print([name for name in ('rich', 'polars', 'openpyxl', 'xlsxwriter', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
