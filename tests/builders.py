"""Hand-made plans, observations, results and scorecards, with a default for everything.

The city (河湾市, Rivertown), its neighbours and all figures are fictional. Derived figures of `make_result` follow the
definitions in `ipstrong.model.result` by plain arithmetic; a test that needs others passes them by name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import polars as pl

from ipstrong.diagnostics import Code, Finding, Location, Severity
from ipstrong.measures.progress import quantities
from ipstrong.model.dataset import COLUMNS, Bound, Dataset, Observation, SourceFile, ValueStatus
from ipstrong.model.derivations import derivations
from ipstrong.model.formula import ONE, Constant, Formula, Observed, Power, Quantities
from ipstrong.model.period import Period, parse_period
from ipstrong.model.plan import (
    TARGET_KINDS,
    Area,
    Clause,
    Comparator,
    Convention,
    Header,
    Indicator,
    MeasureKind,
    Milestone,
    Nature,
    PacePreset,
    Plan,
    Region,
    RegionKind,
    Target,
    Task,
)
from ipstrong.model.result import (
    Figure,
    Grade,
    NotComputed,
    Pace,
    PaceClass,
    Reading,
    Reason,
    Result,
    Scorecard,
    Status,
    Summary,
)
from ipstrong.model.unit import Unit, parse_unit
from ipstrong.texts import Text, same

HOME = "hewan"
HOME_NAME = Text("河湾市", "Rivertown")
YEARS = (2018, 2019, 2020, 2021)
FIRST_ROW, FIRST_COLUMN = 4, 2
"""0-based cell of the first value (2018) on the default sheet: C5."""

_FLOAT = dict.fromkeys(("value", "factor", "half_width"), pl.Float64)
SCHEMA = pl.Schema({**dict.fromkeys(COLUMNS, pl.String), "row": pl.UInt32, "col": pl.UInt32, **_FLOAT})
"""Of `Dataset.frame`."""


def unit(text: str) -> Unit:
    """Return the unit; a test that misspells one fails here."""
    found = parse_unit(text)
    assert found is not None, text
    return found


def period(text: str | Period) -> Period:
    """Return the period of a canonical text."""
    found = parse_period(text) if isinstance(text, str) else text
    assert found is not None, text
    return found


def make_observation(
    value: str = "120",
    when: str = "2021",
    *,
    indicator: str = "trees",
    region: str = HOME,
    low: str | None = None,
    high: str | None = None,
    row: int = FIRST_ROW,
    col: int | None = None,
    raw: str | None = None,
    number: int | None = None,
    sheet: str | None = "全市",
    **others: Any,
) -> Observation:
    """Return an observation; the column follows from the year (2018 is in C), the number from row and column."""
    moment = period(when)
    column = FIRST_COLUMN + moment.year - YEARS[0] if col is None else col
    fields: dict[str, Any] = {
        "indicator": indicator,
        "region": region,
        "period": moment,
        "value": Decimal(value),
        "low": Decimal(low or value),
        "high": Decimal(high or value),
        "status": ValueStatus.FINAL,
        "bound": Bound.EXACT,
        "file": "data.xlsx",
        "sheet": sheet,
        "row": row,
        "col": column,
        "raw": value if raw is None else raw,
        "unit": "株",
        "number": (row - FIRST_ROW) * len(YEARS) + column - FIRST_COLUMN if number is None else number,
    }
    return Observation(**{**fields, **others})


def make_root(radicand: Formula, degree: int) -> Power:
    """Return the n-th root of a formula."""
    return Power(radicand, ONE, Constant(Decimal(degree)))


def make_figure(
    value: str = "120",
    when: str = "2021",
    *,
    low: str | None = None,
    high: str | None = None,
    formula: Formula | None = None,
    **observation: Any,
) -> Figure:
    """Return a figure that is one observation, or made by the given formula."""
    made = formula or Observed(make_observation(value, when, low=low, high=high, **observation))
    return Figure(period(when), Decimal(value), Decimal(low or value), Decimal(high or value), made)


def make_indicator(indicator_id: str = "trees", **fields: Any) -> Indicator:
    """Return an indicator counted in 株."""
    given: dict[str, Any] = {"name": Text("植树株数", "Trees planted"), "unit": unit("株"), "nature": Nature.FLOW}
    return Indicator.model_construct(id=indicator_id, **{**given, **fields})


def make_target(target_id: str = "trees", number: int = 1, **fields: Any) -> Target:
    """Return a target: at least 110 株 of the indicator `trees` in 2021, from the base 2018."""
    given: dict[str, Any] = {
        "id": target_id,
        "number": number,
        "name": Text("植树株数", "Trees planted"),
        "area": "green",
        "measure": MeasureKind.LEVEL,
        "clause": Clause(
            section=same("二(一)"),
            sentence=2,
            summary=Text("到2021年,植树110株以上", "by 2021, at least 110 trees planted"),
        ),
        "indicator": "trees",
        "comparator": Comparator.GE,
        "value": Decimal(110),
        "unit": unit("株"),
        "base_year": 2018,
        "start_year": 2019,
        "deadline": 2021,
        "weight": Decimal(1),
        "departments": ("河湾市园林局",),
    }
    made = {**given, **fields}
    return TARGET_KINDS[made["measure"]].model_construct(**made)


def make_convention(convention_id: str = "base-2018", **fields: Any) -> Convention:
    """Return a convention of a target."""
    given: dict[str, Any] = {"name": Text("以2018年为基期", "base year 2018"), "base_year": 2018}
    return Convention.model_construct(id=convention_id, **{**given, **fields})


def make_plan(targets: Sequence[Target] | None = None, **fields: Any) -> Plan:
    """Return a plan of the fictional city with two areas, two peers, one task and one milestone."""
    given: dict[str, Any] = {
        "id": "hewan-green-2021",
        "name": Text("河湾市绿化工作方案(2019-2021年)", "Rivertown greening plan, 2019-2021"),
        "path": "targets.yaml",
        "start_year": 2019,
        "end_year": 2021,
        "base_year": 2018,
        "home": HOME,
        "regions": (
            Region(id=HOME, name=HOME_NAME, kind=RegionKind.HOME, aliases=("河湾",)),
            Region(id="nation", name=Text("全国", "Nation"), kind=RegionKind.NATION),
            Region(id="shanqian", name=Text("山前市", "Hillside"), kind=RegionKind.PEER),
            Region(id="haibin", name=Text("海滨市", "Seaside"), kind=RegionKind.PEER),
        ),
        "areas": (Area(id="green", name=Text("绿化", "Greening")), Area(id="water", name=Text("水务", "Water"))),
        "indicators": (make_indicator(),),
        "targets": tuple(targets) if targets is not None else (make_target(),),
        "pace": PacePreset(
            id="straight-line", name=Text("直线进度", "straight line"), on_track=Decimal("0.95"), slow=Decimal("0.60")
        ),
        "tasks": (make_task(),),
        "milestones": (make_milestone(),),
        "issuer": Text("河湾市人民政府(虚构)", "Government of Rivertown (fictional)"),
    }
    made = {**given, **fields}
    header = Header.model_construct(**{key: made.pop(key) for key in Header.model_fields if key in made})
    return Plan.model_construct(header=header, **made)


def make_task(number: int = 1, **fields: Any) -> Task:
    """Return a task with a lead and two cooperating units."""
    given: dict[str, Any] = {
        "number": number,
        "title": Text("扩大城区绿地", "Extend green space in the city"),
        "programme": Text("绿化提升工程", "Greening programme"),
        "lead": ("河湾市园林局",),
        "cooperating": ("河湾市财政局", "各区政府"),
        "targets": ("trees",),
        "clause": Clause(section=same("三(一)"), sentence=1, summary=Text("扩大城区绿地", "extend green space")),
    }
    return Task.model_construct(**{**given, **fields})


def make_milestone(milestone_id: str = "yearly-report", **fields: Any) -> Milestone:
    """Return a duty due on every 15 December of the plan."""
    given: dict[str, Any] = {
        "name": Text("报送年度进展", "Report the year's progress"),
        "dates": ("2019-12-15", "2020-12-15", "2021-12-15"),
        "department": "河湾市园林局",
        "clause": Clause(
            section=same("四(三)"), sentence=1, summary=Text("每年12月15日前报送", "report by 15 December of each year")
        ),
    }
    return Milestone.model_construct(id=milestone_id, **{**given, **fields})


MISSING = NotComputed(Reason.NO_DATA, Text("植树株数", "Trees planted"))


def _figure(value: Figure | NotComputed | str, when: str) -> Figure | NotComputed:
    return make_figure(value, when) if isinstance(value, str) else value


def make_result(
    target: Target | None = None,
    *,
    base: Figure | NotComputed | str = "100",
    latest: Figure | NotComputed | str = "120",
    **fields: Any,
) -> Result:
    """Return the result of a level target; figures given as text are single observations of 2018 and 2021."""
    goal = target or make_target()
    first, last = _figure(base, "2018"), _figure(latest, "2021")
    made = _no_data(goal, first, last) if isinstance(last, NotComputed) else _computed(goal, first, last)
    result = Result(
        target=goal,
        region=HOME,
        region_name=HOME_NAME,
        disputed=False,
        base=first,
        latest=last,
        target_value=goal.value,
        yoy_in_points=bool(goal.unit and goal.unit.is_percent),
        **made,
    )
    result = replace(result, **fields)
    made_by = None
    if goal.comparator is not None:
        direction, is_range = goal.comparator.direction, goal.upper is not None
        made_by = derivations(direction, is_range=is_range, in_points=result.yoy_in_points)
    return replace(result, derivations=made_by, quantities=_quantities(result))


def _quantities(result: Result) -> Quantities:
    latest, target = result.latest, result.target
    if isinstance(latest, NotComputed) or result.target_value is None:
        return Quantities()
    base = result.base if isinstance(result.base, Figure) else None
    series = dict(zip(YEARS, result.series, strict=False))
    pair = [series.get(latest.period.year - back) for back in (0, 1)]
    current, previous = (figure.value if isinstance(figure, Figure) else None for figure in pair)
    given = quantities(latest, base, result.target_value, target.upper, target.deadline)
    return given._replace(current=current, previous=previous)


def _no_data(goal: Target, base: Figure | NotComputed, latest: NotComputed) -> dict[str, Any]:
    names = ("gap", "attainment", "progress", "expected", "pace", "growth_pace", "needed_per_year")
    more = ("projection", "growth_projection", "eta", "yoy")
    return {
        **dict.fromkeys((*names, *more), latest),
        "status": Status.MANUAL if goal.is_manual else Status.NO_DATA,
        "met_now": None,
        "series": (base, latest, latest, latest),
        "readings": (),
        "reason": NotComputed(Reason.MANUAL) if goal.is_manual else latest,
    }


def _computed(goal: Target, base: Figure | NotComputed, latest: Figure) -> dict[str, Any]:
    assert goal.value is not None
    direction = goal.comparator.direction if goal.comparator else 1
    gap = (latest.value - goal.value) * (direction or 1)
    attainment = latest.value / goal.value if direction >= 0 else goal.value / latest.value
    met = gap >= 0
    nothing = NotComputed(Reason.DEADLINE_PASSED)
    middle = NotComputed(Reason.MISSING_YEAR, Text("2020年", "2020"))
    progress: Decimal | NotComputed = NotComputed(Reason.NO_BASE, goal.name)
    pace: Pace | NotComputed = NotComputed(Reason.NO_BASE, goal.name)
    if isinstance(base, Figure) and goal.value != base.value:
        progress = (latest.value - base.value) / (goal.value - base.value)
        pace = Pace(progress, PaceClass.ON_TRACK if met else PaceClass.SLOW)
    return {
        "status": Status.MET if met else Status.MISSED,
        "met_now": met,
        "series": (base, NotComputed(Reason.MISSING_YEAR, Text("2019年", "2019")), middle, latest),
        "gap": gap,
        "attainment": attainment,
        "progress": progress,
        "expected": goal.upper if goal.upper is not None and latest.value > goal.upper else goal.value,
        "pace": pace,
        "growth_pace": NotComputed(Reason.TOO_FEW_POINTS),
        "needed_per_year": nothing,
        "projection": nothing,
        "growth_projection": nothing,
        "eta": NotComputed(Reason.ALREADY_MET) if met else nothing,
        "yoy": middle,
        "readings": (
            Reading(None, goal.value, goal.base_year, latest, met, Status.MET if met else Status.MISSED, gap),
        ),
        "reason": None,
    }


def make_summary(results: Iterable[Result], region: str = HOME, region_name: Text = HOME_NAME) -> Summary:
    """Return counts of the statuses and the weighted mean of min(attainment, 1)."""
    own = [result for result in results if result.region == region]
    done = [(r.target.weight, min(r.attainment, Decimal(1))) for r in own if isinstance(r.attainment, Decimal)]
    weight = sum((w for w, _ in done), Decimal(0))
    score = 100 * sum((w * a for w, a in done), Decimal(0)) / weight if weight else None
    grade = None
    if score is not None:
        marks = ((90, Grade.EXCELLENT), (80, Grade.GOOD), (60, Grade.FAIR), (-1, Grade.POOR))
        grade = next(grade for mark, grade in marks if score >= mark)
    return Summary(
        region=region,
        region_name=region_name,
        counts={status: sum(1 for result in own if result.status is status) for status in Status},
        n_disputed=sum(1 for result in own if result.disputed),
        score=NotComputed(Reason.NO_DATA) if score is None else score,
        grade=grade,
        weight_assessed=weight,
        weight_total=sum((result.target.weight for result in own), Decimal(0)),
    )


def make_file(path: str = "data.xlsx", **fields: Any) -> SourceFile:
    """Return a workbook with one sheet that was read."""
    given: dict[str, Any] = {"sha256": "0" * 64, "kind": "xlsx", "sheets": ("全市",)}
    return SourceFile(path, **{**given, **fields})


def make_dataset(observations: Iterable[Observation] = (), **fields: Any) -> Dataset:
    """Return a dataset whose frame has each observation at its own row number, missing marks in between."""
    by_number = {observation.number: observation for observation in observations}
    height = max(by_number, default=-1) + 1
    frame = pl.DataFrame([_row(by_number.get(number), number) for number in range(height)], schema=SCHEMA, orient="row")
    given: dict[str, Any] = {"files": (make_file(),), "series": (), "findings": ()}
    return Dataset(frame, **{**given, **fields})


def _row(found: Observation | None, number: int) -> tuple[object, ...]:
    if found is None:
        row, col = divmod(number, len(YEARS))
        when = str(YEARS[col])
        place = ("data.xlsx", "全市", FIRST_ROW + row, FIRST_COLUMN + col)
        return (*place, "植树株数", HOME, when, None, "株", 1.0, 0.0, "exact", "final", "trees", "—", "")
    return (
        *(found.file, found.sheet, found.row, found.col, "植树株数", found.region, str(found.period)),
        *(float(found.value), found.unit, 1.0, float(found.high - found.low) / 2),
        *(found.bound.value, found.status.value, found.indicator, found.raw, ""),
    )


def make_scorecard(results: Sequence[Result] | None = None, plan: Plan | None = None, **fields: Any) -> Scorecard:
    """Return a scorecard over the results (default: one met target), as of the end of 2021."""
    scored = tuple(results) if results is not None else (make_result(),)
    regions = {result.region: result.region_name for result in scored}
    given: dict[str, Any] = {
        "plan": plan or make_plan(tuple({result.target.id: result.target for result in scored}.values())),
        "as_of": dt.date(2021, 12, 31),
        "years": YEARS,
        "results": scored,
        "summaries": tuple(make_summary(scored, region, name) for region, name in regions.items()),
        "dataset": make_dataset(observation for result in scored for observation in result.observations),
        "findings": (),
    }
    return Scorecard(**{**given, **fields})


EXAMPLE_CODE = Code(
    id="DATA999",
    severity=Severity.ERROR,
    title=Text("测试用问题", "problem for tests"),
    message=Text("不是数字:{text!r}", "not a number: {text!r}"),
    hint=Text("改成数字", "write a number"),
    explanation=Text("仅供测试", "for tests only"),
)
"""A code outside the table, for tests of reports."""


def make_finding(place: Location | None = None, **fields: Any) -> Finding:
    """Return a finding of `EXAMPLE_CODE` at C5 of the default sheet."""
    given: dict[str, Any] = {
        "code": EXAMPLE_CODE,
        "location": place or Location("data.xlsx", "全市", "C5"),
        "params": {"text": "n/a"},
    }
    return Finding(**{**given, **fields})
