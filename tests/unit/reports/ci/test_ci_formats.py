"""What machines read: JSON, SARIF, JUnit, GitHub and GitLab, each compared with its schema or read by its reader."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from builders import make_dataset, make_file, make_observation
from ci_readers import github_commands
from ipstrong.diagnostics import Location, Severity
from ipstrong.diagnostics.codes.series import CROSS_FAILS
from ipstrong.model.validation import Outcome, Validation
from ipstrong.reports.subjects.findings import without_addresses
from report_cases import rendered
from validations import (
    JUMPS,
    at,
    clean_validation,
    cross_check,
    empty_validation,
    finding,
    hostile_validation,
    make_validation,
)

etree: Any = pytest.importorskip("lxml.etree", reason="lxml is not installed: JUnit is not checked against its schema")

VALIDATIONS = {
    "full": make_validation(),
    "clean": clean_validation(),
    "empty": empty_validation(),
    "hostile": hostile_validation(),
    "no plan": make_validation(plan=None),
    "places": make_validation(
        (
            finding(location=Location()),
            finding(location=Location("-", line=3, column=2)),
            finding(location=Location("targets.yaml", line=4, column=7, key="targets[0].unit"), excerpt="    unit: x"),
            finding(location=Location("C:\\data\\二.xlsx", "甲", "B2:C3")),
            finding(location=Location("/abs/一 二#?.xlsx", "甲", None)),
            finding(location=Location("../up.csv", line=1)),
            finding(location=Location("gone.xlsx")),
        )
    ),
}


@pytest.fixture(params=sorted(VALIDATIONS))
def validation(request: pytest.FixtureRequest) -> Validation:
    return VALIDATIONS[request.param]


def loaded(found: Validation, name: str) -> Any:
    return json.loads(rendered(found, name, "en"), parse_float=Decimal)


# --- JSON ---------------------------------------------------------------------------------------------------------


def test_json_fits_the_committed_schema(validation: Validation, root: Path) -> None:
    schema = json.loads((root / "docs/validation.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(loaded(validation, "json"))


def test_json_holds_everything_unrounded() -> None:
    third = Decimal(1) / Decimal(3)
    document = loaded(make_validation(cross_checks=(cross_check(difference=third),)), "json")
    assert document["cross_checks"][0]["difference"] == Decimal("0.3333333333333333333333333333")
    assert document["cross_checks"][0]["evidence"][0]["location"]["text"] == "data.xlsx[全市!F5]"
    counts = {"files": 1, "values": 2, "errors": 1, "warnings": 1, "notes": 1, "waived": 1}
    checks = {"pass": 0, "fail": 1, "uncertain": 0, "not_assessable": 0}
    assert document["summary"] == {"assessed": True, **counts, "cross_checks": checks}
    assert document["waived"][0]["waiver"]["reason"] == "口径调整(虚构)"
    assert document["findings"][1]["location"]["row"] == 5
    assert document["files"][0]["errors"] == 1


def test_json_gives_open_ends_of_intervals_as_null() -> None:
    more_than = make_observation("120", "2021", low="120", high="Infinity")
    document = loaded(make_validation(cross_checks=(cross_check(evidence=(more_than,)),)), "json")
    assert document["cross_checks"][0]["evidence"][0]["high"] is None


def test_json_says_when_nothing_was_assessed() -> None:
    assert loaded(empty_validation(), "json")["summary"]["assessed"] is False


def test_json_keeps_chinese_readable() -> None:
    assert "植树株数" in rendered(make_validation(), "json", "zh")


# --- SARIF --------------------------------------------------------------------------------------------------------


def run_of(found: Validation) -> dict[str, Any]:
    document: dict[str, Any] = loaded(found, "sarif")
    run: dict[str, Any] = document["runs"][0]
    return run


def test_sarif_fits_the_official_schema(validation: Validation, root: Path) -> None:
    schema = json.loads((root / "tests/schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    errors = [error.message for error in Draft4Validator(schema).iter_errors(loaded(validation, "sarif"))]
    assert errors == []


def test_sarif_indices_point_where_they_say(validation: Validation) -> None:
    run = run_of(validation)
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for location in (*result.get("locations", []), *result.get("relatedLocations", [])):
            artifact = location["physicalLocation"]["artifactLocation"]
            assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]


def test_sarif_places_a_cell_by_row_column_and_qualified_name() -> None:
    result = next(result for result in run_of(make_validation())["results"] if result["ruleId"] == "RULE901")
    location = result["locations"][0]
    region = location["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (5, 3)
    assert location["logicalLocations"] == [{"name": "C5", "fullyQualifiedName": "data.xlsx!全市!C5", "kind": "cell"}]
    assert result["message"]["text"].startswith("全市!C5: expected a number, found 'n/a'")
    assert location["physicalLocation"]["artifactLocation"]["uriBaseId"] == "%SRCROOT%"


def test_sarif_rules_carry_help_and_level_once() -> None:
    rules = {rule["id"]: rule for rule in run_of(make_validation())["tool"]["driver"]["rules"]}
    assert list(rules) == ["RULE901", "RULE902", "RULE903"]
    assert rules["RULE901"]["help"]["text"] == "Text cannot be computed with.\n\nn/a"
    assert rules["RULE902"]["defaultConfiguration"] == {"level": "warning"}


def test_sarif_level_follows_the_severity_of_the_finding() -> None:
    raised = finding("120", "F5", JUMPS, severity_override=Severity.ERROR)
    assert [result["level"] for result in run_of(make_validation((raised,), waived=()))["results"]] == ["error"]


def test_sarif_uris_are_relative_and_encoded() -> None:
    uris = [artifact["location"]["uri"] for artifact in run_of(VALIDATIONS["places"])["artifacts"]]
    absolute = ["file:///abs/%E4%B8%80%20%E4%BA%8C%23%3F.xlsx", "file:///C:/data/%E4%BA%8C.xlsx"]
    assert uris == ["stdin", "../up.csv", *absolute, "data.xlsx", "gone.xlsx", "targets.yaml"]


def test_sarif_waived_findings_are_suppressed_with_the_reason() -> None:
    waived = [result for result in run_of(make_validation())["results"] if "suppressions" in result]
    assert len(waived) == 1
    assert waived[0]["suppressions"][0]["kind"] == "external"
    assert "口径调整(虚构)" in waived[0]["suppressions"][0]["justification"]


def test_sarif_says_when_nothing_was_assessed() -> None:
    assert run_of(empty_validation())["invocations"][0]["executionSuccessful"] is False
    assert run_of(clean_validation())["invocations"][0]["executionSuccessful"] is True


# --- Fingerprints -------------------------------------------------------------------------------------------------


def prints(found: Validation) -> dict[str, str]:
    return {
        entry["code"] + entry["location"]["text"]: entry["fingerprint"] for entry in loaded(found, "json")["findings"]
    }


def moved(rows: int) -> Validation:
    """Return a submission with one value in column F, `rows` rows further down, and a finding at it."""
    seen = make_observation("120", "2021", row=4 + rows, number=0)
    place = finding("120", f"F{5 + rows}", JUMPS, excerpt=f"植树株数\t\t\t\t{rows}\t120")
    return make_validation((place,), dataset=make_dataset([seen]), waived=())


def test_fingerprint_of_a_value_stays_when_rows_are_inserted_above() -> None:
    assert [*prints(moved(0)).values()] == [*prints(moved(7)).values()]


def test_fingerprint_follows_the_language_of_nothing() -> None:
    chinese, english = (json.loads(rendered(make_validation(), "json", lang)) for lang in ("zh", "en"))
    assert [entry["fingerprint"] for entry in chinese["findings"]] == [
        entry["fingerprint"] for entry in english["findings"]
    ]


def test_fingerprints_differ_for_equal_findings_at_different_places() -> None:
    same_text = make_validation(tuple(finding("x", f"Z{row}", excerpt="合计") for row in range(1, 6)))
    assert len(set(prints(same_text).values())) == 5


def test_fingerprint_does_not_depend_on_the_machine() -> None:
    paths = ("data/a.xlsx", "./data/a.xlsx", "data\\a.xlsx")
    made = [prints(make_validation((finding("x", location=at("Z9", path)),))).popitem()[1] for path in paths]
    assert len(set(made)) == 1
    absolute = ("/home/one/a.xlsx", "C:\\two\\a.xlsx")
    made = [prints(make_validation((finding("x", location=at("Z9", path)),))).popitem()[1] for path in absolute]
    assert len(set(made)) == 1


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("first is D9, copied from $C$4:$D$5", "first is #, copied from #"),
        ("see a.csv:14:3 and line 9", "see a.csv and line #"),
        ("2.1 in 2019Q1 of ISO9001", "2.1 in 2019Q1 of #"),
    ],
)
def test_addresses_are_left_out_of_the_identity(sentence: str, expected: str) -> None:
    assert without_addresses(sentence) == expected


# --- JUnit --------------------------------------------------------------------------------------------------------


def junit(found: Validation, **options: Any) -> Any:
    return etree.fromstring(rendered(found, "junit", "en", **options).encode())


def test_junit_fits_the_schema(validation: Validation, root: Path) -> None:
    schema = etree.XMLSchema(etree.parse(root / "tests/schemas/junit.xsd"))
    schema.assertValid(junit(validation))


def test_junit_schema_refuses_what_jenkins_refuses(root: Path) -> None:
    schema = etree.XMLSchema(etree.parse(root / "tests/schemas/junit.xsd"))
    assert not schema.validate(etree.fromstring("<testsuites><testsuite name='a'/></testsuites>"))
    assert not schema.validate(etree.fromstring("<testsuite name='a' tests='x' failures='0' errors='0'/>"))


def test_junit_counts_are_those_of_its_cases(validation: Validation) -> None:
    document = junit(validation)
    for attribute, outcome in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        for suite in document:
            assert int(suite.get(attribute)) == len(suite.findall(f"testcase/{outcome}"))
    assert int(document.get("tests")) == len(document.findall("testsuite/testcase"))
    assert int(document.get("failures")) == len(document.findall("testsuite/testcase/failure"))


def test_junit_waived_is_skipped_and_counted_and_passed_rules_are_cases() -> None:
    suite = junit(make_validation())[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("5", "1", "1")
    assert suite.find("testcase/skipped").get("message") == "Waived: 口径调整(虚构)"
    passed = [case.get("name") for case in suite if len(case) == 0]
    assert passed == ["RULE904"]


@pytest.mark.parametrize(("fail_on", "failures"), [("error", 1), ("warning", 2), ("never", 0)])
def test_junit_fails_what_the_run_fails(fail_on: Any, failures: int) -> None:
    suite = junit(make_validation(), fail_on=fail_on)[0]
    assert int(suite.get("failures")) == failures
    assert suite.get("tests") == "5"


def test_junit_cross_checks_that_cannot_be_decided_are_skipped() -> None:
    suite = junit(make_validation())[1]
    assert [case[0].tag if len(case) else "passed" for case in suite] == ["passed", "failure", "skipped", "skipped"]


def test_junit_counts_a_failed_cross_check_once() -> None:
    params = dict.fromkeys(("name", "region", "period", "expression", "left", "right", "difference", "tolerance"), "x")
    described = finding(code=CROSS_FAILS, params={**params, "more": "", "evidence": "F5"})
    document = junit(make_validation((described,), waived=()))
    assert document.get("failures") == "1"
    assert junit(make_validation((), waived=())).get("failures") == "1"


def test_junit_is_an_error_when_nothing_was_assessed() -> None:
    assert junit(empty_validation()).get("errors") == "1"
    assert junit(clean_validation()).get("errors") == "0"


# --- GitHub -------------------------------------------------------------------------------------------------------


def test_github_annotates_row_and_column_the_worst_first() -> None:
    commands = github_commands(rendered(make_validation(), "github", "en"))
    assert [name for name, _, _ in commands] == ["error", "warning", "notice", "notice"]
    assert commands[0] == (
        "error",
        {"file": "data.xlsx", "line": "5", "col": "3", "title": "RULE901 not a number (全市!C5)"},
        "data.xlsx[全市!C5]: expected a number, found 'n/a'\nfix: replace 'n/a' by a number",
    )
    assert commands[2][1] == {"file": "data.xlsx", "title": "RULE903 hidden row holds data (全市)"}
    assert commands[3][2].startswith("1 error, 1 warning, 1 note, 1 waived")


def test_github_output_holds_one_command_a_finding_whatever_the_data_say() -> None:
    text = rendered(hostile_validation(), "github", "en")
    commands = github_commands(text)
    assert len(commands) == len(text.splitlines()) == 2
    name, properties, message = commands[0]
    assert name == "error"
    assert set(properties) == {"file", "line", "col", "title"}
    assert "::error file=a::b" in message
    assert "%0A@someone" in message


def test_github_says_when_nothing_was_assessed() -> None:
    commands = github_commands(rendered(empty_validation(), "github", "en"))
    assert commands[0][0] == "error"
    assert "no figure to assess" in commands[0][2]


def test_step_summary_lists_the_worst_first_and_says_what_it_leaves_out() -> None:
    many = [finding("n/a", f"C{row}") for row in range(1, 700)]
    summary = rendered(make_validation([finding("1", "A1", JUMPS), *many], waived=()), "summary", "en")
    assert summary.count("| RULE901 |") == 500
    assert "RULE902" not in summary
    assert "200 more findings are left out here" in summary


def test_step_summary_shows_cross_checks_that_did_not_pass() -> None:
    summary = rendered(make_validation(), "summary", "en")
    assert summary.count("trees \\* 2 = parks") == 3
    passed = rendered(make_validation(cross_checks=(cross_check(Outcome.PASS),)), "summary", "en")
    assert "trees \\* 2 = parks" not in passed


# --- GitLab -------------------------------------------------------------------------------------------------------


def test_gitlab_issues_have_what_the_report_asks_for(validation: Validation) -> None:
    issues = loaded(validation, "gitlab")
    assert len(issues) == len(validation.findings)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["description"]
        assert issue["location"]["path"]
        assert not issue["location"]["path"].startswith("./")
        assert issue["location"]["lines"]["begin"] >= 1


def test_gitlab_names_the_cell_and_the_cure() -> None:
    issue = next(issue for issue in loaded(make_validation(), "gitlab") if issue["check_name"] == "RULE901")
    assert issue["description"] == "[全市!C5] expected a number, found 'n/a' → replace 'n/a' by a number"
    assert issue["location"]["lines"] == {"begin": 5}
    assert issue["severity"] == "critical"


def test_gitlab_leaves_out_what_is_waived_and_is_a_list_when_there_is_nothing() -> None:
    assert loaded(clean_validation(), "gitlab") == []
    assert len(loaded(make_validation(), "gitlab")) == 3


def test_several_files_are_told_apart() -> None:
    files = tuple(make_file(path) for path in ("b.xlsx", "a.xlsx"))
    found = [finding("x", location=at("C5", path)) for path in ("a.xlsx", "b.xlsx")]
    both = replace(make_validation(found, waived=()), dataset=make_dataset(files=files))
    document = loaded(both, "json")
    assert [file["path"] for file in document["files"]] == ["b.xlsx", "a.xlsx"]
    assert len({entry["fingerprint"] for entry in document["findings"]}) == 2
    assert [suite.get("name") for suite in junit(both)][:2] == ["a.xlsx", "b.xlsx"]
