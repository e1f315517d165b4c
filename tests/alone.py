"""What is read from several files together, held against what each of them gives alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from unittest import mock

import polars as pl
import pytest

from ipstrong.model.dataset import Dataset
from ipstrong.model.plan import Plan
from ipstrong.sources import ReadOptions, read, read_files
from ipstrong.sources.readers import open_file

REGIONS = ("南山区", "福田区", "大鹏新区", "海边县0501", "盐田区")
"""Real and made-up names of different lengths; whatever figures stand beside them are made up."""


def rows_of(dataset: Dataset) -> list[dict[str, Any]]:
    return dataset.frame.with_columns(pl.col(pl.Categorical).cast(pl.String)).to_dicts()


def findings_of(dataset: Dataset) -> list[tuple[str, str, str]]:
    return [(finding.code.id, str(finding.location), finding.message("en")) for finding in dataset.findings]


def assert_together_as_alone(paths: Sequence[str], plan: Plan | None = None) -> Dataset:
    """Hold all files read in one run against each read in a run of its own, where no form can be known.

    With a plan only the rows are compared, as duplicates are told of all files together.
    """
    together = read_files(paths, plan=plan)
    with mock.patch.object(read, "_TOGETHER", 2):  # copies are looked at two by two before their turn
        ahead = read_files(paths, plan=plan)
    assert rows_of(ahead) == rows_of(together)
    assert (findings_of(ahead), ahead.files) == (findings_of(together), together.files)
    alone = [read_files([path], plan=plan) for path in paths]
    if plan is not None:
        assert rows_of(together) == [row for dataset in alone for row in rows_of(dataset)]
        return together
    assert rows_of(together) == [row for dataset in alone for row in rows_of(dataset)]
    assert sorted(findings_of(together)) == sorted(found for dataset in alone for found in findings_of(dataset))
    assert list(together.series) == [series for dataset in alone for series in dataset.series]
    return together


def opened_by_readers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the files that go through the ordinary readers from now on, in order."""
    seen: list[str] = []
    ordinary = open_file.open_bytes

    def counted(path: str, data: bytes, options: ReadOptions) -> Any:
        seen.append(path)
        return ordinary(path, data, options)

    monkeypatch.setattr(open_file, "open_bytes", counted)
    return seen
