"""Every PLAN code of a plan's shape and meaning: where it points, what it says, and its fix."""

from __future__ import annotations

import pytest

from ipstrong.diagnostics import Finding, Severity
from plantexts import CLAUSE, SMALL, complaints, load, plan_of, target


def swap(old: str, new: str) -> str:
    """Return the small plan with one piece replaced; the piece must stand in it exactly once."""
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


def only(text: str) -> Finding:
    """Return the only finding about a text."""
    plan, findings = load(text)
    assert len(findings) == 1, complaints(text)
    assert (plan is None) == (findings[0].severity is Severity.ERROR)
    return findings[0]


def compared(measure: str, indicator: str, *lines: str, sign: str = ">=") -> str:
    """Return the lines of a target that compares an indicator with a threshold."""
    return target(f"measure: {measure}", f"indicator: {indicator}", f'comparator: "{sign}"', *lines)


def test_small_plan_has_no_complaint() -> None:
    assert complaints(SMALL) == []
    assert plan_of(SMALL).target("1").value == 130000


CASES: list[tuple[str, ...]] = [
    # (what is wrong, YAML text, `line:column code key: message`, hint if it is of interest)
    (
        "unknown unit",
        swap("unit: 万人", "unit: 万建"),
        "17:52 PLAN004 indicators[2].unit: unknown unit '万建'",
        "did you mean '万件'? docs/plan-format.md lists the units that are understood",
    ),
    (
        "unknown key",
        swap("    value: 130000", "    value: 130000\n    valeu: 1"),
        "33:5 PLAN023 targets[0].valeu: unknown key 'valeu'",
        (
            "did you mean 'value'? keys allowed here: id, number, name, area, clause, assumption, departments, indicator, "
            "deadline, base_year, weight, rounding, conventions, comparator, value, unit, measure"
        ),
    ),
    ("a key that the program fills in", SMALL + "path: x\n", "34:1 PLAN023 path: unknown key 'path'"),
    (
        "a key of another measure, of which nothing else is said",
        SMALL + compared("rank", "patents", "value: 1", "unit: 家", sign="<="),
        "43:5 PLAN023 targets[1].unit: unknown key 'unit'",
    ),
    ("unknown key at the top", SMALL + "task: []\n", "34:1 PLAN023 task: unknown key 'task'"),
    (
        "a comma that tears a text",
        swap("{zh: 小方案, en: Small plan}", "{zh: 小方案, 甲, en: Small plan}"),
        "3:19 PLAN023 plan.name.甲: unknown key '甲'",
        "the comma before it cut a text in two: quote the text; keys allowed here: zh, en",
    ),
    (
        "missing key",
        swap('    comparator: ">="\n', ""),
        "25:5 PLAN024 targets[0].comparator: key 'comparator' is missing",
        "add 'comparator'; docs/plan-format.md has the format",
    ),
    ("missing measure", swap("    measure: level\n", ""), "25:5 PLAN024 targets[0].measure: key 'measure' is missing"),
    (
        "missing language",
        swap("{zh: 总体, en: All}", "{zh: 总体}"),
        "13:21 PLAN024 areas[0].name.en: key 'en' is missing",
    ),
    (
        "a mapping for a list",
        swap("areas:\n  - {id: all, name: {zh: 总体, en: All}}", "areas: {id: all}"),
        "12:8 PLAN025 areas: a list is meant here, not a mapping",
        "write a list: one item a line, each beginning with “- ”",
    ),
    (
        "a word for a list",
        SMALL + target("measure: manual", "departments: 财政局"),
        "40:18 PLAN025 targets[1].departments: a list is meant here, not '财政局'",
        "write a list: [财政局]",
    ),
    (
        "a list for a word",
        swap("id: small", "id: [small]"),
        "2:7 PLAN025 plan.id: text is meant here, not a list",
        "write text",
    ),
    (
        "a list for a name",
        swap("{zh: 总体, en: All}", "[总体]"),
        "13:21 PLAN025 areas[0].name: text or {zh: , en: } is meant here, not a list",
        "write {zh: 中文, en: English}",
    ),
    (
        "a fraction for a whole number",
        swap("number: 1", "number: 1.5"),
        "26:13 PLAN025 targets[0].number: a whole number is meant here, not '1.5'",
    ),
    (
        "not a choice",
        swap("unit: 件, nature: stock", "unit: 件, nature: stok"),
        "15:66 PLAN026 indicators[0].nature: 'stok' is not one of the choices",
        "did you mean 'stock'? choose from: stock, flow, rate, rank",
    ),
    (
        "not a measure",
        swap("measure: level", "measure: levle"),
        "29:14 PLAN026 targets[0].measure: 'levle' is not one of the choices",
        "did you mean 'level'? choose from: level, every_year, cumulative, average_growth, rank, range, manual",
    ),
    (
        "not a preset",
        SMALL + "pace: linear-95-6\n",
        "34:7 PLAN026 pace: 'linear-95-6' is not one of the choices",
        "did you mean 'linear-95-60'? choose from: linear-95-60, linear-100-80",
    ),
    (
        "weight of zero",
        swap("    value: 130000", "    value: 130000\n    weight: 0"),
        "33:13 PLAN027 targets[0].weight: 0 is out of bounds, it must be above 0",
        "write a number within the bounds",
    ),
    (
        "a year that is none",
        swap("start_year: 2019", "start_year: 219"),
        "4:15 PLAN027 plan.start_year: 219 is out of bounds, it must be at least 1800",
    ),
    (
        "blank text",
        swap("en: All", 'en: " "'),
        "13:34 PLAN021 areas[0].name.en: the text is blank or holds invisible characters",
        "write visible text",
    ),
    (
        "text that turns the line around",
        swap("en: All", 'en: "A\\u202Ell"'),
        "13:34 PLAN021 areas[0].name.en: the text is blank or holds invisible characters",
    ),
    (
        "malformed id",
        swap("id: small", "id: Small Plan"),
        "2:7 PLAN029 plan.id: id 'Small Plan' is malformed",
        "use lower-case letters, digits and hyphens, beginning with a letter: valid-patents",
    ),
    (
        "duplicate id",
        swap("id: filings", "id: patents"),
        "16:10 PLAN030 indicators[1].id: indicator 'patents' is repeated; the first is in line 15",
        "give each its own",
    ),
    (
        "duplicate number",
        SMALL + target("measure: manual", number=1),
        "35:13 PLAN030 targets[1].number: target number '1' is repeated; the first is in line 26",
    ),
    (
        "duplicate convention",
        SMALL + compared("level", "patents", "value: 1", "conventions: [{id: a, name: A}, {id: a, name: B, value: 2}]"),
        "43:42 PLAN030 targets[1].conventions[1].id: convention 'a' is repeated; the first is in line 43",
    ),
    (
        "unknown indicator",
        swap("indicator: patents", "indicator: patent"),
        "30:16 PLAN031 targets[0].indicator: the plan has no indicator 'patent'",
        "did you mean 'patents'? those declared are under indicators",
    ),
    (
        "unknown numerator",
        swap("numerator: patents", "numerator: [patents, patient]"),
        "23:34 PLAN031 indicators[4].ratio.numerator[1]: the plan has no indicator 'patient'",
    ),
    (
        "unknown department",
        SMALL
        + target("measure: manual", "departments: [财政居]")
        + "departments: [{name: 市财政局, aliases: [财政局]}]\n",
        "40:19 PLAN031 targets[1].departments[0]: the plan has no department '财政居'",
        "did you mean '财政局'? those declared are under departments",
    ),
    (
        "unknown target of a task",
        SMALL + f"tasks:\n  - {{number: 1, title: t1, programme: p1, lead: [d1], targets: [patient], {CLAUSE}}}\n",
        "35:65 PLAN031 tasks[0].targets[0]: the plan has no target 'patient'",
    ),
    (
        "an alias that belongs to another",
        swap("kind: peer}", "kind: peer, aliases: [TOWN]}"),
        "11:64 PLAN032 regions[2].aliases[0]: the name 'TOWN' already belongs to '甲市' (line 9)",
        "remove one of the two",
    ),
    (
        "a rank from below",
        SMALL + compared("rank", "patents", "value: 1"),
        "41:17 PLAN043 targets[1].comparator: measure rank cannot use comparator '>='",
        'choose from: "<=", "<"',
    ),
    (
        "a unit of another dimension",
        swap("    value: 130000", "    value: 130000\n    unit: 家"),
        "33:11 PLAN034 targets[0].unit: unit '家' cannot be converted to '件'",
        "use a unit that converts to '件', or leave it out",
    ),
    (
        "growth not in percent",
        SMALL + compared("average_growth", "patents", "value: 20", "unit: 件"),
        "43:11 PLAN034 targets[1].unit: unit '件' cannot be converted to '%'",
        "growth is in %; or leave unit out",
    ),
    (
        "percentage points for a percent",
        swap("unit: 件/万人", 'unit: "%"').replace(
            "numerator: patents, denominator: people, scale: 10000", "numerator: patents, denominator: filings"
        )
        + compared("level", "per-10k", "value: 20", "unit: 个百分点"),
        "43:11 PLAN034 targets[1].unit: unit '个百分点' cannot be converted to '%'",
    ),
    (
        "a ratio of the wrong dimension",
        swap("unit: 件/万人", "unit: 家/万人"),
        "21:11 PLAN034 indicators[4].unit: 'patents' (件) over 'people' (万人) is not in '家/万人'",
        "use a unit that converts to '件/人', or other indicators",
    ),
    (
        "a denominator of a convention of the wrong dimension",
        SMALL
        + compared(
            "level", "per-10k", "value: 1", "conventions: [{id: a, name: A}, {id: b, name: B, denominator: filings}]"
        ),
        "43:67 PLAN034 targets[1].conventions[1].denominator: 'patents' (件) over 'filings' (件) is not in '件/万人'",
    ),
    (
        "a wrong scale",
        swap("scale: 10000", "scale: 1000"),
        "23:61 PLAN034 indicators[4].ratio.scale: scale 1000 does not fit unit '件/万人', it should be 10000",
        "write scale: 10000, or change the unit",
    ),
    (
        "a rank among nobody",
        swap("kind: peer", "kind: other") + compared("rank", "patents", "value: 1", sign="<="),
        "34:5 PLAN038 targets[1]: the rank has neither peers nor a reported rank",
        "declare regions of kind: peer, or give reported_rank",
    ),
    (
        "the plan ends before it begins",
        swap("start_year: 2019", "start_year: 2022"),
        "5:13 PLAN039 plan.end_year: start_year 2022 must not be after end_year 2021",
        "check base_year, start_year, end_year and deadline",
    ),
    (
        "the base is not before the deadline",
        swap("    value: 130000", "    value: 130000\n    base_year: 2021"),
        "33:16 PLAN039 targets[0].base_year: base_year 2021 must not be at or after deadline 2021",
    ),
    (
        "a convention's base after the deadline",
        SMALL
        + compared(
            "average_growth",
            "patents",
            "value: 20",
            "conventions: [{id: a, name: A}, {id: b, name: B, base_year: 2022}]",
        ),
        "43:65 PLAN039 targets[1].conventions[1].base_year: base_year 2022 must not be at or after deadline 2021",
    ),
    (
        "the first year after the deadline",
        SMALL + compared("every_year", "patents", "value: 20", "start_year: 2022"),
        "43:17 PLAN039 targets[1].start_year: start_year 2022 must not be after deadline 2021",
    ),
    (
        "a range upside down",
        SMALL + target("measure: range", "indicator: patents", "lower: 2", "upper: 1"),
        "41:12 PLAN039 targets[1].lower: the lower bound 2 is above the upper bound 1",
        "swap the two",
    ),
    (
        "a convention that changes nothing",
        SMALL
        + compared(
            "average_growth",
            "patents",
            "value: 20",
            "conventions: [{id: a, name: A, mean: geometric}, {id: b, name: B, base_year: 2018}]",
        ),
        "43:54 PLAN041 targets[1].conventions[1]: convention 'b' computes exactly as 'a' does",
        "say what differs, or remove it",
    ),
    (
        "a mean where nothing grows",
        SMALL
        + compared(
            "level",
            "patents",
            "value: 20",
            "conventions: [{id: a, name: A}, {id: b, name: B, value: 21, mean: arithmetic}]",
        ),
        "43:71 PLAN042 targets[1].conventions[1].mean: 'mean' does not apply here: only average growth uses it",
        "remove 'mean'",
    ),
    (
        "a lag where nothing is divided",
        SMALL + compared("level", "patents", "value: 20", "conventions: [{id: a, name: A}, {id: b, name: B, lag: 1}]"),
        "43:59 PLAN042 targets[1].conventions[1].lag: 'lag' does not apply here: 'patents' is not a derived indicator",
    ),
    (
        "a sum of ratios",
        SMALL + compared("cumulative", "per-10k", "value: 20"),
        "39:14 PLAN043 targets[1].measure: cumulative cannot be taken of 'per-10k', whose nature is a rate",
        "use measure: level or every_year",
    ),
    (
        "a ratio that is no rate",
        swap("nature: rate", "nature: stock"),
        "22:13 PLAN043 indicators[4].nature: a ratio cannot be taken of 'per-10k', whose nature is a stock",
        "write nature: rate for a derived indicator",
    ),
    (
        "a reported rank that is none",
        SMALL + compared("rank", "patents", "value: 1", "reported_rank: filings", sign="<="),
        "43:20 PLAN043 targets[1].reported_rank: reported_rank cannot be taken of 'filings', whose nature is a flow",
        "an indicator of a published rank has nature: rank",
    ),
    (
        "a home that is a peer",
        swap("home: town", "home: city"),
        "7:9 PLAN044 plan.home: plan.home is 'city', but the regions of kind: home are town",
        "give exactly one region kind: home, the one that plan.home names",
    ),
    (
        "a day that does not exist",
        SMALL + f'milestones:\n  - {{id: m1, name: m1, dates: ["2021-02-29"], department: d1, {CLAUSE}}}\n',
        "35:32 PLAN029 milestones[0].dates[0]: '2021-02-29' is not a date",
        'write "2021-05-31" (year-month-day)',
    ),
    (
        "a date in another form",
        SMALL + f'milestones:\n  - {{id: m1, name: m1, dates: ["20210228"], department: d1, {CLAUSE}}}\n',
        "35:32 PLAN029 milestones[0].dates[0]: '20210228' is not a date",
    ),
    (
        "thresholds upside down",
        SMALL + "pace: {on_track: 0.6, slow: 0.95}\n",
        "34:18 PLAN039 pace.on_track: on_track 0.6 must be above slow 0.95, and both above 0",
        "write them in order, such as on_track: 0.95, slow: 0.60",
    ),
    (
        "an alias of its own",
        swap("kind: peer}", "kind: peer, aliases: [乙市]}"),
        "11:64 PLAN041 regions[2].aliases[0]: the alias '乙市' repeats the name or another alias of the same entry",
        "remove the alias",
    ),
    (
        "a unit alias with another meaning",
        SMALL + "units: [{unit: 件, aliases: [家]}]\n",
        "34:29 PLAN032 units[0].aliases[0]: '家' is already a spelling of the unit '家'",
        "choose another alias",
    ),
    (
        "a known unit declared as another",
        SMALL + "units: [{unit: 家, of: 件}]\n",
        "34:16 PLAN032 units[0].unit: '家' is already a spelling of the unit '家'",
    ),
    (
        "a milestone of another decade",
        SMALL + f'milestones:\n  - {{id: m1, name: m1, dates: ["2012-12-15"], department: d1, {CLAUSE}}}\n',
        "35:32 PLAN049 milestones[0].dates[0]: 2012-12-15 is outside the plan's years 2019 to 2021",
        "check the date, or the plan's first and last year",
    ),
    (
        "a unit on both sides",
        SMALL + f"tasks:\n  - {{number: 1, title: t1, programme: p1, lead: [d1], cooperating: [d2, d1], {CLAUSE}}}\n",
        "35:73 PLAN009 tasks[0].cooperating[1]: 'd1' is listed twice in the same task",
        "remove one",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_finding_has_place_key_and_hint(case: tuple[str, ...]) -> None:
    _, text, said, *hint = case
    finding = only(text)
    assert complaints(text) == [said]
    assert finding.message("zh")
    assert hint in ([], [finding.hint("en")])
    assert str(finding.location) == f"plan.yaml:{said.split(maxsplit=1)[0]}"
    assert finding.excerpt == text.splitlines()[int(said.split(":", maxsplit=1)[0]) - 1]


def test_circular_ratios_are_named_once() -> None:
    extra = """\
  - {id: b-per-a, name: x1, unit: "%", nature: rate, ratio: {numerator: c-per-b, denominator: c-per-b}}
  - {id: c-per-b, name: x2, unit: "%", nature: rate, ratio: {numerator: b-per-a, denominator: b-per-a}}
"""
    finding = only(SMALL.replace("targets:\n", extra + "targets:\n"))
    assert finding.code.id == "PLAN037"
    assert finding.message("en") == "derived indicators refer to each other: b-per-a -> c-per-b -> b-per-a"
    assert finding.location.key == "indicators[5].ratio"


@pytest.mark.parametrize(
    ("measure", "indicator"), [("average_growth", "place"), ("cumulative", "place"), ("rank", "place")]
)
def test_place_in_an_order_is_not_measured_again(measure: str, indicator: str) -> None:
    text = SMALL + target(f"measure: {measure}", f"indicator: {indicator}", 'comparator: "<="', "value: 20")
    assert only(text).code.id == "PLAN043"


def test_place_in_an_order_may_be_a_level() -> None:
    text = SMALL + compared("level", "place", "value: 3", sign="<=")
    assert str(plan_of(text).target("extra").unit) == "位"


def test_convention_with_an_indicator_of_another_dimension_is_refused() -> None:
    text = SMALL + compared(
        "level", "patents", "value: 20", "conventions: [{id: a, name: A}, {id: b, name: B, indicator: people}]"
    )
    finding = only(text)
    assert finding.code.id == "PLAN034"
    assert finding.message("en") == "unit '万人' cannot be converted to '件'"


@pytest.mark.parametrize("value", ["0", "1.5", "-1"])
def test_convention_of_a_rank_needs_a_place(value: str) -> None:
    text = SMALL + compared(
        "rank",
        "patents",
        "value: 1",
        f"conventions: [{{id: a, name: A}}, {{id: b, name: B, value: {value}}}]",
        sign="<=",
    )
    finding = only(text)
    assert finding.code.id == "PLAN027"
    assert finding.message("en") == f"{value} is out of bounds, it must be a whole number of at least 1"


def test_convention_of_a_range_keeps_below_its_upper_bound() -> None:
    text = SMALL + target(
        "measure: range",
        "indicator: patents",
        "lower: 1",
        "upper: 2",
        "conventions: [{id: a, name: A}, {id: b, name: B, value: 3}]",
    )
    assert only(text).code.id == "PLAN039"


def test_task_lead_and_cooperating_may_share_no_unit_but_aliases_resolve() -> None:
    text = (
        SMALL
        + "departments: [{name: {zh: 市财政局, en: Finance Bureau}, aliases: [财政局]}]\n"
        + f"tasks:\n  - {{number: 1, title: t1, programme: p1, lead: [财政局], {CLAUSE}}}\n"
    )
    plan = plan_of(text)
    assert plan.tasks[0].lead == ("市财政局",)
    assert plan.department("财政局").en == "Finance Bureau"
    assert plan.department("别的局").en == "别的局"


def test_missing_sections_are_all_named() -> None:
    assert complaints("plan: {id: x1}\n") == [
        "1:1 PLAN024 areas: key 'areas' is missing",
        "1:1 PLAN024 regions: key 'regions' is missing",
        "1:1 PLAN024 targets: key 'targets' is missing",
        "1:7 PLAN024 plan.base_year: key 'base_year' is missing",
        "1:7 PLAN024 plan.end_year: key 'end_year' is missing",
        "1:7 PLAN024 plan.home: key 'home' is missing",
        "1:7 PLAN024 plan.name: key 'name' is missing",
        "1:7 PLAN024 plan.start_year: key 'start_year' is missing",
    ]


def test_plan_that_is_a_list_is_refused() -> None:
    assert complaints("- a\n- b\n") == ["1:1 PLAN025 None: a mapping is meant here, not a list"]


def test_empty_list_of_targets_is_refused() -> None:
    text = SMALL[: SMALL.index("targets:")] + "targets: []\n"
    assert complaints(text) == ["24:10 PLAN021 targets: there is no value here"]


def test_everything_is_said_in_one_run() -> None:
    """Shape, names, units, dimensions and years are wrong in different places: all are named at once."""
    text = (
        SMALL.replace("id: small", "id: Small")  # PLAN029
        .replace("end_year: 2021", "end_year: 2017")  # PLAN039 twice: start and base
        .replace("unit: 件/万人", "unit: 家/万人")  # PLAN034
        .replace("value: 130000", "value: 13万\n    unit: 万建\n    colour: red")  # PLAN022, PLAN004, PLAN023
        .replace("indicator: patents", "indicator: patent")  # PLAN031
        .replace("kind: nation", "kind: natoin")  # PLAN026
    )
    codes = sorted(finding.code.id for finding in load(text)[1])
    assert codes == [
        "PLAN004",
        "PLAN022",
        "PLAN023",
        "PLAN026",
        "PLAN029",
        "PLAN031",
        "PLAN034",
        "PLAN039",
        "PLAN039",
    ]


def test_names_with_errors_do_not_hide_what_else_is_wrong_in_the_entry() -> None:
    text = SMALL + compared("rank", "patents", "value: 1", "assumption: 7", "weight: -1")
    assert [line.split()[1] for line in complaints(text)] == ["PLAN043", "PLAN015", "PLAN027"]


def test_references_to_entries_with_errors_are_known() -> None:
    """An indicator whose unit is wrong is still declared: only the unit is complained of."""
    assert [
        line.split()[1]
        for line in complaints(swap("{zh: 专利量, en: Patents}, unit: 件", "{zh: 专利量, en: Patents}, unit: 见"))
    ] == ["PLAN004"]


def test_peers_left_out_for_their_errors_do_not_make_a_rank_lonely() -> None:
    text = swap("kind: peer", "kind: pear") + compared("rank", "patents", "value: 1", sign="<=")
    assert [line.split()[1] for line in complaints(text)] == ["PLAN026"]


UNMEASURED = ("indicator: patents", 'comparator: ">="', "value: many", "unitt: 件", "lower: 5")


@pytest.mark.parametrize("measure", [(), ("measure: levl",)])
def test_other_findings_of_a_target_without_a_measure_are_reported_too(measure: tuple[str, ...]) -> None:
    said = complaints(SMALL + target(*measure, *UNMEASURED).replace("number: 2", "number: two"))
    told = {line.split(" ")[2].rstrip(":"): line.split(" ")[1] for line in said}
    # `lower` belongs to a range, so with another measure it would be right: nothing is said of it
    assert told == {
        "targets[1].measure": "PLAN026" if measure else "PLAN024",
        "targets[1].number": "PLAN022",
        "targets[1].value": "PLAN022",
        "targets[1].unitt": "PLAN023",
    }


def test_nothing_is_said_of_keys_that_one_of_the_measures_needs() -> None:
    said = complaints(SMALL + target("indicator: patents", "lower: 1", "upper: 2"))
    assert [line.split(" ")[1] for line in said] == ["PLAN024"]
