"""The values that a plan is made of: ids, words, numbers, years, bilingual texts, units, each checked as it is read.

`Part` is the base of every model of the plan. What a text means in one particular plan, such as a unit that it declares
itself, comes from the `Vocabulary` that the loader passes as validation context.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    GetPydanticSchema,
    StrictInt,
    StrictStr,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue, SkipJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ipstrong.model.unit import Unit, UnitNames
from ipstrong.texts import Text

ID_PATTERN = r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$"
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

_T = TypeVar("_T")


class Part(BaseModel):
    """A part of a plan. It is frozen, and an unknown key is an error.

    Where the file has a shorter word than the program, the word of the file is the validation alias of the field; the
    loader reads by alias only, Python code writes the names of the fields.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, defer_build=True, validate_by_name=True, validate_by_alias=True
    )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the texts of one plan file mean."""

    units: UnitNames = field(default_factory=UnitNames)
    departments: Mapping[str, str] = field(default_factory=dict)
    """Every name of a department to its full Chinese name."""


def _vocabulary(info: ValidationInfo) -> Vocabulary:
    return info.context if isinstance(info.context, Vocabulary) else Vocabulary()


def _refuse_in_file(_value: object) -> object:
    raise PydanticCustomError("plan_filled_in", "this is filled in by the program")


Filled = Annotated[_T, BeforeValidator(_refuse_in_file), SkipJsonSchema()]
"""A field that no file may write: it has a default, or the plan as a whole fills it in."""


def optional(description: str, default: Any = None, *, alias: str | None = None) -> Any:  # noqa: ANN401 - as `Field`
    """Return a field that a file may leave out.

    Args:
        description: what it means, for the JSON Schema.
        default: what it is then.
        alias: the word of the file, where it is not the name of the field.
    """
    return Field(default=default, description=description, validation_alias=alias)


def written_as(kind: object, read: Callable[[object, Any, ValidationInfo], object]) -> GetPydanticSchema:
    """Return the schema of a value that files write as another kind, and that `read` makes of it."""
    return GetPydanticSchema(
        lambda _source, handler: core_schema.with_info_wrap_validator_function(read, handler(kind))
    )


# --- Words and numbers ------------------------------------------------------------------------------------------------


def _check_visible(value: str) -> str:
    if not value.strip() or _INVISIBLE.search(value):
        raise PydanticCustomError("plan_blank", "text is blank or holds invisible characters")
    return value.strip()


def _refuse_text(value: object) -> object:
    """Refuse what pydantic would turn into a number: "93" and True."""
    if isinstance(value, str | bool):
        raise PydanticCustomError("plan_not_a_number", "a number is meant, not text or a boolean")
    return value


def as_list(value: object) -> object:
    """Return one text as a list of one; anything else as it is."""
    return [value] if isinstance(value, str) else value


def one_or_more(items: Mapping[str, object]) -> WithJsonSchema:
    """Return the JSON Schema of one item or a list of them."""
    return WithJsonSchema({"anyOf": [items, {"type": "array", "items": items, "minItems": 1}]})


Id = Annotated[StrictStr, Field(pattern=ID_PATTERN, max_length=80)]
"""Lower-case letters, digits and hyphens."""

Words = Annotated[StrictStr, AfterValidator(_check_visible)]
"""Visible text in one language."""

Number = Annotated[Decimal, BeforeValidator(_refuse_text), WithJsonSchema({"type": "number"})]
"""An exact decimal."""

Positive = Annotated[
    Decimal,
    BeforeValidator(_refuse_text),
    Field(gt=0),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0}),
]
"""An exact decimal above zero."""

Year = Annotated[StrictInt, Field(ge=1800, le=2200)]

Lag = Annotated[StrictInt, Field(ge=0, le=20)]
"""A number of years."""

Places = Annotated[StrictInt, Field(ge=0, le=12)]
"""A number of decimals."""

SerialNumber = Annotated[StrictInt, Field(ge=1, le=9999)]

Ids = Annotated[
    tuple[Id, ...],
    BeforeValidator(as_list),
    Field(min_length=1),
    one_or_more({"type": "string", "pattern": ID_PATTERN}),
]
"""One id, or several in order of preference."""

Aliases = Annotated[
    tuple[Words, ...], Field(description="Other spellings, as tables write them. 别名，照统计表的写法。")
]


# --- Texts in both languages ------------------------------------------------------------------------------------------


class BilingualText(Part):
    """Text in both languages: `{zh: 专利, en: patents}`, or one text that serves for both."""

    zh: Words = Field(description="Chinese. 中文。")
    en: Words = Field(description="English. 英文。")

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Allow the short form in the JSON Schema as well."""
        resolved: dict[str, Any] = handler.resolve_ref_schema(handler(schema))
        mapping = dict(resolved)
        resolved.clear()
        resolved.update(
            anyOf=[{"type": "string", "minLength": 1}, mapping],
            description="Text in both languages, or one text for both. 中英文，或两种语言共用的一段文字。",
        )
        return resolved


def _read_text(value: object, read: Callable[[object], BilingualText], _info: ValidationInfo) -> Text:
    if isinstance(value, Text):
        return value
    if not isinstance(value, str | Mapping):
        raise PydanticCustomError("plan_text_or_languages", "text is meant, or a mapping of languages")
    languages = read({"zh": value, "en": value} if isinstance(value, str) else value)
    return Text(languages.zh, languages.en)


Bilingual = Annotated[Text, written_as(BilingualText, _read_text)]
"""Text in Chinese and English."""


# --- What the plan itself gives a meaning -----------------------------------------------------------------------------

UNKNOWN_UNIT = Unit("?", "?", Decimal(1))
"""Stands for a unit that nobody knows, until the loader, who reports it, gives up on the plan."""


def _read_unit(value: object, read: Callable[[object], str], info: ValidationInfo) -> Unit:
    if isinstance(value, Unit):
        return value
    return _vocabulary(info).units.find(read(value)) or UNKNOWN_UNIT


UnitName = Annotated[Unit, written_as(Words, _read_unit)]
"""A unit of measurement by any of its names."""


def _full_name(value: str, info: ValidationInfo) -> str:
    return _vocabulary(info).departments.get(value, value)


DepartmentName = Annotated[Words, AfterValidator(_full_name)]
"""The full Chinese name of a department, for any of its names."""
