"""Which plan is meant: the one that is named, the one in the folder, or the one that the package carries."""

from __future__ import annotations

from pathlib import Path

PLAN_NAME = "targets.yaml"


def locate_plan(explicit: str | None, folder: Path) -> Path:
    """Return the path of the plan to load; whether it can be read is for `load_plan` to say.

    Args:
        explicit: the path that the user gave, if any; it wins, whether it exists or not.
        folder: where to look for a `targets.yaml`, usually the current folder.
    """
    if explicit is not None:
        return Path(explicit)
    beside = folder / PLAN_NAME
    # A folder of that name or a broken link was meant as the plan, too: better a complaint than another plan.
    if beside.exists() or beside.is_symlink():
        return beside
    return packaged_plan()


def packaged_plan() -> Path:
    """Return the plan that the package carries: in the wheel beside the modules, in a checkout at the top."""
    package = Path(__file__).resolve().parent.parent
    inside = package / PLAN_NAME
    return inside if inside.is_file() else package.parent.parent / PLAN_NAME
