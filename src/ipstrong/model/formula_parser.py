"""Formulas of cross-checks: text to a tree, with the position of every mistake. Parsed by descent, never executed.

    statement = sum relation sum                    relation = "=" | "<=" | ">="
    sum       = product { ("+" | "-") product }
    product   = factor { ("*" | "/") factor }
    factor    = number | "-" factor | "(" sum ")" | function "(" sum { "," sum } ")" | symbol
    symbol    = indicator [ "[" period "]" ] [ "@" region ]
    period    = "t" | "t-1" | "prev" | "2018"       function = "sum" | "mean" | "min" | "max"

Why there is a parser at all: `docs/decisions/`, "Formulas of cross-checks".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from ipstrong.model.formula import Aggregate, Constant, Formula, Operation, Relation, Shift, Statement, Symbol
from ipstrong.texts import Text

FUNCTIONS = ("sum", "mean", "min", "max")
MAX_LENGTH = 500
MAX_DEPTH = 20

_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?![0-9A-Za-z.]))"
    r"|(?P<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)"
    r"|(?P<period>\[[^\[\]]{0,20}\])"
    r"|(?P<region>@\s*[a-z][a-z0-9]*(?:-[a-z0-9]+)*)"
    r"|(?P<relation><=|>=|==|=|≤|≥|≦|≧|<|>|≠|!=)"
    r"|(?P<sign>[-+*/(),])"
)
_FOLD = str.maketrans(
    {"×": "*", "÷": "/", "−": "-", "–": "-", "＝": "=", "（": "(", "）": ")", "，": ",", "＋": "+", "＊": "*"}
)
_RELATIONS = {
    "=": Relation.EQUAL,
    "==": Relation.EQUAL,
    "<=": Relation.AT_MOST,
    "≤": Relation.AT_MOST,
    "≦": Relation.AT_MOST,
    ">=": Relation.AT_LEAST,
    "≥": Relation.AT_LEAST,
    "≧": Relation.AT_LEAST,
}
_LAG = re.compile(r"t(?:\s*-\s*(?P<years>[1-9][0-9]?))?")
_YEAR = re.compile(r"[12][0-9]{3}")
_END = Text("式尾", "the end")
_NO_HINT = Text("", "")


class FormulaError(ValueError):
    """A formula that cannot be read: where, what is wrong, and how to fix it."""

    def __init__(self, offset: int, near: str, problem: Text, fix: Text = _NO_HINT) -> None:
        """Keep the 0-based offset in the text, and what is there."""
        super().__init__(problem.en)
        self.offset = offset
        self.near = Text(near, near) if near else _END
        self.problem = problem
        self.fix = fix


class FoundSymbol(NamedTuple):
    """A symbol and where it is in the text."""

    symbol: Symbol
    offset: int
    text: str
    is_summed: bool
    """Whether it is a direct operand of a function, where a group of regions is allowed."""


class _Token(NamedTuple):
    kind: str
    text: str
    offset: int


def parse_formula(text: str) -> tuple[Statement, tuple[FoundSymbol, ...]]:
    """Return the statement that a text makes, and its symbols with their positions.

    Raises:
        FormulaError: when it cannot be read.
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError(0, text[:20], Text(f"长于 {MAX_LENGTH} 个字符", f"longer than {MAX_LENGTH} characters"))
    reader = _Reader(_tokens(text.translate(_FOLD)))
    left = reader.read_sum()
    relation = reader.read_relation()
    right = reader.read_sum()
    reader.expect_end()
    return Statement(text, left, relation, right), tuple(reader.found)


def _tokens(text: str) -> list[_Token]:
    tokens, offset = [], 0
    while offset < len(text):
        if text[offset].isspace():
            offset += 1
            continue
        found = _TOKEN.match(text, offset)
        if found is None:
            raise FormulaError(offset, text[offset : offset + 12], Text("不认识的写法", "this is not understood"))
        tokens.append(_Token(str(found.lastgroup), found[0], offset))
        offset = found.end()
    tokens.append(_Token("end", "", offset))
    return tokens


@dataclass
class _Reader:
    """Reads tokens from left to right."""

    tokens: list[_Token]
    at: int = 0
    depth: int = 0
    found: list[FoundSymbol] = field(default_factory=list)

    @property
    def here(self) -> _Token:
        return self.tokens[self.at]

    def take(self, *texts: str) -> _Token | None:
        """Return the next token and go on, if it is one of these."""
        token = self.here
        if token.kind in {"sign", "relation"} and token.text in texts:
            self.at += 1
            return token
        return None

    def fail(self, problem: Text, fix: Text = _NO_HINT) -> FormulaError:
        return FormulaError(self.here.offset, self.here.text, problem, fix)

    def read_relation(self) -> Relation:
        token = self.here
        if token.kind != "relation":
            raise self.fail(Text("缺少 =、<= 或 >=", "=, <= or >= is missing"))
        if token.text not in _RELATIONS:
            fix = Text("只有 =、<= 和 >=；", "there are =, <= and >= only; ")
            raise self.fail(Text("没有这种比较", "there is no such comparison"), fix)
        self.at += 1
        return _RELATIONS[token.text]

    def expect_end(self) -> None:
        if self.here.kind == "relation":
            raise self.fail(Text("只能有一个比较符", "there can be only one relation"))
        if self.here.kind != "end":
            raise self.fail(Text("缺少运算符", "an operator is missing"))

    def read_sum(self) -> Formula:
        result = self.read_product()
        while (sign := self.take("+", "-")) is not None:
            result = Operation(sign.text, result, self.read_product())
        return result

    def read_product(self) -> Formula:
        result = self.read_factor()
        while (sign := self.take("*", "/")) is not None:
            result = Operation(sign.text, result, self.read_factor())
        return result

    def read_factor(self) -> Formula:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail(Text("嵌套过深", "nested too deeply"))
        try:
            return self._read_factor()
        finally:
            self.depth -= 1

    def _read_factor(self) -> Formula:
        if self.take("-"):
            return Operation("-", Constant(Decimal(0)), self.read_factor())
        if self.take("("):
            inner = self.read_sum()
            self.close()
            return inner
        token = self.here
        if token.kind == "number":
            self.at += 1
            return Constant(Decimal(token.text))
        if token.kind == "name":
            self.at += 1
            if self.here.text == "(":
                return self.read_function(token)
            return self.read_symbol(token)
        raise self.fail(Text("这里应为指标或数", "an indicator or a number is expected here"))

    def read_function(self, name: _Token) -> Formula:
        if name.text not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            raise FormulaError(
                name.offset, name.text, Text(f"没有这个函数，可用的有 {known}", f"no such function; there are {known}")
            )
        self.take("(")
        items = [self.read_item()]
        while self.take(","):
            items.append(self.read_item())
        self.close()
        return Aggregate(name.text, tuple(items))

    def read_item(self) -> Formula:
        """Read an operand of a function; remember whether it is a symbol alone."""
        n_before = len(self.found)
        item = self.read_sum()
        if isinstance(item, Symbol) and len(self.found) == n_before + 1:
            self.found[n_before] = self.found[n_before]._replace(is_summed=True)
        return item

    def close(self) -> None:
        if not self.take(")"):
            raise self.fail(Text("缺少右括号", "a closing bracket is missing"))

    def read_symbol(self, name: _Token) -> Symbol:
        shift, years = Shift.LAG, 0
        text = name.text
        if self.here.kind == "period":
            text += self.here.text
            shift, years = self.read_period(self.here)
            self.at += 1
        region = None
        if self.here.kind == "region":
            region = self.here.text[1:].strip()
            text += f"@{region}"
            self.at += 1
        symbol = Symbol(name.text, shift, years, region)
        self.found.append(FoundSymbol(symbol, name.offset, text, is_summed=False))
        return symbol

    def read_period(self, token: _Token) -> tuple[Shift, int]:
        inner = token.text[1:-1].strip()
        if inner == "prev":
            return Shift.PREVIOUS, 0
        if (lag := _LAG.fullmatch(inner)) is not None:
            return Shift.LAG, int(lag["years"] or 0)
        if _YEAR.fullmatch(inner):
            return Shift.YEAR, int(inner)
        raise self.fail(Text("方括号里应为 t、t-1、prev 或年份", "brackets hold t, t-1, prev or a year"))
