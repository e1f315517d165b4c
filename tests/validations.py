"""Hand-made validations of a fictional submission, for tests of the reports on them.

河湾市 (Rivertown), its figures, its people and its plan are invented; see `builders`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from builders import make_dataset, make_file, make_observation, make_plan
from ipstrong.diagnostics import Code, Finding, Location, Severity
from ipstrong.model.validation import CrossCheck, Outcome, Validation, WaivedFinding, Waiver
from ipstrong.texts import Text

NOT_A_NUMBER = Code(
    id="RULE901",
    severity=Severity.ERROR,
    title=Text("不是数字", "not a number"),
    message=Text("应为数字,实为“{raw}”", "expected a number, found '{raw}'"),
    hint=Text("把“{raw}”改成数字", "replace '{raw}' by a number"),
    explanation=Text("文字不能计算。", "Text cannot be computed with."),
    example="n/a",
)
JUMPS = Code(
    id="RULE902",
    severity=Severity.WARNING,
    title=Text("变动异常", "jump"),
    message=Text("“{raw}”比上年变动过大", "'{raw}' is far from the year before"),
    hint=Text("核对原始资料", "check the source"),
    explanation=Text("变动超过方案规定的幅度。", "The change is beyond the plan's tolerance."),
)
HIDDEN = Code(
    id="RULE903",
    severity=Severity.NOTE,
    title=Text("隐藏行有数据", "hidden row holds data"),
    message=Text("隐藏行有数据", "a hidden row holds data"),
    hint=Text("", ""),
    explanation=Text("隐藏的数据容易漏看。", "Hidden data are easily overlooked."),
)
"""Codes outside the table, for tests of reports."""


def at(cell: str | None, path: str = "data.xlsx", sheet: str = "全市") -> Location:
    """Return a cell of a workbook."""
    return Location(path, sheet, cell)


def finding(raw: str = "n/a", cell: str | None = "C5", code: Code = NOT_A_NUMBER, **fields: Any) -> Finding:
    """Return a finding at a cell of `data.xlsx`."""
    given: dict[str, Any] = {"location": at(cell), "params": {"raw": raw}}
    return Finding(code, **{**given, **fields})


def waiver(**fields: Any) -> Waiver:
    """Return a waiver of the jump at D5."""
    given: dict[str, Any] = {
        "code": "RULE902",
        "place": "data.xlsx[全市!D5]",
        "series": None,
        "reason": "口径调整(虚构)",
        "who": "虚构审核人",
        "expires": "2022-12-31",
        "line": 3,
    }
    return Waiver(**{**given, **fields})


def cross_check(outcome: Outcome = Outcome.FAIL, **fields: Any) -> CrossCheck:
    """Return a check of trees against parks: 120 * 2 against 250 fails by 10, above the tolerance of 1."""
    given: dict[str, Any] = {
        "id": f"trees-{outcome.value}",
        "name": Text("植树株数与公园数", "trees and parks"),
        "region": "hewan",
        "period": "2021",
        "expression": "trees * 2 = parks",
        "outcome": outcome,
        "left": Decimal(240),
        "right": Decimal(250),
        "difference": Decimal(-10),
        "tolerance": Decimal(1),
        "evidence": (make_observation("120", "2021"),),
    }
    if outcome is Outcome.NOT_ASSESSABLE:
        given |= {"right": None, "difference": None, "missing": Text("公园数 2021 年的数", "parks for 2021")}
    return CrossCheck(**{**given, **fields})


ROW = "植树株数\t株\tn/a\t110\t115\t120"
"""Row 5 of the sheet: label in A, unit in B, the years from C on."""


def make_validation(findings: Sequence[Finding] | None = None, **fields: Any) -> Validation:
    """Return a validation with an error at C5, a warning at F5 and a note; one waived; every outcome of a check."""
    found = findings
    if found is None:
        found = (
            finding(excerpt=ROW),
            finding("120", "F5", JUMPS, excerpt=ROW, related=(at("E5"),)),
            finding(cell=None, code=HIDDEN),
        )
    given: dict[str, Any] = {
        "dataset": make_dataset([make_observation("110", "2019"), make_observation("120", "2021")]),
        "plan": make_plan(),
        "findings": tuple(found),
        "waived": (WaivedFinding(finding("110", "D5", JUMPS), waiver()),),
        "cross_checks": tuple(cross_check(outcome) for outcome in Outcome),
        "rules_run": ("RULE901", "RULE902", "RULE903", "RULE904"),
    }
    return Validation(**{**given, **fields})


def clean_validation(**fields: Any) -> Validation:
    """Return a validation with values and nothing to complain of."""
    return make_validation((), **{"waived": (), "cross_checks": (), **fields})


def empty_validation() -> Validation:
    """Return a validation of files in which not one value was read."""
    return replace(clean_validation(), dataset=make_dataset())


HOSTILE = (
    '=HYPERLINK("http://evil.example","x")\r\n::error file=a::b\n##[add-mask]x <script>alert(1)</script> '
    "[a](http://evil.example) | `rm` **b** \x1b[31mred\x1b[0m \u202ereversed %0A@someone ]]> & 100%"
)
"""A cell that tries to be a formula, two CI commands, HTML, Markdown, terminal colours and reversed text."""


def hostile_validation() -> Validation:
    """Return a validation in which every text that comes from data is hostile."""
    place = Location(f"{HOSTILE}.xlsx", HOSTILE, "C5")
    bad = finding(HOSTILE, location=place, excerpt=f"a\t{HOSTILE}\t{HOSTILE}", related=(place,))
    covered = WaivedFinding(
        finding(HOSTILE, location=place, code=JUMPS), waiver(reason=HOSTILE, who=HOSTILE, series=HOSTILE)
    )
    observation = make_observation("120", "2021", file=place.path, sheet=place.sheet, raw=HOSTILE)
    check = cross_check(region=HOSTILE, expression=HOSTILE, evidence=(observation,), name=Text(HOSTILE, HOSTILE))
    return make_validation(
        (bad,),
        dataset=make_dataset([observation], files=(make_file(place.path, sheets=(HOSTILE,)),)),
        waived=(covered,),
        cross_checks=(check,),
    )
