"""JUnit XML: a suite a file and one for the cross-checks, in the structure that Jenkins and its kin read.

Every rule that was run and found nothing in a file is a passed case there, every finding a case of its own. What fails
follows `--fail-on`; a milder finding passes with its text as output. Waived findings, and cross-checks that cannot be
decided, are skipped and counted as such. A cross-check that fails is also a finding in the file of its cells; it is not
counted a second time. There are no times and no time stamps, so the same input gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from ipstrong.diagnostics.codes.series import CROSS_FAILS
from ipstrong.model.validation import CrossCheck, Outcome, Validation
from ipstrong.reports.labels import location_of, prefix
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.sanitize import inert
from ipstrong.reports.subjects import validation as subject
from ipstrong.reports.subjects.findings import SEE_ALSO, Entry
from ipstrong.texts import Lang

COUNTED = {"failure": "failures", "error": "errors", "skipped": "skipped"}


@dataclass(frozen=True, slots=True)
class _Case:
    name: str
    group: str
    result: str = ""
    """`failure`, `error`, `skipped`, or empty for passed."""
    kind: str = ""
    message: str = ""
    details: str = ""


def render(validation: Validation, options: ReportOptions) -> str:
    """Return the validation as JUnit XML."""
    lang = options.lang
    suites = [
        (group.path or subject.WHOLE_RUN.get(lang), _file_cases(group, validation, options))
        for group in subject.by_file(validation, lang)
    ]
    if validation.cross_checks:
        cases = [_cross_check_case(check, validation, lang) for check in _cases_of_their_own(validation)]
        suites.append((subject.CROSS_CHECKS.get(lang), cases))
    if not validation.is_assessed:
        nothing = subject.NOTHING_ASSESSED.get(lang)
        suites.append(("ipstrong", [_Case(nothing, "ipstrong", "error", "not-assessed", nothing, nothing)]))
    root = ET.Element("testsuites", {"name": "ipstrong validate"})
    elements = [_suite(name, cases) for name, cases in suites]
    for attribute in ("tests", "failures", "errors"):
        root.set(attribute, str(sum(int(element.get(attribute, "0")) for element in elements)))
    root.extend(elements)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(name: str, cases: list[_Case]) -> ET.Element:
    suite = ET.Element("testsuite", {"name": inert(name), "tests": str(len(cases))})
    for result, attribute in COUNTED.items():
        suite.set(attribute, str(sum(1 for case in cases if case.result == result)))
    for case in cases:
        element = ET.SubElement(suite, "testcase", {"classname": inert(case.group), "name": inert(case.name)})
        if case.result:
            outcome = ET.SubElement(element, case.result, {"type": case.kind, "message": inert(case.message)})
            outcome.text = _lines(case.details)
        elif case.details:
            ET.SubElement(element, "system-out").text = _lines(case.details)
    return suite


def _lines(text: str) -> str:
    return "\n".join(inert(line) for line in text.split("\n"))


def _file_cases(group: subject.FileEntries, validation: Validation, options: ReportOptions) -> list[_Case]:
    name = group.path or "ipstrong"
    cases = [_finding_case(entry, name, options) for entry in group.entries]
    cases += [_waived_case(entry, name, options.lang) for entry in group.waived]
    found = {entry.code for entry in (*group.entries, *group.waived)}
    if group.path in {file.path for file in validation.dataset.files}:
        cases += [_Case(rule, name) for rule in validation.rules_run if rule not in found]
    return cases


def _case_name(entry: Entry) -> str:
    return f"{entry.code} {entry.inside or entry.location.key or ''}".rstrip() + f" {entry.message}"


def _finding_case(entry: Entry, group: str, options: ReportOptions) -> _Case:
    severity = entry.severity
    details = [f"{severity.text.get(options.lang)} {entry.code} {entry.title}", f"{entry.location}: {entry.message}"]
    if entry.hint:
        details.append(f"{prefix(subject.FIX, options.lang)}{entry.hint}")
    if entry.finding.related:
        details.append(f"{prefix(SEE_ALSO, options.lang)}{entry.related_text(options.lang)}")
    result = "failure" if options.fails(severity) else ""
    return _Case(_case_name(entry), group, result, severity.value, entry.message, "\n".join(details))


def _waived_case(entry: Entry, group: str, lang: Lang) -> _Case:
    waiver = entry.waiver
    assert waiver is not None
    message = f"{prefix(subject.WAIVED, lang)}{waiver.reason}"
    details = (
        f"{entry.location}: {entry.message}\n{prefix(subject.REASON, lang)}{waiver.reason}\n"
        f"{prefix(subject.WHO, lang)}{waiver.who}\n{prefix(subject.EXPIRES, lang)}{waiver.expires}"
    )
    return _Case(_case_name(entry), group, "skipped", "waived", message, details)


def _cases_of_their_own(validation: Validation) -> list[CrossCheck]:
    findings = (*validation.findings, *(waived.finding for waived in validation.waived))
    is_described = any(finding.code.id == CROSS_FAILS.id for finding in findings)
    return [check for check in validation.cross_checks if not (is_described and check.outcome is Outcome.FAIL)]


def _cross_check_case(check: CrossCheck, validation: Validation, lang: Lang) -> _Case:
    result = {Outcome.PASS: "", Outcome.FAIL: "failure"}.get(check.outcome, "skipped")
    outcome = subject.OUTCOMES[check.outcome].get(lang)
    message = f"{outcome}: {check.missing.get(lang) if check.missing else check.expression}"
    figures = (
        (subject.LEFT, check.left),
        (subject.RIGHT, check.right),
        (subject.DIFFERENCE, check.difference),
        (subject.TOLERANCE, check.tolerance),
    )
    details = [f"{prefix(subject.EXPRESSION, lang)}{check.expression}"]
    details += [f"{prefix(label, lang)}{subject.figure_text(figure)}" for label, figure in figures]
    details += [f"{prefix(subject.EVIDENCE, lang)}{location_of(found)} {found.raw}" for found in check.evidence]
    name = f"{check.name.get(lang)} {subject.region_name(validation, check.region, lang)} {check.period}"
    return _Case(name, check.id, result, check.outcome.value, message, "\n".join(details) if result else "")
