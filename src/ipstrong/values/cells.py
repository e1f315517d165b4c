"""One cell's text or value to a number with its printed precision, bound, status and unit; never raises.

How precise a printed number is (see `docs/decisions/`, "Printed precision"):

| printed | half width | why |
| --- | --- | --- |
| `138,534` | 0 | integers in full are exact |
| `91.25` | 0.005 | half the last printed place |
| `13.0万`, `130万件` | 0.05, 0.5 (in 万) | with a number word in the unit the last printed place was rounded |
| `1.4E+05` | 5000 | not written in full |
| `约138000` | 500 | the zeros at the end are not to be trusted |
| 14075.000000000002 | 0 | noise beyond 15 digits is dropped, what remains is an integer |
| 0.333333333333333 | 0 | 12 or more significant digits were computed, not printed |
| 13.0512 shown as `13.1` | 0 | a number format never loses what is stored |
| 13 shown as `13.0` | 0.05 | the format prints a place that was rounded |
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from math import inf

from ipstrong.model.dataset import Bound, ValueStatus
from ipstrong.model.script import is_chinese
from ipstrong.model.unit import MULTIPLIERS, PERCENT, Unit, parse_unit
from ipstrong.readers.grid import CellValue
from ipstrong.values import cell_marks as marks
from ipstrong.values.number_formats import read_number_format


class CellKind(Enum):
    """What a cell turned out to be."""

    EMPTY = "empty"
    NUMBER = "number"
    MISSING = "missing"
    """A mark that says there is no value: `—`, `…`, `..`, `/`, `N/A`, `*`."""
    TEXT = "text"
    """Words, or a number that cannot be trusted (`477903S1.68`)."""


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """A cell as understood. `number` is in the printed unit: `13.05万件` is 13.05 with unit 万件."""

    kind: CellKind
    number: Decimal | None = None
    unit: Unit | None = None
    """Unit glued to the number (`万件`, `%`, `个百分点`), None where the cell names none."""
    half_width: Decimal = Decimal(0)
    """Half the last printed place in the printed unit, for rounded numbers; 0 for integers in full."""
    bound: Bound = Bound.EXACT
    status: ValueStatus = ValueStatus.FINAL
    remarks: tuple[str, ...] = ()
    """Short ids of what was tolerated, or of why a text is no number.

    Tolerated: `full_width`, `invisible`, `footnote`, `spaces` (blanks around), `blank_thousands`, `apostrophe`, `text_prefix`,
    `text_number` (a workbook cell holds a number as text), `scientific`, `accounting_negative`, `odd_minus`, `currency`,
    `ordinal`, `comment`, `scaled_format`, `provisional`, `estimate`, `revised`, `break`, `low_reliability`.
    Of missing marks: `below_half_unit` (`…`), `suppressed`, `not_finite`, `error_value`, `footnote`.
    Of texts: `scanned_digits`, `leading_zero`, `bad_grouping`, `unknown_unit`, `date`, `boolean`, `not_finite`, `error_value`.
    """


EMPTY = ParsedCell(CellKind.EMPTY)
_TEXT = ParsedCell(CellKind.TEXT)
_LONGEST = 80
"""Longer texts are never numbers; the limit bounds every pattern below."""
COMPUTED_DIGITS = 12
"""A number with this many significant digits came out of a calculation and is taken as it is."""
_ZERO = Decimal(0)
_LARGEST_EXPONENT = 300
"""Powers of ten beyond this are no figures; units of up to 10^8 must still fit into a double."""
_SWAP = str.maketrans(",.", ".,")
_LEADING = frozenset({"第", *(word[0] for word, _ in marks.BOUND_PREFIXES)})
"""Chinese characters with which a number may begin."""
_UNGROUPED = str.maketrans("", "", ", '")
_DIGITS = frozenset("0123456789")

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_NUMBER = re.compile(
    r"(?P<currency>us\$|usd|rmb|cny|[¥$€£])?\s*(?P<sign>[-+—])?\s*(?P<currency_after>us\$|[¥$€£])?\s*"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]{1,3}(?:'[0-9]{3})+(?![0-9])|[0-9]+|(?=\.[0-9]))"
    r"(?:\.(?P<decimals>[0-9]+))?(?:e(?P<exponent>[+-]?[0-9]{1,3})(?![0-9a-z]))?(?P<rest>.*)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"第\s*(?P<number>[0-9]{1,4}|[一二三四五六七八九十])\s*(?:位|名|位次)?")
_CHINESE_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)}
_BAD_GROUPING = re.compile(r"[-+]?[0-9]+(?:[, '][0-9]+)+(?:\.[0-9]+)?")
_UNKNOWN_UNIT = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?\s*[^\W0-9_][^0-9]{0,11}")
_ENGLISH_MULTIPLIERS = re.compile(r"(?:hundred|thousands?|millions?|billions?|trillion|000s)\b", re.IGNORECASE)


def parse_cell(value: CellValue, number_format: str | None = None, *, decimal_comma: bool = False) -> ParsedCell:
    """Return what a workbook cell says.

    Text that is a number gets the remark `text_number`: use this for workbooks and `parse_text` for text tables.

    Args:
        value: What the reader handed over.
        number_format: The cell's number format where it matters: a percent format makes 0.2 into 20 %, `0.00"万件"` names
            a unit, `0!.0,"万"` shows ten-thousands.
        decimal_comma: Whether texts write 78,1 for 78.1.
    """
    if value is None or value == "":
        return EMPTY
    if isinstance(value, str):
        parsed = parse_text(value, decimal_comma=decimal_comma)
        is_number = parsed.kind is CellKind.NUMBER
        return replace(parsed, remarks=(*parsed.remarks, "text_number")) if is_number else parsed
    if isinstance(value, bool):
        return ParsedCell(CellKind.TEXT, remarks=("boolean",))
    if isinstance(value, int | float):
        return _parse_number(value, number_format or "")
    is_date = isinstance(value, dt.date | dt.time | dt.timedelta)
    return ParsedCell(CellKind.TEXT, remarks=("date",)) if is_date else _TEXT


@lru_cache(maxsize=65536, typed=True)
def _parse_number(value: float, number_format: str) -> ParsedCell:
    if value != value or abs(value) == inf:  # noqa: PLR0124 - NaN; `isfinite` fails on huge integers
        return ParsedCell(CellKind.TEXT, remarks=("not_finite",))
    number = decimal_of(value)
    if number.adjusted() > _LARGEST_EXPONENT:
        return ParsedCell(CellKind.TEXT, remarks=("not_finite",))
    shown = read_number_format(number_format)
    is_computed = len(number.as_tuple().digits) >= COMPUTED_DIGITS
    if shown is None or (is_computed and not (shown.exponent or shown.unit)):
        return ParsedCell(CellKind.NUMBER, number, None, _stored_half_width(number))
    scaled = number.scaleb(shown.exponent) if shown.exponent else number
    scaled = _plain_decimal(scaled)
    decimals = max(0, -_exponent(scaled))
    if decimals > shown.decimals:  # more is stored than shown: the stored value is the exact one
        half_width = _ZERO
    else:
        sign, digits, _ = scaled.as_tuple()
        scaled = Decimal((sign, digits + (0,) * (shown.decimals - decimals), -shown.decimals))
        half_width = _ZERO if shown.decimals == 0 else Decimal(5).scaleb(-shown.decimals - 1)
    unit = PERCENT if shown.percent else (parse_unit(shown.unit) if shown.unit else None)
    remarks = ("scaled_format",) if shown.exponent and not shown.percent else ()
    return ParsedCell(CellKind.NUMBER, scaled, unit, half_width, remarks=remarks)


def decimal_of(value: float) -> Decimal:
    """Return the shortest decimal of a stored number at 15 significant digits, the precision of a worksheet."""
    if isinstance(value, int):
        return Decimal(value)
    if value.is_integer() and abs(value) < 1e15:
        return Decimal(int(value))
    return _plain_decimal(Decimal(format(value, ".15g")))


def _plain_decimal(number: Decimal) -> Decimal:
    """Return the number without trailing decimal zeros and without a positive exponent."""
    if not number:
        return _ZERO
    stripped = number.normalize()
    exponent = _exponent(stripped)
    return stripped if exponent <= 0 else Decimal(int(stripped))


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _stored_half_width(number: Decimal) -> Decimal:
    """Return the half width of a stored number that has no telling format."""
    exponent = _exponent(number)
    if exponent >= 0 or len(number.as_tuple().digits) >= COMPUTED_DIGITS:
        return _ZERO
    return Decimal(5).scaleb(exponent - 1)


def parse_text(text: str, *, decimal_comma: bool = False) -> ParsedCell:
    """Return what a text says: a number, a missing mark, nothing, or words. Never raises.

    Args:
        text: The cell as written.
        decimal_comma: Whether the file writes 78,1 for 78.1 (and 1.234 for 1234).
    """
    if len(text) > _LONGEST:
        text = text.strip()
        if len(text) > _LONGEST:
            return _TEXT if text else EMPTY
    return _parse_cached(text, decimal_comma)


@lru_cache(maxsize=65536)
def _parse_cached(text: str, decimal_comma: bool) -> ParsedCell:
    if _PLAIN.fullmatch(text) and not (decimal_comma and "." in text):
        number = Decimal(text)
        return _finite(ParsedCell(CellKind.NUMBER, number or number.copy_abs(), None, _stored_half_width(number)))
    folded = text.translate(marks.FOLD)
    body = folded.strip()
    if not body:
        return EMPTY
    folding = {
        "full_width": marks.HAS_WIDE.search(text),
        "invisible": marks.HAS_INVISIBLE.search(text),
        "spaces": len(folded) != len(body),
    }
    remarks = tuple(remark for remark, is_so in folding.items() if is_so)
    lowered = body.lower()
    if lowered in marks.MISSING:
        return ParsedCell(CellKind.MISSING, remarks=(*remarks, *marks.MISSING[lowered]))
    if marks.LONE_FOOTNOTE.fullmatch(body):
        return ParsedCell(CellKind.MISSING, remarks=(*remarks, "footnote"))
    if lowered in marks.ERROR_VALUES:
        return ParsedCell(CellKind.TEXT, remarks=("error_value",))
    if lowered in marks.NOT_FINITE:
        return ParsedCell(CellKind.TEXT, remarks=("not_finite",))
    if marks.HAS_CONTROL.search(body):
        return _TEXT
    if is_chinese(body[0]) and body[0] not in _LEADING:
        return _TEXT
    parsed = _parse_marked(body, remarks, decimal_comma)
    return _finite(parsed) if parsed is not None else _explain(body)


def _finite(parsed: ParsedCell) -> ParsedCell:
    """Return what was read, unless it is too large for a worksheet or a double: `1e400` is no figure."""
    too_large = parsed.number is not None and parsed.number.adjusted() > _LARGEST_EXPONENT
    return ParsedCell(CellKind.TEXT, remarks=("not_finite",)) if too_large else parsed


def _parse_marked(body: str, remarks: tuple[str, ...], decimal_comma: bool) -> ParsedCell | None:
    """Peel marks off the number and its unit; None when what is left is no number."""
    inner = _inside_brackets(body)
    if inner is not None:
        parsed = _parse_body(inner, decimal_comma, None)
        if parsed is None or parsed.number is None or inner[:1] in "+-—":
            return None
        remarks = (*remarks, *parsed.remarks, "accounting_negative")
        return replace(parsed, number=parsed.number.copy_negate(), remarks=remarks)
    if body.startswith("第"):
        found = _ORDINAL.fullmatch(body)
        if found is None:
            return None
        rank = Decimal(_CHINESE_DIGITS.get(found["number"]) or int(found["number"]))
        return ParsedCell(CellKind.NUMBER, rank, parse_unit("位"), remarks=(*remarks, "ordinal"))
    body, status, bracket_unit, peeled = _peel_end(body)
    body, bound = _peel_bounds(body)
    parsed = _parse_body(body, decimal_comma, bracket_unit)
    if parsed is None:
        return None
    half_width = parsed.half_width
    if bound is Bound.ABOUT and not half_width and parsed.number is not None:
        # half the last place that is not zero
        half_width = Decimal(5).scaleb(_exponent(parsed.number.normalize()) - 1) if parsed.number else _ZERO
    return replace(
        parsed, half_width=half_width, bound=bound, status=status, remarks=(*remarks, *parsed.remarks, *peeled)
    )


def _inside_brackets(body: str) -> str | None:
    """Return what is between brackets around the whole cell (a percent sign may follow), else None."""
    if not body.startswith("("):
        return None
    tail = "%" if body.endswith(")%") else ""
    closed = body.removesuffix("%") if tail else body
    if not closed.endswith(")") or "(" in closed[1:] or ")" in closed[:-1]:
        return None
    return closed[1:-1].strip() + tail


def _peel_end(body: str) -> tuple[str, ValueStatus, Unit | None, tuple[str, ...]]:
    """Take footnotes, status words, a unit in brackets and comments off the end."""
    status, unit, remarks = ValueStatus.FINAL, None, list[str]()
    for _ in range(4):  # no real cell carries more marks than this
        if (found := marks.END_BRACKET.search(body)) and found.start() > 0:
            inside = found["inside"].strip()
            if inside.lower() in marks.STATUS_WORDS:
                status, remark = marks.STATUS_WORDS[inside.lower()]
                remarks.append(remark)
            elif (named := parse_unit(inside)) is not None and named.text and unit is None:
                unit = named
            elif not _DIGITS.isdisjoint(inside):
                break
            else:
                remarks.append("comment" if len(inside) > 1 else "footnote")
            body = body[: found.start()]
            continue
        if (flag := marks.STATUS_FLAG.search(body)) is not None:
            status, remark = marks.STATUS_WORDS[flag["spaced"] or flag["glued"]]
            remarks.append(remark)
            body = body[: flag.start()].rstrip()
            continue
        break
    stripped = marks.FOOTNOTE.sub("", body)
    if stripped and stripped != body:
        remarks.append("footnote")
        body = stripped
        if (found := marks.END_BRACKET.search(body)) and found["inside"].strip().lower() in marks.STATUS_WORDS:
            status, remark = marks.STATUS_WORDS[found["inside"].strip().lower()]
            remarks.append(remark)
            body = body[: found.start()]
    return body.strip(), status, unit, tuple(remarks)


def _peel_bounds(body: str) -> tuple[str, Bound]:
    bound = Bound.EXACT
    lowered = body.lower()
    for word, kind in marks.BOUND_PREFIXES:
        if lowered.startswith(word):
            body, bound = body[len(word) :].strip(), kind
            break
    for word, kind in marks.BOUND_SUFFIXES:
        if body.endswith(word):
            body, bound = body[: -len(word)].strip(), kind
            break
    without = marks.MORE.sub("", body)
    return (without, Bound.AT_LEAST) if without != body else (body, bound)


def _parse_body(body: str, decimal_comma: bool, bracket_unit: Unit | None) -> ParsedCell | None:
    """Parse an optional currency and sign, the digits, and a unit."""
    remarks = []
    if body.startswith("'"):
        body = body[1:]
        remarks.append("text_prefix")
    if body.startswith("*"):
        body = body[1:].lstrip()
        remarks.append("footnote")
    found = _NUMBER.fullmatch(body.translate(_SWAP) if decimal_comma else body)
    if found is None:
        return None
    whole, decimals = found["whole"] or "0", found["decimals"] or ""
    digits = whole.translate(_UNGROUPED)
    if len(digits) > 1 and digits.startswith("0"):
        return None
    unit_text = found["rest"].strip()
    unit = parse_unit(unit_text) if unit_text else bracket_unit
    if unit_text and (unit is None or bracket_unit is not None):
        return None
    currency = (found["currency"] or found["currency_after"] or "").lower()
    if currency:
        remarks.append("currency")
        unit = _with_currency(currency, unit)
    if found["sign"] == "—":
        remarks.append("odd_minus")
    remarks += [name for mark, name in ((" ", "blank_thousands"), ("'", "apostrophe")) if mark in whole]
    exponent = int(found["exponent"] or 0)
    if found["exponent"]:
        remarks.append("scientific")
    negative = found["sign"] in {"-", "—"}
    number, half_width = _assemble(digits, decimals, exponent, unit_text or (unit.text if unit else ""))
    return ParsedCell(
        CellKind.NUMBER,
        number.copy_negate() if negative and number else number,
        unit,
        half_width,
        remarks=tuple(remarks),
    )


def _with_currency(currency: str, unit: Unit | None) -> Unit | None:
    name = marks.CURRENCIES[currency]
    if name is None or (unit is not None and unit.dimension):
        return unit
    return parse_unit(f"{unit.text if unit else ''}{name}") or unit


def _assemble(digits: str, decimals: str, exponent: int, unit_text: str) -> tuple[Decimal, Decimal]:
    """Return the number and half its last printed place."""
    power = exponent - len(decimals)
    number = Decimal((0, tuple(map(int, digits + decimals)), power))
    if power > 0:
        number = Decimal(int(number)) if power < 100 else number
    n_significant = len((digits + decimals).lstrip("0"))
    is_rounded = power < 0 or (exponent > 0 and power > 0) or _has_multiplier(unit_text)
    if not is_rounded or n_significant >= COMPUTED_DIGITS:
        return number, _ZERO
    return number, Decimal((0, (5,), power - 1))


@lru_cache(maxsize=1024)
def _has_multiplier(unit_text: str) -> bool:
    """Return whether a unit starts with a number word, as 万件 and million do (and 千克 does not)."""
    if _ENGLISH_MULTIPLIERS.match(unit_text):
        return True
    for word in MULTIPLIERS:
        if unit_text.startswith(word):
            return parse_unit(unit_text[len(word) :]) is not None
    return False


def _explain(body: str) -> ParsedCell:
    """Return the text, with the reason why it is no number where it nearly was one."""
    bare = marks.FOOTNOTE.sub("", body)
    if marks.LOOKS_LIKE_DATE.fullmatch(bare):
        return ParsedCell(CellKind.TEXT, remarks=("date",))
    if re.fullmatch(r"[-+]?0[0-9]+(?:\.[0-9]+)?", bare):
        return ParsedCell(CellKind.TEXT, remarks=("leading_zero",))
    if _BAD_GROUPING.fullmatch(bare):
        return ParsedCell(CellKind.TEXT, remarks=("bad_grouping",))
    if marks.SCANNED.fullmatch(body):
        return ParsedCell(CellKind.TEXT, remarks=("scanned_digits",))
    if _UNKNOWN_UNIT.fullmatch(bare):
        return ParsedCell(CellKind.TEXT, remarks=("unknown_unit",))
    return _TEXT
