"""Targets against their indicators, years and conventions."""

from __future__ import annotations

from decimal import Decimal

from ipstrong.diagnostics.codes import plan as codes
from ipstrong.diagnostics.codes import plan_meaning as meaning
from ipstrong.planfile.context import NATURES, Context, check_years
from ipstrong.planfile.positions import KeyPath
from ipstrong.planfile.ratios import check_quotient
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
from ipstrong.texts import Text, same


def check_targets(context: Context) -> None:
    """Complain of targets that contradict their indicator, the plan's years, or themselves."""
    for index, target in enumerate(context.spec.targets):
        if isinstance(target, QuantitativeTargetSpec):
            _TargetCheck(context, target, context.locate("targets", index)).run()


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
                    meaning.REVERSED_RANGE, (*self._path, "lower"), lower=bounds.lower, upper=bounds.upper
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
            check_years(self._document, (*self._path, key), ("base_year", base), ("deadline", deadline), strict=True)
        if isinstance(target, EveryYearTargetSpec | CumulativeTargetSpec) and deadline:
            start = target.start_year or (header and header.start_year)
            if start and (target.start_year is not None or target.deadline is not None):
                key = "start_year" if target.start_year is not None else "deadline"
                check_years(self._document, (*self._path, key), ("start_year", start), ("deadline", deadline))
        if deadline:
            for index, convention in enumerate(target.conventions):
                if convention.base_year is not None:
                    path = (*self._path, "conventions", index, "base_year")
                    pair = ("base_year", convention.base_year)
                    check_years(self._document, path, pair, ("deadline", deadline), strict=True)

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
            meaning.UNIT_MISMATCH, (*self._path, "unit"), unit=target.unit, other=wanted.text, cure=cure
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
            meaning.NATURE_MISMATCH,
            (*self._path, "measure"),
            measure=same(self._target.measure),
            indicator=self._target.indicator,
            nature=NATURES[nature],
            cure=cure,
        )

    def _check_rank(self, rank: RankTargetSpec) -> None:
        if rank.comparator not in ("<=", "<"):
            self._document.report(
                meaning.COMPARATOR_MISMATCH,
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
            self._document.report(meaning.RANK_WITHOUT_PEERS, self._path)
        reported = self._context.indicators.get(rank.reported_rank or "")
        if reported is not None and reported.nature != "rank":
            self._document.report(
                meaning.NATURE_MISMATCH,
                (*self._path, "reported_rank"),
                measure=same("reported_rank"),
                indicator=reported.id,
                nature=NATURES[reported.nature],
                cure=Text("公布位次的指标写 nature: rank", "an indicator of a published rank has nature: rank"),
            )

    def _check_conventions(self) -> None:
        seen: dict[tuple[object, ...], str] = {}
        for index, convention in enumerate(self._target.conventions):
            path = (*self._path, "conventions", index)
            self._check_convention(convention, path)
            effect = self._effect(convention)
            if effect in seen:
                self._document.report(meaning.IDLE_CONVENTION, path, id=convention.id, other=seen[effect])
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
                self._document.report(meaning.CONVENTION_MISMATCH, (*path, key), key=key, why=why)
        self._check_convention_value(convention, path)
        self._check_convention_units(convention, indicator, path)

    def _check_convention_value(self, convention: ConventionSpec, path: KeyPath) -> None:
        value, target = convention.value, self._target
        if value is None:
            return
        if isinstance(target, RangeTargetSpec) and value > target.upper:
            self._document.report(meaning.REVERSED_RANGE, (*path, "value"), lower=value, upper=target.upper)
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
            self._document.report(
                meaning.UNIT_MISMATCH, (*path, "indicator"), unit=other.text, other=own.text, cure=cure
            )
        ratio = self._context.indicators[indicator].ratio
        if ratio is None:
            return
        for key, numerators, denominators in (
            ("numerator", convention.numerator, ratio.denominator),
            ("denominator", ratio.numerator, convention.denominator),
        ):
            if numerators is not None and denominators is not None:
                check_quotient(self._context, other, numerators, denominators, (*path, key))


def _value_of(target: QuantitativeTargetSpec) -> Decimal:
    """Return the target value; the lower bound of a range."""
    if isinstance(target, RangeTargetSpec):
        return target.lower
    assert isinstance(target, ThresholdTargetSpec | RankTargetSpec)
    return Decimal(target.value)
