"""A sheet's rows by regular expression and by expat: whichever reads them, the cells are the same."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipstrong.diagnostics import a1
from ipstrong.readers.grid import Grid, RowGrid
from ipstrong.readers.open_file import open_source
from ipstrong.readers.options import ReadOptions
from packages import saved, styles, worksheet, xlsx_bytes

STRINGS = "<sst><si><t>甲</t></si><si><t xml:space='preserve'> b </t></si><si><t> c </t></si><si><r><t>x</t></r><r><t>y</t></r></si></sst>"
EXTRA = {"xl/styles.xml": styles(["0.0%", "yyyy-mm-dd", "[h]:mm"]), "xl/sharedStrings.xml": STRINGS}
CELLS = (
    "{} s='1'><v>0.25</v>", "{}><v>12</v>", "{} s='2'><v>43646</v>", "{} s='2'><v>-1</v>", "{} s='3'><v>1.5</v>", "{}><v>1_0</v>",
    "{}><v></v>", "{}><v/>", "{}>", "{}><v> 7 </v>", "{}><v>1e3</v>", "{} t='s'><v>0</v>", "{} t='s'><v>1</v>", "{} t='s'><v>2</v>",
    "{} t='s'><v>03</v>", "{} t='b'><v>1</v>", "{} t='e'><v>#N/A</v>", "{} t='str'><f>A1&amp;&quot;&quot;</f><v>a&lt;b</v>",
    "{}><f>A1</f>", "{}><f>A1</f><v>3</v>", "{} t='inlineStr'><is><t> in </t></is>", "{} t='n' s='1'><v>x</v>", "{} t='d'><v>2019-06-30</v>",
)  # fmt: skip
"""Cells without their end; `{}` is the beginning with the address."""


def read(content: str, extra: dict[str, str | bytes] | None = None) -> tuple[Grid, list[str]]:
    _, grids, findings = open_source("-", ReadOptions(), stdin=xlsx_bytes({"表": content}, {**EXTRA, **(extra or {})}))
    return grids[0], [f"{finding.code.id} {finding.location}" for finding in findings]


def rows_of(cells: list[list[str | None]]) -> str:
    written = []
    for row, line in enumerate(cells):
        inner = "".join(
            cell.format(f"<c r='{a1(row, column)}'") + "</c>" if cell != "/" else f"<c r='{a1(row, column)}' s='1'/>"
            for column, cell in enumerate(line)
            if cell is not None
        )
        written.append(
            f"<row r='{row + 1}'{' hidden=' + chr(39) + '1' + chr(39) if row % 7 == 3 else ''}>{inner}</row>"
        )
    return "".join(written).replace("'", '"')


LINE = st.lists(st.none() | st.just("/") | st.sampled_from(CELLS), max_size=4)


@given(st.lists(LINE, max_size=8))
def test_both_parsers_read_the_same_cells(cells: list[list[str | None]]) -> None:
    rows = rows_of(cells)
    grid, findings = read(worksheet(rows))
    other, other_findings = read(worksheet("<!-- -->" + rows))
    assert (grid.rows(), grid.extras, findings) == (other.rows(), other.extras, other_findings)


def test_many_rows_of_few_shapes_are_read_as_by_expat() -> None:
    choice = random.Random(3)
    shapes = [[choice.choice((*CELLS[:6], *CELLS[11:14], None, "/")) for _ in range(5)] for _ in range(3)]
    cells = [shapes[0 if row < 2500 else choice.randrange(3)] for row in range(3000)]
    grid, findings = read(worksheet(rows_of(cells)))
    other, other_findings = read(worksheet("<!-- -->" + rows_of(cells)))
    assert (grid.rows(), grid.extras, findings) == (other.rows(), other.extras, other_findings)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row>x<row r="2"><c r="A2"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><!-- <row r="9"/> --><row r="2"><c r="A2"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v><![CDATA[2]]></v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><x:row xmlns:x="y" r="2"><c r="A2"><v>2</v></c></x:row>',
        '<row r="2"><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A2"><v>2</v></c></row>',
        '<row r="1"><c r="A1" x=">"><v>1</v></c></row><row r="2"><c r="A2"><v>&#50;</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c><v>2</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c></row><row r=\"2\"><c r='A2'><v>2</v></c></row>",
    ],
)  # fmt: skip
def test_anything_else_between_rows_and_cells_is_read_by_expat(rows: str) -> None:
    grid, findings = read(worksheet(rows))
    assert (grid.rows(), findings) == ([[1.0], [2.0]], [])


def test_texts_keep_their_spaces_only_where_they_are_marked_to() -> None:
    grid, _ = read(worksheet(rows_of([[CELLS[12], CELLS[13], CELLS[20]]])))
    assert grid.rows() == [[" b ", "c", "in"]]


def test_a_text_is_cut_off_where_excel_would() -> None:
    cell = "<c r='A1' t='inlineStr'><is><t>" + "长" * 40_000 + "</t></is></c>"
    for before in ("", "<!-- -->"):
        grid, _ = read(worksheet(f'{before}<row r="1">{cell}</row>'.replace("'", '"')))
        assert grid.rows() == [["长" * 32_767]]


def test_escaped_control_characters_are_decoded() -> None:
    grid, _ = read(
        worksheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        {"xl/sharedStrings.xml": "<sst><si><t>a_x000D_b</t></si></sst>"},
    )
    assert grid.rows() == [["a\rb"]]


@pytest.mark.parametrize("number", ["4", "-1", "x", "99999999999999999999999999"])
def test_a_shared_string_that_is_missing_is_damage(number: str) -> None:
    content = worksheet(f'<row r="1"><c r="A1" t="s"><v>{number}</v></c></row>')
    file, _, findings = open_source("-", ReadOptions(), stdin=xlsx_bytes({"表": content}, EXTRA))
    assert (file, [finding.code.id for finding in findings]) == (None, ["DATA007"])


# --- Bounds -----------------------------------------------------------------------------------------------------------


def test_two_sheets_of_one_part_are_damage() -> None:
    main = '<workbook><sheets><sheet name="a" id="rId1"/><sheet name="b" id="rId1"/></sheets></workbook>'
    data = xlsx_bytes({"表": worksheet("")}, {"xl/workbook.xml": main})
    file, _, findings = open_source("-", ReadOptions(), stdin=data)
    assert (file, [finding.code.id for finding in findings]) == (None, ["DATA007"])


def test_blank_rows_of_many_sheets_are_bounded_together(tmp_path: Path) -> None:
    far = worksheet('<row r="9000000"><c r="A9000000"><v>1</v></c></row>')
    one = saved(tmp_path, "one.xlsx", xlsx_bytes({"a": far}))
    assert open_source(one, ReadOptions())[2] == []
    three = saved(tmp_path, "three.xlsx", xlsx_bytes({"a": far, "b": far, "c": far}))
    assert [finding.code.id for finding in open_source(three, ReadOptions())[2]] == ["DATA010"]


def test_a_shared_formula_is_kept_once() -> None:
    formula = "[" * 30_000
    rows = f'<row r="1"><c r="A1"><f t="shared" si="0">{formula}</f></c></row>' + "".join(
        f'<row r="{row}"><c r="A{row}"><f t="shared" si="0"/></c></row>' for row in range(2, 3000)
    )
    grid, findings = read(worksheet(rows))
    assert isinstance(grid, RowGrid)
    assert len({id(note.text) for note in grid.extras.notes.values()}) == 1
    assert findings == ["DATA012 -[表!A1:A2999]"]


def test_columns_hidden_over_and_over_are_counted_once() -> None:
    before = "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 20_000 + "</cols>"
    grid, findings = read(worksheet('<row r="1"><c r="B1"><v>1</v></c></row>', before=before))
    assert grid.extras.hidden_columns == {0, 1}
    assert findings == ["DATA017 -[表!B1]"]
