"""The table of diagnostic codes, on a terminal, as JSON, CSV or Markdown."""

from __future__ import annotations

import re

from ipstrong.diagnostics import Code
from ipstrong.diagnostics.codes import ALL_CODES
from ipstrong.reports.plan_tables import PlanTable, render_table
from ipstrong.texts import Lang, Text

_FIELD = re.compile(r"\{\w+\}")
"""What a message says of its own case, and a table of all cases cannot."""

TITLE = Text("问题代码", "Diagnostic codes")
HEADINGS = (Text("代码", "Code"), Text("级别", "Severity"), Text("问题", "Problem"), Text("改正", "Cure"))


def render_codes(lang: Lang, format_: str, width: int, *, color: bool, unicode: bool = True) -> str:
    """Return every code with severity, problem and cure."""
    table = PlanTable(
        TITLE.get(lang),
        [heading.get(lang) for heading in HEADINGS],
        [
            [code.id, code.severity.text.get(lang), code.title.get(lang), _FIELD.sub("…", code.hint.get(lang))]
            for code in ALL_CODES.values()
        ],
        [_object(code) for code in ALL_CODES.values()],
        "",
        optional=(3,),
    )
    return render_table(table, format_, width, color=color, unicode=unicode)


def _object(code: Code) -> dict[str, object]:
    return {
        "code": code.id,
        "severity": code.severity.value,
        **{
            f"{name}_{lang}": text.get(lang)
            for name, text in (
                ("title", code.title),
                ("message", code.message),
                ("hint", code.hint),
                ("explanation", code.explanation),
            )
            for lang in ("zh", "en")
        },
        "example": code.example,
    }
