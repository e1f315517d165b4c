"""From offending cells to findings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from datasets import cell, make_dataset
from ipstrong.checks.panel import Panel
from ipstrong.checks.places import MOST_CELLS, findings_by_cell
from ipstrong.diagnostics import a1, split_a1
from ipstrong.diagnostics.codes import series as codes

_SPOTS = st.tuples(st.sampled_from(["one", "two"]), st.integers(0, 4), st.integers(0, 4))


@given(st.dictionaries(_SPOTS, st.sampled_from(["甲", "乙"]), max_size=40), st.booleans())
def test_every_cell_has_a_finding_of_its_own_unless_they_are_many(
    labels: dict[tuple[str, int, int], str], by_label: bool
) -> None:
    """Holes, cells of another topic and of another sheet lie in and around the rectangles."""
    panel = Panel(
        make_dataset([cell(a1(row, col), 1, label=label, sheet=sheet) for (sheet, row, col), label in labels.items()]),
        None,
    )
    groups: dict[tuple[str, str], set[str]] = {}
    for (sheet, row, col), label in labels.items():
        groups.setdefault((sheet, label if by_label else ""), set()).add(a1(row, col))
    told: dict[tuple[str, str], list[str]] = {}
    for finding in findings_by_cell(panel, codes.JUMP, panel.cells, {}, *(["label"] if by_label else [])):
        place, label = finding.location, str(finding.params["label"])
        row, col = split_a1((place.cell or "").split(":")[0])
        assert labels[place.sheet or "", row - 1, col - 1] == label  # the sentence is about this very cell
        told.setdefault((place.sheet or "", label if by_label else ""), []).append(place.cell or "")
    assert told.keys() == groups.keys()
    for group, cells in groups.items():
        assert len(told[group]) == 1 if len(cells) > MOST_CELLS else sorted(told[group]) == sorted(cells)


def test_cells_of_a_rectangle_are_told_in_reading_order() -> None:
    """As the first two thousand findings have their row with them, the order shows."""
    spots = [(1, 0), (0, 1), (1, 1), (0, 0), (5, 5)]
    panel = Panel(make_dataset([cell(a1(row, col), 1, label="甲") for row, col in spots]), None)
    found = findings_by_cell(panel, codes.JUMP, panel.cells, {}, "label")
    assert [finding.location.cell for finding in found] == ["A2", "B1", "B2", "A1", "F6"]
