"""YAML to `Plan`, with line and column for every finding."""

from ipstrong.planfile.load import load_plan, locate_plan, packaged_plan
from ipstrong.planfile.schema import plan_schema

__all__ = ["load_plan", "locate_plan", "packaged_plan", "plan_schema"]
