"""Every target of the plan, for every region asked for: a result, or the reason why there is none."""

from ipstrong.scoring.score import latest_day, score

__all__ = ["latest_day", "score"]
