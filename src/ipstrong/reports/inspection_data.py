"""What was understood of files, for programs: CSV with a row for each value, and JSON."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

from ipstrong.diagnostics import Finding, a1
from ipstrong.model.dataset import Dataset, Series
from ipstrong.reports.escapes import csv_text
from ipstrong.reports.json_text import json_text
from ipstrong.texts import Lang

if TYPE_CHECKING:
    import polars as pl

CSV_COLUMNS = ("file", "sheet", "cell", "label", "region", "period", "value", "unit", "indicator", "raw")
"""Columns of the CSV form, one row a value."""
FORMAT_VERSION = 1
"""Version of the JSON form."""


def render_csv(dataset: Dataset) -> str:
    """Return one row a value, with the columns of `CSV_COLUMNS`."""
    if dataset.frame.is_empty():
        return ",".join(CSV_COLUMNS) + "\n"
    buffer = io.BytesIO()
    values_frame(dataset).write_csv(buffer, line_terminator="\n", null_value="")
    return buffer.getvalue().decode("utf-8")


def values_frame(dataset: Dataset) -> pl.DataFrame:
    """Return one row a value as texts, with the columns of `CSV_COLUMNS`."""
    import polars as pl

    frame = with_region_texts(dataset)
    last = frame["col"].to_physical().cast(pl.Int64).max()
    letters = pl.Series([a1(0, column)[:-1] for column in range((last if isinstance(last, int) else 0) + 1)])
    return frame.select(
        _safe("file"),
        _safe("sheet"),
        (pl.lit(letters.gather(frame["col"])) + (pl.col("row") + 1).cast(pl.String)).alias("cell"),
        _safe("label"),
        _safe("region"),
        pl.col("period").cast(pl.String),
        pl.lit(value_texts(frame["value"])).alias("value"),
        _safe("unit"),
        pl.col("indicator").cast(pl.String),
        pl.lit(_safe_raw(frame["raw"])).alias("raw"),
    )


def with_region_texts(dataset: Dataset) -> pl.DataFrame:
    """Return the frame with regions as people read them in place of the plan's ids."""
    import polars as pl

    return dataset.frame.with_columns(pl.col("region").cast(pl.String).replace(dict(dataset.region_names)))


def _safe(name: str) -> pl.Expr:
    """Return a text column in which nothing is a formula or moves a cursor."""
    import polars as pl

    text = pl.col(name).cast(pl.String).replace("", None)  # a blank is an empty field, without quotes
    risky = text.str.contains(r"^\s*[=+\-@＝＋－＠]|[^\p{L}\p{N}\p{P}\p{S} ]")
    return pl.when(risky).then(text.map_elements(csv_text, return_dtype=pl.String)).otherwise(text).alias(name)


def _safe_raw(texts: pl.Series) -> pl.Series:
    """Return raw texts; a number or mark with a sign stays as it is, a formula does not."""
    import polars as pl

    risky = texts.str.contains(r"^\s*[=@＝＠]|^\s*[+\-＋－]\s*[^\d\s.,%+\-]|[^\p{L}\p{N}\p{P}\p{S} ]").fill_null(
        value=False
    )
    texts = texts.set(texts == "", None)  # a blank cell is an empty field, without quotes
    if not risky.any():
        return texts
    return pl.Series(
        [csv_text(text) if flag and text else text for text, flag in zip(texts, risky, strict=True)], dtype=pl.String
    )


def value_texts(values: pl.Series) -> pl.Series:
    """Return numbers as plain decimal text without an exponent; null for missing ones."""
    import polars as pl

    whole = (values == values.floor()) & (values.abs() < 1e15)
    texts = values.cast(pl.String)
    integers = values.set(~whole.fill_null(value=False), None).cast(pl.Int64).cast(pl.String)
    texts = integers.zip_with(integers.is_not_null(), texts)
    odd = texts.str.contains("e", literal=True).fill_null(value=False)
    if odd.any():
        texts = pl.Series(
            [
                format(Decimal(repr(value)), "f") if flag else text
                for value, text, flag in zip(values, texts, odd, strict=True)
            ],
            dtype=pl.String,
        )
    return texts


def render_json(dataset: Dataset, lang: Lang) -> str:
    """Return files, series, values and findings; the findings in `lang`."""
    return json_text(
        {
            "format_version": FORMAT_VERSION,
            "files": [
                {
                    "path": file.path,
                    "kind": file.kind,
                    "sha256": file.sha256,
                    "sheets": file.sheets,
                    "skipped_sheets": [{"sheet": name, "code": code} for name, code in file.skipped_sheets],
                    "encoding": file.encoding,
                    "delimiter": file.delimiter,
                }
                for file in dataset.files
            ],
            "series": [_series_object(dataset, entry) for entry in dataset.series],
            "values": _value_objects(dataset),
            "findings": [_finding_object(finding, lang) for finding in dataset.findings],
        }
    )


def _series_object(dataset: Dataset, entry: Series) -> dict[str, object]:
    return {
        "file": entry.file,
        "sheet": entry.sheet,
        "label": entry.label,
        "region": dataset.region_text(entry.region),
        "unit": entry.unit,
        "place": entry.place,
        "first_period": entry.first_period,
        "last_period": entry.last_period,
        "values": entry.n_values,
        "missing": entry.n_missing,
        "indicator": entry.indicator,
        "nearest": entry.nearest,
        "layout": entry.layout,
    }


def _value_objects(dataset: Dataset) -> list[dict[str, object]]:
    import polars as pl

    if dataset.frame.is_empty():
        return []
    frame = values_frame(dataset).with_columns(dataset.frame["label"].cast(pl.String), dataset.frame["raw"])
    return [
        {**row, "value": None if row["value"] is None else Decimal(row["value"])} for row in frame.iter_rows(named=True)
    ]


def _finding_object(finding: Finding, lang: Lang) -> dict[str, object]:
    return {
        "code": finding.code.id,
        "severity": finding.severity.value,
        "location": str(finding.location),
        "message": finding.message(lang),
        "hint": finding.hint(lang),
    }
