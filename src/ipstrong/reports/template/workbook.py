"""The workbook of a template: a sheet to fill in, and a sheet that says how, with the lists to choose from.

Labels, units and years are locked, inputs are open and carry the plan's ranges; there are no formulas, hidden sheets or
hidden columns, so that what comes back reads as what was filled in. The same plan gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ipstrong.model.dataset import ValueStatus
from ipstrong.model.plan import Nature, Plan
from ipstrong.reports.formatting import format_unit, plain
from ipstrong.reports.sanitize import inert
from ipstrong.reports.template import texts
from ipstrong.reports.template.rows import AskedRow, asked_rows
from ipstrong.reports.xlsx.cells import n_lines, new_workbook, quoted
from ipstrong.reports.xlsx.styles import RULE, Styles
from ipstrong.texts import LANGS, Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HEAD_ROW = 3
FIRST_ROW = HEAD_ROW + 1
LABELS = 3
"""Columns before the first year: indicator, region, unit."""
WIDTHS = (32, 12, 9)
VALUE_WIDTHS = (12, 7)
"""Of a value and its status."""
TAIL_WIDTHS = (20, 56, 30, 20)
"""Columns behind the last year: remark, definition, source, department."""
LINE_HEIGHT = 13
LIST_COLUMNS = (3, 4)
"""Columns of the lists on the second sheet."""
LIST_ROW = 2


_BOXED = {"border": 1, "border_color": RULE}
_ENTRY = {**_BOXED, "locked": False}
LABEL = {**_BOXED, "bg_color": "#F1F4F7", "text_wrap": True}
WRAPPED = {**LABEL, "font_size": 9}
VALUE = {**_ENTRY, "bg_color": "#EDF7EE"}
REQUIRED = {**_ENTRY, "bg_color": "#BFE3C4"}
STATUS = {**_ENTRY, "bg_color": "#FFFFFF", "font_size": 9, "align": "center"}
CHOICE = {**_ENTRY, "bg_color": "#FFFFFF", "text_wrap": True}
SHUT = {**_BOXED, "bg_color": "#D5DADF", "pattern": 1}
"""Formats of the cells."""


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
        lang: Language of labels; definitions, sources and the instructions are in both. None: Chinese.
        department: Only what this department reports.
        regions: Ids of regions; None: the home region and what shares need of others.
        years: The years asked for; None: from the base year to the end of the plan.

    Raises:
        IpstrongError: the plan knows no such department, or has nothing to ask for.
    """
    own = lang or "zh"
    rows = asked_rows(plan, department, regions, years)
    buffer = io.BytesIO()
    workbook = new_workbook(buffer, inert(texts.TITLE.get(own)), dt.date(plan.start_year, 1, 1))
    styles = Styles(workbook, own)
    sheet = workbook.add_worksheet(texts.DATA_SHEET.get(own))
    guide = workbook.add_worksheet(texts.HELP_SHEET.get(own))
    title = texts.TITLE.get(own)
    if department is not None:
        title += f" ({plan.department(department).get(own)})"
    _write_data(sheet, plan, rows, inert(title), own, styles)
    _write_guide(guide, plan, own, styles)
    workbook.close()
    return buffer.getvalue()


def _write_data(sheet: Worksheet, plan: Plan, rows: Sequence[AskedRow], title: str, lang: Lang, styles: Styles) -> None:
    """Write the sheet to fill in."""
    years = sorted({year for row in rows for year in row.years})
    tail = LABELS + 2 * len(years)
    sheet.write_string(0, 0, title, styles.get(bold=True, font_size=14))
    sheet.write_string(1, 0, texts.LEGEND.get(lang), styles.meta())
    heads = [texts.INDICATOR, texts.REGION, texts.UNIT]
    for year in years:
        heads += [texts.YEAR.format(year=year), texts.STATUS]
    heads += [texts.REMARK, texts.DEFINITION, texts.SOURCE, texts.DEPARTMENT]
    for column, head in enumerate(heads):
        sheet.write_string(HEAD_ROW, column, head.get(lang), styles.head())
    sheet.set_row(HEAD_ROW, 24)
    for number, asked in enumerate(rows):
        _write_row(sheet, FIRST_ROW + number, plan, asked, years, lang, styles)
    for column, width in enumerate((*WIDTHS, *(VALUE_WIDTHS * len(years)), *TAIL_WIDTHS)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(FIRST_ROW, LABELS)
    _protect_and_print(sheet, n_pages_high=0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.print_area(0, 0, FIRST_ROW + len(rows) - 1, tail)  # definitions are for the screen
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.set_footer("&C&P / &N")


def _write_row(
    sheet: Worksheet, row: int, plan: Plan, asked: AskedRow, years: Sequence[int], lang: Lang, styles: Styles
) -> None:
    indicator = asked.indicator
    name = inert(indicator.name.get(lang))
    definition, source = _both(indicator.definition), _both(indicator.source)
    department = inert(plan.department(asked.department).get(lang)) if asked.department else ""
    sheet.write_string(row, 0, name, styles.get(**LABEL))
    sheet.write_string(row, 1, inert(asked.region.name.get(lang)), styles.get(**CHOICE))
    sheet.data_validation(row, 1, row, 1, _choice(lang, LIST_COLUMNS[0], len(plan.regions)))
    sheet.write_string(row, 2, indicator.unit.text, styles.get(**LABEL))
    number_format = {"num_format": "#,##0"} if _is_whole(asked) else {}
    number, status = _number(asked, lang), _choice(lang, LIST_COLUMNS[1], len(ValueStatus))
    for column, year in zip(range(LABELS, LABELS + 2 * len(years), 2), years, strict=True):
        if year not in asked.years:
            sheet.write_blank(row, column, None, styles.get(**SHUT))
            sheet.write_blank(row, column + 1, None, styles.get(**SHUT))
            continue
        style = REQUIRED if year in asked.required else VALUE
        sheet.write_blank(row, column, None, styles.get(**style, **number_format))
        sheet.data_validation(row, column, row, column, number)
        sheet.write_blank(row, column + 1, None, styles.get(**STATUS))
        sheet.data_validation(row, column + 1, row, column + 1, status)
    tail = LABELS + 2 * len(years)
    sheet.write_blank(row, tail, None, styles.get(**CHOICE))
    for offset, text in enumerate((definition, source, department), start=1):
        sheet.write_string(row, tail + offset, text, styles.get(**WRAPPED))
    wrapped = zip((name, definition, source, department), (WIDTHS[0], *TAIL_WIDTHS[1:]), strict=True)
    sheet.set_row(row, LINE_HEIGHT * max(n_lines(text, width) for text, width in wrapped) + 4)


def _both(text: Text | None) -> str:
    """Return a text in both languages, one below the other; once where they are the same."""
    return "" if text is None else "\n".join(dict.fromkeys(inert(side) for side in text))


def _number(asked: AskedRow, lang: Lang) -> dict[str, object]:
    """Return the data validation of a value: what the plan's checks declare, else what the indicator's nature says."""
    expected, indicator, is_whole = asked.expectation, asked.indicator, _is_whole(asked)
    low, high = (expected.minimum, expected.maximum) if expected else (None, None)
    if low is None:
        low = {Nature.STOCK: Decimal(0), Nature.FLOW: Decimal(0), Nature.RANK: Decimal(1)}.get(indicator.nature)
    rule = [texts.WHOLE if is_whole else texts.ANY_NUMBER]
    criteria: dict[str, object] = {"criteria": ">=", "value": -1e300}
    if low is not None and high is not None:
        criteria = {"criteria": "between", "minimum": _limit(low), "maximum": _limit(high)}
        rule.append(texts.RANGE_BOTH.format(low=plain(low), high=plain(high)))
    elif low is not None:
        criteria["value"] = _limit(low)
        rule.append(texts.RANGE_LOW.format(low=plain(low)))
    elif high is not None:
        criteria = {"criteria": "<=", "value": _limit(high)}
        rule.append(texts.RANGE_HIGH.format(high=plain(high)))
    if unit := format_unit(indicator.unit, lang):
        rule.append(texts.IN_UNIT.format(unit=unit))
    message = _cut("\n".join(text.get(lang) for text in rule), 255)
    return {
        "validate": "integer" if is_whole else "decimal",
        **criteria,
        "input_title": _cut(indicator.name.get(lang), 32),
        "input_message": message,
        "error_title": texts.BAD_VALUE.get(lang),
        "error_message": message,
    }


def _is_whole(asked: AskedRow) -> bool:
    expected = asked.expectation
    return (asked.indicator.decimals if expected is None or expected.decimals is None else expected.decimals) == 0


def _limit(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _choice(lang: Lang, column: int, n_choices: int) -> dict[str, object]:
    """Return the data validation of a choice from a list on the second sheet."""
    from xlsxwriter.utility import xl_range_abs

    cells = xl_range_abs(LIST_ROW, column, LIST_ROW + n_choices - 1, column)
    source = f"={quoted(texts.HELP_SHEET.get(lang))}!{cells}"
    return {"validate": "list", "source": source, "error_message": texts.NOT_IN_LIST.get(lang)}


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _write_guide(sheet: Worksheet, plan: Plan, lang: Lang, styles: Styles) -> None:
    """Write the instructions in both languages, with the words of this workbook, and the lists."""
    title, text = styles.get(bold=True, font_size=14), styles.get(text_wrap=True)
    row = 0
    named = {
        "sheet": texts.DATA_SHEET.get(lang),
        "status": texts.STATUS.get(lang),
        "remark": texts.REMARK.get(lang),
        "statuses": Text(*(comma.join(word.get(lang) for word in texts.STATUSES.values()) for comma in ("、", ", "))),
    }
    for language in LANGS:
        for number, line in enumerate(texts.HELP):
            sheet.write_string(row, 0, line.format(**named).get(language), text if number else title)
            row += 1
        sheet.write_string(row, 0, texts.PLAN.format(name=inert(plan.name.get(language))).get(language), text)
        row += 2
    sheet.set_column(0, 0, 96)
    sheet.set_column(1, 2, 3)
    names = [region.name.get(lang) for region in plan.regions]
    statuses = [texts.STATUSES[status].get(lang) for status in ValueStatus]
    lists = ((texts.LIST_REGIONS, names), (texts.LIST_STATUSES, statuses))
    for column, (head, words) in zip(LIST_COLUMNS, lists, strict=True):
        sheet.write_string(LIST_ROW - 1, column, head.get(lang), styles.head())
        for offset, word in enumerate(words):
            sheet.write_string(LIST_ROW + offset, column, inert(word), styles.get(**LABEL))
        sheet.set_column(column, column, 24)
    sheet.hide_gridlines(2)
    _protect_and_print(sheet, n_pages_high=1)


def _protect_and_print(sheet: Worksheet, n_pages_high: int) -> None:
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": False})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, n_pages_high)
