"""The weighted score and its grade: a summary, never a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ipstrong.model.evaluation import CONTEXT
from ipstrong.model.result import Grade

ONE = Decimal(1)
ZERO = Decimal(0)
HUNDRED = Decimal(100)

GRADES: tuple[tuple[Decimal, Grade], ...] = (
    (Decimal(90), Grade.EXCELLENT),
    (Decimal(80), Grade.GOOD),
    (Decimal(60), Grade.FAIR),
    (Decimal(0), Grade.POOR),
)
"""Lower bounds, included: half-open intervals leave no hole between 89 and 90."""


def weighted_score(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Return the weighted mean of min(attainment, 1) times 100; None when nothing has weight.

    **Formula**: 100 * sum of w_i * max(0, min(a_i, 1)) / sum of w_i.

    **Needs**: (weight, attainment) of the targets that could be assessed.

    **Not computed when**: there is none.

    **Example**: attainments 1.23 and 0.50 with equal weights: 75, the grade 中.

    **Source**: grades 优 90, 良 80, 中 60, 差 below, as in budget-performance evaluation.
    """
    total = reached = ZERO
    for weight, attained in parts:
        total += weight
        reached = CONTEXT.add(reached, CONTEXT.multiply(weight, max(ZERO, min(attained, ONE))))
    return CONTEXT.divide(CONTEXT.multiply(reached, HUNDRED), total) if total else None


def grade(score: Decimal) -> Grade:
    """Return the grade of a score from 0 to 100."""
    return next(name for bound, name in GRADES if score >= bound)
