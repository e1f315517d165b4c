"""Building blocks of the specification: strict scalars, bilingual text, and the common model settings."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StrictInt,
    StrictStr,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from ipstrong.texts import Text

_ID = r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$"
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class Spec(BaseModel):
    """A part of a plan file: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _check_visible(value: str) -> str:
    if not value.strip() or _INVISIBLE.search(value):
        raise PydanticCustomError("plan_blank", "text is blank or holds invisible characters")
    return value.strip()


def _refuse_text(value: object) -> object:
    """Pydantic turns "93" and True into numbers; a plan says what it means."""
    if isinstance(value, str):
        raise PydanticCustomError("plan_text_for_number", "a number is meant, not text")
    if isinstance(value, bool):
        raise PydanticCustomError("plan_number_type", "a number is meant, not a boolean")
    return value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Id = Annotated[StrictStr, Field(pattern=_ID, max_length=80)]
"""Lower-case letters, digits and hyphens."""

Words = Annotated[StrictStr, AfterValidator(_check_visible)]
"""Visible text in one language."""

Number = Annotated[
    Decimal,
    BeforeValidator(_refuse_text),
    WithJsonSchema({"type": "number"}),
]
"""An exact decimal."""

Positive = Annotated[
    Decimal,
    BeforeValidator(_refuse_text),
    Field(gt=0),
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0}),
]
"""An exact decimal above zero."""

Year = Annotated[StrictInt, Field(ge=1800, le=2200)]

Ids = Annotated[
    tuple[Id, ...],
    BeforeValidator(_as_list),
    Field(min_length=1),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": _ID},
                {"type": "array", "items": {"type": "string", "pattern": _ID}, "minItems": 1},
            ],
        },
    ),
]
"""One id, or several in order of preference."""

Aliases = Annotated[
    tuple[Words, ...],
    Field(description="Other spellings, as tables write them. 别名，照统计表的写法。"),
]


class TextSpec(Spec):
    """Text in both languages: `{zh: 专利, en: patents}`, or one text that serves for both."""

    zh: Words = Field(description="Chinese. 中文。")
    en: Words = Field(description="English. 英文。")

    @model_validator(mode="before")
    @classmethod
    def _from_one_text(cls, value: object) -> object:
        return {"zh": value, "en": value} if isinstance(value, str) else value

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

    @property
    def text(self) -> Text:
        """The plain bilingual text."""
        return Text(self.zh, self.en)


class ClauseSpec(Spec):
    """Where in the document a statement stands, and what it says in our own words."""

    section: TextSpec = Field(description="Section or paragraph of the document. 文件的章节或段落。")
    sentence: Annotated[StrictInt, Field(ge=1, le=999)] | None = Field(
        default=None, description="Number of the sentence in it, from 1. 第几句，从 1 数起。"
    )
    summary: TextSpec = Field(description="What it says, in your own words. 用自己的话概括内容。")
