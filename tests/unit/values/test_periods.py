"""Headings to periods: the canonical text of each expected period is written by hand."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.model.dataset import ValueStatus
from ipstrong.model.period import Period, PeriodKind, parse_period
from ipstrong.readers.grid import CellValue
from ipstrong.values import period_forms, periods
from ipstrong.values.periods import period_status, read_period, read_periods, regrain


def text_of(value: CellValue, *, year: int | None = None, numbers: bool = True) -> str | None:
    period = read_period(value, year=year, numbers=numbers)
    return None if period is None else str(period)


@pytest.mark.parametrize(
    "value",
    [
        "2019",
        2019,
        2019.0,
        "2019.0",
        "2019年",
        "2019年度",
        "FY2019",
        "fy 2019",
        "2019年末",
        "2019年底",
        "2019年年末",
        "2019年12月末",
        "2019年12月底",
        "二〇一九年",
        "二零一九年",
        "2019年1-12月",
        "2019年全年",
        "截至2019年末",
        " 2019 * ",
        "2019①",
        "2019[1]",
        "2019年(初步)",
        "2019（预计）",
        "2019p",
        "2019 (r)",
        "2019年（亿元）",
        "2019 [YR2019]",
        "YR2019",
        "Year 2019",
        "２０１９年",
        "2019 年",
        "民國108年",
        "民国108年底",
        "中華民國 108 年",
        "end of 2019",
        "2019年实际",
    ],
)
def test_the_year_in_its_many_forms(value: CellValue) -> None:
    assert text_of(value) == "2019"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019Q1", "2019Q1"),
        ("2019 Q1", "2019Q1"),
        ("Q1 2019", "2019Q1"),
        ("2019-Q1", "2019Q1"),
        ("1Q2019", "2019Q1"),
        ("2019年一季度", "2019Q1"),
        ("2019年第一季度", "2019Q1"),
        ("2019第一季度", "2019Q1"),
        ("2019年1季度", "2019Q1"),
        ("2019年四季度末", "2019Q4"),
        ("2019年4-6月", "2019Q2"),
        ("Jan-Mar 2019", "2019Q1"),
        ("First quarter 2019", "2019Q1"),
        ("2019年上半年", "2019H1"),
        ("2019年下半年", "2019H2"),
        ("H1 2019", "2019H1"),
        ("2019S2", "2019H2"),
        ("2019年7-12月", "2019H2"),
        ("2019年1-9月", "2019-01..09"),
        ("2019年1—9月", "2019-01..09"),
        ("2019年1月至9月", "2019-01..09"),
        ("2019 年 1-9 月", "2019-01..09"),
        ("2019年前三季度", "2019-01..09"),
        ("2019年前9个月", "2019-01..09"),
        ("2019年9月累计", "2019-01..09"),
        ("2019-01..09", "2019-01..09"),
        ("2019.1-9", "2019-01..09"),
        ("Jan-Sep 2019", "2019-01..09"),
        ("2019年1-6月", "2019-01..06"),
        ("民國99年1-9月", "2010-01..09"),
        ("2019年6月", "2019-06"),
        ("2019年6月末", "2019-06"),
        ("2019年十二月", "2019-12"),
        ("2019-06", "2019-06"),
        ("2019/6", "2019-06"),
        ("2019.06", "2019-06"),
        ("201906", "2019-06"),
        (201906, "2019-06"),
        ("2019M06", "2019-06"),
        ("Jun 2019", "2019-06"),
        ("2019 JUN", "2019-06"),
        ("Jun-19", "2019-06"),
        ("June 2019", "2019-06"),
        ("2019-06-30", "2019-06-30"),
        ("2019/6/30", "2019-06-30"),
        ("2019年6月30日", "2019-06-30"),
        ("30 June 2019", "2019-06-30"),
        ("June 30, 2019", "2019-06-30"),
        ("20190630", "2019-06-30"),
        (dt.datetime(2019, 6, 30, tzinfo=None), "2019-06-30"),  # noqa: DTZ001 - cells have no time zone
        (dt.date(2019, 6, 30), "2019-06-30"),
        ("2003–04", "2003/04"),
        ("2013-14", "2013/14"),
        ("2019/20", "2019/20"),
        ("2019—20", "2019/20"),
        ("FY2018-19", "2018/19"),
        ("FY2003-04", "2003/04"),
        ("2003-2004学年", "2003/04"),
        ("2010-2020年", "2010..2020"),
        ("2010—2020", "2010..2020"),
        ("2010年至2020年", "2010..2020"),
    ],
)
def test_parts_of_years_and_runs_of_years(value: CellValue, expected: str) -> None:
    assert text_of(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        True,
        "1978年=100",
        "2015=100",
        "上年=100",
        110000,
        "110000",
        "210000",
        440300,
        2019.5,
        "2019.5",
        "99年",
        "19年",
        1899,
        2101,
        "1899",
        "2019年13月",
        "2019-13",
        "2019-02-30",
        "20190230",
        "2019年5-8月",
        "2019年目标",
        "2019年累计",
        "2019年初",
        "2019年增长",
        "第一产业",
        "年份",
        "Total",
        "合计",
        "2019*10",
        "138534",
        float("nan"),
        float("inf"),
        1e300,
        dt.time(1, 2),
        dt.timedelta(days=1),
        "2020-2019",
        "x" * 100,
    ],
)
def test_what_is_no_period(value: CellValue) -> None:
    assert read_period(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1-9月", "2019-01..09"),
        ("一季度", "2019Q1"),
        ("Q3", "2019Q3"),
        ("上半年", "2019H1"),
        ("6月", "2019-06"),
        ("May", "2019-05"),
        ("前三季度", "2019-01..09"),
        ("全年", "2019"),
        ("年末", "2019"),
        ("2018年", "2018"),
    ],
)
def test_parts_take_the_year_in_force(value: str, expected: str) -> None:
    assert text_of(value, year=2019) == expected


@pytest.mark.parametrize("value", ["1-9月", "一季度", "Q3", "6月", "全年"])
def test_parts_without_a_year_are_no_period(value: str) -> None:
    assert read_period(value) is None


@pytest.mark.parametrize("value", ["合计", "Total", "指标", "138534", "深圳"])
def test_the_year_in_force_makes_no_period_of_words(value: str) -> None:
    assert read_period(value, year=2019) is None


@pytest.mark.parametrize("value", [2019, 2019.0, "2019", " 2019.0", 201906, "201906"])
def test_plain_numbers_are_no_period_where_cells_may_be_values(value: CellValue) -> None:
    assert read_period(value, numbers=False) is None


def test_a_heading_that_says_year_is_one_even_among_values() -> None:
    assert text_of("2019年", numbers=False) == "2019"


# --- Neighbours -------------------------------------------------------------------------------------------------------


def texts_of(*values: CellValue) -> list[str | None]:
    return [None if period is None else str(period) for period in read_periods(values)]


def test_years_that_go_on_by_one_are_fiscal() -> None:
    assert texts_of("2003-04", "2004-05", "2005-06") == ["2003/04", "2004/05", "2005/06"]


def test_months_of_one_year_stay_months() -> None:
    assert texts_of("2003-03", "2003-04", "2003-05") == ["2003-03", "2003-04", "2003-05"]


def test_one_unmistakable_fiscal_year_settles_its_neighbour() -> None:
    assert texts_of("2003-04", "2013-14") == ["2003/04", "2013/14"]
    assert texts_of("2003–04", "2009-10") == ["2003/04", "2009/10"]


def test_alone_it_is_a_month() -> None:
    assert texts_of("2003-04") == ["2003-04"]


def test_dotted_months_need_company() -> None:
    assert texts_of(*[f"2019.{month}" for month in range(1, 13)]) == [f"2019-{month:02d}" for month in range(1, 13)]
    assert texts_of("2019.1", "2019.2") == [None, None]


def test_neighbours_that_are_no_periods_stay_none() -> None:
    assert texts_of("指标", 2019, None, "合计") == [None, "2019", None, None]


def days(*texts: str) -> list[Period | None]:
    return [parse_period(text) for text in texts]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("2018-12-31", "2019-12-31"), ["2018", "2019"]),
        (("2018-01-01", "2019-01-01"), ["2018", "2019"]),
        (("2019-03-31", "2019-06-30"), ["2019Q1", "2019Q2"]),
        (("2019-04-01", "2019-07-01"), ["2019Q2", "2019Q3"]),
        (("2019-01-31", "2019-02-28", "2019-03-31"), ["2019-01", "2019-02", "2019-03"]),
        (("2019-05-01", "2019-06-01"), ["2019-05", "2019-06"]),
        (("2019-06-30",), ["2019-06-30"]),
        (("2019-06-29", "2019-07-31"), ["2019-06-29", "2019-07-31"]),
    ],
)
def test_dates_at_the_edges_of_months_are_regrained(dates: tuple[str, ...], expected: list[str]) -> None:
    assert [str(period) for period in regrain(days(*dates))] == expected


def test_regraining_leaves_other_periods_alone() -> None:
    mixed = [parse_period("2019-03-31"), None, parse_period("2018"), parse_period("2019-06-30")]
    assert [None if period is None else str(period) for period in regrain(mixed)] == ["2019Q1", None, "2018", "2019Q2"]


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("2020年(初步)", ValueStatus.PROVISIONAL),
        ("2020 (p)", ValueStatus.PROVISIONAL),
        ("2020p", ValueStatus.PROVISIONAL),
        ("2021年（预计）", ValueStatus.ESTIMATE),
        ("2021e", ValueStatus.ESTIMATE),
        ("2020年（修订）", ValueStatus.FINAL),
        ("2020年（亿元）", ValueStatus.FINAL),
        ("2020", ValueStatus.FINAL),
        (2020, ValueStatus.FINAL),
        (None, ValueStatus.FINAL),
    ],
)
def test_headings_say_how_final_they_are(value: CellValue, status: ValueStatus) -> None:
    assert period_status(value) is status


# --- Properties -------------------------------------------------------------------------------------------------------

_ALPHABET = "0123456789年月日季度上下半末底第一二三四前民国國Q1qHhM-–—~./ ()[]（）*p初步累计至 JanFeb"


@given(st.one_of(st.text(max_size=60), st.text(alphabet=_ALPHABET, max_size=16)), st.sampled_from([None, 2019]))
def test_no_text_makes_the_reader_raise(text: str, year: int | None) -> None:
    period = read_period(text, year=year)
    if period is not None:
        assert parse_period(str(period)) == period
    assert len(read_periods([text, text])) == 2
    period_status(text)


@given(st.one_of(st.floats(), st.integers(), st.dates(), st.datetimes(), st.times(), st.timedeltas()))
def test_no_value_makes_the_reader_raise(value: CellValue) -> None:
    period = read_period(value)
    assert period is None or period.kind in PeriodKind


@given(st.integers(1900, 2100), st.integers(1, 4), st.integers(1, 12), st.integers(2, 11))
def test_canonical_texts_are_read_back(year: int, quarter: int, month: int, last: int) -> None:
    for text in (
        f"{year}",
        f"{year}Q{quarter}",
        f"{year}H{(quarter + 1) // 2}",
        f"{year}-{month:02d}",
        f"{year}-01..{last:02d}",
    ):
        assert text_of(text) == text


def test_no_character_of_a_form_keeps_a_text_from_being_read() -> None:
    """Texts with other characters are passed over without being tried on the forms."""
    patterns = [
        value.pattern
        for module in (period_forms, periods)
        for value in vars(module).values()
        if isinstance(value, re.Pattern)
    ]
    used = {char for pattern in patterns if "(?![" not in pattern for char in pattern if "\u3400" <= char <= "\u9fff"}
    assert used - set(periods.CHARACTERS) == set()
