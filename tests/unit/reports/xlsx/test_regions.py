"""Several regions: a page each where they are few, one long table where they are many, and their comparison."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

import xlsx_cards
import xlsx_reading
from ipstrong.model.result import Figure, Status
from ipstrong.reports.xlsx import lists, render_xlsx


def test_few_regions_have_a_page_each_and_a_comparison() -> None:
    card = xlsx_cards.make_card(regions=("hewan", "shanqian", "haibin"))
    read = xlsx_reading.read(render_xlsx(card, "zh"))
    assert read.values.sheetnames[:4] == ["地区比较", "记分卡 河湾市", "记分卡 山前市", "记分卡 海滨市"]
    table = read.table("地区比较", "地区")
    for summary in card.summaries:
        row = table.row_of("地区", summary.region_name.zh)
        for status in Status:
            assert table.is_formula(row, status.text.zh)
            assert table.value(row, status.text.zh) == summary.counts[status]
        assert isinstance(summary.score, Decimal)
        assert table.value(row, "加权得分") == pytest.approx(float(summary.score))
        assert table.is_formula(row, "加权得分")
        assert table.value(row, "等级") == {"hewan": "优", "shanqian": "良", "haibin": "良"}[summary.region]
    second = read.table("记分卡 山前市", "序号")
    assert second.value(second.row_of("序号", 8), "最新值") == 131
    formula = str(read.formulas["记分卡 山前市"]["A4"].value)
    # Results of the second region are the fifteenth to the twenty-eighth line of the workings.
    assert "$18:" in formula
    assert "$31)" in formula


def test_many_regions_share_one_table() -> None:
    card = xlsx_cards.make_card(extra=xlsx_cards.many_regions(6), regions=())
    read = xlsx_reading.read(render_xlsx(card, "en"))
    assert read.values.sheetnames[:3] == ["Regions", "Scorecard", "Charts"]
    table = read.table("Scorecard", "Region")
    assert table.formulas.auto_filter.ref is not None
    assert table.values.max_row == table.head_row + len(card.results)
    for number, result in enumerate(card.results):
        row = table.head_row + 1 + number
        assert table.value(row, "Region") == result.region_name.en
        assert table.value(row, "Status") == result.status.text.en
        if isinstance(result.latest, Figure):
            assert table.value(row, "Latest") == float(result.latest.value)
            assert table.is_formula(row, "Latest")
    assert table.formulas.freeze_panes == "E4"
    assert table.formulas.print_title_rows == "$3:$3"


def test_a_very_long_table_has_no_comments_but_its_workings_give_the_reasons() -> None:
    card = xlsx_cards.make_card(extra=xlsx_cards.many_regions(28), regions=())
    assert len(card.results) > 400
    read = xlsx_reading.read(render_xlsx(card, "en"))
    assert not any(cell.comment for row in read.formulas["Scorecard"].iter_rows() for cell in row)
    table = read.table("Workings", "Region")
    assert "no denominator" in table.value(table.row_of("Region", "区001") + 2, "Why not computed")


def test_long_lists_of_data_go_on_to_a_second_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "ROWS_A_SHEET", 40)
    card = xlsx_cards.make_card(dt.date(2020, 12, 31))
    read = xlsx_reading.read(render_xlsx(card, "en"))
    assert "Data 2" in read.values.sheetnames
    table = read.table("Scorecard", "No.")
    row = table.row_of("No.", 12)
    assert "'Data 2'!" in table.formula(row, "Latest")
    assert table.value(row, "Latest") == 964310.25


def test_what_is_not_used_is_listed_up_to_a_limit_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_UNUSED", 3)
    card = xlsx_cards.make_card()
    read = xlsx_reading.read(render_xlsx(card, "en"))
    table = read.table("Data", "No.")
    used = [table.value(row, "Used") for row in range(table.head_row + 1, table.values.max_row + 1)]
    assert used.count(None) == 3
    n_matched = sum(1 for value in card.dataset.frame["indicator"] if value is not None)
    assert f"Another {n_matched - len(used)} matched values" in str(table.values["A2"].value)
