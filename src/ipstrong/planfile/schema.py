"""The JSON Schema of plan files, made from the specification."""

from __future__ import annotations

from ipstrong.planfile.spec import PlanSpec

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def plan_schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of plan files, with descriptions in English and Chinese."""
    schema: dict[str, object] = {"$schema": DIALECT, **PlanSpec.model_json_schema()}
    schema["title"] = "ipstrong plan"
    return schema
