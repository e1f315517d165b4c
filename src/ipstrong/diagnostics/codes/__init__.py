"""The table of codes, one module an area; `ALL_CODES` is every code by its id."""

from ipstrong.diagnostics.codes import data, layout, plan, plan_checks, plan_meaning, rules, run
from ipstrong.diagnostics.finding import Code


def _collect() -> dict[str, Code]:
    table: dict[str, Code] = {}
    for module in (plan, plan_meaning, plan_checks, data, layout, rules, run):
        for value in vars(module).values():
            if isinstance(value, Code):
                if value.id in table:
                    raise AssertionError(f"code {value.id} is declared twice")
                table[value.id] = value
    return dict(sorted(table.items()))


ALL_CODES = _collect()

__all__ = ["ALL_CODES", "data", "layout", "plan", "plan_checks", "plan_meaning", "rules", "run"]
