"""How the workbook looks, on screen and on a black-and-white printer: fonts, fills, borders and number formats.

Colours are tints of the Okabe-Ito palette, which people with any colour vision tell apart; their greys differ too. A
status always has its word next to its colour. A number format never changes the number, and never makes one that misses
a line look as if it reached it: 99.96 % is shown as 99.96 %, and 92.96 against 93 as 92.96, not as 93.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from ipstrong.model.plan import Comparator, Indicator, MeasureKind
from ipstrong.model.result import Figure, Result, Status
from ipstrong.model.unit import Unit
from ipstrong.reports.formatting import comparator_sign, exact_decimals
from ipstrong.reports.xlsx.cells import display_width
from ipstrong.texts import Lang

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FONTS: dict[Lang, str] = {"zh": "Microsoft YaHei", "en": "Arial"}
NUMBER_FONT = "Arial"
"""Digits of the same width wherever the workbook is opened: every office suite has this font or one of its measure."""
FONT_SIZE = 10
DEFAULT_ROW_PIXELS = 17
"""Height of an untouched row with this font."""
LINE_HEIGHT: dict[Lang, float] = {"zh": 15.5, "en": 13.5}
"""Points a line of text takes at `FONT_SIZE`."""

INK = "#1F2933"
FAINT = "#6B7680"
RULE = "#B8C0C8"
HEAD_FILL = "#22405C"
GROUP_FILL = "#E4EBF1"
PAPER = "#FFFFFF"


class Tone(NamedTuple):
    """How a status looks."""

    fill: str
    ink: str
    solid: str
    """The full colour, for bars and lines."""
    bold: bool = False
    italic: bool = False


TONES: dict[Status, Tone] = {
    Status.MET: Tone("#BFE6D8", "#00432F", "#009E73"),
    Status.ON_TRACK: Tone("#D6ECFA", "#0B3F63", "#56B4E9"),
    Status.BEHIND: Tone("#FBD28B", "#553300", "#E69F00", bold=True),
    Status.MISSED: Tone("#B5450B", "#FFFFFF", "#D55E00", bold=True),
    Status.NOT_DUE: Tone("#F4F4F4", "#3D3D3D", "#A6A6A6"),
    Status.UNCERTAIN: Tone("#FFF3B0", "#514300", "#D8C400", italic=True),
    Status.NO_DATA: Tone("#D9D9D9", "#333333", "#7F7F7F"),
    Status.MANUAL: Tone("#EBDCEC", "#4B2A52", "#CC79A7"),
}
ACTUAL_LINE = "#0072B2"
PATH_LINE = "#D55E00"


_BOX: dict[str, object] = {"border": 1, "border_color": RULE}


class Styles:
    """The cell formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook, lang: Lang) -> None:
        self._workbook = workbook
        self._lang = lang
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, **properties: object) -> Format:
        """Return the format with these XlsxWriter properties over the defaults."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            given: dict[str, object] = {"font_name": FONTS[self._lang], "font_size": FONT_SIZE, "font_color": INK}
            self._made[key] = self._workbook.add_format({**given, "valign": "vcenter", **properties})
        return self._made[key]

    def title(self) -> Format:
        """The title of a sheet."""
        return self.get(font_size=16, bold=True)

    def meta(self) -> Format:
        """The line under a title."""
        return self.get(font_color=FAINT)

    def section(self) -> Format:
        """A heading inside a sheet."""
        return self.get(font_size=12, bold=True, bottom=2, bottom_color=HEAD_FILL)

    def head(self) -> Format:
        """A column heading."""
        return self.get(**_BOX, bold=True, font_color=PAPER, bg_color=HEAD_FILL, align="center", text_wrap=True)

    def group(self) -> Format:
        """The row that names an area."""
        return self.get(bold=True, bg_color=GROUP_FILL, top=1, bottom=1, border_color=RULE)

    def text(self, **more: object) -> Format:
        """A wrapped text in a table."""
        return self.get(**{**_BOX, "text_wrap": True, **more})

    def number(self, code: str, **more: object) -> Format:
        """A number in a table."""
        return self.get(**{**_BOX, "num_format": code, "align": "right", "font_name": NUMBER_FONT, **more})

    def dash(self) -> Format:
        """The mark of what was not computed."""
        return self.get(**_BOX, align="center", font_color=FAINT)

    def status(self, status: Status, **more: object) -> Format:
        """The cell of a status."""
        tone = TONES[status]
        look: dict[str, object] = {"bg_color": tone.fill, "font_color": tone.ink, "italic": tone.italic}
        is_bold = tone.bold or status is Status.MET
        return self.get(**{**_BOX, **look, "bold": is_bold, "align": "center", "text_wrap": True, **more})


_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_MOST_DECIMALS = 8


class NumberFormat(NamedTuple):
    """How a number is shown: decimals, what follows it, and whether a plus is written."""

    decimals: int = 0
    suffix: str = ""
    signed: bool = False
    percent: bool = False
    """The value is a fraction, shown in percent."""
    grouped: bool = True
    """Thousands are separated."""
    prefix: str = ""

    @property
    def code(self) -> str:
        """The format code that spreadsheets understand."""
        whole = "#,##0" if self.grouped and not self.percent else "0"
        digits = whole + ("." + "0" * self.decimals if self.decimals else "") + ("%" if self.percent else "")
        body = _literal(self.prefix) + digits + _literal(self.suffix)
        return f"+{body};-{body};{body}" if self.signed else body

    @property
    def cell_code(self) -> str:
        """The format code with a little room on the right, so that a number does not touch the next text."""
        return ";".join(f"{part}_ " for part in self.code.split(";"))

    def shown(self, value: Decimal) -> str:
        """Return about what a spreadsheet shows, for the width of columns."""
        scaled = value * 100 if self.percent else value
        if not scaled.is_finite():
            return "∞"
        rounded = _rounded(scaled, self.decimals)
        sign = "+" if self.signed and rounded > 0 else ""
        text = f"{rounded:,f}" if self.grouped and not self.percent else f"{rounded:f}"
        return f"{sign}{self.prefix}{text}{'%' if self.percent else ''}{self.suffix}"

    def width(self, value: Decimal) -> float:
        """Return the width of what is shown."""
        return display_width(self.shown(value))

    def clear_of(self, value: Decimal, *lines: Decimal) -> NumberFormat:
        """Return the format with as many decimals as keep `value` apart from each line that it is not on."""
        factor = 100 if self.percent else 1
        decimals = self.decimals
        for line in lines:
            decimals = max(decimals, _decimals_apart(value * factor, line * factor, decimals))
        return self._replace(decimals=decimals)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), context=_WIDE) if value.adjusted() < 40 else value


def _decimals_apart(value: Decimal, line: Decimal, decimals: int) -> int:
    if value == line or not value.is_finite() or not line.is_finite():
        return decimals
    while decimals < _MOST_DECIMALS and _rounded(value, decimals) == _rounded(line, decimals):
        decimals += 1
    return decimals


def _literal(text: str) -> str:
    return '"' + text.replace('"', "'") + '"' if text else ""


def usual_decimals(values: Iterable[Decimal], declared: int | None, *, percent: bool) -> int:
    """Return the decimals for a row of values: as declared, none for whole numbers, else by size."""
    if declared is not None:
        return declared
    numbers = [value for value in values if value.is_finite()]
    if all(value == value.to_integral_value() for value in numbers):
        return 0
    largest = max(abs(value) for value in numbers)
    suited = 1 if percent or 100 <= largest < 10_000 else 2 if largest < 100 else 0
    return min(suited, max(exact_decimals(value) for value in numbers))


def format_for(unit: Unit | None, decimals: int, lang: Lang) -> NumberFormat:
    """Return the format of a value in `unit`: percents carry their sign, ranks their word, the rest is bare."""
    if unit is not None and unit.is_percent:
        return NumberFormat(decimals, suffix=unit.text if unit.text in ("%", "‰") else "%")
    if unit is not None and unit.dimension == "位" and lang == "zh":
        return NumberFormat(decimals, prefix="第")
    return NumberFormat(decimals)


def difference_format(unit: Unit | None, decimals: int, lang: Lang) -> NumberFormat:
    """Return the format of a signed difference of two values in `unit`: percents differ in percentage points."""
    if unit is not None and unit.is_percent:
        return NumberFormat(decimals, suffix="百分点" if lang == "zh" else " pp", signed=True)
    return NumberFormat(decimals, signed=True)


YEAR = NumberFormat(grouped=False)
SHARE = NumberFormat(1, percent=True)
GROWTH = NumberFormat(1, percent=True, signed=True)
RATIO = NumberFormat(2)

_SMALL = 1000
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ResultFormats:
    """The formats of the numbers of one result: the same decimals along its row."""

    result: Result
    series_unit: Unit | None
    """Unit of the yearly values."""
    series_decimals: int
    decimals: int
    lang: Lang

    def series(self, value: Decimal) -> NumberFormat:
        """A yearly value of the indicator."""
        plain = format_for(self.series_unit, self.series_decimals, self.lang)
        return plain.clear_of(value, *self._goals) if self.series_unit == self.result.target.unit else plain

    def value(self, value: Decimal, *lines: Decimal) -> NumberFormat:
        """A value in the target's unit, kept apart from the target and from other lines."""
        return format_for(self.result.target.unit, self.decimals, self.lang).clear_of(value, *lines, *self._goals)

    def derived(self, value: Decimal, *lines: Decimal) -> NumberFormat:
        """A computed value in the target's unit: one more decimal if the row has none and the value is small."""
        plain = format_for(self.result.target.unit, self._finer(value), self.lang)
        return plain.clear_of(value, *lines, *self._goals)

    def gap(self, value: Decimal) -> NumberFormat:
        """A signed difference from the target."""
        return difference_format(self.result.target.unit, self.decimals, self.lang).clear_of(value, _ZERO)

    def need(self, value: Decimal) -> NumberFormat:
        """A signed change per year."""
        return difference_format(self.result.target.unit, self._finer(value), self.lang).clear_of(value, _ZERO)

    def goal(self, value: Decimal) -> NumberFormat:
        """The target itself: with its sign, its upper bound, or as a place among the first."""
        target = self.result.target
        decimals = max(self.decimals if value != value.to_integral_value() else 0, min(exact_decimals(value), 6))
        if target.measure is MeasureKind.RANK:
            first = ("前" if value > 1 else "第") if self.lang == "zh" else ("top " if value > 1 else "")
            return NumberFormat(decimals, prefix=first)
        plain = format_for(target.unit, decimals, self.lang)
        if target.comparator is Comparator.BETWEEN and target.upper is not None:
            return plain._replace(suffix=f"–{target.upper.normalize():f}{plain.suffix}")
        return plain._replace(prefix=comparator_sign(target.comparator) + plain.prefix)

    @property
    def _goals(self) -> tuple[Decimal, ...]:
        return () if self.result.target_value is None else (self.result.target_value,)

    def _finer(self, value: Decimal) -> int:
        is_small_fraction = value.is_finite() and value != value.to_integral_value() and abs(value) < _SMALL
        return max(self.decimals, 1) if is_small_fraction else self.decimals


def result_formats(result: Result, indicator: Indicator | None, lang: Lang) -> ResultFormats:
    """Return the formats of a result; `indicator` is the one that its verdict is read from."""
    target = result.target
    series_unit = indicator.unit if indicator else target.unit
    declared = indicator.decimals if indicator else None
    percent = bool(series_unit and series_unit.is_percent)
    goal = [] if result.target_value is None else [result.target_value]
    base, latest, yearly = (
        [figure.value for figure in figures if isinstance(figure, Figure)]
        for figures in ((result.base,), (result.latest,), result.series)
    )
    if target.measure in (MeasureKind.AVERAGE_GROWTH, MeasureKind.RANK):
        in_percent = bool(target.unit and target.unit.is_percent)
        decimals = usual_decimals([*latest, *goal], None, percent=in_percent)
        series_decimals = usual_decimals(yearly, declared, percent=percent)
    else:
        decimals = series_decimals = usual_decimals([*base, *latest, *yearly, *goal], declared, percent=percent)
    return ResultFormats(result, series_unit, series_decimals, decimals, lang)
