"""Score the reading of a corpus: `python benchmarks/reading.py CORPUS [--markdown]`.

A corpus is a folder of files with a `manifest.csv` (column `file`, relative paths; others are shown where useful) and,
beside some files, `NAME.truth.json` with verified cells: sheet, cell, row_label, column_label, value, unit. Every file is
read without options. A verified cell is

- **right** when it was read with its value, every word of its labels stands in label, region or period, and its unit
  is the verified one (a unit that stands nowhere in the file cannot be read and does not count against it);
- **wrong** when it was read with another value, label, period or unit;
- **missed** when it was not read (a verified blank may be absent or without a value).

Prints one line a verified file, the total, and how every other file ended: values, or the codes of its findings.
Exits with 1 when a cell is wrong or a file ends in neither values nor a finding.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ipstrong.diagnostics import Severity, a1
from ipstrong.model.dataset import Dataset
from ipstrong.pipeline import read_data

Row = Mapping[str, Any]


class Score(NamedTuple):
    """How the verified cells of a file were read."""

    file: str
    right: int
    wrong: int
    missed: int
    problems: tuple[str, ...]


class Ending(NamedTuple):
    """How a file ended that has no verified cells."""

    file: str
    n_series: int
    n_values: int
    codes: str
    seconds: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path, help="folder with manifest.csv")
    parser.add_argument("--markdown", action="store_true", help="print Markdown tables")
    options = parser.parse_args()
    manifest = options.corpus / "manifest.csv"
    if not manifest.is_file():
        print(f"{manifest}: there is no manifest", file=sys.stderr)
        return 2
    with manifest.open(encoding="utf-8-sig", newline="") as stream:
        names = [row["file"] for row in csv.DictReader(stream)]
    scores, endings = [], []
    for name in names:
        path = options.corpus / name
        begin = time.perf_counter()
        dataset = read_data([str(path)])
        seconds = time.perf_counter() - begin
        truth = path.with_name(f"{path.name}.truth.json")
        if truth.is_file():
            scores.append(score_file(name, path, dataset, json.loads(truth.read_text(encoding="utf-8"))))
        endings.append(_ending(name, dataset, seconds))
    for line in _report(scores, endings, markdown=options.markdown):
        print(line)
    is_silent = any(not ending.n_values and not ending.codes for ending in endings)
    return int(is_silent or any(score.wrong for score in scores))


def score_file(name: str, path: Path, dataset: Dataset, truth: Mapping[str, Any]) -> Score:
    """Return how the verified cells of one file were read."""
    found = {(row["sheet"], a1(row["row"], row["col"])): row for row in dataset.frame.iter_rows(named=True)}
    words = _words_of(path, dataset)
    counts: Counter[str] = Counter()
    problems = []
    for cell in truth["cells"]:
        row = found.get((cell["sheet"], cell["cell"]))
        verdict, problem = _judge(cell, row, words)
        counts[verdict] += 1
        if problem:
            problems.append(f"{cell['cell']}: {problem}")
    return Score(name, counts["right"], counts["wrong"], counts["missed"], tuple(problems))


def _judge(cell: Row, row: Row | None, words: str) -> tuple[str, str]:
    if row is None:
        return ("right", "") if cell["value"] is None else ("missed", "not read")
    if row["value"] != cell["value"]:
        return "wrong", f"value {row['value']} instead of {cell['value']}"
    said = _plain(f"{row['label']} {row['region']} {row['period']} {row['unit'] or ''}")
    for label in (cell["row_label"], cell["column_label"]):
        lacking = [word for word in label.split() if _plain(word) not in said and not _is_same_year(word, label)]
        if lacking:
            return "wrong", f"{' '.join(lacking)} is not in {row['label']} / {row['region']} / {row['period']}"
    unit = row["unit"] or ""
    if unit != cell["unit"] and (unit or _plain(cell["unit"]) in words):
        return "wrong", f"unit {unit!r} instead of {cell['unit']!r}"
    return "right", ""


def _is_same_year(word: str, label: str) -> bool:
    """Whether a word only repeats the year of its label in another era: `1958 (民國47年)`."""
    return word.startswith("(") and label[:4].isdigit()


def _words_of(path: Path, dataset: Dataset) -> str:
    """Return the words of a file, as far as they can be had, to know which units it names at all."""
    labels = {str(value) for name in ("label", "unit", "raw") for value in dataset.frame[name].unique()}
    return _plain(" ".join(sorted(labels)) + path.stem)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", str(text)).lower().split())


def _ending(name: str, dataset: Dataset, seconds: float) -> Ending:
    worst = [finding for finding in dataset.findings if finding.severity is not Severity.NOTE]
    counts = Counter(finding.code.id for finding in worst or dataset.findings)
    codes = ", ".join(code if count == 1 else f"{count} {code}" for code, count in sorted(counts.items()))
    return Ending(name, len(dataset.series), dataset.frame["value"].count(), codes, seconds)


def _report(scores: list[Score], endings: list[Ending], *, markdown: bool) -> Iterator[str]:
    total = [
        sum(counts) for counts in zip(*((score.right, score.wrong, score.missed) for score in scores), strict=True)
    ]
    rows = [(score.file, *score[1:4]) for score in scores]
    yield from _table(("verified file", "right", "wrong", "missed"), [*rows, ("total", *total)], markdown=markdown)
    for score in scores:
        yield from (f"  {score.file} {problem}" for problem in score.problems)
    yield ""
    ends = [(end.file, end.n_series, end.n_values, end.codes or "-", f"{end.seconds:.2f}") for end in endings]
    yield from _table(
        ("file", "series", "values", "warnings and errors, else notes", "seconds"), ends, markdown=markdown
    )


def _table(headings: tuple[str, ...], rows: Sequence[tuple[object, ...]], *, markdown: bool) -> Iterator[str]:
    if markdown:
        yield f"| {' | '.join(headings)} |"
        yield f"| {' | '.join('---' if index == 0 else '---:' for index in range(len(headings)))} |"
        yield from (f"| {' | '.join(map(str, row))} |" for row in rows)
        return
    widths = [max(len(str(row[index])) for row in (headings, *rows)) for index in range(len(headings))]
    for row in (headings, *rows):
        yield "  ".join(
            str(cell).ljust(width) if index == 0 else str(cell).rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()


if __name__ == "__main__":
    sys.exit(main())
