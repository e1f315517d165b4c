"""Pydantic's errors as findings: the place in the file, the code, and the fix in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ipstrong.diagnostics.codes import plan as codes
from ipstrong.diagnostics.suggest import suggestion
from ipstrong.model.plan import PRESETS, TARGET_KINDS, MeasureKind, Target
from ipstrong.model.unit import MULTIPLIERS
from ipstrong.model.yaml_tree import KeyPath, Node, Trap, TrappedScalar, format_key
from ipstrong.planfile.document import Document
from ipstrong.planfile.schema import choices_at, keys_at
from ipstrong.texts import Text

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_A_LIST = Text("列表", "a list")
_A_MAPPING = Text("映射", "a mapping")
_A_NUMBER = Text("数", "a number")
_WRITE_A_MAPPING = Text("写成映射：每行一个“键: 值”", "write a mapping: one “key: value” a line")
_SEE_FORMAT = Text("格式见 docs/plan-format.md", "docs/plan-format.md has the format")
_SOMETHING_ELSE = Text("别的", "something else")
_SHAPES = {
    "tuple_type": (
        _A_LIST,
        Text("写成列表：每项一行，以“- ”开头", "write a list: one item a line, each beginning with “- ”"),
    ),
    "model_type": (_A_MAPPING, _WRITE_A_MAPPING),
    "model_attributes_type": (_A_MAPPING, _WRITE_A_MAPPING),
    "string_type": (Text("文字", "text"), Text("写成一段文字", "write text")),
    "plan_text_or_languages": (
        Text("文字或 {zh: , en: }", "text or {zh: , en: }"),
        Text("写成 {zh: 中文, en: English}", "write {zh: 中文, en: English}"),
    ),
    "int_type": (Text("整数", "a whole number"), _SEE_FORMAT),
    "int_from_float": (Text("整数", "a whole number"), _SEE_FORMAT),
    "decimal_type": (_A_NUMBER, _SEE_FORMAT),
    "plan_not_a_number": (_A_NUMBER, _SEE_FORMAT),
    "bool_type": (Text("true 或 false", "true or false"), _SEE_FORMAT),
}
"""What is expected of a value, by the type of pydantic's error, and how to fix it."""
_NUMBER_TYPES = frozenset(("int_type", "int_from_float", "decimal_type", "plan_not_a_number"))
_TEXT_TYPES = frozenset(("string_type", "model_type", "model_attributes_type", "plan_text_or_languages"))
_UNKNOWN_KEY_TYPES = frozenset(("extra_forbidden", "plan_filled_in"))
_TAG_TYPES = frozenset(("union_tag_not_found", "union_tag_invalid"))
_TAG = "measure"
"""The key that tells the kinds of target apart."""
_BOUNDS = {
    "greater_than": ("gt", Text("大于 {bound}", "above {bound}")),
    "greater_than_equal": ("ge", Text("不小于 {bound}", "at least {bound}")),
    "less_than": ("lt", Text("小于 {bound}", "below {bound}")),
    "less_than_equal": ("le", Text("不大于 {bound}", "at most {bound}")),
}
_SIMPLE_TRAPS = {
    Trap.LEADING_ZERO: codes.LEADING_ZERO,
    Trap.DATE: codes.UNQUOTED_DATE,
    Trap.NOT_FINITE: codes.NOT_FINITE,
}
_TORN = Text("前面的逗号把文字断开了，给整段文字加引号；", "the comma before it cut a text in two: quote the text; ")
"""In `{zh: 甲, 乙, en: a, b}` a comma ends the text, and the rest becomes a key."""

MAX_PLAIN = 20
"""Powers of ten up to which the plain spelling of a number is worth suggesting."""


def report_errors(errors: list[ErrorDetails], document: Document) -> None:
    """Add one finding for each error that a person can act upon, and for each odd scalar that no error is about."""
    for error in [*errors, *_errors_without_measure(document, errors)]:
        _report(error, document)
    reported = {(finding.location.line, finding.location.column) for finding in document.findings}
    for path, node in document.root.scalars() if document.root is not None else ():
        if isinstance(node.value, TrappedScalar) and node.place not in reported:
            _report_trap("", node.value, path, document)


def report_nulls(document: Document) -> None:
    """Report the empty values that have no finding yet: an optional key without its value is a slip."""
    reported = {finding.location.key for finding in document.findings}
    for path, node in document.root.scalars() if document.root is not None else ():
        if node.value is None and format_key(path) not in reported:
            document.report(codes.EMPTY_VALUE, path)


def _report(error: ErrorDetails, document: Document) -> None:
    kind, path = error["type"], _real_path(error["loc"], document)
    if kind == "too_short" and error["input"]:
        return  # the items themselves have findings
    if kind in ("missing", "union_tag_not_found"):
        key = _TAG if kind == "union_tag_not_found" else str(error["loc"][-1])
        document.report_at(codes.MISSING_KEY, document.place(path), format_key((*path, key)), key=key)
    elif kind in _UNKNOWN_KEY_TYPES:
        _report_unknown_key(path, document)
    else:
        _report_value(error, (*path, _TAG) if kind == "union_tag_invalid" else path, document)


def _real_path(loc: tuple[str | int, ...], document: Document) -> tuple[str | int, ...]:
    """Return the part of a pydantic location that exists in the file: tags of unions are not keys."""
    path: list[str | int] = []
    here = document.root
    for part in loc:
        below = here.child(part) if here is not None else None
        if below is not None:
            path.append(part)
            here = below
    return tuple(path)


def _report_unknown_key(path: tuple[str | int, ...], document: Document) -> None:
    key, node = str(path[-1]), document.node(path)
    allowed = keys_at(path[:-1], document.root)
    is_torn = node is not None and node.value is None and not key.isidentifier()
    document.report(
        codes.UNKNOWN_KEY,
        path,
        at_key=True,
        key=key,
        suggestion=_TORN if is_torn or not key.isascii() else suggestion(key, allowed),
        keys=", ".join(allowed),
    )


def _report_value(error: ErrorDetails, path: KeyPath, document: Document) -> None:
    kind, node = error["type"], document.node(path)
    value, raw = (None, "") if node is None else (node.value, node.raw)
    if isinstance(value, TrappedScalar):
        _report_trap(kind, value, path, document)
    elif node is not None and value is None:
        document.report(codes.EMPTY_VALUE, path)
    elif isinstance(value, bool) and kind != "bool_type":
        _report_trap(kind, TrappedScalar(Trap.BOOLEAN, raw), path, document)
    elif isinstance(value, str) and kind in _NUMBER_TYPES:
        document.report(codes.TEXT_FOR_NUMBER, path, raw=raw, fix=_number_fix(raw))
    elif isinstance(value, int | Decimal) and kind in _TEXT_TYPES:
        document.report(codes.NUMBER_FOR_TEXT, path, raw=raw, what=_A_NUMBER)
    elif kind in ("literal_error", "enum", "union_tag_invalid", "plan_preset"):
        choices = list(PRESETS) if kind == "plan_preset" else choices_at(path, document.root)
        document.report(
            codes.NOT_A_CHOICE, path, raw=raw, suggestion=suggestion(raw, choices), choices=", ".join(choices)
        )
    elif kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        document.report(codes.OUT_OF_BOUNDS, path, raw=raw, bound=words.format(bound=error["ctx"][name]))
    elif kind in ("string_pattern_mismatch", "string_too_long"):
        document.report(codes.BAD_ID, path, raw=raw)
    elif kind in ("plan_blank", "too_short"):
        document.report(codes.BLANK_TEXT if kind == "plan_blank" else codes.EMPTY_VALUE, path)
    else:
        expected, fix = _SHAPES.get(kind, (_SOMETHING_ELSE, _SEE_FORMAT))
        if expected is _A_LIST and node is not None and node.children is None:
            fix = Text(f"写成列表：[{raw}]", f"write a list: [{raw}]")
        document.report(codes.WRONG_SHAPE, path, expected=expected, found=_describe(node), fix=fix)


def _describe(node: Node | None) -> Text:
    if node is None:
        return _SOMETHING_ELSE
    if node.children is not None:
        return _A_MAPPING if node.is_mapping else _A_LIST
    return Text(f"'{node.raw}'", f"'{node.raw}'")


def _report_trap(kind: str, value: TrappedScalar, path: KeyPath, document: Document) -> None:
    raw = value.raw
    quoted = Text(f'是文字就加引号："{raw}"', f'quote it if it is text: "{raw}"')
    if value.trap in _SIMPLE_TRAPS:
        document.report(_SIMPLE_TRAPS[value.trap], path, raw=raw)
        return
    if value.trap is Trap.BOOLEAN:
        truth = "true" if raw.lower() in ("yes", "on", "true") else "false"
        what = Text(f"是非值 {truth}", f"the boolean {truth}")
        fix = Text(f"写成 {truth}", f"write {truth}") if kind == "bool_type" else quoted
        document.report(codes.BOOLEAN_WORD, path, raw=raw, what=what, fix=fix)
        return
    fix = quoted
    if value.trap is Trap.TOO_LONG:
        readings = Text("（太长）", " (too long)")
    elif ":" in raw:
        readings = Text("（YAML 1.1 按六十进制读）", " (base 60 in YAML 1.1)")
    else:
        readings = Text("（有的读成数，有的读成文字）", " (a number to some, text to others)")
        number = Decimal(raw.replace("_", ""))
        if -MAX_PLAIN < number.adjusted() < MAX_PLAIN:
            fix = Text(f"写成 {number:f}", f"write {number:f}")
    document.report(codes.AMBIGUOUS_NUMBER, path, raw=raw, readings=readings, fix=fix)


_AMOUNT = re.compile(r"(?P<sign>[-+]?)(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<word>\S*)")


def _number_fix(raw: str) -> Text:
    """Return how the amount in a text is written as a number: `13万件` is 130000."""
    found = _AMOUNT.fullmatch(raw.strip())
    if found is None:
        return Text("只写数，如 130000", "write a number alone, such as 130000")
    number = Decimal(found["sign"] + found["digits"].replace(",", ""))
    number *= next((factor for word, factor in MULTIPLIERS.items() if found["word"].startswith(word)), 1)
    plain = f"{number.normalize():f}"
    return Text(f"写成 {plain}，单位另写", f"write {plain}, and the unit apart")


# --- Targets whose `measure` is missing or misspelt, of which pydantic looks at nothing else --------------------------


def _errors_without_measure(document: Document, errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Yield the other errors of targets that no measure tells apart, as far as they are errors with every measure."""
    for error in errors:
        entry = error["input"]
        if error["type"] not in _TAG_TYPES or not isinstance(entry, Mapping):
            continue
        path = error["loc"][:2]
        tag, fewest = min(
            ((tag, _errors_with(tag, entry)) for tag in TARGET_KINDS), key=lambda each: len(each[1])
        )  # the measure that fits best
        allowed = {*keys_at(path, document.root)}
        for other in fewest:
            loc = other["loc"]
            is_missing, is_extra = other["type"] == "missing", other["type"] in _UNKNOWN_KEY_TYPES
            if len(loc) == 1 and ((is_missing and _is_optional(loc[0])) or (is_extra and loc[0] in allowed)):
                continue  # another measure would lift it
            yield {**other, "loc": (*path, tag.value, *loc)}


def _is_optional(key: str | int) -> bool:
    """Return whether a measure decides if targets have this key."""
    return key not in Target.model_fields or not Target.model_fields[str(key)].is_required()


def _errors_with(tag: MeasureKind, entry: Mapping[str, Any]) -> list[ErrorDetails]:
    try:
        TARGET_KINDS[tag].model_validate({**entry, _TAG: tag.value}, by_name=False, by_alias=True)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []
