"""Plain types: plan, period, unit, dataset, expression, result. Nothing here reads, computes or prints."""
