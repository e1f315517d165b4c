"""Small plans as YAML text, for tests that break one thing at a time."""

from __future__ import annotations

from ipstrong.diagnostics import Finding
from ipstrong.model.plan import Plan
from ipstrong.planfile.load import load_plan_text

SMALL = """\
plan:
  id: small
  name: {zh: 小方案, en: Small plan}
  start_year: 2019
  end_year: 2021
  base_year: 2018
  home: town
regions:
  - {id: town, name: {zh: 甲市, en: Town}, kind: home}
  - {id: land, name: {zh: 全境, en: Land}, kind: nation}
  - {id: city, name: {zh: 乙市, en: City}, kind: peer}
areas:
  - {id: all, name: {zh: 总体, en: All}}
indicators:
  - {id: patents, name: {zh: 专利量, en: Patents}, unit: 件, nature: stock}
  - {id: filings, name: {zh: 申请量, en: Filings}, unit: 件, nature: flow}
  - {id: people, name: {zh: 人口, en: People}, unit: 万人, nature: stock}
  - {id: place, name: {zh: 位次, en: Place}, unit: 位, nature: rank}
  - id: per-10k
    name: {zh: 每万人专利量, en: Patents per 10000}
    unit: 件/万人
    nature: rate
    ratio: {numerator: patents, denominator: people, scale: 10000}
targets:
  - id: patents
    number: 1
    name: {zh: 专利, en: Patents}
    area: all
    measure: level
    indicator: patents
    comparator: ">="
    value: 130000
    clause: {section: {zh: 第1段, en: paragraph 1}, sentence: 2, summary: {zh: 要多, en: many}}
"""

CLAUSE = "clause: {section: s1, summary: words}"


def target(*lines: str, number: int = 2, name: str = "extra") -> str:
    """Return a target's YAML to append to SMALL."""
    head = f"  - id: {name}\n    number: {number}\n    name: {name}\n    area: all\n    {CLAUSE}\n"
    return head + "".join(f"    {line}\n" for line in lines)


def load(text: str) -> tuple[Plan | None, tuple[Finding, ...]]:
    """Return the plan of YAML text and its findings."""
    return load_plan_text(text, "plan.yaml")


def plan_of(text: str) -> Plan:
    """Return the plan of YAML text that must be free of errors."""
    plan, findings = load(text)
    assert plan is not None, told(findings)
    return plan


def told(findings: tuple[Finding, ...]) -> list[str]:
    """Return the findings as `line:column CODE key: message`, for comparison and for failing tests."""
    return [
        f"{finding.location.line}:{finding.location.column} {finding.code.id} {finding.location.key}: "
        f"{finding.message('en')}"
        for finding in findings
    ]


def complaints(text: str) -> list[str]:
    """Return what is said about YAML text."""
    return told(load(text)[1])
