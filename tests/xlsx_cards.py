"""A fictional plan with every measure, and scorecards of it, for the tests of the Excel report.

The city, its neighbours, the departments and all figures are invented. Results come from `ipstrong.scoring`, so that the
workbook is compared with the very figures that it must reproduce.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import builders
from ipstrong.diagnostics import Location, Severity
from ipstrong.model.dataset import Bound, Observation, ValueStatus
from ipstrong.model.plan import (
    Area,
    Clause,
    Comparator,
    Convention,
    Indicator,
    Mean,
    MeasureKind,
    Nature,
    Plan,
    Ratio,
    Target,
)
from ipstrong.model.result import Scorecard
from ipstrong.scoring import score
from ipstrong.texts import Text, same

AREAS = (
    Area(id="create", name=Text("创造", "Creation")),
    Area(id="protect", name=Text("保护", "Protection")),
    Area(id="apply", name=Text("运用", "Application")),
    Area(id="serve", name=Text("服务与人才", "Services and talent")),
)


def _indicator(indicator_id: str, zh: str, en: str, unit: str, nature: Nature, **more: object) -> Indicator:
    return builders.make_indicator(indicator_id, name=Text(zh, en), unit=builders.unit(unit), nature=nature, **more)


INDICATORS = (
    _indicator("applications", "国内发明专利申请量", "Domestic invention applications", "件", Nature.FLOW),
    _indicator("valid", "有效发明专利拥有量", "Valid invention patents", "件", Nature.STOCK),
    _indicator("population", "年末常住人口", "Population at year-end", "万人", Nature.STOCK),
    _indicator(
        "per-10k",
        "每万人口发明专利拥有量",
        "Invention patents per 10,000 people",
        "件/万人",
        Nature.RATE,
        ratio=Ratio(numerator=("valid",), denominator=("population",), scale=Decimal(10_000), lag=0),
    ),
    _indicator("software", "计算机软件著作权登记量", "Software copyrights", "件", Nature.FLOW),
    _indicator(
        "software-share",
        "软件著作权占全国比重",
        "Share of the nation's software copyrights",
        "%",
        Nature.RATE,
        ratio=Ratio(
            numerator=("software",), denominator=("software",), scale=Decimal(100), lag=0, denominator_region="nation"
        ),
    ),
    _indicator("cases", "专利商标行政执法办案量", "Patent and trademark cases", "宗", Nature.FLOW),
    _indicator("help", "获得维权援助的企业数", "Firms given legal help", "家", Nature.FLOW),
    _indicator("days", "案件平均办理天数", "Mean days to settle a case", "个", Nature.RATE),
    _indicator("agencies", "专利代理机构数", "Patent agencies", "家", Nature.STOCK),
    _indicator("brought-in", "引进服务机构数", "Service institutions brought in", "家", Nature.FLOW),
    _indicator("bases", "国家级培训基地数", "National training bases", "家", Nature.STOCK),
    _indicator("attorneys", "专利代理师人数", "Patent attorneys", "人", Nature.STOCK),
    _indicator("loans", "质押融资金额", "Pledge loans", "万元", Nature.FLOW),
    _indicator("unpublished", "版权登记大厅服务量", "Services of the copyright hall", "件", Nature.FLOW),
)


def _target(number: int, target_id: str, area: str, measure: MeasureKind, **more: object) -> Target:
    indicator_id = more.pop("indicator", target_id)
    indicator = next((each for each in INDICATORS if each.id == indicator_id), None)
    given: dict[str, object] = {
        "area": area,
        "measure": measure,
        "indicator": indicator_id if indicator else None,
        "name": indicator.name if indicator else Text("", ""),
        "unit": indicator.unit if indicator else None,
        "clause": Clause(
            section=same("二(二)"),
            sentence=number,
            summary=Text("到2021年达到规定的水平", "reach the level set for 2021"),
        ),
        "departments": ("河湾市知识产权局",),
    }
    return builders.make_target(target_id, number, **{**given, **more})


TARGETS = (
    _target(
        1,
        "applications",
        "create",
        MeasureKind.RANK,
        comparator=Comparator.LE,
        value=Decimal(1),
        unit=builders.unit("位"),
        peers=("shanqian", "haibin"),
        assumption=Text("“领先”按第1位理解", "“leading” is read as first place"),
    ),
    _target(2, "valid", "create", MeasureKind.LEVEL, value=Decimal(130_000)),
    _target(
        3,
        "per-10k",
        "create",
        MeasureKind.LEVEL,
        value=Decimal(93),
        departments=("河湾市知识产权局", "河湾市统计局"),
        conventions=(
            Convention(id="same-year", name=Text("当年末常住人口", "population at the end of the year")),
            Convention(
                id="year-before", name=Text("上年末常住人口", "population at the end of the year before"), lag=1
            ),
        ),
    ),
    _target(4, "software-share", "create", MeasureKind.EVERY_YEAR, value=Decimal(10)),
    _target(
        5,
        "cases",
        "protect",
        MeasureKind.AVERAGE_GROWTH,
        value=Decimal(20),
        unit=builders.unit("%"),
        conventions=(
            Convention(id="geometric", name=Text("水平法", "geometric mean")),
            Convention(id="arithmetic", name=Text("算术平均", "arithmetic mean"), mean=Mean.ARITHMETIC),
            Convention(id="cumulative", name=Text("累计法", "cumulative approach"), mean=Mean.CUMULATIVE),
        ),
        departments=("河湾市市场监管局", "河湾市公安局"),
    ),
    _target(6, "help", "protect", MeasureKind.EVERY_YEAR, value=Decimal(120)),
    _target(7, "days", "protect", MeasureKind.LEVEL, comparator=Comparator.LE, value=Decimal(45)),
    _target(8, "agencies", "serve", MeasureKind.LEVEL, value=Decimal(180), weight=Decimal("1.5")),
    _target(9, "brought-in", "serve", MeasureKind.CUMULATIVE, value=Decimal(20), comparator=Comparator.GE),
    _target(10, "bases", "serve", MeasureKind.RANGE, comparator=Comparator.BETWEEN, value=Decimal(1), upper=Decimal(2)),
    _target(11, "attorneys", "serve", MeasureKind.LEVEL, value=Decimal(1000)),
    _target(12, "loans", "apply", MeasureKind.LEVEL, value=Decimal(1_250_000)),
    _target(13, "unpublished", "apply", MeasureKind.LEVEL, value=Decimal(500)),
    _target(
        14,
        "rules",
        "protect",
        MeasureKind.MANUAL,
        name=Text("完善知识产权保护政策法规体系", "Complete the rules on protection"),
        comparator=None,
        value=None,
        clause=Clause(
            section=same("二(三)"), sentence=1, summary=Text("完善政策法规体系", "complete the system of rules")
        ),
    ),
)

HOME_VALUES: dict[str, tuple[str | None, ...]] = {
    "applications": ("69969", "82852", "94026", "101500"),
    "valid": ("118872", "138534", "160014", "198031"),
    "population": ("1302.66", "1343.88", "1756.01", "1768.16"),
    "per-10k": (None, None, None, None),
    "software": ("152376", "182364", "209140", "221305"),
    "cases": ("740", "896", "1224", "1302"),
    "help": ("131", "132", "118", "125"),
    "days": ("61.5", "58.2", "50.4", "44.6"),
    "agencies": ("157", "176", "183", "179"),
    "brought-in": ("4", "6", "9", "7"),
    "bases": ("0", "1", "1", "3"),
    "attorneys": ("1012", "1160", "1329", "1504"),
    "loans": ("486200.5", "700000", "964310.25", "1249600.4"),
}
OTHER_VALUES: dict[str, dict[str, tuple[str | None, ...]]] = {
    "nation": {"software": ("1104839", "1484448", "1722904", "2280000")},
    "shanqian": {"applications": ("64000", "80100", "90010", "103000"), "agencies": ("88", "90", "120", "131")},
    "haibin": {"applications": ("55012", "56003", "61200", "60900"), "agencies": ("150", "170", "190", "210")},
}
PRINTED: dict[tuple[str, str, int], tuple[str, str, str]] = {
    # Printed in 万元 with one decimal less than the target needs: 1,249,600.4 stays below 1,250,000 in any case.
    ("hewan", "attorneys", 2019): ("约1160", "1150", "1170")
}

YEARS = (2018, 2019, 2020, 2021)


def observations(values: Mapping[str, Mapping[str, Sequence[str | None]]]) -> Iterator[Observation]:
    """Yield one observation a value, numbered in order, a sheet for each region."""
    number = 0
    for region, series in values.items():
        for row, (indicator, figures) in enumerate(series.items(), 4):
            for col, (year, value) in enumerate(zip(YEARS, figures, strict=True), 2):
                if value is None:
                    continue
                raw, low, high = PRINTED.get((region, indicator, year), (value, value, value))
                unit = next(each.unit.text for each in INDICATORS if each.id == indicator)
                yield builders.make_observation(
                    value,
                    str(year),
                    indicator=indicator,
                    region=region,
                    row=row,
                    col=col,
                    raw=raw,
                    low=low,
                    high=high,
                    number=number,
                    unit=unit,
                    sheet="全市" if region == builders.HOME else region,
                    bound=Bound.ABOUT if raw != value else Bound.EXACT,
                    status=ValueStatus.PROVISIONAL if year == 2021 and indicator == "agencies" else ValueStatus.FINAL,
                )
                number += 1


def make_plan(**more: object) -> Plan:
    """Return the plan with every measure."""
    given: dict[str, object] = {
        "name": Text(
            "河湾市知识产权工作方案(2019-2021年,虚构)", "Rivertown intellectual-property plan, 2019-2021 (fictional)"
        ),
        "areas": AREAS,
        "indicators": INDICATORS,
        "tasks": (
            builders.make_task(1, targets=("valid", "per-10k", "applications")),
            builders.make_task(2, title=Text("提高执法效率,缩短办案时间", "Settle cases faster"), targets=("days",)),
            builders.make_task(3, title=Text("举办知识产权宣传周", "Hold an annual week"), targets=()),
        ),
    }
    return builders.make_plan(TARGETS, **{**given, **more})


def make_card(
    as_of: dt.date = dt.date(2021, 12, 31),
    regions: Sequence[str] | None = None,
    extra: Mapping[str, Mapping[str, Sequence[str | None]]] | None = None,
    plan: Plan | None = None,
) -> Scorecard:
    """Return the scorecard as of a day, for the home region or for those named."""
    values = {builders.HOME: HOME_VALUES, **OTHER_VALUES, **(extra or {})}
    dataset = builders.make_dataset(observations(values))
    findings = (
        builders.make_finding(),
        builders.make_finding(Location("data.xlsx", "全市", "D7"), severity_override=Severity.WARNING),
    )
    made = score(plan or make_plan(), dataset, as_of=as_of, regions=regions)
    return replace(made, findings=findings)


def many_regions(n: int) -> dict[str, dict[str, tuple[str | None, ...]]]:
    """Return values of `n` fictional districts, each a little larger than the one before."""
    return {
        f"区{number:03d}": {
            "valid": tuple(str(1000 + 10 * number + 7 * step) for step in range(4)),
            "applications": tuple(str(60_000 + number + step) for step in range(4)),
            "cases": tuple(str(100 + number + 20 * step) for step in range(4)),
        }
        for number in range(1, n + 1)
    }
