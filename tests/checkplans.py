"""A small fictional plan (河湾市, Rivertown) with a `checks` section of the test's own, and short ways to run the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from datasets import make_dataset
from ipstrong.checks import run_checks
from ipstrong.diagnostics import Finding
from ipstrong.model.dataset import Dataset
from ipstrong.model.plan import Plan
from ipstrong.model.validation import CrossCheck
from ipstrong.planfile.load import load_plan_text

PLAN = """\
plan: {id: town, name: {zh: 小方案, en: Small plan}, start_year: 2019, end_year: 2021, base_year: 2018, home: hewan}
regions:
  - {id: hewan, name: {zh: 河湾市, en: Rivertown}, kind: home, aliases: [河湾]}
  - {id: land, name: {zh: 全境, en: Land}, kind: nation}
  - {id: east, name: {zh: 东区, en: East}, kind: part}
  - {id: west, name: {zh: 西区, en: West}, kind: part}
  - {id: north, name: {zh: 北区, en: North}, kind: part}
  - {id: lake, name: {zh: 湖城, en: Laketown}, kind: peer}
areas:
  - {id: all, name: {zh: 总体, en: All}}
indicators:
  - {id: firms, name: {zh: 企业数, en: Firms}, unit: 家, nature: stock}
  - {id: permits, name: {zh: 许可量, en: Permits}, unit: 件, nature: flow}
  - {id: population, name: {zh: 人口, en: Population}, unit: 万人, nature: stock}
  - {id: density, name: {zh: 每万人企业数, en: "Firms per 10,000"}, unit: 家/万人, nature: rate}
  - {id: share, name: {zh: 占全境比重, en: Share of the land}, unit: "%", nature: rate}
  - {id: growth, name: {zh: 增速, en: Growth}, unit: "%", nature: rate}
  - {id: opening, name: {zh: 年初企业数, en: Firms at the start}, unit: 家, nature: stock}
  - {id: place, name: {zh: 位次, en: Place}, unit: 位, nature: rank}
targets:
  - id: firms
    number: 1
    name: {zh: 企业, en: Firms}
    area: all
    measure: level
    indicator: firms
    comparator: ">="
    value: 130000
    clause: {section: 一, sentence: 1, summary: {zh: 多, en: many}}
"""


def plan_with(checks: str = "") -> Plan:
    """Return the plan with this `checks` section, written as YAML without its outer key."""
    text = PLAN + ("checks:\n" + "".join(f"  {line}\n" for line in checks.strip("\n").splitlines()) if checks else "")
    plan, findings = load_plan_text(text, "plan.yaml")
    assert plan is not None, [f"{finding.location} {finding.message('en')}" for finding in findings]
    return plan


Rows = Iterable[Mapping[str, object]]


def found(
    rows: Rows | Dataset, code: str, checks: str | None = "", *, handed_in: dt.date | None = None
) -> list[Finding]:
    """Return the findings with this code, or this former id of a case; `checks=None` runs without any plan."""
    plan = None if checks is None else plan_with(checks)
    dataset = rows if isinstance(rows, Dataset) else make_dataset(rows)
    findings = run_checks(dataset, plan, handed_in=handed_in)[0]
    return [finding for finding in findings if (finding.code.former or finding.code.id) == code]


def places(findings: Iterable[Finding]) -> list[str]:
    """Return where findings stand."""
    return [str(finding.location) for finding in findings]


def crossed(rows: Rows, checks: str) -> list[CrossCheck]:
    """Return the outcome of the cross-checks."""
    return list(run_checks(make_dataset(rows), plan_with(checks))[1])
