"""A comparison as JSON: every change with both observations, numbers unrounded (`docs/comparison.schema.json`).

Versions of the shape:
    1: the first.
"""

from __future__ import annotations

from typing import Any

from ipstrong import __version__
from ipstrong.model.comparison import ChangeKind, Comparison, FigureChange, VerdictChange
from ipstrong.model.dataset import Observation, SourceFile
from ipstrong.reports.compare.lines import place, unit_of
from ipstrong.reports.json_text import json_text
from ipstrong.texts import Lang, Text

FORMAT_VERSION = 1


def render_json(comparison: Comparison, lang: Lang) -> str:
    """Return the comparison as JSON."""
    return json_text(comparison_document(comparison, lang))


def comparison_document(comparison: Comparison, lang: Lang) -> dict[str, Any]:
    """Return the comparison as plain lists and mappings."""
    return {
        "format_version": FORMAT_VERSION,
        "generator": {"name": "ipstrong", "version": __version__},
        "language": lang,
        "as_of": comparison.as_of,
        "history_revised": comparison.is_history_revised,
        "summary": {
            **{kind.value: comparison.count(kind) for kind in ChangeKind},
            "unchanged": comparison.n_unchanged,
            "verdicts": len(comparison.verdicts),
            "flipped": sum(1 for change in comparison.verdicts if change.is_flip),
        },
        "old_files": [_file(file) for file in comparison.old_files],
        "new_files": [_file(file) for file in comparison.new_files],
        "figures": [_figure(change, comparison) for change in comparison.figures],
        "verdicts": [_verdict(change) for change in comparison.verdicts],
    }


def _file(file: SourceFile) -> dict[str, Any]:
    return {"path": file.path, "sha256": file.sha256, "kind": file.kind}


def _figure(change: FigureChange, comparison: Comparison) -> dict[str, Any]:
    unit = unit_of(change, comparison)
    return {
        "kind": change.kind.value,
        "series": change.series,
        "matched": change.is_matched,
        "region": change.region,
        "period": change.period,
        "unit": unit.text if unit is not None else None,
        "old": _observation(change.old),
        "new": _observation(change.new),
        "change": change.change,
        "relative": change.relative,
    }


def _observation(seen: Observation | None) -> dict[str, Any] | None:
    if seen is None:
        return None
    where = place(seen)
    return {
        "value": seen.value,
        "low": seen.low,
        "high": seen.high,
        "status": seen.status.value,
        "bound": seen.bound.value,
        "raw": seen.raw,
        "raw_unit": seen.unit,
        "file": seen.file,
        "sheet": seen.sheet,
        "cell": where.cell or f"{where.line}:{where.column}",
    }


def _verdict(change: VerdictChange) -> dict[str, Any]:
    return {
        "target": change.target,
        "number": change.number,
        "name": _both(change.name),
        "region": change.region,
        "region_name": _both(change.region_name),
        "old": change.old.value if change.old else None,
        "new": change.new.value if change.new else None,
        "old_disputed": change.old_disputed,
        "new_disputed": change.new_disputed,
        "old_value": change.old_value,
        "new_value": change.new_value,
        "unit": change.unit,
        "flipped": change.is_flip,
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
