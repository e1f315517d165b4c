"""Every code, from the modules of the areas, and the codes that were merged into others."""

from __future__ import annotations

from ipstrong.diagnostics.codes import data, layout, matching, plan, plan_meaning, rules, run, series, waivers
from ipstrong.diagnostics.finding import Code

_DECLARED = [
    value
    for area in (plan, plan_meaning, data, layout, matching, rules, series, waivers, run)
    for value in vars(area).values()
    if isinstance(value, Code)
]

ALL_CODES: dict[str, Code] = {code.id: code for code in sorted(_DECLARED, key=lambda code: code.id) if not code.former}
"""Every code by its id, in the order of the ids."""

MERGED: dict[str, Code] = {code.former: code for code in sorted(_DECLARED, key=lambda code: code.former) if code.former}
"""The cases of codes by the ids that they had before they were merged."""


def current_id(name: str) -> str:
    """Return the id of today for a code, however it is capitalised and whether it was merged; an unknown name as it is."""
    name = name.upper()
    return MERGED[name].id if name in MERGED else name
