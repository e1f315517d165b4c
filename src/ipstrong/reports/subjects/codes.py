"""The diagnostic codes: the list of all, and the page of one."""

from __future__ import annotations

import re

from ipstrong.diagnostics import Code
from ipstrong.diagnostics.codes.all_codes import ALL_CODES, MERGED
from ipstrong.reports.labels import prefix
from ipstrong.reports.subjects.plan import Listing
from ipstrong.reports.table import Column, table
from ipstrong.reports.writers.json import fields
from ipstrong.reports.writers.line_breaks import breaks
from ipstrong.texts import LANGS, Lang, Text

PAGE_WIDTH = 80
"""Columns of a page in a terminal; a Chinese character takes two."""

SAYS = Text("提示", "Says")
FIX = Text("改正", "Fix")
EXAMPLE = Text("例", "Example")
ALSO = Text("另一种情形（原 {former}）", "Another case (formerly {former})")

_FIELD = re.compile(r"\{\w+\}")
"""What a message says of its own case, and a table of all cases cannot."""


def list_codes(lang: Lang) -> Listing:
    """Return every diagnostic code with severity, problem and fix."""
    columns = (
        Column("code", Text("代码", "Code")),
        Column("severity", Text("级别", "Severity")),
        Column("title", Text("问题", "Problem")),
        Column("hint", Text("改正", "Fix"), rank=1),
    )
    rows, objects = [], []
    for code in ALL_CODES.values():
        severity = code.severity.text.get(lang)
        rows.append((code.id, severity, code.title.get(lang), _FIELD.sub("…", code.hint.get(lang))))
        texts = fields(code, "title message hint explanation")
        sides = {f"{name}_{each}": text.get(each) for name, text in texts.items() for each in LANGS}
        objects.append({"code": code.id, "severity": code.severity, **sides, "example": code.example})
    title = Text("问题代码", "Diagnostic codes").get(lang)
    return Listing(title, table(columns, rows), objects, Text("", ""))


# --- One code ----------------------------------------------------------------------------------------------------------


def cases_of(code: Code) -> list[Code]:
    """Return the cases that are fixed in the same way, and had codes of their own."""
    return [case for case in MERGED.values() if case.id == code.id]


def fix_of(code: Code) -> Text:
    """Return the hint without the name that it proposes at run time."""
    return Text(*(side.removeprefix("{nearest}") for side in code.hint))


def page_of(code: Code, lang: Lang) -> str:
    """Return the page of a code as plain text: title and severity, why it matters, what it says and the fix, cases, an example."""
    head = f"{code.id}  {code.title.get(lang)}  [{code.severity.text.get(lang)}]"
    lines = [head, "", *_wrapped(code.explanation.get(lang), ""), ""]
    for case in (code, *cases_of(code)):
        if case.former:
            lines.append(prefix(ALSO.format(former=case.former), lang).rstrip())
        for name, text in ((SAYS, case.message), (FIX, fix_of(case))):
            lines += [prefix(name, lang).rstrip(), *_wrapped(text.get(lang), "    ")]
    if code.example:
        lines += [prefix(EXAMPLE, lang).rstrip(), *(f"    {line}" for line in code.example.splitlines())]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, indent: str) -> list[str]:
    return [(indent + text[start:end]).rstrip() for start, end in breaks(text, PAGE_WIDTH - len(indent))]
