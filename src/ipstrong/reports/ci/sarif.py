"""SARIF 2.1.0: for code scanning services.

A spreadsheet has no lines, so `startLine` is the row and `startColumn` the number of the column; sheet and A1 address
are in the logical location, whose `fullyQualifiedName` is `data.xlsx!专利!D7`, and in the message. Waived findings are
results with a suppression. There are no times, so the same input gives the same bytes.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from ipstrong import __version__
from ipstrong.diagnostics import Code, Location, Severity
from ipstrong.model.validation import Validation
from ipstrong.reports.labels import place_inside, position_of, prefix
from ipstrong.reports.options import ReportOptions
from ipstrong.reports.sanitize import inert, markdown_text
from ipstrong.reports.subjects.findings import Entry, is_absolute
from ipstrong.reports.subjects.validation import FIX, NOTHING_ASSESSED, REASON, all_entries
from ipstrong.reports.writers import json
from ipstrong.texts import Lang

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
LANGUAGES: dict[Lang, str] = {"zh": "zh-CN", "en": "en-US"}
FINGERPRINT = "ipstrongFinding/v1"


def render(validation: Validation, options: ReportOptions) -> str:
    """Return the validation as one run of a SARIF log."""
    lang = options.lang
    standing, waived = all_entries(validation, lang)
    entries = (*standing, *waived)
    codes = {entry.code: entry.finding.code for entry in sorted(entries, key=lambda entry: entry.code)}
    rules = {code: index for index, code in enumerate(codes)}
    artifacts, files = _artifacts(validation, entries)
    run = {
        "tool": {
            "driver": {
                "name": "ipstrong",
                "version": __version__,
                "semanticVersion": __version__,
                "language": LANGUAGES[lang],
                "rules": [_rule(code, lang) for code in codes.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "the folder in which ipstrong was run"}}},
        "invocations": [_invocation(validation, lang)],
        "artifacts": artifacts,
        "results": [_result(entry, rules, files, lang) for entry in entries],
    }
    return json.write({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: Code, lang: Lang) -> dict[str, Any]:
    explanation, title = inert(code.explanation.get(lang)), inert(code.title.get(lang))
    rule: dict[str, Any] = {
        "id": code.id,
        "name": "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", code.title.en))
        or "Finding",
        "shortDescription": {"text": title},
        "fullDescription": {"text": explanation},
        "help": {"text": explanation, "markdown": f"**{markdown_text(title)}**\n\n{markdown_text(explanation)}"},
        "defaultConfiguration": {"level": LEVELS[code.severity]},
        "properties": {"tags": [re.sub(r"\d+$", "", code.id).lower() or "ipstrong"]},
    }
    if code.example:
        example = inert(code.example)
        rule["help"]["text"] += f"\n\n{example}"
        rule["help"]["markdown"] += f"\n\n`` {example.replace('`', 'ˋ')} ``"
    return rule


def _invocation(validation: Validation, lang: Lang) -> dict[str, Any]:
    if validation.is_assessed:
        return {"executionSuccessful": True}
    notification = {"level": "error", "message": {"text": NOTHING_ASSESSED.get(lang)}}
    return {"executionSuccessful": False, "toolExecutionNotifications": [notification]}


def _artifacts(
    validation: Validation, entries: tuple[Entry, ...]
) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return the artifacts, and by path the location by which results refer to them."""
    hashes = {file.path: file.sha256 for file in validation.dataset.files}
    paths = dict.fromkeys(hashes)
    for entry in entries:
        paths.update(dict.fromkeys(place.path for place in (entry.location, *entry.finding.related) if place.path))
    artifacts: dict[str, dict[str, Any]] = {}
    files: dict[str, dict[str, Any]] = {}
    for path in sorted(paths):
        artifact: dict[str, Any] = {"location": _artifact_location(path)}
        if path in hashes:
            artifact["roles"] = ["analysisTarget"]
            if hashes[path]:
                artifact["hashes"] = {"sha-256": hashes[path]}
        artifacts.setdefault(artifact["location"]["uri"], artifact)
        files[path] = artifact["location"]
    index = {uri: number for number, uri in enumerate(artifacts)}
    return list(artifacts.values()), {path: {**file, "index": index[file["uri"]]} for path, file in files.items()}


def _artifact_location(path: str) -> dict[str, Any]:
    forward = path.replace("\\", "/").removeprefix("./")
    if forward == "-":
        return {"uri": "stdin", "uriBaseId": ROOT}
    encoded = quote(forward.encode("utf-8", "surrogateescape"), safe="/")
    if is_absolute(forward):
        return {"uri": f"file:///{encoded.lstrip('/').replace('%3A', ':', 1)}"}
    if ".." in forward.split("/"):
        return {"uri": encoded}
    return {"uri": encoded, "uriBaseId": ROOT}


def _result(entry: Entry, rules: dict[str, int], files: dict[str, dict[str, Any]], lang: Lang) -> dict[str, Any]:
    place = entry.location
    inside = f"{entry.inside}: " if place.sheet is not None else ""
    fix = f"\n{prefix(FIX, lang)}{inert(entry.hint)}" if entry.hint else ""
    result: dict[str, Any] = {
        "ruleId": entry.code,
        "ruleIndex": rules[entry.code],
        "level": LEVELS[entry.severity],
        "message": {"text": inert(inside + entry.message) + fix},
        "partialFingerprints": {FINGERPRINT: entry.fingerprint},
    }
    if place.path:
        result["locations"] = [_location(place, files, entry.finding.excerpt)]
    related = [other for other in entry.finding.related if other.path]
    if related:
        result["relatedLocations"] = [
            {"id": number, **_location(other, files), "message": {"text": inert(str(other))}}
            for number, other in enumerate(related, start=1)
        ]
    if entry.waiver:
        text = f"{prefix(REASON, lang)}{entry.waiver.reason} ({entry.waiver.who}, {entry.waiver.expires})"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": inert(text)}]
    return result


def _location(place: Location, files: dict[str, dict[str, Any]], excerpt: str | None = None) -> dict[str, Any]:
    row, column = position_of(place)
    region: dict[str, Any] = {"startLine": max(row, 1)}
    if row and column:
        region["startColumn"] = column
    if row and excerpt:
        region["snippet"] = {"text": inert(excerpt)}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": files[place.path], "region": region}}
    if place.sheet is not None:
        name, kind, inside = place.cell or place.sheet, "cell" if place.cell else "sheet", place_inside(place)
    elif place.key:
        name, kind, inside = place.key, "key", place.key
    else:
        return location
    qualified = "!".join(part for part in (place.path, inside) if part)
    logical = {"name": inert(name), "fullyQualifiedName": inert(qualified), "kind": kind}
    return {**location, "logicalLocations": [logical]}
