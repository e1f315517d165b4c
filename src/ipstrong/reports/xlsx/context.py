"""What every sheet needs to know: the scorecard, the language, the places and the writer of formulas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipstrong.diagnostics import a1
from ipstrong.model.plan import Clause, Indicator
from ipstrong.model.result import Figure, NotComputed, Result, Scorecard
from ipstrong.reports.formatting import format_reason
from ipstrong.reports.xlsx.cells import quoted
from ipstrong.reports.xlsx.expressions import FormulaWriter
from ipstrong.reports.xlsx.layout import Layout, Spot
from ipstrong.reports.xlsx.observations import Observations
from ipstrong.reports.xlsx.sheet import Sheet
from ipstrong.reports.xlsx.styles import Styles
from ipstrong.reports.xlsx.words import HEADS
from ipstrong.texts import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook


@dataclass(frozen=True, slots=True)
class Context:
    """The workbook in the making."""

    scorecard: Scorecard
    lang: Lang
    workbook: Workbook
    styles: Styles
    layout: Layout
    observations: Observations
    formulas: FormulaWriter
    sheets: dict[str, Sheet]
    indicators: dict[str, Indicator]
    columns: dict[str, int]
    """0-based column of each field of the scorecard."""
    working_columns: dict[str, int]
    """0-based column of each field of the workings."""

    def say(self, text: Text, /, **params: object) -> str:
        """Return a text in the language of the workbook."""
        return (text.format(**params) if params else text).get(self.lang)

    def head(self, key: str) -> str:
        """Return a column heading."""
        return HEADS[key].get(self.lang)

    def departments(self, names: Iterable[str]) -> list[str]:
        """Return the names of departments; as written in the plan where it does not declare them."""
        return [self.say(self.scorecard.plan.department(name)) for name in names]

    def clause(self, clause: Clause) -> str:
        """Return where a clause stands and what it says."""
        return f"{self.say(clause.place)}{'：' if self.lang == 'zh' else ': '}{self.say(clause.summary)}"

    def reason(self, why: NotComputed) -> str:
        """Return why something was not computed."""
        return format_reason(why, self.lang)

    def indicator_of(self, result: Result) -> Indicator | None:
        """Return the indicator that the verdict's reading looks at; None where no number decides."""
        convention = result.readings[0].convention if result.readings else None
        wanted = (convention.indicator if convention else None) or result.target.indicator
        return self.indicators.get(wanted) if wanted else None

    def spot(self, number: int) -> Spot:
        """Return where a result stands on the scorecard."""
        return self.layout.spots[number]

    def score_cell(self, number: int, field: str) -> str:
        """Return the address, with its sheet, of a field of a result on the scorecard."""
        spot = self.spot(number)
        return f"{quoted(spot.sheet)}!{a1(spot.row, self.columns[field])}"

    def figure_formula(self, figure: Figure) -> str:
        """Return the formula of a figure over the data sheet."""
        return self.formulas.formula(figure.expr)
