"""What the parts of a plan must be to one another: ratios, measures, years, conventions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ipstrong.diagnostics.codes import plan as codes
from ipstrong.model.unit import Unit
from ipstrong.planfile.nodes import Node
from ipstrong.planfile.positions import Document, KeyPath
from ipstrong.planfile.spec import HeaderSpec, IndicatorSpec, MilestoneSpec, PlanSpec, RatioSpec, TaskSpec
from ipstrong.planfile.spec_targets import (
    AverageGrowthTargetSpec,
    ConventionSpec,
    CumulativeTargetSpec,
    EveryYearTargetSpec,
    QuantitativeTargetSpec,
    RangeTargetSpec,
    RankTargetSpec,
    ThresholdTargetSpec,
)
from ipstrong.planfile.units import Units
from ipstrong.texts import Text, same

Locate = Callable[[str, int], KeyPath]
"""Key path of an entry: its section and its number among the entries that were kept."""

_AFTER = Text("晚于", "after")
_NOT_BEFORE = Text("晚于或等于", "at or after")
_NATURES = {
    "stock": Text("时点数", "a stock"),
    "flow": Text("时期数", "a flow"),
    "rate": Text("比率", "a rate"),
    "rank": Text("位次", "a rank"),
}
_PURE = ("", "倍")
"""Dimensions of a quotient of two like quantities, beside the percent."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every check needs."""

    spec: PlanSpec
    header: HeaderSpec | None
    """None where the header is wrong: what depends on it is not checked."""
    document: Document
    units: Units
    locate: Locate
    indicators: dict[str, IndicatorSpec]

    def is_derived(self, indicator_id: str) -> bool:
        """Whether the indicator is known and computed from others."""
        indicator = self.indicators.get(indicator_id)
        return indicator is not None and indicator.ratio is not None

    def unit_of(self, indicator_id: str) -> Unit | None:
        """Return the unit of a known indicator."""
        indicator = self.indicators.get(indicator_id)
        return None if indicator is None else self.units.find(indicator.unit)


def check_relations(context: Context) -> None:
    """Add a finding for everything in the plan that contradicts something else in it."""
    if context.header is not None:
        _check_header(context, context.header)
    _check_pace(context)
    for index, indicator in enumerate(context.spec.indicators):
        if indicator.ratio is not None:
            _check_ratio(context, indicator, indicator.ratio, context.locate("indicators", index))
    _check_circles(context)
    for index, target in enumerate(context.spec.targets):
        if isinstance(target, QuantitativeTargetSpec):
            _TargetCheck(context, target, context.locate("targets", index)).run()
    for index, task in enumerate(context.spec.tasks):
        _check_task(context.document, task, context.locate("tasks", index))
    for index, milestone in enumerate(context.spec.milestones):
        _check_milestone(context, milestone, context.locate("milestones", index))


def _check_header(context: Context, header: HeaderSpec) -> None:
    _check_years(
        context.document, ("plan", "end_year"), ("start_year", header.start_year), ("end_year", header.end_year)
    )
    _check_years(
        context.document,
        ("plan", "base_year"),
        ("base_year", header.base_year),
        ("end_year", header.end_year),
        strict=True,
    )
    regions = context.document.node(("regions",))
    entries = regions.children if regions and isinstance(regions.children, list) else []
    ids = [_value(entry.child("id")) for entry in entries]
    kinds = [str(name) for name, entry in zip(ids, entries, strict=True) if _value(entry.child("kind")) == "home"]
    is_known = header.home in ids  # an unknown home is complained of as a reference
    if kinds != [header.home] and is_known:
        found = same(", ".join(kinds)) if kinds else Text("（没有）", "(none)")
        context.document.report(codes.HOME_MISMATCH, ("plan", "home"), home=header.home, found=found)


def _value(node: Node | None) -> object:
    return None if node is None else node.value


def _check_years(
    document: Document, path: KeyPath, earlier: tuple[str, int], later: tuple[str, int], *, strict: bool = False
) -> None:
    if earlier[1] > later[1] or (strict and earlier[1] == later[1]):
        document.report(
            codes.YEARS_OUT_OF_ORDER,
            path,
            earlier=f"{earlier[0]} {earlier[1]}",
            later=f"{later[0]} {later[1]}",
            relation=_NOT_BEFORE if strict else _AFTER,
        )


def _check_pace(context: Context) -> None:
    pace = context.spec.pace
    if isinstance(pace, str):
        return  # whether the preset exists is checked where it is taken
    if not Decimal(0) < pace.slow < pace.on_track:
        context.document.report(codes.PACE_MISMATCH, ("pace", "on_track"), on_track=pace.on_track, slow=pace.slow)


def _check_ratio(context: Context, indicator: IndicatorSpec, ratio: RatioSpec, path: KeyPath) -> None:
    if indicator.nature != "rate":
        context.document.report(
            codes.NATURE_MISMATCH,
            (*path, "nature"),
            measure=Text("比值", "a ratio"),
            indicator=indicator.id,
            nature=_NATURES[indicator.nature],
            cure=Text("派生指标写 nature: rate", "write nature: rate for a derived indicator"),
        )
    unit = context.units.find(indicator.unit)
    if unit is None or not check_quotient(context, unit, ratio.numerator, ratio.denominator, (*path, "unit")):
        return
    expected = scale_of(unit)
    if ratio.scale is not None and ratio.scale != expected:
        context.document.report(
            codes.SCALE_MISMATCH,
            (*path, "ratio", "scale"),
            scale=f"{ratio.scale:f}",
            unit=unit.text,
            expected=f"{expected.normalize():f}",
        )


def scale_of(unit: Unit) -> Decimal:
    """Return the factor that turns a quotient of base units into `unit`: 10000 for 件/万人, 100 for %."""
    return Decimal(100) / unit.factor if unit.is_percent else 1 / unit.factor


def check_quotient(
    context: Context, unit: Unit, numerators: tuple[str, ...], denominators: tuple[str, ...], path: KeyPath
) -> bool:
    """Complain where numerator over denominator is not of the unit's dimension; return whether all fit."""
    fits = True
    for above in numerators:
        for below in denominators:
            over, under = context.unit_of(above), context.unit_of(below)
            if over is None or under is None or _is_quotient(unit, over, under):
                continue
            fits = False
            context.document.report(
                codes.RATIO_MISMATCH,
                path,
                numerator=Text(f"{over.text}('{above}')", f"'{above}' ({over.text})"),
                denominator=Text(f"{under.text}('{below}')", f"'{below}' ({under.text})"),
                unit=unit.text,
                cure=_quotient_cure(over, under),
            )
    return fits


def _is_quotient(unit: Unit, over: Unit, under: Unit) -> bool:
    if over.dimension == under.dimension:
        return unit.is_percent or unit.dimension in _PURE
    return unit.dimension == f"{over.dimension}/{under.dimension}"


def _quotient_cure(over: Unit, under: Unit) -> Text:
    wanted = "%" if over.dimension == under.dimension else f"{over.dimension}/{under.dimension}"
    return Text(
        f"单位应可换算成 '{wanted}'，或换分子、分母", f"use a unit that converts to '{wanted}', or other indicators"
    )


def _check_circles(context: Context) -> None:
    uses = {
        indicator.id: (*indicator.ratio.numerator, *indicator.ratio.denominator)
        for indicator in context.spec.indicators
        if indicator.ratio is not None
    }
    done: set[str] = set()
    for index, indicator in enumerate(context.spec.indicators):
        chain = _circle(indicator.id, uses, done)
        if chain is not None:
            done.update(chain)
            path = (*context.locate("indicators", index), "ratio")
            context.document.report(codes.CIRCULAR_RATIO, path, chain=" -> ".join(chain))


def _circle(start: str, uses: dict[str, tuple[str, ...]], done: set[str]) -> list[str] | None:
    """Return the shortest way from an indicator back to itself, None when there is none."""
    if start in done or start not in uses:
        return None
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for used in uses.get(way[-1], ()):
            if used == start:
                return [*way, used]
            if used not in seen:
                seen.add(used)
                ways.append([*way, used])
    return None


class _TargetCheck:
    """The checks of one target."""

    def __init__(self, context: Context, target: QuantitativeTargetSpec, path: KeyPath) -> None:
        self._context = context
        self._document = context.document
        self._target = target
        self._path = path
        self._indicator = context.indicators.get(target.indicator)

    def run(self) -> None:
        self._check_years()
        self._check_unit()
        self._check_nature()
        match self._target:
            case RankTargetSpec() as rank:
                self._check_rank(rank)
            case RangeTargetSpec() as bounds if bounds.lower > bounds.upper:
                self._document.report(
                    codes.REVERSED_RANGE, (*self._path, "lower"), lower=bounds.lower, upper=bounds.upper
                )
            case _:
                pass
        self._check_conventions()

    def _check_years(self) -> None:
        header, target = self._context.header, self._target
        deadline = target.deadline or (header and header.end_year)
        base = target.base_year or (header and header.base_year)
        has_own = target.deadline is not None or target.base_year is not None
        if deadline and base and has_own:
            key = "base_year" if target.base_year is not None else "deadline"
            _check_years(self._document, (*self._path, key), ("base_year", base), ("deadline", deadline), strict=True)
        if isinstance(target, EveryYearTargetSpec | CumulativeTargetSpec) and deadline:
            start = target.start_year or (header and header.start_year)
            if start:
                key = "start_year" if target.start_year is not None else "deadline"
                _check_years(self._document, (*self._path, key), ("start_year", start), ("deadline", deadline))
        if deadline:
            for index, convention in enumerate(target.conventions):
                if convention.base_year is not None:
                    path = (*self._path, "conventions", index, "base_year")
                    pair = ("base_year", convention.base_year)
                    _check_years(self._document, path, pair, ("deadline", deadline), strict=True)

    def _check_unit(self) -> None:
        target = self._target
        if not isinstance(target, ThresholdTargetSpec | RangeTargetSpec) or target.unit is None:
            return
        unit = self._context.units.find(target.unit)
        growth = isinstance(target, AverageGrowthTargetSpec)
        wanted = self._context.units.find("%") if growth else self._context.unit_of(target.indicator)
        if unit is None or wanted is None or unit.dimension == wanted.dimension:
            return
        cure = (
            Text("增速用 %，或删去 unit", "growth is in %; or leave unit out")
            if growth
            else Text(
                f"用能换算成 '{wanted.text}' 的单位，或删去 unit",
                f"use a unit that converts to '{wanted.text}', or leave it out",
            )
        )
        self._document.report(
            codes.UNIT_MISMATCH, (*self._path, "unit"), unit=target.unit, other=wanted.text, cure=cure
        )

    def _check_nature(self) -> None:
        nature = self._indicator.nature if self._indicator is not None else None
        cure = None
        match self._target:
            case RankTargetSpec() if nature == "rank":
                cure = Text(
                    "用 measure: level 和 <=，或把它写进 reported_rank",
                    "use measure: level with <=, or name it as reported_rank",
                )
            case AverageGrowthTargetSpec() if nature == "rank":
                cure = Text("用 measure: level", "use measure: level")
            case CumulativeTargetSpec() if nature in ("rate", "rank"):
                cure = Text("用 measure: level 或 every_year", "use measure: level or every_year")
            case _:
                return
        assert nature is not None
        self._document.report(
            codes.NATURE_MISMATCH,
            (*self._path, "measure"),
            measure=same(self._target.measure),
            indicator=self._target.indicator,
            nature=_NATURES[nature],
            cure=cure,
        )

    def _check_rank(self, rank: RankTargetSpec) -> None:
        if rank.comparator not in ("<=", "<"):
            self._document.report(
                codes.COMPARATOR_MISMATCH,
                (*self._path, "comparator"),
                measure=same("rank"),
                comparator=rank.comparator,
                choices='"<=", "<"',
            )
        regions = self._context.spec.regions
        peers = rank.peers or [region.id for region in regions if region.kind == "peer"]
        declared = self._document.node(("regions",))
        is_whole = declared is not None and len(declared.children or ()) == len(regions)
        if not peers and rank.reported_rank is None and is_whole:
            self._document.report(codes.RANK_WITHOUT_PEERS, self._path)
        reported = self._context.indicators.get(rank.reported_rank or "")
        if reported is not None and reported.nature != "rank":
            self._document.report(
                codes.NATURE_MISMATCH,
                (*self._path, "reported_rank"),
                measure=same("reported_rank"),
                indicator=reported.id,
                nature=_NATURES[reported.nature],
                cure=Text("公布位次的指标写 nature: rank", "an indicator of a published rank has nature: rank"),
            )

    def _check_conventions(self) -> None:
        seen: dict[tuple[object, ...], str] = {}
        for index, convention in enumerate(self._target.conventions):
            path = (*self._path, "conventions", index)
            self._check_convention(convention, path)
            effect = self._effect(convention)
            if effect in seen:
                self._document.report(codes.IDLE_CONVENTION, path, id=convention.id, other=seen[effect])
            seen.setdefault(effect, convention.id)

    def _effect(self, convention: ConventionSpec) -> tuple[object, ...]:
        """Return all that decides how a convention computes."""
        target = self._target
        indicator = convention.indicator or target.indicator
        known = self._context.indicators.get(indicator)
        ratio = known.ratio if known is not None else None
        own_mean = target.mean if isinstance(target, AverageGrowthTargetSpec) else None
        return (
            indicator,
            convention.value if convention.value is not None else _value_of(target),
            convention.base_year or target.base_year or (self._context.header and self._context.header.base_year),
            convention.mean or own_mean,
            convention.lag if convention.lag is not None else ratio and ratio.lag,
            convention.numerator or (ratio and ratio.numerator),
            convention.denominator or (ratio and ratio.denominator),
            convention.reported,
            convention.rounding or target.rounding,
        )

    def _check_convention(self, convention: ConventionSpec, path: KeyPath) -> None:
        growth = isinstance(self._target, AverageGrowthTargetSpec)
        indicator = convention.indicator or self._target.indicator
        reasons: list[tuple[str, Text]] = []
        if not growth:
            why = Text("只有年均增速用得到", "only average growth uses it")
            reasons += [("mean", why), ("base_year", why)]
        if indicator in self._context.indicators and not self._context.is_derived(indicator):
            why = Text(f"'{indicator}' 不是派生指标", f"'{indicator}' is not a derived indicator")
            reasons += [(key, why) for key in ("lag", "numerator", "denominator", "reported")]
        for key, why in reasons:
            if getattr(convention, key) is not None:
                self._document.report(codes.CONVENTION_MISMATCH, (*path, key), key=key, why=why)
        self._check_convention_value(convention, path)
        self._check_convention_units(convention, indicator, path)

    def _check_convention_value(self, convention: ConventionSpec, path: KeyPath) -> None:
        value, target = convention.value, self._target
        if value is None:
            return
        if isinstance(target, RangeTargetSpec) and value > target.upper:
            self._document.report(codes.REVERSED_RANGE, (*path, "value"), lower=value, upper=target.upper)
        if isinstance(target, RankTargetSpec) and (value < 1 or value != value.to_integral_value()):
            bound = Text("为不小于 1 的整数", "a whole number of at least 1")
            self._document.report(codes.OUT_OF_BOUNDS, (*path, "value"), raw=str(value), bound=bound)

    def _check_convention_units(self, convention: ConventionSpec, indicator: str, path: KeyPath) -> None:
        own, other = self._context.unit_of(self._target.indicator), self._context.unit_of(indicator)
        is_free = isinstance(self._target, AverageGrowthTargetSpec | RankTargetSpec)
        if own is None or other is None:
            return
        if own.dimension != other.dimension and not is_free:
            cure = Text("换一个同量纲的指标", "name an indicator of the same dimension")
            self._document.report(codes.UNIT_MISMATCH, (*path, "indicator"), unit=other.text, other=own.text, cure=cure)
        ratio = self._context.indicators[indicator].ratio
        if ratio is None:
            return
        for key, numerators, denominators in (
            ("numerator", convention.numerator, ratio.denominator),
            ("denominator", ratio.numerator, convention.denominator),
        ):
            if numerators is not None and denominators is not None:
                check_quotient(self._context, other, numerators, denominators, (*path, key))


def _value_of(target: QuantitativeTargetSpec) -> Decimal | None:
    match target:
        case ThresholdTargetSpec():
            return target.value
        case RankTargetSpec():
            return Decimal(target.value)
        case RangeTargetSpec():
            return target.lower
        case _:
            return None


def _check_task(document: Document, task: TaskSpec, path: KeyPath) -> None:
    seen: set[str] = set()
    for key, names in (("lead", task.lead), ("cooperating", task.cooperating)):
        for index, name in enumerate(names):
            if name in seen:
                document.report(codes.TASK_TWICE, (*path, key, index), name=name)
            seen.add(name)


_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _parse_date(text: str) -> date | None:
    """Return the day of `2021-05-31`; other ISO forms are not for people."""
    try:
        return date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def _check_milestone(context: Context, milestone: MilestoneSpec, path: KeyPath) -> None:
    for index, text in enumerate(milestone.dates):
        place = (*path, "dates", index)
        day = _parse_date(text)
        if day is None:
            context.document.report(codes.BAD_DATE, place, raw=text)
            continue
        header = context.header
        if header is not None and not header.start_year <= day.year <= header.end_year:
            context.document.report(
                codes.MILESTONE_OUTSIDE, place, date=text, start=header.start_year, end=header.end_year
            )
