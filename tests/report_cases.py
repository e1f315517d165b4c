"""Scorecards of the fictional city that show everything a report must show; figures worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import builders
from builders import make_figure, make_observation, make_result, make_root, make_target
from ipstrong.diagnostics import Location, Severity
from ipstrong.model.formula import Constant, Observed, Operation, Place
from ipstrong.model.plan import Clause, Comparator, MeasureKind, Nature
from ipstrong.model.result import Figure, NotComputed, Pace, PaceClass, Reading, Reason, Result, Scorecard, Status
from ipstrong.reports.formats import render
from ipstrong.reports.options import FailOn, ReportOptions
from ipstrong.texts import Lang, Text, same

D = Decimal


def rendered(
    result: object,
    name: str,
    lang: Lang,
    width: int = 80,
    *,
    color: bool = False,
    unicode: bool = True,
    fail_on: FailOn = "error",
) -> str:
    """Return a report that is text."""
    content = render(result, name, ReportOptions(lang, width, color, unicode, fail_on))
    assert isinstance(content, str)
    return content


def met() -> Result:
    """A stock well above its target: 138,534 of 130,000, from 106,917."""
    target = make_target(
        "trees",
        4,
        name=Text("城区乔木存量", "Trees standing in the city"),
        value=D(130000),
        assumption=Text("“城区”按建成区口径", '"the city" is read as the built-up area'),
    )
    return make_result(
        target,
        base=make_figure("106917", "2018", raw="106,917"),
        latest=make_figure("138534", raw="138,534"),
        yoy=D("0.114509"),
    )


def disputed() -> Result:
    """Per 10,000 people: 198,031 over 17,681,600 is 111.9983; over 21,500,000 it is 92.1074, which misses 93."""
    trees = make_observation("198031", "2021", row=5, raw="198,031")
    before = make_observation("17681600", "2020", indicator="population", row=6, raw="1768.16万", unit="人")
    census = make_observation("21500000", "2021", indicator="population", row=6, raw="2150万", unit="人")

    def per_10k(people: str, observation: object) -> Figure:
        value = D(198031) / D(people) * 10000
        formula = Operation("*", Operation("/", Observed(trees), Observed(observation)), Constant(D(10000)))  # type: ignore[arg-type]
        return make_figure(str(value), "2021", formula=formula)

    first, second = per_10k("17681600", before), per_10k("21500000", census)
    conventions = (
        builders.make_convention("before", name=Text("上年末常住人口", "population at the end of the year before")),
        builders.make_convention("same-year", name=Text("本年末常住人口", "population at the end of the same year")),
    )
    target = make_target(
        "trees-per-10k",
        5,
        name=Text("每万人拥有乔木", "Trees per 10,000 people"),
        value=D(93),
        unit=builders.unit("株/万人"),
        indicator="trees-per-10k",
        conventions=conventions,
    )
    return make_result(
        target,
        base=NotComputed(Reason.NO_BASE, Text("河湾市 2018 年常住人口", "population, Rivertown, 2018")),
        latest=first,
        disputed=True,
        readings=(
            Reading(conventions[0], D(93), 2018, first, True, Status.MET, first.value - 93),
            Reading(conventions[1], D(93), 2018, second, False, Status.MISSED, second.value - 93),
        ),
    )


def near_miss() -> Result:
    """9.96 % against at least 10 %: misses, though it rounds to 10.0."""
    target = make_target(
        "share", 8, name=Text("占全国比重", "Share of the nation"), area="water", value=D(10), unit=builders.unit("%")
    )
    latest = make_figure("9.96", "2021", row=7, unit="%", raw="9.96%")
    return make_result(target, base=make_figure("10.41", "2018", row=7, unit="%"), latest=latest, yoy=D("-0.2"))


def growth_tie() -> Result:
    """100 to 172.8 in three years is exactly 20 % a year, because 1.2 ** 3 = 1.728."""
    base, last = make_observation("100", "2018", row=8), make_observation("172.8", "2021", row=8)
    formula = Operation(
        "*",
        Operation("-", make_root(Operation("/", Observed(last), Observed(base)), 3), Constant(D(1))),
        Constant(D(100)),
    )
    target = make_target(
        "cases",
        9,
        name=Text("巡查办案量年均增幅", "Average growth of patrol cases"),
        measure=MeasureKind.AVERAGE_GROWTH,
        value=D(20),
        unit=builders.unit("%"),
        clause=Clause(
            section=same("二(二)"),
            sentence=1,
            summary=Text("办案量年均增长20%以上", "cases growing by 20 % a year or more"),
        ),
    )
    none = NotComputed(Reason.IS_GROWTH)
    return make_result(
        target,
        base=make_figure("100", "2018", row=8),
        # As roots come out of fifty digits: a hair below 20, though the verdict by exact arithmetic is met.
        latest=make_figure("19.99999999999999999999999999999999999999999999999999", "2021", formula=formula),
        status=Status.MET,
        met_now=True,
        gap=D("-1E-48"),
        attainment=D("0.9999999999999999999999999999999999999999999999999995"),
        progress=none,
        expected=none,
        pace=none,
        yoy=D("0.2"),
        yoy_in_points=False,
        series=tuple(
            make_figure(value, str(year), row=8)
            for value, year in zip(("100", "120", "144", "172.8"), builders.YEARS, strict=True)
        ),
        readings=(),
    )


def uncertain() -> Result:
    """13.0万 stands for 129,500 to 130,500; the target 130,000 lies between."""
    latest = make_figure("130000", "2021", low="129500", high="130500", row=9, raw="13.0万")
    target = make_target("shrubs", 11, name=Text("灌木存量", "Shrubs"), value=D(130000))
    result = make_result(target, base=make_figure("90000", "2018", row=9), latest=latest)
    return replace(result, status=Status.UNCERTAIN, met_now=None)


def missing() -> Result:
    """Nothing was reported."""
    what = Text("行道树", "Street trees")
    return make_result(make_target("street", 12, name=what, value=D(60)), latest=NotComputed(Reason.NO_DATA, what))


def manual() -> Result:
    """A clause without a number."""
    target = make_target(
        "culture",
        18,
        name=Text("持续开展爱绿护绿教育", "Keep teaching people to care for trees"),
        area="water",
        measure=MeasureKind.MANUAL,
        comparator=None,
        value=None,
        unit=None,
        indicator=None,
        deadline=0,
    )
    return make_result(target, base=NotComputed(Reason.MANUAL), latest=NotComputed(Reason.MANUAL))


def rank() -> Result:
    """Second among three: one peer has more."""
    own = make_observation("9000", "2021", row=10)
    peers = (
        make_observation("9800", "2021", region="shanqian", row=11, sheet="其他城市"),
        make_observation("4100", "2021", region="haibin", row=12, sheet="其他城市"),
    )
    formula = Place(Observed(own), tuple(Observed(peer) for peer in peers), 1)
    target = make_target(
        "planting-rank",
        1,
        name=Text("年植树量位次", "Rank by trees planted"),
        measure=MeasureKind.RANK,
        comparator=Comparator.LE,
        value=D(1),
        unit=builders.unit("位"),
        assumption=Text("“领先”按第1位理解", '"leading" is read as first place'),
    )
    none = NotComputed(Reason.IS_RANK)
    return make_result(
        target,
        base=NotComputed(Reason.NO_BASE, Text("2018年", "2018")),
        latest=make_figure("2", "2021", formula=formula),
        progress=none,
        expected=none,
        pace=none,
        yoy=none,
        notes=(Text("2021 年按 2 个可比地区中有数据的 2 个排位", "2021: ranked among the 2 of 2 peers with data"),),
    )


def between() -> Result:
    """One to two bases are asked for; three are there."""
    target = make_target(
        "bases",
        17,
        name=Text("苗木基地", "Nurseries"),
        area="water",
        measure=MeasureKind.RANGE,
        comparator=Comparator.BETWEEN,
        value=D(1),
        upper=D(2),
        unit=builders.unit("个"),
    )
    result = make_result(target, base=make_figure("1", "2018", row=13), latest=make_figure("3", "2021", row=13))
    return replace(result, status=Status.MISSED, met_now=False, gap=D(-1), attainment=D(2) / 3, readings=())


def final_plan() -> Scorecard:
    """Everything at the deadline: each status but those of the way there."""
    results = (rank(), met(), disputed(), growth_tie(), uncertain(), missing(), near_miss(), between(), manual())
    indicators = (
        builders.make_indicator(),
        builders.make_indicator(
            "trees-per-10k", name=Text("每万人拥有乔木", "Trees per 10,000 people"), nature=Nature.RATE
        ),
        builders.make_indicator(
            "population", name=Text("常住人口", "Resident population"), unit=builders.unit("人"), nature=Nature.STOCK
        ),
    )
    plan = builders.make_plan([result.target for result in results], indicators=indicators)
    findings = (
        builders.make_finding(),
        builders.make_finding(Location("data.xlsx", "全市", "D9"), severity_override=Severity.WARNING),
    )
    return builders.make_scorecard(results, plan, findings=findings)


def on_the_way() -> Scorecard:
    """Two years before the deadline: 100 in 2018, 120 in 2019, 160 asked for in 2021; and one that goes too slowly."""

    def half_way(target_id: str, number: int, latest: str, status: Status, pace: Pace, projection: str) -> Result:
        value = D(latest)
        return make_result(
            make_target(target_id, number, name=Text(f"绿地第{number}类", f"Green space, kind {number}"), value=D(160)),
            base=make_figure("100", "2018", row=4 + number),
            latest=make_figure(latest, "2019", row=4 + number),
            status=status,
            expected=D(120),
            pace=pace,
            progress=(value - 100) / 60,
            needed_per_year=(160 - value) / 2,
            projection=D(projection),
            growth_projection=value * value * value / 10000,
            eta=2018 + 60 / (value - 100),
            yoy=value / 100 - 1,
        )

    fast = half_way("first", 1, "121", Status.ON_TRACK, Pace(D("1.05"), PaceClass.ON_TRACK), "163")
    slow = half_way("second", 2, "110", Status.BEHIND, Pace(D("0.5"), PaceClass.INSUFFICIENT), "130")
    waiting = replace(
        make_result(make_target("third", 3, value=D(50)), base="10", latest=NotComputed(Reason.NO_DATA, None)),
        status=Status.NOT_DUE,
    )
    return builders.make_scorecard((fast, slow, waiting), as_of=dt.date(2019, 12, 31), years=(2018, 2019))


def many_regions(count: int = 7) -> Scorecard:
    """One met and one missed target in each of many regions."""
    names = [Text(f"虚构区{index + 1}", f"District {index + 1}") for index in range(count)]
    results = [
        replace(result, region=f"district-{index + 1}", region_name=name)
        for index, name in enumerate(names)
        for result in (met(), near_miss())
    ]
    return builders.make_scorecard(results)


HOSTILE = "\x1b[31m[red]=1+1\u202e|`<b>\n"


def hostile() -> Scorecard:
    """Names and cells that try to steer terminals, spreadsheets and pages."""
    observation = make_observation("120", raw=HOSTILE, file=f"{HOSTILE}.xlsx", sheet=HOSTILE)
    target = make_target(name=Text(HOSTILE, HOSTILE), assumption=Text(HOSTILE, HOSTILE))
    result = make_result(target, latest=make_figure("120", formula=Observed(observation)))
    return builders.make_scorecard((replace(result, region_name=Text(HOSTILE, HOSTILE)),))


SCORECARDS = {"final": final_plan, "on-the-way": on_the_way, "regions": many_regions, "hostile": hostile}
