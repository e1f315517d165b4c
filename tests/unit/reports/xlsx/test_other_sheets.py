"""Workings, conventions, data, findings, tasks, milestones, methods and charts."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import polars as pl
import pytest

import builders
import xlsx_cards
import xlsx_reading
from ipstrong.diagnostics import Severity
from ipstrong.model.plan import Clause, Department, MeasureKind, Rounding
from ipstrong.model.result import Figure, NotComputed, Pace, Reason, Scorecard, Status
from ipstrong.reports.xlsx import charts, lists, render_xlsx, words
from ipstrong.reports.xlsx.methods import MEASURE_FORMULAS
from ipstrong.reports.xlsx.styles import NumberFormat
from ipstrong.texts import Lang, Text


def test_workings_are_formulas_with_the_values_of_the_results(
    midway: xlsx_reading.Read, midway_card: Scorecard
) -> None:
    table = midway.table("Workings", "No.")
    for result in midway_card.results:
        row = table.row_of("No.", result.target.number)
        fields: dict[str, object] = {
            "Progress": result.progress,
            "Pace": result.pace,
            "Growth pace": result.growth_pace,
            "Projection": result.projection,
            "Projection by growth": result.growth_projection,
            "Reached in (year)": result.eta,
        }
        for head, held in fields.items():
            number = held.ratio if isinstance(held, Pace) else held
            if isinstance(number, Decimal):
                assert table.is_formula(row, head), (result.target.id, head)
                assert table.value(row, head) == pytest.approx(float(number), rel=1e-12), (result.target.id, head)
            else:
                assert table.value(row, head) == "—", (result.target.id, head)


def test_the_class_of_a_pace_is_a_formula_over_its_thresholds(midway: xlsx_reading.Read) -> None:
    table = midway.table("Workings", "No.")
    row = table.row_of("No.", 12)
    column = table.columns["Pace"] + 1
    formula = str(table.formulas.cell(row, column).value)
    assert ">=0.95" in formula
    assert ">=0.6" in formula
    assert table.values.cell(row, column).value == "slow"  # 0.9390 of the straight line


def test_weights_of_what_was_assessed_add_up_to_the_score(midway: xlsx_reading.Read, midway_card: Scorecard) -> None:
    table = midway.table("Workings", "No.")
    rows = range(table.head_row + 1, table.head_row + 1 + len(midway_card.results))
    counted = [table.value(row, "Weight counted") for row in rows]
    made = [table.value(row, "Contribution") for row in rows]
    weights = [value for value in counted if value != "—"]
    parts = [value for value in made if value != "—"]
    assert sum(weights) == float(midway_card.summaries[0].weight_assessed) == 12.5
    score = midway_card.summaries[0].score
    assert isinstance(score, Decimal)
    assert 100 * sum(parts) / sum(weights) == pytest.approx(float(score))
    assert table.formula(table.row_of("No.", 8), "Contribution").startswith("=")


def test_reasons_name_the_figures_that_they_stand_for(due: xlsx_reading.Read) -> None:
    table = due.table("Workings", "No.")
    lines = str(table.value(table.row_of("No.", 2), "Why not computed")).split("\n")
    assert "Projection, Projection by growth: the deadline has passed" in lines
    assert table.value(table.row_of("No.", 14), "Why not computed") == "decided by a person"


def test_every_reading_has_its_number_and_its_verdict(due: xlsx_reading.Read, due_card: Scorecard) -> None:
    table = due.table("Conventions", "No.")
    row = table.row_of("No.", 5)
    cases = due_card.results[4]
    assert [table.value(row + step, "Convention") for step in range(3)] == [
        "geometric mean",
        "arithmetic mean",
        "cumulative approach",
    ]
    assert [table.value(row + step, "Role") for step in range(3)] == ["decides", "compared", "compared"]
    for step, reading in enumerate(cases.readings):
        assert isinstance(reading.value, Figure)
        assert isinstance(reading.gap, Decimal)
        assert table.is_formula(row + step, "Value")
        assert table.value(row + step, "Value") == pytest.approx(float(reading.value.value), rel=1e-12)
        assert table.value(row + step, "Gap") == pytest.approx(float(reading.gap), rel=1e-9)
        assert table.value(row + step, "Status") == reading.status.text.en
    assert "RATE(3,-1,0," in table.formula(row + 2, "Value")


def test_conventions_say_what_was_assumed_and_how_values_are_rounded() -> None:
    target = builders.make_target(
        rounding=Rounding.ROUNDED, conventions=(builders.make_convention(note=Text("甲", "a remark")),)
    )
    result = builders.make_result(target)
    reading = result.readings[0]._replace(convention=target.conventions[0])
    other = reading._replace(value=NotComputed(Reason.NO_BASE, Text("丙", "c")), gap=NotComputed(Reason.NO_DATA))
    card = builders.make_scorecard([replace(result, readings=(reading, other))])
    table = xlsx_reading.read(render_xlsx(card, "en")).table("Conventions", "No.")
    row = table.row_of("No.", 1)
    assert table.value(row, "Note") == "a remark\nrounded value compared"
    assert table.value(row + 1, "Value") == "—"
    comment = table.cell(row + 1, "Value").comment
    assert comment is not None
    assert comment.text == "no base value: c"


def test_data_give_value_raw_text_and_cell(due: xlsx_reading.Read, due_card: Scorecard) -> None:
    table = due.table("Data", "No.")
    listed = range(table.head_row + 1, table.values.max_row + 1)
    row = next(
        row
        for row in listed
        if table.value(row, "Indicator") == "Patent attorneys" and table.value(row, "Period") == "2019"
    )
    assert table.value(row, "Value") == 1160
    assert table.value(row, "As printed") == "约1160"
    assert table.value(row, "Bound") == "about"
    # Printed to the nearest ten; "about" makes the interval twice as wide.
    assert (table.value(row, "Lowest true value"), table.value(row, "Highest true value")) == (1140, 1180)
    assert (table.value(row, "File"), table.value(row, "Sheet"), table.value(row, "Cell")) == (
        "data.xlsx",
        "全市",
        "D16",
    )
    assert table.value(row, "Used") == "used"
    assert table.value(row, "Unit") == "people"
    provisional = [table.value(row, "Finality") for row in listed if table.value(row, "Indicator") == "Patent agencies"]
    assert provisional.count("provisional") == 3
    used = {observation.number for result in due_card.results for observation in result.observations}
    assert sum(table.value(row, "Used") == "used" for row in listed) == len(used)
    n_matched = sum(value is not None for value in due_card.dataset.frame["indicator"])
    assert len(listed) == n_matched


def test_a_missing_mark_is_listed_without_a_value() -> None:
    read = xlsx_reading.read(render_xlsx(builders.make_scorecard(), "en"))
    table = read.table("Data", "No.")
    row = next(row for row in range(4, 10) if table.value(row, "As printed") == "—")
    assert table.value(row, "Value") is None
    assert table.value(row, "Used") is None


@pytest.mark.parametrize(
    ("bound", "low", "high"), [("exact", 95, 105), ("about", 90, 110), ("at_least", 95, None), ("at_most", None, 105)]
)
def test_hedged_values_have_the_ends_that_they_leave(bound: str, low: float | None, high: float | None) -> None:
    card = builders.make_scorecard()
    # The first cell, 100, is what the base rests on; make it one that nothing uses, printed to the nearest ten.
    frame = card.dataset.frame.with_columns(half_width=pl.lit(5.0), bound=pl.lit(bound))
    missing = NotComputed(Reason.NO_DATA)
    result = builders.make_result(base=missing, latest=missing)
    bare = builders.make_scorecard([result], dataset=replace(card.dataset, frame=frame))
    table = xlsx_reading.read(render_xlsx(bare, "en")).table("Data", "No.")
    row = table.row_of("As printed", "100")
    assert (table.value(row, "Lowest true value"), table.value(row, "Highest true value")) == (low, high)


def test_findings_are_listed_with_place_and_fix(due: xlsx_reading.Read) -> None:
    table = due.table("Findings", "Severity")
    row = table.head_row + 1
    found = [table.value(row, head) for head in ("Severity", "Code", "Place", "What is wrong", "Fix")]
    assert found == ["error", "DATA999", "data.xlsx[全市!C5]", "not a number: 'n/a'", "write a number"]
    assert table.value(row + 1, "Severity") == "warning"
    assert table.values["A2"].value == "1 errors, 1 warnings, 0 notes."


def test_a_run_without_findings_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    table = xlsx_reading.read(render_xlsx(builders.make_scorecard(), "en")).table("Findings", "Severity")
    assert table.value(table.head_row + 1, "What is wrong") == "nothing found"
    monkeypatch.setattr(lists, "MOST_FINDINGS", 1)
    findings = tuple(builders.make_finding(severity_override=severity) for severity in Severity)
    many = xlsx_reading.read(render_xlsx(builders.make_scorecard(findings=findings), "en")).table(
        "Findings", "Severity"
    )
    assert many.values.max_row == many.head_row + 1
    assert many.values["A2"].value == "1 errors, 1 warnings, 1 notes."


def test_tasks_show_the_live_status_of_their_targets(due: xlsx_reading.Read) -> None:
    table = due.table("Tasks", "No.")
    row = table.row_of("No.", 1)
    links = [(table.value(row + step, "Linked target"), table.value(row + step, "Status")) for step in range(3)]
    assert links == [
        ("2 Valid invention patents", "met"),
        ("3 Invention patents per 10,000 people", "met"),
        ("1 Domestic invention applications", "missed"),
    ]
    assert re.fullmatch(r"='Scorecard'!\w+", table.formula(row, "Status"))
    assert table.value(row, "Cooperating") == "河湾市财政局, 各区政府"
    alone = table.row_of("No.", 3)
    assert (table.value(alone, "Linked target"), table.value(alone, "Status")) == ("no linked target", "—")


def test_a_task_may_name_a_target_that_has_no_result() -> None:
    plan = builders.make_plan(tasks=(builders.make_task(targets=("unknown",)),), milestones=())
    table = xlsx_reading.read(render_xlsx(builders.make_scorecard(plan=plan), "en")).table("Tasks", "No.")
    row = table.row_of("No.", 1)
    assert (table.value(row, "Linked target"), table.value(row, "Status")) == ("unknown", "no data")


def test_milestones_are_dates_and_fall_due_by_formula(midway: xlsx_reading.Read) -> None:
    sheet, values = midway.formulas["Tasks"], midway.values["Tasks"]
    rows = [row for row in range(1, values.max_row + 1) if values.cell(row, 2).value == "Report the year's progress"]
    dates = [values.cell(row, 3).value for row in rows]
    assert [each.date() for each in dates if isinstance(each, dt.datetime)] == [
        dt.date(year, 12, 15) for year in (2019, 2020, 2021)
    ]
    assert [values.cell(row, 7).value for row in rows] == ["due", "due", "not due"]
    assert all(str(sheet.cell(row, 7).value).startswith("=IF(C") for row in rows)


@pytest.mark.parametrize(
    ("lang", "office", "place"),
    [
        ("en", "Parks Office", "part 4 (3), sentence 1: report by"),
        ("zh", "河湾市园林局", "四(三)第1句：每年12月15日前"),
    ],
)
def test_departments_and_clauses_are_in_the_language_of_the_workbook(lang: Lang, office: str, place: str) -> None:
    clause = Clause(
        section=Text("四(三)", "part 4 (3)"), sentence=1, summary=Text("每年12月15日前报送", "report by 15 December")
    )
    departments = (Department(name=Text("河湾市园林局", "Parks Office")),)
    target = builders.make_target(departments=("河湾市园林局",), clause=clause)
    duty = builders.make_milestone(clause=clause)
    plan = builders.make_plan((target,), departments=departments, milestones=(duty,))
    card = builders.make_scorecard((builders.make_result(target),), plan)
    made = xlsx_reading.read(render_xlsx(card, lang))
    held = {sheet.title: [str(cell.value) for row in sheet.iter_rows() for cell in row] for sheet in made.values}
    scorecard, tasks, conventions = (held[words.SHEETS[key].get(lang)] for key in ("scorecard", "tasks", "conventions"))
    assert scorecard.count(office) == 1
    assert tasks.count(office) == 1 + 3  # the lead of the task, and each year's report
    assert sum(text.startswith(place) for text in tasks) == 3
    assert sum(text.startswith(place) for text in conventions) == 1


def test_methods_name_every_formula_status_and_file(due: xlsx_reading.Read, due_card: Scorecard) -> None:
    held = {cell.value for row in due.values["Methods"].iter_rows() for cell in row}
    assert {line[1].en for line in MEASURE_FORMULAS} <= held
    assert {
        "latest - target",
        "(latest - base) ÷ (target - base)",
        "base + (target - base) × years gone ÷ all years",
        "base × (latest ÷ base) ^ (all years ÷ years gone)",
        "value of the latest year ÷ year before - 1",
    } <= held
    assert {status.meaning.en for status in Status} <= held
    assert {"pace >= 0.95", "0.6 <= pace < 0.95", "≥ 90", "data.xlsx", "0" * 64, "targets.yaml", "2021-12-31"} <= held
    assert due_card.plan.name.en in held


def test_charts_show_attainment_by_area_and_trends(due_card: Scorecard) -> None:
    made = render_xlsx(due_card, "en")
    archive = zipfile.ZipFile(io.BytesIO(made))
    charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    bars, lines = ([chart for chart in charts if f"<c:{kind}>" in chart] for kind in ("barChart", "lineChart"))
    assert len(bars) == 4  # one an area
    n_trends = sum(
        sum(isinstance(figure, Figure) for figure in result.series) >= 2 and result.target_value is not None
        for result in due_card.results
    )
    assert len(lines) == n_trends == 12
    for chart in charts:
        # What a viewer that does not calculate shows: every series with its cached points.
        assert "<c:numCache>" in chart
        assert "#NUM!" not in chart
    assert '<c:max val="1.5"/>' in bars[0]
    assert '<c:majorUnit val="1"/>' in bars[0]


def test_an_area_with_many_targets_has_charts_of_about_the_same_size() -> None:
    results = [builders.make_result(builders.make_target(f"t{number}", number)) for number in range(1, 9)]
    values = xlsx_reading.read(render_xlsx(builders.make_scorecard(results), "en")).values["Chart data"]
    titles = [cell.row for cell in values["A"] if cell.value == "Greening"]
    # Eight bars are four and four: title, headings, four rows and a gap.
    assert len(titles) == 2
    assert titles[0] is not None
    assert titles[1] == titles[0] + 7


@pytest.mark.parametrize(
    ("values", "decimals"), [(["1", "3"], 0), (["90.5", "99.25"], 0), (["4.2", "6.5"], 1), (["9.91", "10.1"], 2)]
)
def test_an_axis_has_the_decimals_that_tell_its_steps_apart(values: list[str], decimals: int) -> None:
    shown = charts.axis_format(NumberFormat(0 if values[0] == "1" else 2), [Decimal(each) for each in values])
    assert shown == NumberFormat(decimals).code


def test_chart_data_are_formulas(due: xlsx_reading.Read) -> None:
    sheet, values = due.formulas["Chart data"], due.values["Chart data"]
    numbers = [
        cell
        for row in sheet.iter_rows(min_col=2)
        for cell in row
        if values[cell.coordinate].value is not None and not isinstance(values[cell.coordinate].value, str)
    ]
    constants = [cell.value for cell in numbers if cell.data_type != "f"]
    assert set(constants) == {2018, 2019, 2020, 2021}
    labels = [values.cell(row, 1).value for row in range(1, 30)]
    assert "2 Valid invention patents\nmet 152.3%" in labels
    assert "12 Pledge loans\nmissed 99.97%" in labels


def test_the_required_path_follows_the_measure(due: xlsx_reading.Read) -> None:
    sheet, values = due.formulas["Chart data"], due.values["Chart data"]

    def path(name: str, step: int = 2) -> tuple[list[object], str]:
        row = next(cell.row for cell in values["A"] if cell.value == name)
        assert row is not None
        cells: list[object] = [values.cell(row + step, column).value for column in range(2, 6)]
        return cells, str(sheet.cell(row + step, 5).value)

    straight, formula = path("2 Valid invention patents")
    assert straight == pytest.approx([118872, 118872 + 11128 / 3, 118872 + 22256 / 3, 130000])
    assert "*3/3" in formula
    grown, formula = path("5 Patent and trademark cases")
    assert grown == pytest.approx([740, 888, 1065.6, 1278.72])
    assert "^3" in formula
    yearly, _ = path("6 Firms given legal help")
    assert yearly == [None, 120, 120, 120]
    shares, _ = path("9 Service institutions brought in")
    assert shares[1:] == pytest.approx([20 / 3] * 3)
    assert path("10 National training bases")[0] == [1] * 4
    assert path("10 National training bases", 3)[0] == [2] * 4
    assert path("1 Domestic invention applications", 1)[0] == [1, None, None, 2]


def test_a_trend_without_a_base_is_compared_with_the_target() -> None:
    series = (
        NotComputed(Reason.NO_DATA),
        *(builders.make_figure(str(value), str(value)) for value in (2019, 2020, 2021)),
    )
    result = builders.make_result(base=NotComputed(Reason.NO_BASE), latest=builders.make_figure("2021"), series=series)
    growth = replace(
        result,
        target=builders.make_target("g", 2, measure=MeasureKind.AVERAGE_GROWTH),
        base=NotComputed(Reason.NO_BASE),
    )
    values = xlsx_reading.read(render_xlsx(builders.make_scorecard([result, growth]), "en")).values["Chart data"]
    rows = {cell.value: cell.row for cell in values["A"] if cell.value}
    row = rows["1 Trees planted"]
    assert [values.cell(row + 2, column).value for column in range(2, 6)] == [None, 110, 110, 110]
    row = rows["2 Trees planted"]
    assert values.cell(row + 2, 1).value is None


def test_nothing_to_plot_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    result = builders.make_result(latest=builders.MISSING)
    made = render_xlsx(builders.make_scorecard([result]), "en")
    assert openpyxl.load_workbook(io.BytesIO(made))["Charts"]["A1"].value == "there is nothing to plot yet"
    monkeypatch.setattr(charts, "MOST_TRENDS", 3)
    fewer = openpyxl.load_workbook(io.BytesIO(render_xlsx(xlsx_cards.make_card(), "en")))["Charts"]
    assert "9 more trends are not shown." in {cell.value for cell in fewer["A"]}
