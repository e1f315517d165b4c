"""The workbook of a template: a sheet to fill in, and a sheet that says how, with the lists to choose from.

Labels, units and years are locked, inputs are open and carry the plan's ranges; there are no formulas, hidden sheets or
hidden columns, so that what comes back reads as what was filled in. The same plan gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ipstrong.diagnostics import a1
from ipstrong.model.dataset import ValueStatus
from ipstrong.model.plan import Indicator, Nature, Plan
from ipstrong.reports.formatting import format_unit, plain
from ipstrong.reports.sanitize import inert
from ipstrong.reports.template import texts
from ipstrong.reports.template.rows import AskedRow, asked_rows
from ipstrong.reports.xlsx.cells import n_lines
from ipstrong.texts import LANGS, Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FONT = {"zh": "Microsoft YaHei", "en": "Arial"}
HEAD_ROW = 3
FIRST_ROW = HEAD_ROW + 1
LABELS = 3
"""Columns before the first year: indicator, region, unit."""
WIDTHS = (32, 12, 9)
TAIL_WIDTHS = (20, 56, 30, 20)
"""Columns behind the last year: remark, definition, source, department."""
LINE_HEIGHT = 13
LIST_COLUMNS = (3, 4)
"""Columns of the lists on the second sheet."""
LIST_ROW = 2
_ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": False}


class _Bounds(NamedTuple):
    low: Decimal | None
    high: Decimal | None
    is_whole: bool


class _Styles(NamedTuple):
    title: Format
    legend: Format
    head: Format
    label: Format
    wrapped: Format
    value: Format
    whole: Format
    must: Format
    must_whole: Format
    status: Format
    shut: Format
    choice: Format
    text: Format


def render_template(
    plan: Plan,
    lang: Lang | None = None,
    department: str | None = None,
    regions: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
) -> bytes:
    """Return a workbook to fill in: a row for each observed indicator and region, the years asked for across.

    Args:
        plan: The plan; its `checks` give ranges, decimals and what must be filled.
        lang: Language of labels; definitions, sources and the instructions stand in both. None: Chinese.
        department: Only what this department reports.
        regions: Ids, names or aliases of regions; None: the home region and what shares need of others.
        years: The years asked for; None: from the base year to the end of the plan.

    Raises:
        IpstrongError: the plan knows no such region or department, or has nothing to ask for.
    """
    import xlsxwriter

    own = lang or "zh"
    rows = asked_rows(plan, department, regions, years)
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    made = dt.datetime(plan.start_year, 1, 1)  # noqa: DTZ001 - fixed: a clock would change the bytes
    workbook.set_properties({"title": inert(texts.TITLE.get(own)), "author": "ipstrong", "created": made})
    styles = _styles(workbook, own)
    sheet = workbook.add_worksheet(texts.DATA_SHEET.get(own))
    guide = workbook.add_worksheet(texts.HELP_SHEET.get(own))
    _Data(sheet, plan, rows, own, styles).write(_department_name(plan, department, own))
    _write_guide(guide, plan, own, styles)
    workbook.close()
    return buffer.getvalue()


def _department_name(plan: Plan, department: str | None, lang: Lang) -> str:
    return plan.department(department).get(lang) if department is not None else ""


def _styles(workbook: Workbook, lang: Lang) -> _Styles:
    base = {"font_name": FONT[lang], "font_size": 10, "valign": "vcenter", "font_color": "#1F2933"}
    boxed = {**base, "border": 1, "border_color": "#B8C0C8"}
    entry = {**boxed, "locked": False, "bg_color": "#EDF7EE"}
    must = {**entry, "bg_color": "#BFE3C4"}

    def made(properties: dict[str, object]) -> Format:
        return workbook.add_format(properties)

    return _Styles(
        title=made({**base, "bold": True, "font_size": 14}),
        legend=made({**base, "font_color": "#6B7680"}),
        head=made(
            {
                **boxed,
                "bold": True,
                "bg_color": "#22405C",
                "font_color": "#FFFFFF",
                "align": "center",
                "text_wrap": True,
            }
        ),
        label=made({**boxed, "bg_color": "#F1F4F7", "text_wrap": True}),
        wrapped=made({**boxed, "bg_color": "#F1F4F7", "text_wrap": True, "font_size": 9}),
        value=made(entry),
        whole=made({**entry, "num_format": "#,##0"}),
        must=made(must),
        must_whole=made({**must, "num_format": "#,##0"}),
        status=made({**entry, "font_size": 9, "align": "center", "bg_color": "#FFFFFF"}),
        shut=made({**boxed, "bg_color": "#D5DADF", "pattern": 1}),
        choice=made({**entry, "bg_color": "#FFFFFF", "text_wrap": True}),
        text=made({**base, "text_wrap": True}),
    )


class _Data:
    """The sheet to fill in."""

    def __init__(self, sheet: Worksheet, plan: Plan, rows: Sequence[AskedRow], lang: Lang, styles: _Styles) -> None:
        self.sheet = sheet
        self.plan = plan
        self.rows = rows
        self.lang: Lang = lang
        self.styles = styles
        self.years = sorted({year for row in rows for year in row.years})
        self.tail = LABELS + 2 * len(self.years)

    def write(self, department: str) -> None:
        sheet, lang = self.sheet, self.lang
        title = texts.TITLE.get(lang) + (f" ({department})" if department else "")
        sheet.write_string(0, 0, inert(title), self.styles.title)
        sheet.write_string(1, 0, texts.LEGEND.get(lang), self.styles.legend)
        self._heads()
        for number, row in enumerate(self.rows):
            self._row(FIRST_ROW + number, row)
        self._columns()
        sheet.freeze_panes(FIRST_ROW, LABELS)
        sheet.protect("", _ALLOWED)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.print_area(0, 0, FIRST_ROW + len(self.rows) - 1, self.tail)  # definitions are for the screen
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        sheet.set_footer("&C&P / &N")

    def _heads(self) -> None:
        heads = [texts.INDICATOR, texts.REGION, texts.UNIT]
        for year in self.years:
            heads += [texts.YEAR.format(year=year), texts.STATUS]
        heads += [texts.REMARK, texts.DEFINITION, texts.SOURCE, texts.DEPARTMENT]
        for column, head in enumerate(heads):
            self.sheet.write_string(HEAD_ROW, column, head.get(self.lang), self.styles.head)
        self.sheet.set_row(HEAD_ROW, 24)

    def _row(self, row: int, asked: AskedRow) -> None:
        indicator, sheet, styles, lang = asked.indicator, self.sheet, self.styles, self.lang
        sheet.write_string(row, 0, inert(indicator.name.get(lang)), styles.label)
        sheet.write_string(row, 1, inert(asked.region.name.get(lang)), styles.choice)
        sheet.data_validation(row, 1, row, 1, _choice(lang, LIST_COLUMNS[0], len(self.plan.regions)))
        sheet.write_string(row, 2, indicator.unit.text, styles.label)
        bounds = _bounds(asked)
        for position, year in enumerate(self.years):
            self._value(row, LABELS + 2 * position, asked, year, bounds)
        sheet.write_blank(row, self.tail, None, styles.choice)
        sheet.write_string(row, self.tail + 1, _both(indicator.definition), styles.wrapped)
        sheet.write_string(row, self.tail + 2, _both(indicator.source), styles.wrapped)
        name = self.plan.department(asked.department).get(lang) if asked.department else ""
        sheet.write_string(row, self.tail + 3, inert(name), styles.wrapped)
        texts_and_widths = (
            (indicator.name.get(lang), WIDTHS[0]),
            (_both(indicator.definition), TAIL_WIDTHS[1]),
            (_both(indicator.source), TAIL_WIDTHS[2]),
            (name, TAIL_WIDTHS[3]),
        )
        sheet.set_row(row, LINE_HEIGHT * max(n_lines(text, width) for text, width in texts_and_widths) + 4)

    def _value(self, row: int, column: int, asked: AskedRow, year: int, bounds: _Bounds) -> None:
        styles, sheet = self.styles, self.sheet
        if year not in asked.years:
            sheet.write_blank(row, column, None, styles.shut)
            sheet.write_blank(row, column + 1, None, styles.shut)
            return
        if year in asked.required:
            style = styles.must_whole if bounds.is_whole else styles.must
        else:
            style = styles.whole if bounds.is_whole else styles.value
        sheet.write_blank(row, column, None, style)
        sheet.data_validation(row, column, row, column, _number(asked.indicator, bounds, self.lang))
        sheet.write_blank(row, column + 1, None, styles.status)
        sheet.data_validation(row, column + 1, row, column + 1, _choice(self.lang, LIST_COLUMNS[1], len(ValueStatus)))

    def _columns(self) -> None:
        sheet = self.sheet
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for position in range(len(self.years)):
            column = LABELS + 2 * position
            sheet.set_column(column, column, 12)
            sheet.set_column(column + 1, column + 1, 7)
        for offset, width in enumerate(TAIL_WIDTHS):
            sheet.set_column(self.tail + offset, self.tail + offset, width)


def _both(text: Text | None) -> str:
    """Return a text in both languages, one below the other; once where they are the same."""
    return "" if text is None else "\n".join(dict.fromkeys(inert(side) for side in text))


def _bounds(asked: AskedRow) -> _Bounds:
    """Return what values may be: what the plan's checks declare, else what the nature of the indicator says."""
    expected, indicator = asked.expectation, asked.indicator
    low = expected.minimum if expected else None
    high = expected.maximum if expected else None
    if low is None and indicator.nature in (Nature.STOCK, Nature.FLOW):
        low = Decimal(0)
    if low is None and indicator.nature is Nature.RANK:
        low = Decimal(1)
    decimals = expected.decimals if expected and expected.decimals is not None else indicator.decimals
    return _Bounds(low, high, decimals == 0)


def _number(indicator: Indicator, bounds: _Bounds, lang: Lang) -> dict[str, object]:
    """Return the data validation of a value."""
    rule = [texts.WHOLE if bounds.is_whole else texts.ANY_NUMBER]
    criteria: dict[str, object] = {"criteria": ">=", "value": -1e300}
    if bounds.low is not None and bounds.high is not None:
        criteria = {"criteria": "between", "minimum": _limit(bounds.low), "maximum": _limit(bounds.high)}
        rule.append(texts.RANGE_BOTH.format(low=plain(bounds.low), high=plain(bounds.high)))
    elif bounds.low is not None:
        criteria = {"criteria": ">=", "value": _limit(bounds.low)}
        rule.append(texts.RANGE_LOW.format(low=plain(bounds.low)))
    elif bounds.high is not None:
        criteria = {"criteria": "<=", "value": _limit(bounds.high)}
        rule.append(texts.RANGE_HIGH.format(high=plain(bounds.high)))
    said = [text.get(lang) for text in rule]
    if unit := format_unit(indicator.unit, lang):
        said.append(texts.IN_UNIT.format(unit=unit).get(lang))
    return {
        "validate": "integer" if bounds.is_whole else "decimal",
        **criteria,
        "input_title": _cut(indicator.name.get(lang), 32),
        "input_message": _cut("\n".join(said), 255),
        "error_title": texts.BAD_VALUE.get(lang),
        "error_message": _cut("\n".join(said), 255),
    }


def _limit(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _choice(lang: Lang, column: int, n_choices: int) -> dict[str, object]:
    """Return the data validation of a choice from a list on the second sheet."""
    first, last = a1(LIST_ROW, column), a1(LIST_ROW + n_choices - 1, column)
    source = f"='{texts.HELP_SHEET.get(lang)}'!{_fixed(first)}:{_fixed(last)}"
    return {"validate": "list", "source": source, "error_message": texts.NOT_IN_LIST.get(lang)}


def _fixed(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _write_guide(sheet: Worksheet, plan: Plan, lang: Lang, styles: _Styles) -> None:
    """Write the instructions in both languages, with the words of this workbook, and the lists."""
    row = 0
    named = {
        "sheet": texts.DATA_SHEET.get(lang),
        "status": texts.STATUS.get(lang),
        "remark": texts.REMARK.get(lang),
        "statuses": Text(*(comma.join(word.get(lang) for word in texts.STATUSES.values()) for comma in ("、", ", "))),
    }
    for language in LANGS:
        for number, line in enumerate(texts.HELP):
            sheet.write_string(row, 0, line.format(**named).get(language), styles.text if number else styles.title)
            row += 1
        sheet.write_string(row, 0, texts.PLAN.format(name=inert(plan.name.get(language))).get(language), styles.text)
        row += 2
    sheet.set_column(0, 0, 96)
    sheet.set_column(1, 2, 3)
    names = [region.name.get(lang) for region in plan.regions]
    statuses = [texts.STATUSES[status].get(lang) for status in ValueStatus]
    lists = ((texts.LIST_REGIONS, names), (texts.LIST_STATUSES, statuses))
    for column, (head, words) in zip(LIST_COLUMNS, lists, strict=True):
        sheet.write_string(LIST_ROW - 1, column, head.get(lang), styles.head)
        for offset, word in enumerate(words):
            sheet.write_string(LIST_ROW + offset, column, inert(word), styles.label)
        sheet.set_column(column, column, 24)
    sheet.hide_gridlines(2)
    sheet.protect("", _ALLOWED)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
