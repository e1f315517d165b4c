"""What a YAML parser's complaint means in plain words, and how to mend it; the same for libyaml and for PyYAML."""

from __future__ import annotations

import re

import yaml

from ipstrong.planfile.nodes import Place
from ipstrong.texts import Text, same

_QUOTE = Text("给这段文字加引号", "quote the text")
_INDENT = Text(
    "检查这一行和上一行的缩进，同级的键要对齐", "check the indentation here and above: keys of one level line up"
)

_PROBLEMS: tuple[tuple[str, Text, Text], ...] = (
    (
        "mapping values are not allowed",
        Text("这里不能再有冒号", "a colon is not allowed here"),
        Text("文字里有“: ”就要加引号；或检查缩进", "quote text that holds “: ”, or check the indentation"),
    ),
    ("found unexpected end of stream", Text("引号没有闭合", "a quote is never closed"), Text("补上引号", "close it")),
    ("found undefined alias", Text("没有这个锚点", "there is no such anchor"), _QUOTE),
    (
        "',' or ']'",
        Text("方括号没有闭合，或少了逗号", "a bracket is never closed, or a comma is missing"),
        Text("补上 ] 或逗号", "add ] or a comma"),
    ),
    (
        "',' or '}'",
        Text("花括号没有闭合，或少了逗号", "a brace is never closed, or a comma is missing"),
        Text("补上 } 或逗号", "add } or a comma"),
    ),
    (
        "could not find expected ':'",
        Text("键后缺少冒号", "a key without its colon"),
        Text("写成“键: 值”", "write “key: value”"),
    ),
    (
        "unknown escape character",
        Text("双引号里的反斜杠写法不对", "unknown escape in double quotes"),
        Text("改用单引号", "use single quotes"),
    ),
    (
        "hexdecimal numbers",
        Text("双引号里的反斜杠写法不对", "unknown escape in double quotes"),
        Text("改用单引号", "use single quotes"),
    ),
    ("expected '-' indicator", Text("列表在这里断了", "the list breaks off here"), _INDENT),
    (
        "sequence entries are not allowed",
        Text("这里不能开始列表", "a list cannot begin here"),
        Text("换行，再写“- ”", "begin it on a new line"),
    ),
    ("did not find expected key", Text("缩进不对，或缺少键", "wrong indentation, or a key is missing"), _INDENT),
    ("<block end>", Text("缩进不对，或缺少键", "wrong indentation, or a key is missing"), _INDENT),
    (
        "incompatible YAML document",
        Text("YAML 版本不支持", "unsupported YAML version"),
        Text("删去 %YAML 行", "remove the %YAML line"),
    ),
    ("duplicate anchor", Text("锚点重复", "an anchor is repeated"), Text("换一个名称", "choose another name")),
)
_COMPARATOR = re.compile(r":\s*(?P<sign>[<>]=?)\s*(?:[#\d].*)?$")


def explain_syntax(error: yaml.YAMLError, lines: list[str]) -> tuple[Place, Text, Text]:
    """Return where the parser stopped, what is wrong, and the cure."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(mark.line + 1, mark.column + 1) if mark is not None else Place(1, 1)
    # An unclosed quote or bracket is noticed at the end of the file; the person needs the place where it begins.
    start = getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    if start is not None and ("end of stream" in problem or "',' or" in problem):
        place = Place(start.line + 1, start.column + 1)
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    return place, *_explain(problem, line, place)


def _explain(problem: str, line: str, place: Place) -> tuple[Text, Text]:
    found = _COMPARATOR.search(line)
    if found is not None and "block scalar" not in problem and "chomping" not in problem and "comment" not in problem:
        found = None
    if found is not None:
        sign = found["sign"]
        return Text(f"'{sign}' 没有加引号", f"'{sign}' without quotes"), Text(f'写成 "{sign}"', f'write "{sign}"')
    if "cannot start any token" in problem:
        return _bad_start(line[place.column - 1 : place.column])
    for words, text, cure in _PROBLEMS:
        if words in problem:
            return text, cure
    return same(problem), Text("检查这一行的写法", "check how this line is written")


def _bad_start(character: str) -> tuple[Text, Text]:
    if character == "\t":
        return Text("用了制表符缩进", "a tab is used for indentation"), Text("改用空格", "use spaces")
    return (
        Text(f"未加引号的文字不能以 '{character}' 开头", f"text without quotes cannot begin with '{character}'"),
        _QUOTE,
    )
