"""The page of a code, for `ipstrong rule CODE` and for `docs/diagnostics.md`: both from the table of codes.

Write the page anew with `python -m ipstrong.diagnostics.pages docs/diagnostics.md`; a test fails while it is not current.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from ipstrong.diagnostics.codes import ALL_CODES, MERGED
from ipstrong.diagnostics.finding import Code
from ipstrong.texts import LANGS, Lang, Text

WIDTH = 80
"""Columns of a page in a terminal; a Chinese character takes two."""

AREAS: dict[str, Text] = {
    "PLAN": Text("方案文件", "the plan file"),
    "DATA": Text("读取数据", "reading data"),
    "RULE": Text("审核规则", "rules of validate"),
    "RUN": Text("运行", "running"),
}
"""Areas of codes by their letters, in the order of the pages."""

_SAYS = Text("提示", "Says")
_FIX = Text("改正", "Fix")
_EXAMPLE = Text("例", "Example")
_ALSO = Text("另一种情形（原 {former}）", "Another case (formerly {former})")


def area_of(code: Code) -> str:
    """Return the letters of a code: `RULE` of `RULE042`."""
    return code.id.rstrip("0123456789")


def cases_of(code: Code) -> list[Code]:
    """Return the cases that are fixed in the same way, and had codes of their own."""
    return [case for case in MERGED.values() if case.id == code.id]


def page(code: Code, lang: Lang) -> str:
    """Return the page of a code as plain text: title and severity, why it matters, what it says, the fix, its cases, an example."""
    head = f"{code.id}  {code.title.get(lang)}  [{code.severity.text.get(lang)}]"
    parts = [head, "", *_wrapped(code.explanation.get(lang), ""), ""]
    colon = Text("：", ":").get(lang)
    for case in (code, *cases_of(code)):
        if case.former:
            parts.append(_ALSO.format(former=case.former).get(lang) + colon)
        for name, text in ((_SAYS, case.message), (_FIX, _fix(case))):
            parts += [name.get(lang) + colon, *_wrapped(text.get(lang), "    ")]
    if code.example:
        parts += [_EXAMPLE.get(lang) + colon, *(f"    {line}" for line in code.example.splitlines())]
    return "\n".join(parts) + "\n"


def _fix(code: Code) -> Text:
    """Return the hint without the name that it proposes at run time."""
    return Text(*(side.removeprefix("{nearest}") for side in code.hint))


def _wrapped(text: str, indent: str) -> list[str]:
    """Break a text into lines of `WIDTH` columns: at blanks, and anywhere between Chinese characters."""
    lines, line, room = [], "", WIDTH - len(indent)
    for word in _words(text):
        if line and _columns(line + word.rstrip()) > room:
            lines.append(indent + line.rstrip())
            line = ""
        line += word
    return [*lines, indent + line.rstrip()]


def _words(text: str) -> list[str]:
    """Split a text where a line may end: behind blanks and wide characters, but not before closing punctuation."""
    words = [""]
    for character in text:
        if words[-1] and _may_break(words[-1][-1], character):
            words.append("")
        words[-1] += character
    return words


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return after != " "
    if after in "，。；：、？！）”》,.;:?!)" or before in "（“《(":
        return False
    return _columns(before) == 2 or _columns(after) == 2


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def render_markdown(codes: Iterable[Code]) -> str:
    """Return `docs/diagnostics.md`: a table of all codes, then one section each, in both languages."""
    chosen = list(codes)
    lines = [
        "# 诊断代码 / Diagnostic codes",
        "",
        "每个问题都有不变的代码、级别、位置和改正办法；终端里用 `ipstrong rule RULE042` 查看同样的内容，`ipstrong rules` 列出全部。",
        "改正办法相同的代码已经合并，末尾列出原来的代码；`ipstrong rule` 也认原来的代码。",
        "",
        "Every finding has a code that never changes, a severity, a place and a fix. `ipstrong rule RULE042` prints the same",
        "page in the terminal, `ipstrong rules` the list. Codes with the same fix were merged; the list of former codes is at the",
        "end, and `ipstrong rule` still finds them. This page is written by",
        "`python -m ipstrong.diagnostics.pages docs/diagnostics.md`; a test fails while it is not current.",
        "",
    ]
    for letters, name in AREAS.items():
        of_area = [code for code in chosen if area_of(code) == letters]
        if of_area:
            lines += [
                f"## {letters}: {name.zh} / {name.en}",
                "",
                "| | 级别 severity | | |",
                "| --- | --- | --- | --- |",
            ]
            lines += [_table_row(code) for code in of_area]
            lines += ["", *(line for code in of_area for line in _section(code))]
    merged = [case for case in MERGED.values() if case.id in {code.id for code in chosen}]
    if merged:
        lines += ["## 合并的代码 / Merged codes", "", "| 原代码 former | 现代码 now | | |", "| --- | --- | --- | --- |"]
        for case in merged:
            cells = (case.former, f"[{case.id}](#{case.id.lower()})", _inert(case.message.zh), _inert(case.message.en))
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines).rstrip() + "\n"


def _table_row(code: Code) -> str:
    severity = code.severity.text
    cells = (f"[{code.id}](#{code.id.lower()})", f"{severity.zh} {severity.en}", code.title.zh, code.title.en)
    return f"| {' | '.join(_inert(cell) for cell in cells)} |"


def _section(code: Code) -> list[str]:
    severity = code.severity.text
    lines = [
        f"### {code.id}",
        "",
        f"**{_inert(code.title.zh)} / {_inert(code.title.en)}** ({severity.zh}, {severity.en})",
        "",
    ]
    for lang in LANGS:
        lines += [_inert(code.explanation.get(lang)), ""]
    for case in (code, *cases_of(code)):
        if case.former:
            lines += ["", "{0.zh} / {0.en}:".format(_ALSO.format(former=case.former)), ""]
        for name, text in ((_SAYS, case.message), (_FIX, _fix(case))):
            lines += [f"- {name.zh}：{_inert(text.zh)}", f"- {name.en}: {_inert(text.en)}"]
    if code.example:
        lines += ["", f"{_EXAMPLE.zh} / {_EXAMPLE.en}:", "", "```text", *code.example.splitlines(), "```"]
    return [*lines, ""]


def _inert(text: str) -> str:
    """Return a text in which markdown sees no markup of its own."""
    for mark in ("\\", "|", "*", "_", "<"):
        text = text.replace(mark, "\\" + mark)
    return text


def main(arguments: list[str]) -> int:
    """Write the page to the file named, or to standard output."""
    text = render_markdown(ALL_CODES.values())
    if arguments:
        Path(arguments[0]).write_text(text, encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
