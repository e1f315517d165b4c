"""What the parts of a plan must be to one another: years, units, natures, conventions, ratios, dates."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from ipstrong.diagnostics.codes import plan as codes
from ipstrong.diagnostics.codes import plan_meaning as meaning
from ipstrong.model.checks import Expectation, Years
from ipstrong.model.period import is_iso_date
from ipstrong.model.plan import Convention, Indicator, MeasureKind, Nature, Plan, Ratio, Target
from ipstrong.model.plan_values import UNKNOWN_UNIT
from ipstrong.model.unit import PERCENT, Unit, scale_of
from ipstrong.model.yaml_tree import KeyPath
from ipstrong.planfile.document import Document
from ipstrong.texts import Text, same

_NATURES = {
    Nature.STOCK: Text("时点数", "a stock"),
    Nature.FLOW: Text("时期数", "a flow"),
    Nature.RATE: Text("比率", "a rate"),
    Nature.RANK: Text("位次", "a rank"),
}
_PURE = ("", "倍")
"""Dimensions of a quotient of two like quantities, besides the percent."""
_EITHER = Text("用 measure: level 或 every_year", "use measure: level or every_year")
_UNMEASURABLE = {
    (MeasureKind.RANK, Nature.RANK): Text(
        "用 measure: level 和 <=，或把它写进 reported_rank", "use measure: level with <=, or name it as reported_rank"
    ),
    (MeasureKind.AVERAGE_GROWTH, Nature.RANK): Text("用 measure: level", "use measure: level"),
    (MeasureKind.CUMULATIVE, Nature.RATE): _EITHER,
    (MeasureKind.CUMULATIVE, Nature.RANK): _EITHER,
}
"""What to write instead where a measure cannot be taken of an indicator of some nature."""
_Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Which entries of each list are sound enough to be checked further."""

    numbers: dict[str, list[int]]
    has_header: bool
    """Whether the header is sound; what depends on it is not checked otherwise."""

    def path(self, section: str, index: int) -> tuple[str | int, ...]:
        """Return the key path in the file of the entry with this number among those kept."""
        return (section, self.numbers[section][index] if section in self.numbers else index)


def check_relations(plan: Plan, document: Document, kept: Kept) -> None:
    """Add a finding for everything in the plan that contradicts something else in it."""
    _Relations(plan, document, kept).check()


class _Relations:
    """The checks of one plan."""

    def __init__(self, plan: Plan, document: Document, kept: Kept) -> None:
        self.plan = plan
        self.document = document
        self.report = document.report
        self.kept = kept
        self.indicators = {indicator.id: indicator for indicator in plan.indicators}

    def check(self) -> None:
        if self.kept.has_header:
            self.check_header()
        pace = self.plan.pace
        if not 0 < pace.slow < pace.on_track:
            self.report(meaning.PACE_MISMATCH, ("pace", "on_track"), on_track=pace.on_track, slow=pace.slow)
        for index, indicator in enumerate(self.plan.indicators):
            if indicator.ratio is not None:
                self.check_ratio(indicator, indicator.ratio, self.kept.path("indicators", index))
        self.check_circles()
        for index, target in enumerate(self.plan.targets):
            if not target.is_manual:
                self.check_target(target, self.kept.path("targets", index))
        for index in range(len(self.plan.tasks)):
            self.check_task(self.kept.path("tasks", index))
        for index in range(len(self.plan.milestones)):
            self.check_milestone(self.kept.path("milestones", index))
        self.check_checks()

    def unit_of(self, indicator_id: str | None) -> Unit | None:
        """Return the unit of an indicator, if both are known."""
        indicator = self.indicators.get(indicator_id or "")
        return None if indicator is None or indicator.unit is UNKNOWN_UNIT else indicator.unit

    def written(self, path: KeyPath) -> object:
        """Return the value at a key path as the file has it, None if it has none."""
        node = self.document.node(path)
        return None if node is None else node.value

    def check_order(
        self, path: KeyPath, earlier: tuple[str, int], later: tuple[str, int], *, strict: bool = False
    ) -> None:
        """Report at `path` that the year named first is later than the second, or, if strict, the same."""
        if earlier[1] > later[1] or (strict and earlier[1] == later[1]):
            relation = Text("晚于或等于", "at or after") if strict else Text("晚于", "after")
            first, last = " ".join(map(str, earlier)), " ".join(map(str, later))
            self.report(meaning.YEARS_OUT_OF_ORDER, path, earlier=first, later=last, relation=relation)

    def check_header(self) -> None:
        header = self.plan.header
        end = ("end_year", header.end_year)
        self.check_order(("plan", "end_year"), ("start_year", header.start_year), end)
        self.check_order(("plan", "base_year"), ("base_year", header.base_year), end, strict=True)
        entries = self.document.items("regions")
        ids = [self.written(("regions", index, "id")) for index in range(len(entries))]
        homes = [name for index, name in enumerate(ids) if self.written(("regions", index, "kind")) == "home"]
        if [str(name) for name in homes] != [header.home] and header.home in ids:  # an unknown home is a reference
            found = same(", ".join(map(str, homes))) if homes else Text("（没有）", "(none)")
            self.report(meaning.HOME_MISMATCH, ("plan", "home"), home=header.home, found=found)

    # --- Derived indicators -------------------------------------------------------------------------------------------

    def check_ratio(self, indicator: Indicator, ratio: Ratio, path: _Path) -> None:
        if indicator.nature is not Nature.RATE:
            fix = Text("派生指标写 nature: rate", "write nature: rate for a derived indicator")
            self.report_nature(indicator, Text("比值", "a ratio"), (*path, "nature"), fix)
        unit = indicator.unit
        if unit is UNKNOWN_UNIT or not self.check_quotient(unit, ratio.numerator, ratio.denominator, (*path, "unit")):
            return
        if ratio.scale != scale_of(unit):
            at, scale, expected = (*path, "ratio", "scale"), f"{ratio.scale:f}", f"{scale_of(unit).normalize():f}"
            self.report(meaning.SCALE_MISMATCH, at, scale=scale, unit=unit.text, expected=expected)

    def check_quotient(
        self, unit: Unit, numerators: tuple[str, ...], denominators: tuple[str, ...], path: KeyPath
    ) -> bool:
        """Report numerators over denominators that are not of the unit's dimension; return whether all fit."""
        fits = True
        for above, below in product(numerators, denominators):
            over, under = self.unit_of(above), self.unit_of(below)
            if over is None or under is None:
                continue
            wanted = "%" if over.dimension == under.dimension else f"{over.dimension}/{under.dimension}"
            if unit.dimension == wanted or (wanted == "%" and unit.dimension in _PURE):
                continue
            fits = False
            self.report(
                meaning.RATIO_MISMATCH,
                path,
                numerator=Text(f"{over.text}('{above}')", f"'{above}' ({over.text})"),
                denominator=Text(f"{under.text}('{below}')", f"'{below}' ({under.text})"),
                unit=unit.text,
                fix=Text(
                    f"单位应可换算成 '{wanted}'，或换分子、分母",
                    f"use a unit that converts to '{wanted}', or other indicators",
                ),
            )
        return fits

    def check_circles(self) -> None:
        uses = {
            indicator.id: (*indicator.ratio.numerator, *indicator.ratio.denominator)
            for indicator in self.plan.indicators
            if indicator.ratio is not None
        }
        done: set[str] = set()
        for index, indicator in enumerate(self.plan.indicators):
            chain = None if indicator.id in done else _circle(indicator.id, uses)
            if chain is not None:
                done.update(chain)
                path = (*self.kept.path("indicators", index), "ratio")
                self.report(meaning.CIRCULAR_RATIO, path, chain=" -> ".join(chain))

    # --- Targets ------------------------------------------------------------------------------------------------------

    def check_target(self, target: Target, path: _Path) -> None:
        self.check_years(target, path)
        self.check_unit(target, path)
        self.check_nature(target, path)
        if target.measure is MeasureKind.RANK:
            self.check_rank(target, path)
        if target.upper is not None and target.value is not None and target.value > target.upper:
            lower, upper = self.written((*path, "lower")), self.written((*path, "upper"))
            self.report(meaning.REVERSED_RANGE, (*path, "lower"), lower=lower, upper=upper)
        seen: dict[tuple[object, ...], str] = {}
        for index, convention in enumerate(target.conventions):
            below = (*path, "conventions", index)
            self.check_convention(target, convention, below)
            effect = self.effect(target, convention)
            if effect in seen:
                self.report(meaning.IDLE_CONVENTION, below, id=convention.id, other=seen[effect])
            seen.setdefault(effect, convention.id)

    def check_years(self, target: Target, path: _Path) -> None:
        """Check the years that a target has of its own; those of the plan are checked once, and only if they are known."""
        own = {key for key in ("deadline", "base_year", "start_year") if self.written((*path, key)) is not None}
        deadline = ("deadline", target.deadline)
        if "deadline" not in own and not self.kept.has_header:
            return
        first_years = {"base_year": target.base_year}
        if target.measure in (MeasureKind.EVERY_YEAR, MeasureKind.CUMULATIVE):
            first_years["start_year"] = target.start_year
        for key, year in first_years.items():
            if key in own or ("deadline" in own and self.kept.has_header):
                at = key if key in own else "deadline"
                self.check_order((*path, at), (key, year), deadline, strict=key == "base_year")
        for index, convention in enumerate(target.conventions):
            if convention.base_year is not None:
                below = (*path, "conventions", index, "base_year")
                self.check_order(below, ("base_year", convention.base_year), deadline, strict=True)

    def check_unit(self, target: Target, path: _Path) -> None:
        written = self.written((*path, "unit"))
        wanted = PERCENT if target.is_growth else self.unit_of(target.indicator)
        # A unit that fits has been replaced by that of the indicator, its value converted.
        is_known = target.unit not in (None, UNKNOWN_UNIT) and wanted is not None
        if written is None or not is_known or target.unit == wanted or target.measure is MeasureKind.RANK:
            return
        assert wanted is not None
        if target.is_growth:
            fix = Text("增速用 %，或删去 unit", "growth is in %; or leave unit out")
        else:
            fix = Text(
                f"用能换算成 '{wanted.text}' 的单位，或删去 unit",
                f"use a unit that converts to '{wanted.text}', or leave it out",
            )
        self.report(meaning.UNIT_MISMATCH, (*path, "unit"), unit=written, other=wanted.text, fix=fix)

    def check_nature(self, target: Target, path: _Path) -> None:
        indicator = self.indicators.get(target.indicator or "")
        fix = None if indicator is None else _UNMEASURABLE.get((target.measure, indicator.nature))
        if indicator is not None and fix is not None:
            self.report_nature(indicator, same(target.measure.value), (*path, "measure"), fix)

    def report_nature(self, indicator: Indicator, measure: Text, path: KeyPath, fix: Text) -> None:
        nature = _NATURES[indicator.nature]
        self.report(meaning.NATURE_MISMATCH, path, measure=measure, indicator=indicator.id, nature=nature, fix=fix)

    def check_rank(self, target: Target, path: _Path) -> None:
        assert target.comparator is not None
        if target.comparator.direction > 0:
            rank, sign = same("rank"), target.comparator.value
            place = (*path, "comparator")
            self.report(meaning.COMPARATOR_MISMATCH, place, measure=rank, comparator=sign, choices='"<=", "<"')
        is_whole = len(self.document.items("regions")) == len(self.plan.regions)
        if not target.peers and target.reported_rank is None and is_whole:
            self.report(meaning.RANK_WITHOUT_PEERS, path)
        reported = self.indicators.get(target.reported_rank or "")
        if reported is not None and reported.nature is not Nature.RANK:
            fix = Text("公布位次的指标写 nature: rank", "an indicator of a published rank has nature: rank")
            self.report_nature(reported, same("reported_rank"), (*path, "reported_rank"), fix)

    def effect(self, target: Target, convention: Convention) -> tuple[object, ...]:
        """Return all that decides how a convention computes."""
        indicator = convention.indicator or target.indicator or ""
        ratio = self.indicators[indicator].ratio if indicator in self.indicators else None
        return (
            indicator,
            target.value if convention.value is None else convention.value,
            convention.base_year or target.base_year,
            convention.mean or target.mean,
            convention.lag if convention.lag is not None else ratio and ratio.lag,
            convention.numerator or (ratio and ratio.numerator),
            convention.denominator or (ratio and ratio.denominator),
            convention.reported,
            convention.rounding or target.rounding,
        )

    def check_convention(self, target: Target, convention: Convention, path: _Path) -> None:
        indicator = convention.indicator or target.indicator or ""
        known = self.indicators.get(indicator)
        reasons: list[tuple[str, Text]] = []
        if not target.is_growth:
            why = Text("只有年均增速用得到", "only average growth uses it")
            reasons += [("mean", why), ("base_year", why)]
        if known is not None and known.ratio is None:
            why = Text(f"'{indicator}' 不是派生指标", f"'{indicator}' is not a derived indicator")
            reasons += [(key, why) for key in ("lag", "numerator", "denominator", "reported")]
        for key, why in reasons:
            if getattr(convention, key) is not None:
                self.report(meaning.CONVENTION_MISMATCH, (*path, key), key=key, why=why)
        if convention.value is not None:
            value = self.written((*path, "value"))
            if target.upper is not None and convention.value > target.upper:
                upper = self.written((*path[:-2], "upper"))
                self.report(meaning.REVERSED_RANGE, (*path, "value"), lower=value, upper=upper)
            is_place = convention.value >= 1 and convention.value == convention.value.to_integral_value()
            if target.measure is MeasureKind.RANK and not is_place:
                bound = Text("为不小于 1 的整数", "a whole number of at least 1")
                self.report(codes.OUT_OF_BOUNDS, (*path, "value"), raw=str(value), bound=bound)
        own, other = self.unit_of(target.indicator), self.unit_of(indicator)
        if own is None or other is None:
            return
        if own.dimension != other.dimension and not (target.is_growth or target.measure is MeasureKind.RANK):
            fix = Text("换一个同量纲的指标", "name an indicator of the same dimension")
            self.report(meaning.UNIT_MISMATCH, (*path, "indicator"), unit=other.text, other=own.text, fix=fix)
        if known is None or known.ratio is None:
            return
        if convention.numerator is not None:
            self.check_quotient(other, convention.numerator, known.ratio.denominator, (*path, "numerator"))
        if convention.denominator is not None:
            self.check_quotient(other, known.ratio.numerator, convention.denominator, (*path, "denominator"))

    # --- Tasks, milestones, checks ------------------------------------------------------------------------------------

    def check_task(self, path: _Path) -> None:
        seen: set[object] = set()
        for key in ("lead", "cooperating"):
            for index, node in enumerate(self.document.items(*path, key)):
                if node.raw in seen:
                    self.report(meaning.TASK_TWICE, (*path, key, index), name=node.raw.strip())
                seen.add(node.raw)

    def check_milestone(self, path: _Path) -> None:
        header = self.plan.header
        for index, node in enumerate(self.document.items(*path, "dates")):
            text, place = node.raw.strip(), (*path, "dates", index)
            if not is_iso_date(text):
                self.report(meaning.BAD_DATE, place, raw=text)
            elif self.kept.has_header and not header.start_year <= int(text[:4]) <= header.end_year:
                first, last = header.start_year, header.end_year
                self.report(meaning.MILESTONE_OUTSIDE, place, date=text, start=first, end=last)

    def check_checks(self) -> None:
        checks = self.plan.checks
        seen: dict[str, int] = {}
        for index, entry in enumerate(checks.expectations):
            path = ("checks", "values", index)
            if entry.indicator in seen:
                first = seen[entry.indicator]
                self.report(meaning.EXPECTATION_TWICE, path, id=entry.indicator, first=first)
            seen.setdefault(entry.indicator, self.document.place(path).line)
            if entry.minimum is not None and entry.maximum is not None and entry.minimum > entry.maximum:
                self.report(meaning.REVERSED_RANGE, (*path, "min"), lower=entry.minimum, upper=entry.maximum)
            if entry == Expectation(indicator=entry.indicator):
                self.report(meaning.EXPECTATION_EMPTY, path, id=entry.indicator)
        self.check_run(checks.years, ("checks", "years"))
        for index, cross in enumerate(checks.cross):
            self.check_run(cross.years, ("checks", "cross", index, "years"))
        for index, hand_in in enumerate(checks.hand_in):
            if not is_iso_date(hand_in.due):
                self.report(meaning.BAD_DATE, ("checks", "hand_in", index, "due"), raw=hand_in.due)

    def check_run(self, years: Years, path: KeyPath) -> None:
        if years.first is not None and years.last is not None and years.first > years.last:
            self.report(meaning.YEARS_REVERSED, path, first=years.first, last=years.last)


def _circle(start: str, uses: dict[str, tuple[str, ...]]) -> list[str] | None:
    """Return the shortest path from an indicator back to itself, None if there is none."""
    paths, seen = [[start]], set[str]()
    while paths:
        path = paths.pop(0)
        for used in uses.get(path[-1], ()):
            if used == start:
                return [*path, used]
            if used not in seen:
                seen.add(used)
                paths.append([*path, used])
    return None
