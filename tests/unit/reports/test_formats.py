"""The registry of formats: every name renders, every suffix has a name, files differ from streams where they must."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, get_args

import pytest

import report_cases
import validations
from ipstrong.cli import data_commands as commands
from ipstrong.cli.options import TableFormat
from ipstrong.reports.formats import RENDERERS, SUFFIXES, render, render_file, suffixes
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.writers.csv import BYTE_ORDER_MARK


@pytest.mark.parametrize("name", RENDERERS["scorecard"])
def test_every_format_renders_text_or_bytes(name: str) -> None:
    content = render(report_cases.final_plan(), name, ReportOptions("en"))
    assert isinstance(content, bytes if name == "xlsx" else str)
    assert content


@pytest.mark.parametrize("subject", RENDERERS)
def test_every_suffix_names_a_format_of_the_subject(subject: str) -> None:
    found = suffixes(subject)
    without = {name for name in RENDERERS[subject] if name not in SUFFIXES}
    assert set(found.values()) | without == set(RENDERERS[subject])
    assert without <= {"github", "summary", "table"}
    assert all(suffix == suffix.lower() for suffix in found)


@pytest.mark.parametrize(
    ("option", "subject"),
    [
        (commands.ScorecardFormat, "scorecard"),
        (commands.ValidationFormat, "validation"),
        (commands.ComparisonFormat, "comparison"),
        (commands.InspectionFormat, "inspection"),
        (TableFormat, "listing"),
    ],
)
def test_commands_accept_the_formats_of_their_subject(option: Any, subject: str) -> None:
    assert set(get_args(get_args(option)[0])) == set(RENDERERS[subject])


def test_an_unknown_format_is_refused() -> None:
    for result in (report_cases.on_the_way(), validations.clean_validation()):
        with pytest.raises(KeyError):
            render(result, "docx", ReportOptions("en"))


def test_csv_files_of_a_scorecard_have_a_byte_order_mark_and_streams_have_none() -> None:
    stream = render(report_cases.on_the_way(), "csv", ReportOptions("zh"))
    file = render_file(report_cases.on_the_way(), "csv", ReportOptions("zh"))
    assert isinstance(stream, str)
    assert not stream.startswith(BYTE_ORDER_MARK)
    assert file == BYTE_ORDER_MARK + stream
    assert str(render_file(validations.make_validation(), "csv", ReportOptions("zh"))).startswith("file,")


def test_files_have_no_colour() -> None:
    options = ReportOptions("en", 80, color=True, unicode=False)
    stream = str(render(report_cases.on_the_way(), "terminal", options))
    file = str(render_file(report_cases.on_the_way(), "terminal", options))
    assert "\x1b[" in stream
    assert "\x1b[" not in file
    assert "█" in file


def test_the_registry_loads_nothing_heavy() -> None:
    code = (
        "import sys, ipstrong.reports.formats\n"
        "print([name for name in ('rich.console', 'polars', 'openpyxl', 'xlsxwriter') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
