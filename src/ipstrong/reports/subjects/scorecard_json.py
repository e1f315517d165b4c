"""The scorecard as JSON, for programs: unrounded numbers, a reason for every null, every source cell.

`docs/scorecard.schema.json` describes the format and is tested to hold. Rules:

- Numbers are exact decimals written as JSON numbers, up to 28 significant digits.
- `base`, `latest`, the years of `series` and the values of `conventions` are objects with the interval that printed
  precision allows; an open end is null.
- What was not computed is null, and `reasons` says why under the name of the field.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ipstrong.diagnostics import Finding, Location
from ipstrong.model.dataset import Observation
from ipstrong.model.result import Figure, NotComputed, Pace, Reading, Result, Scorecard, Status, Summary
from ipstrong.reports.formatting import format_reason
from ipstrong.reports.locations import cell_of
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.subjects.scorecard import base_unit, percent
from ipstrong.texts import Text

FORMAT_VERSION = 1
# 1: the first format.

Object = dict[str, Any]


def document(scorecard: Scorecard, _options: ReportOptions) -> Object:
    """Return the scorecard as dicts, lists, strings and decimals, in the order in which it is written."""
    plan = scorecard.plan
    return {
        "format_version": FORMAT_VERSION,
        "plan": {
            "id": plan.id,
            "name": _both(plan.name),
            "path": plan.path,
            "start_year": plan.start_year,
            "end_year": plan.end_year,
            "base_year": plan.base_year,
            "home": plan.home,
            "pace_preset": plan.pace.id,
        },
        "as_of": scorecard.as_of.isoformat(),
        "years": scorecard.years,
        "files": [
            {"name": file.path, "sha256": file.sha256, "kind": file.kind, "sheets": file.sheets}
            for file in scorecard.dataset.files
        ],
        "regions": [{"id": each.region, "name": _both(each.region_name)} for each in scorecard.summaries],
        "summary": {
            "n_results": len(scorecard.results),
            "counts": {
                status.value: sum(summary.counts[status] for summary in scorecard.summaries) for status in Status
            },
            "n_disputed": sum(summary.n_disputed for summary in scorecard.summaries),
            "regions": [_summary(each) for each in scorecard.summaries],
        },
        "results": [_result(scorecard, result) for result in scorecard.results],
        "findings": [_finding(finding) for finding in scorecard.findings],
    }


def _both(text: Text | None) -> Object | None:
    return None if text is None else {"zh": text.zh, "en": text.en}


def _reason(reason: object) -> Object | None:
    if not isinstance(reason, NotComputed):
        return None
    return {"code": reason.reason.value, "zh": format_reason(reason, "zh"), "en": format_reason(reason, "en")}


def _summary(summary: Summary) -> Object:
    return {
        "region": summary.region,
        "counts": {status.value: summary.counts[status] for status in Status},
        "n_disputed": summary.n_disputed,
        "score": _number(summary.score),
        "score_reason": _reason(summary.score),
        "grade": summary.grade.value if summary.grade else None,
        "weight_assessed": summary.weight_assessed,
        "weight_total": summary.weight_total,
    }


def _result(scorecard: Scorecard, result: Result) -> Object:
    target = result.target
    unit_of_base = base_unit(scorecard.plan, target)
    computed: Mapping[str, object] = {
        "base": result.base,
        "latest": result.latest,
        "gap": result.gap,
        "attainment_pct": result.attainment,
        "progress_pct": result.progress,
        "expected": result.expected,
        "pace": result.pace,
        "growth_pace": result.growth_pace,
        "needed_per_year": result.needed_per_year,
        "projection": result.projection,
        "growth_projection": result.growth_projection,
        "eta": result.eta,
        "yoy": result.yoy,
    }
    return {
        "target": target.id,
        "number": target.number,
        "name": _both(target.name),
        "area": target.area,
        "region": result.region,
        "region_name": _both(result.region_name),
        "status": result.status.value,
        "disputed": result.disputed,
        "met_now": result.met_now,
        "reason": _reason(result.reason),
        "measure": target.measure.value,
        "comparator": target.comparator.value if target.comparator else None,
        "target_value": result.target_value,
        "target_upper": target.upper,
        "unit": target.unit.text if target.unit else None,
        "base_year": target.base_year or None,
        "start_year": target.start_year or None,
        "deadline": target.deadline or None,
        "weight": target.weight,
        "base": _figure(result.base),
        "base_unit": unit_of_base.text if unit_of_base else None,
        "latest": _figure(result.latest),
        "gap": _number(result.gap),
        "attainment_pct": percent(result.attainment),
        "progress_pct": percent(result.progress),
        "expected": _number(result.expected),
        "pace": _pace(result.pace),
        "growth_pace": _pace(result.growth_pace),
        "needed_per_year": _number(result.needed_per_year),
        "projection": _number(result.projection),
        "growth_projection": _number(result.growth_projection),
        "eta": _number(result.eta),
        "yoy": _number(result.yoy) if result.yoy_in_points else percent(result.yoy),
        "yoy_unit": "pp" if result.yoy_in_points else "%",
        "reasons": {name: _reason(value) for name, value in computed.items() if isinstance(value, NotComputed)},
        "series": [_year(year, value) for year, value in zip(scorecard.years, result.series, strict=False)],
        "conventions": [_reading(reading) for reading in result.readings if reading.convention is not None],
        "assumption": _both(target.assumption),
        "notes": [_both(note) for note in result.notes],
        "clause": {
            "section": target.clause.section.zh,
            "sentence": target.clause.sentence,
            "place": _both(target.clause.place),
            "summary": _both(target.clause.summary),
        },
        "departments": target.departments,
        "sources": [_source(observation) for observation in result.observations],
    }


def _number(value: Decimal | NotComputed) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _pace(pace: Pace | NotComputed) -> Object | None:
    return {"ratio": pace.ratio, "class": pace.grade.value} if isinstance(pace, Pace) else None


def _figure(figure: Figure | NotComputed) -> Object | None:
    if isinstance(figure, NotComputed):
        return None
    return {
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "period": str(figure.period),
        "exact": figure.is_exact,
    }


def _year(year: int, figure: Figure | NotComputed) -> Object:
    return {"year": year, "figure": _figure(figure), "reason": _reason(figure)}


def _reading(reading: Reading) -> Object:
    assert reading.convention is not None
    return {
        "id": reading.convention.id,
        "name": _both(reading.convention.name),
        "note": _both(reading.convention.note),
        "target_value": reading.target_value,
        "base_year": reading.base_year or None,
        "value": _figure(reading.value),
        "gap": _number(reading.gap),
        "met": reading.met,
        "status": reading.status.value,
        "reason": _reason(reading.value),
    }


def _source(observation: Observation) -> Object:
    return {
        "file": observation.file,
        "sheet": observation.sheet,
        "cell": cell_of(observation),
        "raw": observation.raw,
        "raw_unit": observation.unit,
        "indicator": observation.indicator,
        "region": observation.region,
        "period": str(observation.period),
        "value": observation.value,
        "low": observation.low,
        "high": observation.high,
        "bound": observation.bound.value,
        "status": observation.status.value,
    }


def _finding(finding: Finding) -> Object:
    return {
        "code": finding.code.id,
        "severity": finding.severity.value,
        "location": _location(finding.location),
        "message": {"zh": finding.message("zh"), "en": finding.message("en")},
        "hint": {"zh": finding.hint("zh"), "en": finding.hint("en")},
    }


def _location(location: Location) -> Object:
    return {
        "text": str(location),
        "file": location.path or None,
        "sheet": location.sheet,
        "cell": location.cell,
        "line": location.line,
        "column": location.column,
        "key": location.key,
    }
