"""Specification to `Plan`: plain dataclasses, defaults filled in, values in the indicator's unit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ipstrong.diagnostics.codes import plan as codes
from ipstrong.model.plan import (
    Area,
    Clause,
    Comparator,
    Convention,
    Department,
    Indicator,
    Mean,
    MeasureKind,
    Milestone,
    Nature,
    PacePreset,
    Plan,
    Ratio,
    Region,
    RegionKind,
    Rounding,
    Target,
    Task,
)
from ipstrong.model.unit import PERCENT, Unit, conversion, parse_unit
from ipstrong.planfile.checks import build_checks
from ipstrong.planfile.presets import PRESETS
from ipstrong.planfile.ratios import scale_of
from ipstrong.planfile.references import Names
from ipstrong.planfile.spec_targets import (
    AverageGrowthTargetSpec,
    ConventionSpec,
    CumulativeTargetSpec,
    EveryYearTargetSpec,
    ManualTargetSpec,
    QuantitativeTargetSpec,
    RangeTargetSpec,
    RankTargetSpec,
    TargetSpec,
    ThresholdTargetSpec,
)
from ipstrong.planfile.suggest import did_you_mean
from ipstrong.planfile.units import Units
from ipstrong.texts import Text

if TYPE_CHECKING:
    from ipstrong.planfile.positions import Document
    from ipstrong.planfile.spec import IndicatorSpec, MilestoneSpec, PaceSpec, PlanSpec, TaskSpec
    from ipstrong.planfile.spec_base import ClauseSpec, TextSpec

_OWN_PACE = Text("自定阈值", "own thresholds")


def find_preset(pace: str | PaceSpec, document: Document) -> PacePreset | None:
    """Return the pace thresholds, complaining when a preset does not exist."""
    if not isinstance(pace, str):
        name = pace.name.text if pace.name is not None else _OWN_PACE
        return PacePreset(pace.id, name, pace.on_track, pace.slow, _text(pace.source))
    preset = PRESETS.get(pace)
    if preset is None:
        suggestion = did_you_mean(pace, PRESETS)
        document.report(codes.NOT_A_CHOICE, ("pace",), raw=pace, suggestion=suggestion, choices=", ".join(PRESETS))
    return preset


def build_plan(spec: PlanSpec, pace: PacePreset, units: Units, names: Names, path: str) -> Plan:
    """Return the plan of a specification in which no error was found."""
    return _Builder(spec, units, names).build(pace, path)


class _Builder:
    """Turns each part of a specification into its plain type."""

    def __init__(self, spec: PlanSpec, units: Units, names: Names) -> None:
        self._spec = spec
        self._header = spec.plan
        self._units = units
        self._names = names
        self._indicators = {each.id: self._indicator(each) for each in spec.indicators}
        self._peers = tuple(region.id for region in spec.regions if region.kind == "peer")

    def build(self, pace: PacePreset, path: str) -> Plan:
        header, spec = self._header, self._spec
        return Plan(
            id=header.id,
            name=header.name.text,
            path=path,
            start_year=header.start_year,
            end_year=header.end_year,
            base_year=header.base_year,
            home=header.home,
            regions=tuple(
                Region(each.id, each.name.text, RegionKind(each.kind), each.aliases) for each in spec.regions
            ),
            areas=tuple(Area(each.id, each.name.text) for each in spec.areas),
            indicators=tuple(self._indicators.values()),
            targets=tuple(self._target(each) for each in spec.targets),
            pace=pace,
            tasks=tuple(self._task(each) for each in spec.tasks),
            milestones=tuple(self._milestone(each) for each in spec.milestones),
            units=tuple(self._units.aliases),
            issuer=_text(header.issuer),
            source=_text(header.source),
            checks=build_checks(spec.checks),
            departments=tuple(Department(each.name.text, each.aliases) for each in spec.departments),
        )

    def _unit(self, text: str) -> Unit:
        unit = self._units.find(text)
        assert unit is not None  # unknown units were complained of
        return unit

    def _departments(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._names.department(name) for name in names)

    def _indicator(self, spec: IndicatorSpec) -> Indicator:
        unit = self._unit(spec.unit)
        ratio = None
        if spec.ratio is not None:
            ratio = Ratio(
                spec.ratio.numerator,
                spec.ratio.denominator,
                scale_of(unit) if spec.ratio.scale is None else spec.ratio.scale,
                spec.ratio.lag,
                spec.ratio.denominator_region,
            )
        return Indicator(
            id=spec.id,
            name=spec.name.text,
            unit=unit,
            nature=Nature(spec.nature),
            aliases=spec.aliases,
            ratio=ratio,
            definition=_text(spec.definition),
            source=_text(spec.source),
            department=None if spec.department is None else self._names.department(spec.department),
            decimals=spec.decimals,
        )

    def _target(self, spec: TargetSpec) -> Target:
        if isinstance(spec, ManualTargetSpec):
            return self._manual(spec)
        assert isinstance(spec, QuantitativeTargetSpec)
        value, upper, comparator, unit = self._threshold(spec)
        start_year, mean = self._header.start_year, Mean.GEOMETRIC
        if isinstance(spec, EveryYearTargetSpec | CumulativeTargetSpec):
            start_year = spec.start_year or start_year
        if isinstance(spec, AverageGrowthTargetSpec):
            mean = Mean(spec.mean)
        peers = spec.peers or self._peers if isinstance(spec, RankTargetSpec) else ()
        return Target(
            id=spec.id,
            number=spec.number,
            name=spec.name.text,
            area=spec.area,
            measure=MeasureKind(spec.measure),
            clause=_clause(spec.clause),
            indicator=spec.indicator,
            comparator=comparator,
            value=value,
            upper=upper,
            unit=unit,
            base_year=spec.base_year or self._header.base_year,
            start_year=start_year,
            deadline=spec.deadline or self._header.end_year,
            weight=Decimal(1) if spec.weight is None else spec.weight,
            mean=mean,
            rounding=Rounding(spec.rounding),
            conventions=tuple(self._convention(each, spec) for each in spec.conventions),
            assumption=_text(spec.assumption),
            peers=peers,
            reported_rank=spec.reported_rank if isinstance(spec, RankTargetSpec) else None,
            departments=self._departments(spec.departments),
        )

    def _manual(self, spec: ManualTargetSpec) -> Target:
        return Target(
            id=spec.id,
            number=spec.number,
            name=spec.name.text,
            area=spec.area,
            measure=MeasureKind.MANUAL,
            clause=_clause(spec.clause),
            base_year=self._header.base_year,
            start_year=self._header.start_year,
            deadline=self._header.end_year,
            weight=Decimal(0),  # no number, no share in the score
            assumption=_text(spec.assumption),
            departments=self._departments(spec.departments),
        )

    def _threshold(self, spec: QuantitativeTargetSpec) -> tuple[Decimal, Decimal | None, Comparator, Unit]:
        """Return value, upper bound, comparator and unit, the values in the unit of what is measured."""
        if isinstance(spec, RankTargetSpec):
            place = parse_unit("位")
            assert place is not None
            return Decimal(spec.value), None, Comparator(spec.comparator), place
        factor, unit = self._factor(spec)
        if isinstance(spec, RangeTargetSpec):
            return spec.lower * factor, spec.upper * factor, Comparator.BETWEEN, unit
        assert isinstance(spec, ThresholdTargetSpec)
        return spec.value * factor, None, Comparator(spec.comparator), unit

    def _factor(self, spec: QuantitativeTargetSpec) -> tuple[Decimal, Unit]:
        """Return what turns a written value into the unit of what is measured, and that unit."""
        measured = PERCENT if isinstance(spec, AverageGrowthTargetSpec) else self._indicators[spec.indicator].unit
        written = spec.unit if isinstance(spec, ThresholdTargetSpec | RangeTargetSpec) else None
        if written is None:
            return Decimal(1), measured
        factor = conversion(self._unit(written), measured)
        assert factor is not None  # units of another dimension were complained of
        return factor, measured

    def _convention(self, spec: ConventionSpec, target: QuantitativeTargetSpec) -> Convention:
        return Convention(
            id=spec.id,
            name=spec.name.text,
            note=_text(spec.note),
            base_year=spec.base_year,
            mean=None if spec.mean is None else Mean(spec.mean),
            lag=spec.lag,
            numerator=spec.numerator,
            denominator=spec.denominator,
            indicator=spec.indicator,
            value=None if spec.value is None else spec.value * self._factor(target)[0],
            reported=spec.reported,
            rounding=None if spec.rounding is None else Rounding(spec.rounding),
        )

    def _task(self, spec: TaskSpec) -> Task:
        return Task(
            number=spec.number,
            title=spec.title.text,
            programme=spec.programme.text,
            lead=self._departments(spec.lead),
            cooperating=self._departments(spec.cooperating),
            targets=spec.targets,
            clause=_clause(spec.clause),
        )

    def _milestone(self, spec: MilestoneSpec) -> Milestone:
        return Milestone(
            id=spec.id,
            name=spec.name.text,
            dates=tuple(sorted(spec.dates)),
            department=self._names.department(spec.department),
            clause=_clause(spec.clause),
        )


def _text(spec: TextSpec | None) -> Text | None:
    return None if spec is None else spec.text


def _clause(spec: ClauseSpec) -> Clause:
    section = spec.section.text
    return Clause(section.zh, spec.sentence, spec.summary.text, section.en)
