"""Bilingual text: a `Text` cannot exist without both languages.

Every message, label and help line of the program is a `Text`, so that a missing translation is a type error first
and a failing test (blank or wrong-script text) second. See `docs/decisions/0002-bilingual-text.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]
"""A language of the output: `zh` (simplified Chinese) or `en`."""

LANGS: tuple[Lang, ...] = ("zh", "en")


class Text(NamedTuple):
    """The same sentence in Chinese and in English; `str.format` fields may be in both."""

    zh: str
    en: str

    def get(self, lang: Lang) -> str:
        """Return the sentence in `lang`."""
        return self.zh if lang == "zh" else self.en

    def format(self, **params: object) -> Text:
        """Fill the fields of both languages; a parameter that is itself a `Text` is filled in its own language."""
        return Text(
            self.zh.format(**{key: pick(value, "zh") for key, value in params.items()}),
            self.en.format(**{key: pick(value, "en") for key, value in params.items()}),
        )


def pick(value: object, lang: Lang) -> object:
    """Return the `lang` side of a `Text`, and anything else as it is."""
    return value.get(lang) if isinstance(value, Text) else value


def same(text: str) -> Text:
    """Return a `Text` for names that both languages share, such as a code or a file name."""
    return Text(text, text)


def listed(texts: Sequence[Text]) -> Text:
    """Return names one after the other, each in the quotation marks of its language."""
    return Text("、".join(f"“{text.zh}”" for text in texts), ", ".join(f"'{text.en}'" for text in texts))


COLON = Text("：", ": ")
"""What separates a heading from its text on one line."""
