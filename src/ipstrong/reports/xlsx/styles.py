"""Fonts, fills and borders: one place for how the workbook looks, on screen and on a black-and-white printer.

Colours are tints of the Okabe-Ito palette, which people with any colour vision tell apart; their greys differ too. A
colour never stands without its word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ipstrong.model.result import Status
from ipstrong.texts import Lang

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FONTS: dict[Lang, str] = {"zh": "Microsoft YaHei", "en": "Arial"}
NUMBER_FONT = "Arial"
"""Digits of the same width wherever the workbook is opened: every office suite has this font or one of its measure."""
FONT_SIZE = 10
DEFAULT_ROW_PIXELS = 17
"""Height of an untouched row with this font."""
LINE_HEIGHT: dict[Lang, float] = {"zh": 15.5, "en": 13.5}
"""Points a line of text takes at `FONT_SIZE`."""

INK = "#1F2933"
FAINT = "#6B7680"
RULE = "#B8C0C8"
HEAD_FILL = "#22405C"
GROUP_FILL = "#E4EBF1"
PAPER = "#FFFFFF"


class Tone(NamedTuple):
    """How a status looks."""

    fill: str
    ink: str
    solid: str
    """The full colour, for bars and lines."""
    bold: bool = False
    italic: bool = False


TONES: dict[Status, Tone] = {
    Status.MET: Tone("#BFE6D8", "#00432F", "#009E73"),
    Status.ON_TRACK: Tone("#D6ECFA", "#0B3F63", "#56B4E9"),
    Status.BEHIND: Tone("#FBD28B", "#553300", "#E69F00", bold=True),
    Status.MISSED: Tone("#B5450B", "#FFFFFF", "#D55E00", bold=True),
    Status.NOT_DUE: Tone("#F4F4F4", "#3D3D3D", "#A6A6A6"),
    Status.UNCERTAIN: Tone("#FFF3B0", "#514300", "#D8C400", italic=True),
    Status.NO_DATA: Tone("#D9D9D9", "#333333", "#7F7F7F"),
    Status.MANUAL: Tone("#EBDCEC", "#4B2A52", "#CC79A7"),
}
ACTUAL_LINE = "#0072B2"
PATH_LINE = "#D55E00"


class Styles:
    """The cell formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook, lang: Lang) -> None:
        self._workbook = workbook
        self._lang = lang
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, **properties: object) -> Format:
        """Return the format with these XlsxWriter properties over the defaults."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            given: dict[str, object] = {
                "font_name": FONTS[self._lang],
                "font_size": FONT_SIZE,
                "font_color": INK,
                "valign": "vcenter",
            }
            self._made[key] = self._workbook.add_format({**given, **properties})
        return self._made[key]

    def title(self) -> Format:
        """The title of a sheet."""
        return self.get(font_size=16, bold=True)

    def meta(self) -> Format:
        """The line under a title."""
        return self.get(font_color=FAINT)

    def section(self) -> Format:
        """A heading inside a sheet."""
        return self.get(font_size=12, bold=True, bottom=2, bottom_color=HEAD_FILL)

    def head(self) -> Format:
        """A column heading."""
        return self.get(
            bold=True,
            font_color=PAPER,
            bg_color=HEAD_FILL,
            align="center",
            text_wrap=True,
            border=1,
            border_color=RULE,
        )

    def group(self) -> Format:
        """The row that names an area."""
        return self.get(bold=True, bg_color=GROUP_FILL, top=1, bottom=1, border_color=RULE)

    def text(self, **more: object) -> Format:
        """A wrapped text in a table."""
        return self.get(**{"text_wrap": True, "border": 1, "border_color": RULE, **more})

    def number(self, code: str, **more: object) -> Format:
        """A number in a table."""
        given: dict[str, object] = {
            "num_format": code,
            "align": "right",
            "font_name": NUMBER_FONT,
            "border": 1,
            "border_color": RULE,
        }
        return self.get(**{**given, **more})

    def dash(self) -> Format:
        """The mark of what was not computed."""
        return self.get(align="center", font_color=FAINT, border=1, border_color=RULE)

    def status(self, status: Status, **more: object) -> Format:
        """The cell of a status."""
        tone = TONES[status]
        given: dict[str, object] = {
            "bg_color": tone.fill,
            "font_color": tone.ink,
            "bold": tone.bold or status is Status.MET,
            "italic": tone.italic,
            "align": "center",
            "text_wrap": True,
            "border": 1,
            "border_color": RULE,
        }
        return self.get(**{**given, **more})
