"""The use cases, each a few lines: load a plan, read data, check, validate. What they return, reports render."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from ipstrong.diagnostics import Finding, IpstrongError, Location, has_errors, sorted_findings
from ipstrong.diagnostics.codes import run as codes
from ipstrong.diagnostics.suggest import suggestion
from ipstrong.model.plan import Plan

if TYPE_CHECKING:
    from ipstrong.model.comparison import Comparison
    from ipstrong.model.dataset import Dataset
    from ipstrong.model.result import Scorecard
    from ipstrong.model.validation import Validation
    from ipstrong.readers.grid import CellValue
    from ipstrong.readers.options import ReadOptions

Progress = Callable[[str, int, int], None]
"""Called with a file's name, how many are done, and how many there are."""

BUILT_IN_PLAN = "<built-in>/targets.yaml"
"""How the plan that the package carries is named in output."""


def load_plan(path: str | Path | None = None, *, folder: str | Path = ".") -> Plan:
    """Return the plan of `path`, else of `targets.yaml` in `folder`, else the one that the package carries.

    Raises:
        IpstrongError: with every complaint about the plan, each with line, column and key path.
    """
    return read_plan(path, folder=folder)[0]


def read_plan(path: str | Path | None = None, *, folder: str | Path = ".") -> tuple[Plan, tuple[Finding, ...]]:
    """Return the plan and its warnings; see `load_plan`."""
    from ipstrong.planfile import load_plan as load
    from ipstrong.planfile import locate_plan, packaged_plan

    found = locate_plan(None if path is None else str(path), Path(folder))
    # A path inside the installation means nothing to a user; that it is the carried plan does.
    is_packaged = path is None and found == packaged_plan()
    plan, findings = load(found, BUILT_IN_PLAN if is_packaged else None)
    if plan is None:
        raise IpstrongError(findings)
    return plan, findings


def read_data(
    paths: Sequence[str | Path],
    plan: Plan | None = None,
    *,
    options: ReadOptions | None = None,
    stdin: bytes | None = None,
    progress: Progress | None = None,
) -> Dataset:
    """Return all that the files hold, matched to the plan where one is given.

    Never raises for what a file is or holds: problems are `Dataset.findings`, and files that could not be read are
    absent from `Dataset.files`.
    """
    from ipstrong.layout.marks import MarkedGrid
    from ipstrong.observations.dataset_builder import DatasetBuilder
    from ipstrong.readers.open_file import open_source
    from ipstrong.readers.options import ReadOptions as Options

    builder = DatasetBuilder(plan)
    for index, path in enumerate(map(str, paths)):
        if progress is not None:
            progress(path, index, len(paths))
        source, grids, findings = open_source(path, options or Options(), stdin)
        builder.add(path, source, map(MarkedGrid, grids), findings)
    return builder.dataset()


def check(
    plan: Plan,
    dataset: Dataset,
    *,
    as_of: str | dt.date | None = None,
    regions: Iterable[str] | None = None,
    findings: Sequence[Finding] = (),
) -> Scorecard:
    """Return the scorecard: a result for every target and region.

    Args:
        plan: the plan, from `load_plan`.
        dataset: the data, from `read_data` with the same plan.
        as_of: a year, an ISO date or a date; None for the end of the latest period in the data.
        regions: ids, names or aliases; None for the plan's home region; `["all"]` for every region in the data.
        findings: findings to carry along, such as the plan's warnings.

    Raises:
        IpstrongError: for an as-of date or a region that is not understood.
    """
    from ipstrong.scoring import latest_day, score

    day = parse_as_of(as_of) if as_of is not None else latest_day(dataset)
    if day is None:
        day = dt.date(plan.end_year, 12, 31)
    extra = list(findings)
    if day < dt.date(plan.base_year, 12, 31):
        extra.append(Finding(codes.DATE_BEFORE_DATA, params={"as_of": day.isoformat(), "base": plan.base_year}))
    wanted = None
    if regions is not None:
        names = list(regions)
        wanted = [] if "all" in names else find_regions(plan, names, dataset)
    return score(plan, dataset, as_of=day, regions=wanted, findings=extra)


def parse_as_of(value: str | dt.date) -> dt.date:
    """Return the day of assessment: the last day of a year, or the date itself.

    Raises:
        IpstrongError: when it is neither.
    """
    if isinstance(value, dt.date):
        return value
    text = value.strip()
    if re.fullmatch(r"[12]\d{3}", text):
        return dt.date(int(text), 12, 31)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise IpstrongError([Finding(codes.BAD_AS_OF, params={"value": value})]) from None


def parse_day(value: str, option: str) -> dt.date:
    """Return a day; unlike the day of assessment it needs year, month and day.

    Args:
        value: Year, month and day, as 2021-12-15.
        option: Who asks, for the complaint.

    Raises:
        IpstrongError: when it is no full date.
    """
    try:
        return dt.date.fromisoformat(value.strip())
    except ValueError:
        raise IpstrongError([Finding(codes.BAD_DAY, params={"option": option, "value": value})]) from None


def find_regions(plan: Plan, names: Iterable[str], dataset: Dataset | None = None) -> list[str]:
    """Return the ids of regions by id, name or alias, in the order given; the data may name more than the plan does.

    Raises:
        IpstrongError: for each name that neither knows.
    """
    wanted = list(dict.fromkeys(names))
    known = {name: region.id for region in plan.regions for name in (region.id, *region.name, *region.aliases)}
    if dataset is not None and not known.keys() >= set(wanted):
        import polars as pl

        present = dataset.frame.select(pl.col("region").cast(pl.String).unique(maintain_order=True)).to_series()
        known |= {name: name for name in present if name and name not in known}
    if missing := [name for name in wanted if name not in known]:
        params = [{"name": name, "nearest": suggestion(name, list(known))} for name in missing]
        raise IpstrongError(Finding(codes.UNKNOWN_REGION, params=each) for each in params)
    return list(dict.fromkeys(known[name] for name in wanted))


def find_target(plan: Plan, name: str) -> str:
    """Return the id of the target with this id, number or name.

    Raises:
        IpstrongError: when the plan has no such target.
    """
    for target in plan.targets:
        if name in (target.id, str(target.number), target.name.zh, target.name.en):
            return target.id
    nearest = suggestion(name, [each for target in plan.targets for each in (target.id, *target.name)])
    raise IpstrongError([Finding(codes.UNKNOWN_TARGET, params={"name": name, "nearest": nearest})])


def is_assessed(scorecard: Scorecard) -> bool:
    """Return whether any target of any region rests on a value, or waits with its base for one that is not due."""
    from ipstrong.model.result import Figure, Status

    # What is added up begins at zero: such a base rests on no figure of the data.
    return any(
        isinstance(result.latest, Figure) or (result.status is Status.NOT_DUE and bool(result.observations))
        for result in scorecard.results
    )


def unread_files(paths: Sequence[str], dataset: Dataset) -> tuple[str, ...]:
    """Return the files that could not be read at all."""
    read = {file.path for file in dataset.files}
    return tuple(path for path in paths if path not in read)


def validate(
    dataset: Dataset,
    plan: Plan | None = None,
    *,
    handed_in: dt.date | None = None,
    waivers: str | Path | None = None,
    today: dt.date | None = None,
    findings: Sequence[Finding] = (),
) -> Validation:
    """Return everything that is wrong with a submission, and how the plan's cross-checks came out.

    Args:
        dataset: the data, from `read_data` with the same plan.
        plan: the plan; None checks the tables alone.
        handed_in: the day of submission, compared with the plan's deadlines; None leaves them out.
        waivers: the file of reviewed and accepted findings.
        today: the day on which waivers must be valid; required with `waivers`, for nothing here reads the clock.
        findings: findings to carry along, such as the plan's warnings.

    Raises:
        IpstrongError: when the waivers file cannot be used.
        ValueError: when `waivers` comes without `today`.
    """
    from ipstrong.checks import run_checks
    from ipstrong.checks.panel import Panel
    from ipstrong.checks.places import with_excerpts
    from ipstrong.checks.waivers import apply_waivers, load_waivers
    from ipstrong.model.validation import Validation as Result

    found, cross_checks, rules_run = run_checks(dataset, plan, handed_in=handed_in)
    read = with_excerpts(Panel(dataset, plan, handed_in), dataset.findings)
    standing = sorted_findings((*read, *findings, *found))
    if waivers is None:
        return Result(dataset, plan, standing, (), cross_checks, rules_run)
    if today is None:
        raise ValueError("waivers need the day on which they must be valid")
    accepted, complaints = load_waivers(waivers)
    if has_errors(complaints):
        raise IpstrongError(complaints)
    kept, waived, extra = apply_waivers(standing, accepted, today)
    return Result(dataset, plan, sorted_findings((*kept, *extra, *complaints)), waived, cross_checks, rules_run)


def find_code(name: str) -> str:
    """Return the id of a diagnostic code, however it is capitalised; of a merged code, the id that it is part of now.

    Raises:
        IpstrongError: when there is no such code.
    """
    from ipstrong.diagnostics.codes.all_codes import ALL_CODES, current_id

    found = current_id(name)
    if found not in ALL_CODES:
        params = {"name": name, "nearest": suggestion(name.upper(), ALL_CODES)}
        raise IpstrongError([Finding(codes.UNKNOWN_CODE, params=params)])
    return found


def check_filters(
    plan: Plan, *, department: str | None = None, area: str | None = None, programme: str | None = None
) -> None:
    """Refuse a filter that fits no name in the plan: an empty table would look like an answer.

    Raises:
        IpstrongError: with the nearest name for each.
    """
    units = {name for entry in plan.departments for name in (*entry.name, *entry.aliases)}
    units |= {name for target in plan.targets for name in target.departments}
    units |= {name for task in plan.tasks for name in (*task.lead, *task.cooperating)}
    known = {
        department: units,
        area: {name for entry in plan.areas for name in (entry.id, *entry.name)},
        programme: {name for task in plan.tasks for name in task.programme},
    }
    complaints = [
        Finding(codes.UNKNOWN_FILTER, params={"name": wanted, "nearest": suggestion(wanted, sorted(names))})
        for wanted, names in known.items()
        if wanted is not None and not any(wanted.casefold() in name.casefold() for name in names)
    ]
    if complaints:
        raise IpstrongError(complaints)


def package_of(path: str) -> bytes | None:
    """Return the bytes of an xlsx or xlsm file, opened where Excel's own default password closes it; None if it is not one."""
    from ipstrong.readers.xls import decrypted

    try:
        data = Path(path).read_bytes()
    except OSError:
        return None
    content = data if data.startswith(b"PK") else decrypted(data)
    return content if content is not None and content.startswith(b"PK") else None


def cells_of(path: str, options: ReadOptions) -> list[tuple[str | None, list[list[CellValue]], list[int] | None]]:
    """Return every sheet of a file as it was read: its name, its rows, and for text tables the line of each row."""
    from ipstrong.readers.open_file import open_source

    _, grids, _ = open_source(path, options)
    return [
        (
            grid.sheet,
            grid.rows(),
            [grid.line_of(row) or row + 1 for row in range(grid.height)] if grid.sheet is None else None,
        )
        for grid in grids
    ]


def compare_scorecards(old: str | Path, new: str | Path) -> Comparison:
    """Return what changed between two scorecards in JSON, as `check -o scorecard.json` writes them.

    Raises:
        IpstrongError: one of the files cannot be read or is no scorecard.
    """
    from ipstrong.checks.comparison import compare_documents

    documents = []
    for path in (old, new):
        try:
            documents.append(json.loads(Path(path).read_bytes(), parse_float=Decimal))
        except (OSError, ValueError, RecursionError) as error:
            raise IpstrongError([Finding(codes.NOT_A_SCORECARD, Location(str(path)))]) from error
    return compare_documents(documents[0], documents[1], (str(old), str(new)))


def compare(plan: Plan, old: Dataset, new: Dataset) -> Comparison:
    """Return what changed between two submissions: figures, and verdicts as of the same day."""
    from ipstrong.checks.comparison import compare_datasets, compare_scorecards
    from ipstrong.scoring import latest_day

    days = [day for day in (latest_day(old), latest_day(new)) if day is not None]
    as_of = max(days) if days else dt.date(plan.end_year, 12, 31)
    before, after = (check(plan, dataset, as_of=as_of) for dataset in (old, new))
    return compare_scorecards(compare_datasets(old, new), before, after)
