"""The values of a table, all at once: numbers as columns, and each distinct text once by `cells.parse_text`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from ipstrong.model.dataset import Bound, ValueStatus
from ipstrong.model.unit import parse_unit
from ipstrong.readers.grid import CellNote, CellValue, FrameGrid, Grid
from ipstrong.values.cells import COMPUTED_DIGITS, CellKind, ParsedCell, decimal_of, parse_cell, parse_text
from ipstrong.values.number_formats import read_number_format

BOUND = pl.Enum([bound.value for bound in Bound])
STATUS = pl.Enum([status.value for status in ValueStatus])
KIND = pl.Enum([kind.value for kind in CellKind])

_PLAIN = r"^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$"
_DRESSED = r"^-?(?:(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?%|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,12})?%?)$"
"""Plain numbers but for grouping commas and a percent sign, which columns of thousands and of shares are full of."""


def parse_table(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> pl.DataFrame:
    """Return what the cells of some rows and columns say, row by row from left to right.

    Returns:
        The columns of `parse_series`, and `raw`: the text of the cell, as printed where its format is known.
    """
    comma = grid.extras.decimal_comma
    if isinstance(grid, FrameGrid):
        places = pl.Series(rows, dtype=pl.UInt32)
        texts = [grid.frame.to_series(column).gather(places).cast(pl.String) for column in columns]
        joined = texts[0]
        if len(texts) > 1:
            places = pl.int_range(len(rows) * len(columns), eager=True)
            joined = pl.concat(texts).gather(places % len(columns) * len(rows) + places // len(columns))
        return parse_series(joined, decimal_comma=comma).with_columns(joined.fill_null("").alias("raw"))
    lines = grid.rows()
    values = [line[column] for line in [lines[row] for row in rows] for column in columns]
    formats = [grid.extras.column_formats.get(column) for column in columns]
    notes = _notes_at(grid, rows, columns)
    return _parse_values(values, notes, formats, decimal_comma=comma, is_text=grid.sheet is None)


def _notes_at(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> dict[int, CellNote]:
    """Return the notes on cells by their place in the order of reading."""
    notes = grid.extras.notes
    if not notes:
        return {}
    row_at = {row: place for place, row in enumerate(rows)}
    column_at = {column: place for place, column in enumerate(columns)}
    width = len(columns)
    return {
        row_at[row] * width + column_at[column]: note
        for (row, column), note in notes.items()
        if row in row_at and column in column_at
    }


def _parse_values(
    values: list[CellValue],
    notes: Mapping[int, CellNote],
    formats: Sequence[str | None],
    *,
    decimal_comma: bool,
    is_text: bool,
) -> pl.DataFrame:
    """Return what cells of a sheet or text table say.

    Args:
        values: The cells.
        notes: Flaws and number formats by the place of their cell.
        formats: The number format of every column; cells of a row follow each other.
        decimal_comma: Whether texts write 78,1 for 78.1.
        is_text: Whether the file is a text table, in which numbers are always texts.
    """
    flaws = {place: note for place, note in notes.items() if note.flaw is not None}
    texts: list[int] = []
    others: list[int] = list(flaws)
    empty: list[int] = []
    numbers: dict[str | None, list[int]] = {}
    width, is_formatted = len(formats), any(formats) or len(notes) > len(flaws)
    plain = numbers.setdefault(None, [])
    for place, value in enumerate(values):
        kind = type(value)
        if flaws and place in flaws:
            continue
        if kind is float or kind is int:
            if is_formatted:
                note = notes.get(place)
                shown = (note.number_format if note is not None else None) or formats[place % width]
                numbers.setdefault(shown, []).append(place)
            else:
                plain.append(place)
        elif kind is str:
            texts.append(place)
        elif value is None:
            empty.append(place)
        else:
            others.append(place)
    pieces = [_parse_numbers(values, places, shown) for shown, places in numbers.items() if places]
    if texts:
        raw_texts = pl.Series("raw", [values[place] for place in texts], dtype=pl.String)
        parsed = parse_series(raw_texts, decimal_comma=decimal_comma)
        at = pl.Series("place", texts, dtype=pl.UInt32)
        pieces.append(
            (parsed if is_text else _text_numbers(parsed)).with_columns(raw_texts, at).select("place", *_ORDER)
        )
    if others or empty:
        cells = [
            ParsedCell(CellKind.TEXT, remarks=(note.flaw.value,))
            if (note := flaws.get(place)) is not None and note.flaw is not None
            else parse_cell(values[place])
            for place in others
        ]
        raw = [flaws[place].text if place in flaws else _text_of(values[place]) for place in others]
        blank = parse_cell(None)
        pieces.append(_frame_of([*cells, *([blank] * len(empty))], [*raw, *([""] * len(empty))], [*others, *empty]))
    if not pieces:
        return _frame_of([], [], []).drop("place")
    found = pieces[0] if len(pieces) == 1 else pl.concat(pieces)
    return (found if len(pieces) == 1 and not others else found.sort("place")).drop("place")


def _text_of(value: CellValue) -> str:
    return str(value).upper() if isinstance(value, bool) else str(value).removesuffix(" 00:00:00")


def _frame_of(cells: list[ParsedCell], raw: list[str], places: list[int]) -> pl.DataFrame:
    return pl.DataFrame(
        [pl.Series("place", places, pl.UInt32), *_columns_of(cells), pl.Series("raw", raw, pl.String)]
    ).select("place", *_ORDER)


_ORDER = ("value", "half_width", "bound", "status", "unit", "kind", "remarks", "raw")


def _text_numbers(parsed: pl.DataFrame) -> pl.DataFrame:
    """Remark on the numbers that a worksheet keeps as texts."""
    remarks = pl.col("remarks").cast(pl.String)
    noted = pl.when(remarks == "").then(pl.lit("text_number")).otherwise(remarks + ";text_number")
    is_number = pl.col("kind") == CellKind.NUMBER.value
    return parsed.with_columns(pl.when(is_number).then(noted).otherwise(remarks).cast(pl.Categorical).alias("remarks"))


def _parse_numbers(values: list[CellValue], places: list[int], number_format: str | None) -> pl.DataFrame:
    """Return what the numbers of a worksheet say, as `cells.parse_cell` does."""
    wanted = values if len(places) == len(values) else [values[place] for place in places]
    shown = read_number_format(number_format or "")
    at = pl.Series("place", places, dtype=pl.UInt32)
    numbers = pl.Series("value", wanted, dtype=pl.Float64, strict=False)
    scaled = numbers * 10.0**shown.exponent if shown is not None and shown.exponent else numbers
    texts = _shortest(scaled)
    point = texts.str.find(".", literal=True)
    decimals = (texts.str.len_bytes() - point - 1).fill_null(0)
    is_odd = (~scaled.is_finite() | (scaled.abs() >= 1e15) | (decimals > 15)).fill_null(value=True)
    if is_odd.any():
        each = [(value, place) for value, place, odd in zip(wanted, places, is_odd, strict=True) if odd]
        cells = [parse_cell(value, number_format) for value, _ in each]
        raw = [_printed(value, cell) for (value, _), cell in zip(each, cells, strict=True)]
        rest = [place for place, odd in zip(places, is_odd, strict=True) if not odd]
        odd_cells = _frame_of(cells, raw, [place for _, place in each])
        return pl.concat([odd_cells, _parse_numbers(values, rest, number_format)]).sort("place") if rest else odd_cells
    half_widths = pl.Series([0.0, *(float(f"5e-{n + 1}") for n in range(1, 31))])
    if shown is None:
        digits = texts.str.strip_chars_start("-0.").str.replace(".", "", literal=True).str.len_bytes()
        widths = half_widths.gather(decimals.cast(pl.UInt32))
        widths = widths.zip_with(digits < COMPUTED_DIGITS, pl.Series([0.0]))
        unit, remark = None, ""
    else:  # more is stored than shown: the stored value is the exact one
        widths = pl.Series([half_widths[shown.decimals]]).new_from_index(0, len(texts))
        widths = widths.zip_with(decimals <= shown.decimals, pl.Series([0.0]))
        if shown.decimals:
            zeros = pl.Series(["0" * count for count in range(shown.decimals + 1)])
            missing = (shown.decimals - decimals.cast(pl.Int32)).clip(0, shown.decimals).cast(pl.UInt32)
            texts = texts.zip_with(point.is_not_null(), texts + ".") + zeros.gather(missing)
        parsed = parse_unit(shown.unit) if shown.unit else None
        unit = "%" if shown.percent else parsed.text if parsed else None
        remark = "scaled_format" if shown.exponent and not shown.percent else ""
    return pl.DataFrame([at, texts.cast(pl.Float64).alias("value") + 0.0, widths.alias("half_width")]).select(
        "place",
        "value",
        "half_width",
        pl.lit(Bound.EXACT.value, BOUND).alias("bound"),
        pl.lit(ValueStatus.FINAL.value, STATUS).alias("status"),
        pl.lit(unit, pl.String).alias("unit"),
        pl.lit(CellKind.NUMBER.value, KIND).alias("kind"),
        pl.lit(remark, pl.String).cast(pl.Categorical).alias("remarks"),
        (texts + unit if unit else texts).alias("raw"),
    )


def _printed(value: CellValue, cell: ParsedCell) -> str:
    """Return the text of a number as its format prints it."""
    if cell.number is None:
        return str(value)
    return f"{cell.number:f}{cell.unit.text if cell.unit is not None else ''}"


_SAFE_LENGTH = 16
"""Shortest decimals up to this length have at most 15 digits; longer ones may carry binary noise."""


def _shortest(numbers: pl.Series) -> pl.Series:
    """Return shortest decimals at 15 significant digits, without exponent and without `.0`."""
    whole = numbers.cast(pl.Int64, strict=False)
    is_whole = ((whole == numbers) & (numbers.abs() < 1e15)).fill_null(value=False)
    if is_whole.all():
        return whole.cast(pl.String)
    texts = numbers.cast(pl.String)
    odd = (texts.str.len_bytes() > _SAFE_LENGTH) | texts.str.contains("[eEn]") | (numbers.abs() >= 1e15)
    rows = (odd.fill_null(value=False) & ~is_whole).arg_true()
    if len(rows):
        shorter = [_shortened(number) for number in numbers.gather(rows).to_list()]
        texts = texts.scatter(rows, pl.Series(shorter, dtype=pl.String))
    return whole.cast(pl.String).zip_with(is_whole, texts)


def _shortened(number: float) -> str:
    """Return a number at 15 significant digits, without an exponent."""
    text = format(number, ".15g")
    return format(decimal_of(number), "f") if "e" in text else text


def parse_series(texts: pl.Series, *, decimal_comma: bool = False) -> pl.DataFrame:
    """Return what a column of texts says, row by row as `parse_text` does, without a Python object a cell.

    Plain numbers are cast by Polars; only the distinct other texts go through `parse_text`.

    Args:
        texts: A `String` column; null is empty.
        decimal_comma: Whether the file writes 78,1 for 78.1.

    Returns:
        Columns `value` and `half_width` (f64, null where there is no number), `bound`, `status` and `kind` (enumerations),
        `unit` (text, null where the cell names none) and `remarks` (categorical, joined by `;`).
    """
    text = pl.col("text")
    plain = text.str.contains(_PLAIN)
    if decimal_comma:
        plain &= ~text.str.contains(".", literal=True)
    frame = pl.DataFrame({"text": texts}).with_columns(plain.fill_null(value=False).alias("is_plain"))
    n_plain = frame["is_plain"].sum()
    vector = _plain_columns(frame)
    if n_plain == frame.height:
        return vector
    return _with_rest(frame, vector, decimal_comma=decimal_comma)


def _plain_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns for the plain numbers of `frame`; the other rows are there as empty cells."""
    text = pl.col("text")
    half_widths = pl.Series("half_width", [0.0, *(float(f"5e-{n + 1}") for n in range(1, 17))])
    columns = frame.lazy().select(
        "is_plain",
        pl.when("is_plain").then(text.cast(pl.Float64, strict=False) + 0.0).alias("value"),
        # a text without a point has no decimals; find gives the byte before the decimals
        (text.str.len_bytes() - text.str.find(".", literal=True) - 1).fill_null(0).clip(0, 16).alias("decimals"),
        text.str.len_bytes().alias("length"),
    )
    measured = columns.collect()
    half_width = half_widths.gather(measured["decimals"])
    if ((measured["length"] > COMPUTED_DIGITS) & (measured["decimals"] > 0)).any():
        digits = frame["text"].str.strip_chars_start("-0.")
        n_significant = digits.str.len_bytes() - digits.str.contains(".", literal=True).cast(pl.UInt32)
        half_width = half_width.zip_with((n_significant < COMPUTED_DIGITS).fill_null(value=True), pl.Series([0.0]))
    are_all = bool(measured["is_plain"].all())
    number, empty = (pl.lit(kind.value, KIND) for kind in (CellKind.NUMBER, CellKind.EMPTY))
    return measured.select(
        "value",
        half_width if are_all else pl.when("is_plain").then(half_width).alias("half_width"),
        pl.lit(Bound.EXACT.value, BOUND).alias("bound"),
        pl.lit(ValueStatus.FINAL.value, STATUS).alias("status"),
        pl.lit(None, pl.String).alias("unit"),
        number.alias("kind") if are_all else pl.when("is_plain").then(number).otherwise(empty).alias("kind"),
        pl.lit("", pl.Categorical).alias("remarks"),
    )


def _with_rest(frame: pl.DataFrame, vector: pl.DataFrame, *, decimal_comma: bool) -> pl.DataFrame:
    """Fill in the rows that are no plain numbers."""
    others = frame.filter(~pl.col("is_plain"))["text"].drop_nulls().unique()
    dressed = others.clear() if decimal_comma else others.filter(others.str.contains(_DRESSED))
    single = others if decimal_comma else others.filter(~others.str.contains(_DRESSED))
    without = pl.DataFrame(
        {
            "text": dressed.str.replace_all("[,%]", ""),
            "is_plain": pl.repeat(value=True, n=len(dressed), eager=True),
        }
    )
    parsed = [parse_text(text, decimal_comma=decimal_comma) for text in single]
    lookup = pl.concat(
        [
            _plain_columns(without)
            .with_columns(dressed.str.extract("(%)$").alias("unit"))
            .insert_column(0, dressed.alias("text")),
            pl.DataFrame([single.alias("text"), *_columns_of(parsed)]),
        ]
    )
    rows = frame.with_row_index("row").filter(~pl.col("is_plain") & pl.col("text").is_not_null()).select("row", "text")
    filled = rows.join(lookup, on="text", how="left", maintain_order="left").drop("text")
    return vector.with_row_index("row").update(filled, on="row", how="left", include_nulls=True).drop("row")


def _columns_of(parsed: list[ParsedCell]) -> list[pl.Series]:
    numbers = [cell.number for cell in parsed]
    return [
        pl.Series("value", [None if number is None else float(number) for number in numbers], pl.Float64),
        pl.Series(
            "half_width", [None if cell.number is None else float(cell.half_width) for cell in parsed], pl.Float64
        ),
        pl.Series("bound", [cell.bound.value for cell in parsed], BOUND),
        pl.Series("status", [cell.status.value for cell in parsed], STATUS),
        pl.Series("unit", [cell.unit.text if cell.unit else None for cell in parsed], pl.String),
        pl.Series("kind", [cell.kind.value for cell in parsed], KIND),
        pl.Series("remarks", [";".join(cell.remarks) for cell in parsed], pl.Categorical),
    ]
