"""What bar charts and trend charts share: a chart that is ready to be placed, and the font of its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ipstrong.reports.xlsx.styles import FONTS, INK
from ipstrong.texts import Lang

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart


class Panel(NamedTuple):
    """A chart that is ready to be placed, with its description for those who cannot see it."""

    chart: Chart
    alt: str
    n_rows: int
    """Rows that its data take."""


def chart_font(lang: Lang) -> dict[str, object]:
    """Return the font of the texts in a chart."""
    return {"name": FONTS[lang], "size": 9, "color": INK}
