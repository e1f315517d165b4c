"""Label texts: joined, split from their unit; what is no unit stays."""

from __future__ import annotations

import pytest

from ipstrong.layout.labels import clean_unit, indent_of, is_unit, split_unit, tidy, unit_line


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("合　计", "合计"),
        ("出　　生　　數", "出生數"),
        ("发明专利 授权量", "发明专利 授权量"),
        ("GDP 增 长", "GDP 增长"),
        ("出生嬰兒\n性比例", "出生嬰兒性比例"),
        ("合 计\nTotal", "合计 Total"),
        ("  Trade   in goods ", "Trade in goods"),
        ("总计……", "总计"),
        ("Total ........", "Total"),
    ],
)
def test_tidy_puts_a_label_on_one_line(written: str, expected: str) -> None:
    assert tidy(written) == expected


@pytest.mark.parametrize(
    ("written", "label", "unit"),
    [
        ("地区生产总值(亿元)", "地区生产总值", "亿元"),
        ("出　生　數（人）", "出生數", "人"),
        ("人口数(人口抽样调查)(人)", "人口数(人口抽样调查)", "人"),
        ("一般公共预算支出（亿元）i", "一般公共预算支出", "亿元"),
        ("生产总值（亿元，当年价）", "生产总值(当年价)", "亿元"),
        ("生产总值（单位：亿元）", "生产总值", "亿元"),
        ("进出口总额_亿元人民币", "进出口总额", "亿元人民币"),
        ("城镇化率_%", "城镇化率", "%"),
        ("比上年增长±%", "比上年增长", "%"),
        ("GDP, current prices, £ million", "GDP, current prices", "£ million"),
        ("Registered capital, 10,000 yuan", "Registered capital", "10,000 yuan"),
        ("Cars per 100,000 inhabitants, %", "Cars per 100,000 inhabitants", "%"),
        ("粗出生率\n（‰）", "粗出生率", "‰"),
        ("每万人口发明专利拥有量[件/万人]", "每万人口发明专利拥有量", "件/万人"),
    ],
)
def test_unit_is_split_from_its_label(written: str, label: str, unit: str) -> None:
    assert split_unit(written) == (label, unit)


@pytest.mark.parametrize(
    "label",
    [
        "国民总收入指数(1978年=100)",
        "GDP指数_上年=100",
        "国内发明专利申请量(年内累计,非全年)",
        "有效发明专利拥有量(月末)",
        "国内发明专利授权量(第三方检索统计)",
        "年末常住人口(普查修订口径)",
        "Luxury car tax (b)",
        "Population, total",
        "All Visits",
        "Invention patents per 10,000 people",
        "Deaths per 1,000,000 people",
    ],
)
def test_brackets_and_tails_that_are_no_unit_stay(label: str) -> None:
    assert split_unit(label) == (label, None)


@pytest.mark.parametrize(
    "text",
    [
        "件",
        "亿元",
        "件/万人",
        "元/人",
        "万吨",
        "%",
        "‰",
        "£ million",
        "US$ billion",
        "thousands",
        "Percent",
        "persons",
        "000's",
        "亿立方米",
        "人次",
    ],
)
def test_units_are_known(text: str) -> None:
    assert is_unit(text)


@pytest.mark.parametrize("text", ["", "2019", "K", "m", "合计", "发明", "Total", "All Visits", "rank", "月末", "-"])
def test_words_are_no_units(text: str) -> None:
    assert not is_unit(text)


def test_words_for_percent_become_the_sign() -> None:
    assert [clean_unit(text) for text in ("Percent", "（%）", "％", "per cent", "亿元")] == ["%", "%", "%", "%", "亿元"]


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("单位：件", ("件",)),
        ("（单位：万元）", ("万元",)),
        ("單位：人；‰", ("人", "‰")),
        ("计量单位:亿元、%", ("亿元", "%")),
        ("Unit: persons", ("persons",)),
        ("  £ million", ("£ million",)),
        ("2019年主要指标", ()),
        ("填报单位", ()),
    ],
)
def test_unit_lines_are_read(line: str, units: tuple[str, ...]) -> None:
    assert unit_line(line) == units


def test_an_ideographic_blank_indents_by_two() -> None:
    assert [indent_of(text) for text in ("合计", " 合计", "　合计", "  　合计")] == [0, 1, 2, 4]
