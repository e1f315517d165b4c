"""JSON: everything, numbers exact, in the shape of `docs/validation.schema.json`.

Versions of the shape:
    1: the first.
"""

from __future__ import annotations

from typing import Any

from ipstrong import __version__
from ipstrong.diagnostics import Location, Severity
from ipstrong.model.dataset import Observation
from ipstrong.model.validation import CrossCheck, Validation
from ipstrong.reports.json_text import json_text
from ipstrong.reports.validation.entries import (
    Entry,
    FileEntries,
    all_entries,
    count_outcomes,
    grouped_by_file,
    place_of,
    position_of,
    region_name,
)
from ipstrong.reports.validation.options import ReportOptions
from ipstrong.texts import Lang

FORMAT_VERSION = 1


def render_json(validation: Validation, options: ReportOptions) -> str:
    """Return the validation as JSON."""
    return json_text(validation_document(validation, options.lang))


def validation_document(validation: Validation, lang: Lang) -> dict[str, Any]:
    """Return the validation as plain lists and mappings."""
    standing, waived = all_entries(validation, lang)
    plan = validation.plan
    return {
        "format_version": FORMAT_VERSION,
        "generator": {"name": "ipstrong", "version": __version__},
        "language": lang,
        "plan": plan and {"id": plan.id, "name": plan.name.get(lang), "path": plan.path},
        "summary": _summary(validation),
        "files": _files(validation, grouped_by_file(validation, standing, waived)),
        "findings": [_entry(entry) for entry in standing],
        "waived": [_waived(entry) for entry in waived],
        "cross_checks": [_cross_check(check, validation, lang) for check in validation.cross_checks],
        "rules_run": list(validation.rules_run),
    }


def _summary(validation: Validation) -> dict[str, Any]:
    return {
        "assessed": validation.is_assessed,
        "files": len(validation.dataset.files),
        "values": validation.n_values,
        "errors": validation.count(Severity.ERROR),
        "warnings": validation.count(Severity.WARNING),
        "notes": validation.count(Severity.NOTE),
        "waived": len(validation.waived),
        "cross_checks": {outcome.value: n for outcome, n in count_outcomes(validation.cross_checks).items()},
    }


def _files(validation: Validation, groups: tuple[FileEntries, ...]) -> list[dict[str, Any]]:
    by_path = {group.path: group for group in groups}
    return [
        {
            "path": file.path,
            "sha256": file.sha256,
            "kind": file.kind,
            "sheets": list(file.sheets),
            "values": by_path[file.path].n_values,
            "errors": by_path[file.path].count(Severity.ERROR),
            "warnings": by_path[file.path].count(Severity.WARNING),
            "notes": by_path[file.path].count(Severity.NOTE),
            "waived": len(by_path[file.path].waived),
        }
        for file in validation.dataset.files
    ]


def location_document(place: Location) -> dict[str, Any]:
    """Return a place: rows and columns count from 1 as in the file, `text` is the clickable form."""
    row, column = position_of(place)
    return {
        "path": place.path,
        "sheet": place.sheet,
        "cell": place.cell,
        "row": row or None,
        "column": column or None,
        "key": place.key,
        "text": str(place),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "severity": entry.severity.value,
        "title": entry.title,
        "message": entry.message,
        "hint": entry.hint,
        "location": location_document(entry.location),
        "excerpt": entry.finding.excerpt,
        "related": [location_document(place) for place in entry.finding.related],
        "fingerprint": entry.fingerprint,
    }


def _waived(entry: Entry) -> dict[str, Any]:
    waiver = entry.waiver
    assert waiver is not None
    return {
        **_entry(entry),
        "waiver": {
            "code": waiver.code,
            "place": waiver.place,
            "series": waiver.series,
            "reason": waiver.reason,
            "who": waiver.who,
            "expires": waiver.expires,
            "line": waiver.line,
        },
    }


def _cross_check(check: CrossCheck, validation: Validation, lang: Lang) -> dict[str, Any]:
    return {
        "id": check.id,
        "name": check.name.get(lang),
        "region": check.region,
        "region_name": region_name(validation, check.region, lang),
        "period": check.period,
        "expression": check.expression,
        "outcome": check.outcome.value,
        "left": check.left,
        "right": check.right,
        "difference": check.difference,
        "tolerance": check.tolerance,
        "missing": check.missing and check.missing.get(lang),
        "evidence": [_observation(observation) for observation in check.evidence],
    }


def _observation(observation: Observation) -> dict[str, Any]:
    return {
        "indicator": observation.indicator,
        "region": observation.region,
        "period": str(observation.period),
        "value": observation.value,
        "low": observation.low,
        "high": observation.high,
        "status": observation.status.value,
        "bound": observation.bound.value,
        "unit": observation.unit,
        "raw": observation.raw,
        "location": location_document(place_of(observation)),
    }
