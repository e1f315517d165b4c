"""Pydantic's errors as findings: the place in the file, the code, and the cure in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from ipstrong.diagnostics.codes import plan as codes
from ipstrong.model.unit import MULTIPLIERS
from ipstrong.planfile.nodes import Node, Trap, TrappedScalar
from ipstrong.planfile.positions import Document, KeyPath, format_key
from ipstrong.planfile.spec import PlanSpec
from ipstrong.planfile.suggest import did_you_mean
from ipstrong.texts import Text, same

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Path = tuple[str | int, ...]

_A_LIST = Text("列表", "a list")
_A_MAPPING = Text("映射", "a mapping")
_A_TEXT = Text("文字", "text")
_A_NUMBER = Text("数", "a number")
_A_TEXT_OR_MAPPING = Text("文字或 {zh: , en: }", "text or {zh: , en: }")
_SHAPES = {
    "tuple_type": _A_LIST,
    "list_type": _A_LIST,
    "dict_type": _A_MAPPING,
    "model_type": _A_MAPPING,
    "model_attributes_type": _A_MAPPING,
    "string_type": _A_TEXT,
    "int_type": Text("整数", "a whole number"),
    "int_from_float": Text("整数", "a whole number"),
    "decimal_type": _A_NUMBER,
    "plan_number_type": _A_NUMBER,
    "plan_text_for_number": _A_NUMBER,
    "bool_type": Text("true 或 false", "true or false"),
}
_NUMBER_TYPES = frozenset(("int_type", "int_from_float", "decimal_type", "plan_number_type", "plan_text_for_number"))
_BOUNDS = {
    "greater_than": ("gt", Text("大于 {bound}", "above {bound}")),
    "greater_than_equal": ("ge", Text("不小于 {bound}", "at least {bound}")),
    "less_than": ("lt", Text("小于 {bound}", "below {bound}")),
    "less_than_equal": ("le", Text("不大于 {bound}", "at most {bound}")),
}
_CURES = {
    _A_LIST: Text("写成列表：每项一行，以“- ”开头", "write a list: one item a line, each beginning with “- ”"),
    _A_MAPPING: Text("写成映射：每行一个“键: 值”", "write a mapping: one “key: value” a line"),
    _A_TEXT: Text("写成一段文字", "write text"),
    _A_TEXT_OR_MAPPING: Text("写成 {zh: 中文, en: English}", "write {zh: 中文, en: English}"),
}


_TORN = Text("前面的逗号把文字断开了，给整段文字加引号；", "the comma before it cut a text in two: quote the text; ")
"""In `{zh: 甲, 乙, en: a, b}` a comma ends the text, and the rest becomes a key."""


def report_errors(errors: list[ErrorDetails], document: Document) -> None:
    """Add one finding for each error that a person can act upon."""
    for error in errors:
        _report(error, document)


def report_stray_traps(document: Document) -> None:
    """Report the traps that no error speaks of, such as those below a misspelt key or measure."""
    told = {(finding.location.line, finding.location.column) for finding in document.findings}
    for path, node in document.walk():
        if isinstance(node.value, TrappedScalar) and node.place not in told:
            _report_trap("", node.value, path, document)


def report_nulls(document: Document) -> None:
    """Report the empty values that nothing else was said about: an optional key without its value is a slip."""
    told = {finding.location.key for finding in document.findings}
    for place, key in document.nulls:
        if key not in told:
            document.report_at(codes.EMPTY_VALUE, place, key)


def _report(error: ErrorDetails, document: Document) -> None:
    kind = error["type"]
    path = _real_path(error["loc"], document)
    if kind == "too_short" and error["input"]:
        return  # the items themselves are complained of
    if kind == "missing":
        _report_missing(str(error["loc"][-1]), path, document)
    elif kind == "union_tag_not_found":
        _report_missing(_discriminator(error), path, document)
    elif kind == "extra_forbidden":
        _report_unknown_key(error, path, document)
    elif kind == "union_tag_invalid":
        _report_value(error, (*path, _discriminator(error)), document)
    else:
        _report_value(error, path, document)


def _report_missing(key: str, path: KeyPath, document: Document) -> None:
    document.report_at(codes.MISSING_KEY, document.place(path), format_key((*path, key)), key=key)


def _real_path(loc: Path, document: Document) -> Path:
    """Return the part of a pydantic location that exists in the file: tags of unions are not keys."""
    path: list[str | int] = []
    here = document.root
    for part in loc:
        below = here.child(part) if here is not None else None
        if below is not None:
            path.append(part)
            here = below
    return tuple(path)


def _discriminator(error: ErrorDetails) -> str:
    return str(error["ctx"]["discriminator"]).strip("'")


def _report_unknown_key(error: ErrorDetails, path: Path, document: Document) -> None:
    key = str(error["loc"][-1])
    allowed = list(_keys_at(error["loc"][:-1]))
    node = document.node(path)
    is_torn = node is not None and node.value is None and not key.isidentifier()
    document.report(
        codes.UNKNOWN_KEY,
        path,
        at_key=True,
        key=key,
        suggestion=_TORN if is_torn or not key.isascii() else did_you_mean(key, allowed),
        keys=", ".join(allowed),
    )


def _report_value(error: ErrorDetails, path: Path, document: Document) -> None:
    kind, node = error["type"], document.node(path)
    raw = node.raw if node is not None else ""
    if node is not None and _report_scalar(kind, node, path, document):
        return
    context = error.get("ctx", {})
    if kind in ("literal_error", "union_tag_invalid"):
        choices = re.findall(r"'([^']+)'", str(context.get("expected", context.get("expected_tags", ""))))
        document.report(
            codes.NOT_A_CHOICE, path, raw=raw, suggestion=did_you_mean(raw, choices), choices=", ".join(choices)
        )
    elif kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        document.report(codes.OUT_OF_BOUNDS, path, raw=raw, bound=words.format(bound=context[name]))
    elif kind in ("string_pattern_mismatch", "string_too_long"):
        document.report(codes.BAD_ID, path, raw=raw)
    elif kind == "plan_blank":
        document.report(codes.BLANK_TEXT, path)
    elif kind == "too_short":
        document.report(codes.EMPTY_VALUE, path)
    else:
        _report_shape(error, node, path, document)


def _report_scalar(kind: str, node: Node, path: Path, document: Document) -> bool:
    """Report what can be told from the scalar itself; return whether it was."""
    value = node.value
    if isinstance(value, TrappedScalar):
        _report_trap(kind, value, path, document)
    elif value is None:
        document.report(codes.EMPTY_VALUE, path)
    elif isinstance(value, bool) and kind != "bool_type":
        _report_trap(kind, TrappedScalar(Trap.BOOLEAN, node.raw), path, document)
    elif isinstance(value, str) and kind in _NUMBER_TYPES:
        document.report(codes.TEXT_FOR_NUMBER, path, raw=node.raw, cure=_number_cure(node.raw))
    elif isinstance(value, (int, Decimal)) and kind in ("string_type", "model_type", "model_attributes_type"):
        document.report(codes.NUMBER_FOR_TEXT, path, raw=node.raw, what=_A_NUMBER)
    else:
        return False
    return True


def _report_trap(kind: str, value: TrappedScalar, path: KeyPath, document: Document) -> None:
    raw = value.raw
    quoted = Text(f'是文字就加引号："{raw}"', f'quote it if it is text: "{raw}"')
    match value.trap:
        case Trap.BOOLEAN:
            is_true = raw.lower() in ("yes", "on", "true")
            what = Text("是非值 true", "the boolean true") if is_true else Text("是非值 false", "the boolean false")
            truth = "true" if is_true else "false"
            cure = Text(f"写成 {truth}", f"write {truth}") if kind == "bool_type" else quoted
            document.report(codes.BOOLEAN_WORD, path, raw=raw, what=what, cure=cure)
        case Trap.LEADING_ZERO:
            document.report(codes.LEADING_ZERO, path, raw=raw)
        case Trap.DATE:
            document.report(codes.UNQUOTED_DATE, path, raw=raw)
        case Trap.NOT_FINITE:
            document.report(codes.NOT_FINITE, path, raw=raw)
        case Trap.AMBIGUOUS | Trap.TOO_LONG:
            readings, plain = _readings(value)
            cure = Text(f"写成 {plain}", f"write {plain}") if plain else quoted
            document.report(codes.AMBIGUOUS_NUMBER, path, raw=raw, readings=readings, cure=cure)


def _readings(value: TrappedScalar) -> tuple[Text, str | None]:
    """Return how readers differ on an ambiguous number, and its plain spelling."""
    raw = value.raw
    if value.trap is Trap.TOO_LONG:
        return Text("（太长）", " (too long)"), None
    if ":" in raw:
        return Text("（YAML 1.1 按六十进制读）", " (base 60 in YAML 1.1)"), None
    number = Decimal(raw.replace("_", ""))
    plain = f"{number:f}" if -MAX_PLAIN < number.adjusted() < MAX_PLAIN else None
    return Text("（有的读成数，有的读成文字）", " (a number to some, text to others)"), plain


MAX_PLAIN = 20
"""Powers of ten up to which the plain spelling of a number is worth suggesting."""

_AMOUNT = re.compile(r"(?P<sign>[-+]?)(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<word>\S*)")


def _number_cure(raw: str) -> Text:
    """Return how the amount in a text is written as a number: `13万件` is 130000."""
    found = _AMOUNT.fullmatch(raw.strip())
    if found is None:
        return Text("只写数，如 130000", "write a number alone, such as 130000")
    number = Decimal(found["sign"] + found["digits"].replace(",", ""))
    for word, factor in MULTIPLIERS.items():
        if found["word"].startswith(word):
            number *= factor
            break
    plain = f"{number.normalize():f}"
    return Text(f"写成 {plain}，单位另写", f"write {plain}, and the unit apart")


def _report_shape(error: ErrorDetails, node: Node | None, path: Path, document: Document) -> None:
    expected = _SHAPES.get(error["type"], same(error["msg"]))
    if error["type"] == "model_type" and error.get("ctx", {}).get("class_name") == "TextSpec":
        expected = _A_TEXT_OR_MAPPING
    cure = _CURES.get(expected, Text("格式见 docs/plan-format.md", "docs/plan-format.md has the format"))
    if expected is _A_LIST and node is not None and node.children is None:
        cure = Text(f"写成列表：[{node.raw}]", f"write a list: [{node.raw}]")
    document.report(codes.WRONG_SHAPE, path, expected=expected, found=_describe(node), cure=cure)


def _describe(node: Node | None) -> Text:
    if node is None:
        return Text("别的", "something else")
    if node.children is not None:
        return _A_MAPPING if node.is_mapping else _A_LIST
    return Text(f"'{node.raw}'", f"'{node.raw}'")


def _keys_at(loc: Path) -> Iterator[str]:
    """Yield the keys that the model at a pydantic location allows."""
    model: Any = PlanSpec
    for part in loc:
        model = _step(model, part)
    for member in _models_in(model):
        yield from member.model_fields


def _step(model: Any, part: str | int) -> Any:  # noqa: ANN401 - an annotation may be anything
    members = list(_models_in(model))
    if isinstance(part, int):
        return _item_type(model)
    for member in members:
        if part in member.model_fields:
            return member.model_fields[part].annotation
    # A tag of a union, not a key: keep the member it names.
    tagged = [member for member in members if _tag_of(member) == part]
    return tagged[0] if tagged else model


def _tag_of(model: type[BaseModel]) -> str | None:
    field = model.model_fields.get("measure")
    return str(get_args(field.annotation)[0]) if field is not None else None


def _item_type(annotation: Any) -> Any:  # noqa: ANN401 - an annotation may be anything
    if get_origin(annotation) is Annotated:
        return _item_type(get_args(annotation)[0])
    return get_args(annotation)[0] if get_origin(annotation) is tuple else annotation


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - an annotation may be anything
    origin = get_origin(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif origin is Annotated:
        yield from _models_in(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for member in get_args(annotation):
            yield from _models_in(member)
