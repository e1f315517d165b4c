"""The page for the director: what it says, how each number is made, and how it prints."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import builders
import xlsx_cards
import xlsx_reading
from ipstrong import check, load_plan, read_data
from ipstrong.model.plan import Area
from ipstrong.model.result import Figure, NotComputed, Pace, Reason, Scorecard, Status
from ipstrong.reports.formats import render
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.xlsx import render_xlsx
from ipstrong.texts import Text

FIELDS = {
    "Base": "base",
    "Latest": "latest",
    "Gap": "gap",
    "Attainment": "attainment",
    "Growth on year before": "yoy",
    "Due by now": "expected",
    "Pace": "pace",
    "Needed per year": "needed_per_year",
    "Projection": "projection",
}


def _number(value: object) -> Decimal | None:
    match value:
        case Figure(_, number) | Pace(number):
            return number
        case Decimal():
            return value
        case _:
            return None


@pytest.mark.parametrize("name", ["due", "midway"])
def test_every_computed_figure_is_a_formula_with_the_value_of_the_result(
    name: str, request: pytest.FixtureRequest
) -> None:
    read: xlsx_reading.Read = request.getfixturevalue(name)
    card: Scorecard = request.getfixturevalue(f"{name}_card")
    table = read.table("Scorecard", "No.")
    for result in card.results:
        row = table.row_of("No.", result.target.number)
        years = dict(zip(map(str, card.years), result.series, strict=False))
        named = {**{head: getattr(result, field) for head, field in FIELDS.items()}, **years}
        for head, held in named.items():
            number = _number(held)
            if number is None:
                assert table.value(row, head) == "—", (result.target.id, head)
                assert not table.is_formula(row, head)
            else:
                assert table.is_formula(row, head), (result.target.id, head)
                assert table.value(row, head) == pytest.approx(float(number), rel=1e-12), (result.target.id, head)


def test_formulas_lead_to_the_data_sheet_or_to_their_own_row(midway: xlsx_reading.Read) -> None:
    table = midway.table("Scorecard", "No.")
    row = table.row_of("No.", 12)
    # Loans: base F, latest J, target L; base year 2018, data of 2020, deadline 2021.
    base, latest, goal = (table.cell(row, head).coordinate for head in ("Base", "Latest", "Target value"))
    assert table.formula(row, "Gap") == f"={latest}-{goal}"
    assert table.formula(row, "Attainment") == f"={latest}/{goal}"
    assert table.formula(row, "Needed per year") == f"=({goal}-{latest})/(2021-2020)"
    assert table.formula(row, "Projection") == f"={base}+({latest}-{base})*(2021-2018)/(2020-2018)"
    assert table.formula(row, "Latest").startswith("='Data'!$F$")
    cell = table.formula(row, "Latest").removeprefix("='Data'!").replace("$", "")
    assert midway.values["Data"][cell].value == 964310.25


def test_the_target_is_a_number_with_its_comparator_in_the_format(due: xlsx_reading.Read) -> None:
    table = due.table("Scorecard", "No.")
    least, most, between, rank = (table.cell(table.row_of("No.", number), "Target value") for number in (2, 7, 10, 1))
    assert (least.value, least.number_format) == (130000, '"≥"#,##0_ ')
    assert (most.value, most.number_format) == (45, '"≤"#,##0_ ')
    assert (between.value, between.number_format) == (1, '#,##0"–2"_ ')
    assert rank.value == 1


def test_a_value_that_misses_the_target_is_not_shown_as_the_target() -> None:
    target = builders.make_target(value=Decimal(93), unit=builders.unit("件/万人"))
    card = builders.make_scorecard([builders.make_result(target, base="80.25", latest="92.96")])
    table = xlsx_reading.read(render_xlsx(card, "en")).table("Scorecard", "No.")
    row = table.row_of("No.", 1)
    assert table.cell(row, "Latest").number_format == "#,##0.00_ "
    nearer = builders.make_scorecard([builders.make_result(target, base="80", latest="92.9996")])
    table = xlsx_reading.read(render_xlsx(nearer, "en")).table("Scorecard", "No.")
    assert table.cell(row, "Latest").number_format == "#,##0.0000_ "
    # 92.9996 / 93 is 99.99957 %: four decimals keep it from 100 %.
    assert table.cell(row, "Attainment").number_format == "0.0000%_ "


def test_percents_carry_their_sign_and_differ_in_points(due: xlsx_reading.Read) -> None:
    table = due.table("Scorecard", "No.")
    row = table.row_of("No.", 4)
    assert table.cell(row, "Latest").number_format == '#,##0.0"%"_ '
    assert table.cell(row, "Gap").number_format.startswith('+#,##0.0" pp"_ ;-')
    assert table.value(row, "Gap") == pytest.approx(-0.29364, abs=1e-4)  # 221305 / 2280000 = 9.70636 %


def test_rows_stand_under_the_areas_of_the_plan(due: xlsx_reading.Read) -> None:
    table = due.table("Scorecard", "No.")
    first = [table.values.cell(row, 1).value for row in range(table.head_row + 1, table.head_row + 19)]
    assert first == [
        "Creation",
        1,
        2,
        3,
        4,
        "Protection",
        5,
        6,
        7,
        14,
        "Application",
        12,
        13,
        "Services and talent",
        8,
        9,
        10,
        11,
    ]


def test_a_status_is_a_word_in_its_colour(due: xlsx_reading.Read, due_card: Scorecard) -> None:
    table = due.table("Scorecard", "No.")
    fills: dict[str, set[str]] = {}
    for result in due_card.results:
        cell = table.cell(table.row_of("No.", result.target.number), "Status")
        assert cell.value == result.status.text.en
        fills.setdefault(str(cell.value), set()).add(str(cell.fill.fgColor.rgb))
    assert all(len(colours) == 1 for colours in fills.values())
    assert len({colours.pop() for colours in fills.values()}) == len(fills)


def test_counts_are_counted_by_the_sheet(midway: xlsx_reading.Read, midway_card: Scorecard) -> None:
    sheet, values = midway.formulas["Scorecard"], midway.values["Scorecard"]
    labels = {cell.value: cell.column for cell in values[3] if cell.value}
    summary = midway_card.summaries[0]
    for status in Status:
        formula = str(sheet.cell(4, labels[status.text.en]).value)
        assert formula.startswith("=COUNTIF(")
        assert f'"{status.text.en}"' in formula
        assert values.cell(4, labels[status.text.en]).value == summary.counts[status]
    assert values.cell(4, labels["disputed"]).value == summary.n_disputed == 1
    assert str(sheet.cell(4, labels["disputed"]).value).startswith("=COUNTIF(")


def test_score_and_grade_are_formulas_over_the_workings(midway: xlsx_reading.Read, midway_card: Scorecard) -> None:
    sheet, values = midway.formulas["Scorecard"], midway.values["Scorecard"]
    summary = midway_card.summaries[0]
    assert isinstance(summary.score, Decimal)
    assert str(sheet["A4"].value).startswith("=100*SUM('Workings'!")
    assert values["A4"].value == pytest.approx(float(summary.score), rel=1e-12)
    assert values["C4"].value == "excellent"
    assert str(sheet["C4"].value).startswith("=IF($A$4>=90")
    assert values["D4"].value == "12.5 / 13.5"


def test_a_dispute_is_marked_with_the_other_number(midway: xlsx_reading.Read) -> None:
    table = midway.table("Scorecard", "No.")
    row = table.row_of("No.", 3)
    assert table.value(row, "Disputed") == "◆ disputed"
    # 160,014 over 1,343.88 ten thousands is 119.07 where the target is 93.
    assert "population at the end of the year before" in table.value(row, "Note")
    assert "119.1" in table.value(row, "Note")
    assert table.value(table.row_of("No.", 2), "Disputed") is None


def test_what_is_not_computed_says_why(due: xlsx_reading.Read, due_card: Scorecard) -> None:
    table = due.table("Scorecard", "No.")
    row = table.row_of("No.", 2)
    comment = table.cell(row, "Projection").comment
    assert comment is not None
    assert comment.text == "the deadline has passed"
    manual = table.cell(table.row_of("No.", 14), "Latest").comment
    assert manual is not None
    assert manual.text == NotComputed(Reason.MANUAL).text.en
    assert due_card.results[12].target.id == "unpublished"
    assert table.value(table.row_of("No.", 13), "Note") == "no data: Services of the copyright hall, Rivertown, 2021"


def test_an_uncertain_verdict_shows_its_interval() -> None:
    latest = builders.make_figure("130000", low="129500", high="130500", raw="13.0万")
    target = builders.make_target(value=Decimal(130_000))
    result = builders.make_result(target, base="100000", latest=latest, status=Status.UNCERTAIN, met_now=None)
    table = xlsx_reading.read(render_xlsx(builders.make_scorecard([result]), "en")).table("Scorecard", "No.")
    note = table.value(table.row_of("No.", 1), "Note")
    assert "129,500" in note
    assert "130,500" in note


def test_it_prints_on_a4_landscape_one_page_wide_with_repeated_headings(due: xlsx_reading.Read) -> None:
    for sheet in due.formulas:
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert int(sheet.page_setup.paperSize or 0) == 9, sheet.title
        assert sheet.oddFooter is not None
        assert "&P" in str(sheet.oddFooter.center.text), sheet.title
    page = due.formulas["Scorecard"]
    assert page.page_setup.fitToWidth in (None, 1)
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$6:$6"
    assert page.print_area == "'Scorecard'!$A$1:$V$25"
    assert page.freeze_panes == "C7"


def test_chinese_and_english_have_their_own_words(due_card: Scorecard) -> None:
    chinese = xlsx_reading.read(render_xlsx(due_card, "zh"))
    assert chinese.values.sheetnames == [
        "记分卡",
        "图表",
        "重点任务",
        "问题",
        "口径",
        "测算",
        "数据",
        "方法",
        "图表数据",
    ]
    table = chinese.table("记分卡", "序号")
    assert table.value(table.row_of("序号", 2), "状态") == "已达标"
    assert table.values["A1"].value == due_card.plan.name.zh


def test_a_plan_without_targets_has_a_page() -> None:
    plan = builders.make_plan((), tasks=(), milestones=())
    card = builders.make_scorecard((), plan)
    read = xlsx_reading.read(render_xlsx(card, "en"))
    assert read.values["Scorecard"]["A1"].value == plan.name.en
    assert read.values["Scorecard"]["A2"].value == "the plan has no targets"


def test_growth_over_a_year_that_is_not_shown_is_a_value_that_says_so() -> None:
    result = builders.make_result(yoy=Decimal("0.25"))
    table = xlsx_reading.read(render_xlsx(builders.make_scorecard([result]), "en")).table("Scorecard", "No.")
    cell = table.cell(table.row_of("No.", 1), "Growth on year before")
    assert cell.value == 0.25
    assert cell.comment is not None
    assert "not among those shown" in cell.comment.text


def _areas(n_targets: tuple[int, ...]) -> Scorecard:
    """Return a scorecard whose areas hold so many targets; the last area is not one of the plan's."""
    results = []
    for number, area in enumerate(area for at, n in enumerate(n_targets) for area in [f"a{at}"] * n):
        results.append(builders.make_result(builders.make_target(f"t{number}", number + 1, area=area)))
    areas = tuple(Area(id=f"a{at}", name=Text(f"领域{at}", f"Area {at}")) for at in range(len(n_targets) - 1))
    plan = builders.make_plan(tuple(result.target for result in results), areas=areas, tasks=(), milestones=())
    return builders.make_scorecard(results, plan)


def test_a_short_page_is_shrunk_to_one_and_a_long_one_breaks_before_an_area() -> None:
    short = xlsx_reading.read(render_xlsx(_areas((6, 6)), "en")).formulas["Scorecard"]
    assert short.page_setup.fitToHeight in (None, 1)
    assert short.row_breaks.brk == []
    long = xlsx_reading.read(render_xlsx(_areas((16, 16, 60, 3)), "en"))
    page = long.formulas["Scorecard"]
    assert page.page_setup.fitToHeight == 0
    starts = [cell.row for cell in page["A"] if str(cell.value).startswith("Area")]
    breaks = [each.id + 1 for each in page.row_breaks.brk]
    # Areas of 16 fit a page together with their headings, one of 60 does not fit any: it begins in place.
    assert breaks
    assert set(breaks) <= set(starts)
    table = long.table("Scorecard", "No.")
    assert table.row_of("No.", 95) == table.head_row + 3 + 95


def test_targets_of_no_area_come_last() -> None:
    table = xlsx_reading.read(render_xlsx(_areas((2, 1)), "en")).table("Scorecard", "No.")
    assert [table.values.cell(table.head_row + step, 1).value for step in range(1, 5)] == ["Area 0", 1, 2, 3]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_number_is_wider_than_its_column(lang: str, midway_card: Scorecard) -> None:
    read = xlsx_reading.read(render_xlsx(midway_card, "zh" if lang == "zh" else "en"))
    table = read.table("记分卡" if lang == "zh" else "Scorecard", "序号" if lang == "zh" else "No.")
    row = table.row_of("序号" if lang == "zh" else "No.", 12)
    letter = table.cell(row, "目标值" if lang == "zh" else "Target value").column_letter
    # "≥1,250,000" takes ten digits.
    assert table.formulas.column_dimensions[letter].width > 10


def test_cards_cover_every_status_but_those_that_need_rounded_inputs(
    due_card: Scorecard, midway_card: Scorecard
) -> None:
    seen = {result.status for card in (due_card, midway_card) for result in card.results}
    early = xlsx_cards.make_card(dt.date(2018, 12, 31))
    seen |= {result.status for result in early.results}
    assert seen >= set(Status) - {Status.UNCERTAIN}


JSON_CELLS = {
    "base": "Base",
    "latest": "Latest",
    "target_value": "Target value",
    "gap": "Gap",
    "attainment_pct": "Attainment",
    "yoy": "Growth on year before",
    "expected": "Due by now",
    "pace": "Pace",
    "needed_per_year": "Needed per year",
    "projection": "Projection",
}
JSON_WORKINGS = {
    "progress_pct": "Progress",
    "growth_pace": "Growth pace",
    "growth_projection": "Projection by growth",
    "eta": "Reached in (year)",
}


@pytest.mark.parametrize("as_of", ["2019", "2021"])
def test_the_cells_of_the_real_data_hold_the_numbers_of_the_json_output(as_of: str, root: Path) -> None:
    plan = load_plan(root / "targets.yaml")
    card = check(plan, read_data([root / "data/shenzhen.xlsx"], plan), as_of=as_of)
    written = json.loads(render(card, "json", ReportOptions()))
    read = xlsx_reading.read(render_xlsx(card, "en"))
    scorecard, workings, readings = (read.table(sheet, "No.") for sheet in ("Scorecard", "Workings", "Conventions"))
    n_compared = 0

    def compare(table: xlsx_reading.Table, row: int, head: str, held: Any, scale: float = 1) -> None:
        nonlocal n_compared
        number = held.get("value", held.get("ratio")) if isinstance(held, dict) else held
        expected = "—" if number is None else pytest.approx(number / scale, rel=1e-12)
        assert table.value(row, head) == expected, (row, head)
        n_compared += number is not None

    reading_row = readings.head_row + 1
    for result in written["results"]:
        for table, heads in ((scorecard, JSON_CELLS), (workings, JSON_WORKINGS)):
            row = table.row_of("No.", result["number"])
            for field, head in heads.items():
                is_share = field.endswith("_pct") or (field == "yoy" and result["yoy_unit"] == "%")
                compare(table, row, head, result[field], 100 if is_share else 1)
        row = scorecard.row_of("No.", result["number"])
        for entry in result["series"]:
            compare(scorecard, row, str(entry["year"]), entry["figure"])
        # A target without conventions has one line, of its own reading.
        for reading in result["conventions"] or [result | {"value": result["latest"]}]:
            for field, head in (("value", "Value"), ("gap", "Gap"), ("target_value", "Target value")):
                compare(readings, reading_row, head, reading[field])
            reading_row += 1
    page = read.values["Scorecard"]
    tiles = {label.value: number.value for label, number in zip(page[3], page[4], strict=True)}
    for status in Status:
        assert tiles[status.text.en] == written["summary"]["counts"][status.value]
    assert tiles["Weighted score (of 100)"] == pytest.approx(written["summary"]["regions"][0]["score"], rel=1e-12)
    assert n_compared > 50
