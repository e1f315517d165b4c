"""The scorecard as JSON, for programs: unrounded numbers, a reason for every null, every source cell.

`docs/scorecard.schema.json` describes the format and is tested to hold. Rules:

- Numbers are exact decimals written as JSON numbers, up to 28 significant digits.
- `base`, `latest`, the years of `series` and the values of `conventions` are objects with the interval that printed
  precision allows; an open end is null.
- What was not computed is null, and `reasons` says why under the name of the field.
"""

from __future__ import annotations

from typing import Any

from ipstrong.diagnostics import Finding
from ipstrong.model.dataset import Observation
from ipstrong.model.result import Figure, NotComputed, Pace, Reading, Result, Scorecard, Status, Summary
from ipstrong.reports.formatting import format_reason
from ipstrong.reports.labels import cell_of
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.subjects.scorecard import base_unit, percent
from ipstrong.reports.writers.json import fields

FORMAT_VERSION = 1
# 1: the first format.

Object = dict[str, Any]


def document(scorecard: Scorecard, _options: ReportOptions) -> Object:
    """Return the scorecard as dicts, lists and values, in the order in which it is written."""
    plan, summaries = scorecard.plan, scorecard.summaries
    return {
        "format_version": FORMAT_VERSION,
        "plan": {**fields(plan, "id name path start_year end_year base_year home"), "pace_preset": plan.pace.id},
        **fields(scorecard, "as_of years"),
        "files": [{"name": file.path, **fields(file, "sha256 kind sheets")} for file in scorecard.dataset.files],
        "regions": [{"id": each.region, "name": each.region_name} for each in summaries],
        "summary": {
            "n_results": len(scorecard.results),
            "counts": {status.value: sum(each.counts[status] for each in summaries) for status in Status},
            "n_disputed": sum(each.n_disputed for each in summaries),
            "regions": [_summary(each) for each in summaries],
        },
        "results": [_result(scorecard, result) for result in scorecard.results],
        "findings": [_finding(finding) for finding in scorecard.findings],
    }


def _reason(reason: object) -> Object | None:
    if not isinstance(reason, NotComputed):
        return None
    return {"code": reason.reason, "zh": format_reason(reason, "zh"), "en": format_reason(reason, "en")}


def _summary(summary: Summary) -> Object:
    return {
        "region": summary.region,
        "counts": {status.value: summary.counts[status] for status in Status},
        **fields(summary, "n_disputed score"),
        "score_reason": _reason(summary.score),
        **fields(summary, "grade weight_assessed weight_total"),
    }


_COMPUTED = (
    "base latest gap attainment progress expected pace growth_pace needed_per_year projection growth_projection eta yoy"
)
"""Numbers of a result that may be missing for a reason."""


def _result(scorecard: Scorecard, result: Result) -> Object:
    target = result.target
    unit_of_base = base_unit(scorecard.plan, target)
    reasons = {
        f"{name}_pct" if name in ("attainment", "progress") else name: _reason(value)
        for name, value in fields(result, _COMPUTED).items()
        if isinstance(value, NotComputed)
    }
    return {
        "target": target.id,
        **fields(target, "number name area"),
        **fields(result, "region region_name status disputed met_now"),
        "reason": _reason(result.reason),
        **fields(target, "measure comparator"),
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
        "gap": result.gap,
        "attainment_pct": percent(result.attainment),
        "progress_pct": percent(result.progress),
        "expected": result.expected,
        "pace": _pace(result.pace),
        "growth_pace": _pace(result.growth_pace),
        **fields(result, "needed_per_year projection growth_projection eta"),
        "yoy": result.yoy if result.yoy_in_points else percent(result.yoy),
        "yoy_unit": "pp" if result.yoy_in_points else "%",
        "reasons": reasons,
        "series": [
            {"year": year, "figure": _figure(value), "reason": _reason(value)}
            for year, value in zip(scorecard.years, result.series, strict=False)
        ],
        "conventions": [_reading(reading) for reading in result.readings if reading.convention is not None],
        "assumption": target.assumption,
        "notes": result.notes,
        "clause": {"section": target.clause.section.zh, **fields(target.clause, "sentence place summary")},
        "departments": target.departments,
        "sources": [_source(observation) for observation in result.observations],
    }


def _pace(pace: Pace | NotComputed) -> Object | None:
    return {"ratio": pace.ratio, "class": pace.grade} if isinstance(pace, Pace) else None


def _figure(figure: Figure | NotComputed) -> Object | None:
    if isinstance(figure, NotComputed):
        return None
    return {**fields(figure, "value low high period"), "exact": figure.is_exact}


def _reading(reading: Reading) -> Object:
    return {
        **fields(reading.convention, "id name note"),
        "target_value": reading.target_value,
        "base_year": reading.base_year or None,
        "value": _figure(reading.value),
        **fields(reading, "gap met status"),
        "reason": _reason(reading.value),
    }


def _source(observation: Observation) -> Object:
    return {
        **fields(observation, "file sheet"),
        "cell": cell_of(observation),
        "raw": observation.raw,
        "raw_unit": observation.unit,
        **fields(observation, "indicator region period value low high bound status"),
    }


def _finding(finding: Finding) -> Object:
    place = finding.location
    return {
        "code": finding.code.id,
        "severity": finding.severity,
        "location": {"text": str(place), "file": place.path or None, **fields(place, "sheet cell line column key")},
        "message": {"zh": finding.message("zh"), "en": finding.message("en")},
        "hint": {"zh": finding.hint("zh"), "en": finding.hint("en")},
    }
