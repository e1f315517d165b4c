"""The `checks` section of a plan: formulas read, names looked up, contradictions told, and the plain types built."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ipstrong.diagnostics import Severity
from ipstrong.diagnostics.codes import plan_meaning as meaning
from ipstrong.model.checks import (
    GROUPS,
    SINGLE_REGIONS,
    Checks,
    CrossRule,
    Expectation,
    HandIn,
    Required,
    SeriesBreak,
    Tolerance,
)
from ipstrong.model.formula import Statement
from ipstrong.model.formula_parser import FormulaError, FoundSymbol, parse_formula
from ipstrong.model.period import PeriodKind
from ipstrong.planfile.nodes import Node, Place
from ipstrong.planfile.positions import Document, KeyPath, format_key
from ipstrong.planfile.spec_checks import ChecksSpec, CrossSpec, ExpectationSpec, RequiredSpec, YearsSpec
from ipstrong.planfile.suggest import did_you_mean
from ipstrong.texts import Text

SECTION = "checks"
REGION_WORDS = (*SINGLE_REGIONS, *GROUPS)
_REGION = Text("地区", "region")
_INDICATOR = Text("指标", "indicator")
_ZERO = Decimal(0)


def check_formulas(document: Document, indicators: set[str], regions: set[str]) -> None:
    """Complain of formulas that cannot be read, and of unknown indicators and regions in this section."""
    cross = _items(document, "cross")
    for path, node in cross:
        formulas = node.child("formula")
        for where, text in _texts(formulas, (*path, "formula")):
            _check_formula(document, where, text, indicators, regions)
        _check_regions(document, node.child("regions"), (*path, "regions"), regions)
    for path, node in _items(document, "required"):
        _check_regions(document, node.child("regions"), (*path, "regions"), regions)


def _items(document: Document, key: str) -> list[tuple[KeyPath, Node]]:
    node = document.node((SECTION, key))
    if node is None or not isinstance(node.children, list):
        return []
    return [((SECTION, key, index), item) for index, item in enumerate(node.children)]


def _texts(node: Node | None, path: KeyPath) -> Iterator[tuple[KeyPath, Node]]:
    """Yield the texts of a node that is one text or a list of them."""
    if node is None:
        return
    if isinstance(node.value, str):
        yield path, node
    elif isinstance(node.children, list):
        for index, item in enumerate(node.children):
            if isinstance(item.value, str):
                yield (*path, index), item


def _check_regions(document: Document, node: Node | None, path: KeyPath, regions: set[str]) -> None:
    for where, text in _texts(node, path):
        if text.value not in regions and text.value not in REGION_WORDS:
            _report_unknown(document, text.place, where, _REGION, str(text.value), regions | set(REGION_WORDS))


def _check_formula(document: Document, path: KeyPath, node: Node, indicators: set[str], regions: set[str]) -> None:
    text = str(node.value)
    try:
        _, symbols = parse_formula(text)
    except FormulaError as error:
        document.report_at(
            meaning.FORMULA_SYNTAX,
            _place(document, node, error.offset),
            format_key(path),
            near=error.near,
            problem=error.problem,
            cure=error.cure,
        )
        return
    if not symbols:
        document.report_at(meaning.FORMULA_WITHOUT_FIGURES, node.place, format_key(path))
    for found in symbols:
        _check_symbol(document, path, node, found, indicators, regions)


def _check_symbol(
    document: Document, path: KeyPath, node: Node, found: FoundSymbol, indicators: set[str], regions: set[str]
) -> None:
    place = _place(document, node, found.offset)
    symbol = found.symbol
    if symbol.indicator not in indicators:
        cure = _unspaced_minus(symbol.indicator, indicators)
        _report_unknown(document, place, path, _INDICATOR, symbol.indicator, indicators, cure)
    if symbol.region is None:
        return
    if symbol.region not in regions and symbol.region not in REGION_WORDS:
        _report_unknown(document, place, path, _REGION, symbol.region, regions | set(REGION_WORDS))
    elif symbol.region in GROUPS and symbol.region not in regions and not found.is_summed:
        document.report_at(meaning.GROUP_OUTSIDE_SUM, place, format_key(path), symbol=found.text)


def _unspaced_minus(name: str, indicators: set[str]) -> Text | None:
    """Return the cure for `a-b` where a and b are indicators, None where that is not the mistake."""
    parts = name.split("-")
    for cut in range(1, len(parts)):
        left, right = "-".join(parts[:cut]), "-".join(parts[cut:])
        if left in indicators and (right in indicators or right.isdigit()):
            return Text(f"减号两边加空格：{left} - {right}；", f"put blanks around the minus: {left} - {right}; ")
    return None


def _report_unknown(
    document: Document,
    place: Place,
    path: KeyPath,
    what: Text,
    name: str,
    known: set[str],
    cure: Text | None = None,
) -> None:
    document.report_at(
        meaning.UNKNOWN_REFERENCE,
        place,
        format_key(path),
        what=what,
        id=name,
        suggestion=cure or did_you_mean(name, sorted(known)),
        section="regions" if what is _REGION else "indicators",
    )


def _place(document: Document, node: Node, offset: int) -> Place:
    """Return the place of a character of a text that stands on one line, quoted or not."""
    line, column = node.place
    text = document.lines[line - 1] if line <= len(document.lines) else ""
    start = column - 1 + (1 if text[column - 1 : column] in {'"', "'"} else 0)
    if not text.startswith(str(node.value), start):
        return node.place
    return Place(line, start + offset + 1)


def check_contradictions(spec: ChecksSpec, document: Document) -> None:
    """Complain of bounds and years in the wrong order, of repeated or empty entries, and of days that do not exist."""
    seen: dict[str, int] = {}
    for index, entry in enumerate(spec.values):
        path: KeyPath = (SECTION, "values", index)
        line = document.place(path).line
        if entry.indicator in seen:
            document.report(meaning.EXPECTATION_TWICE, path, id=entry.indicator, first=seen[entry.indicator])
        seen.setdefault(entry.indicator, line)
        if entry.min is not None and entry.max is not None and entry.min > entry.max:
            document.report(meaning.REVERSED_RANGE, (*path, "min"), lower=entry.min, upper=entry.max)
        if _is_empty(entry):
            document.report(meaning.EXPECTATION_EMPTY, path, id=entry.indicator)
    _check_years(document, spec.years, (SECTION, "years"))
    for index, cross in enumerate(spec.cross):
        _check_years(document, cross.years, (SECTION, "cross", index, "years"))
    for index, hand_in in enumerate(spec.hand_in):
        if not _is_date(hand_in.due):
            document.report(meaning.BAD_DATE, (SECTION, "hand_in", index, "due"), raw=hand_in.due)


def _is_empty(entry: ExpectationSpec) -> bool:
    given = (entry.min, entry.max, entry.decimals, entry.jump_pct, entry.fall_pct)
    return all(value is None for value in given)


def _check_years(document: Document, years: YearsSpec, path: KeyPath) -> None:
    if years.first is not None and years.last is not None and years.first > years.last:
        document.report(meaning.YEARS_REVERSED, path, first=years.first, last=years.last)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def build_checks(spec: ChecksSpec) -> Checks:
    """Return the checks of a specification in which no error was found."""
    return Checks(
        expectations=tuple(
            Expectation(each.indicator, each.min, each.max, each.decimals, each.jump_pct, each.fall_pct)
            for each in spec.values
        ),
        required=tuple(_required(each) for each in spec.required),
        cross=tuple(_cross(each) for each in spec.cross),
        breaks=tuple(SeriesBreak(each.indicator, each.year, each.reason.text, each.region) for each in spec.breaks),
        hand_in=tuple(HandIn(each.year, each.due) for each in spec.hand_in),
        sheets=spec.sheets,
        first_year=spec.years.first,
        last_year=spec.years.last,
    )


def _required(spec: RequiredSpec) -> Required:
    return Required(spec.indicators, spec.regions, spec.years, Severity(spec.severity))


def _cross(spec: CrossSpec) -> CrossRule:
    tolerance = spec.tolerance
    return CrossRule(
        id=spec.id,
        name=spec.name.text,
        statements=tuple(_statement(text) for text in spec.formula),
        tolerance=Tolerance(tolerance.absolute or _ZERO, tolerance.relative_pct or _ZERO, tolerance.printed),
        regions=spec.regions,
        first_year=spec.years.first,
        last_year=spec.years.last,
        grains=tuple(PeriodKind(name) for name in spec.periods),
        severity=Severity(spec.severity),
    )


def _statement(text: str) -> Statement:
    return parse_formula(text)[0]
