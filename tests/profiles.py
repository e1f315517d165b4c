"""How many examples a property is tried with; `conftest` registers the profiles that decide it."""

from __future__ import annotations

from hypothesis import settings

SLOW = settings(max_examples=settings().max_examples // 5)
"""For a property of which one example takes tens of milliseconds: a fifth of what the profile gives the others."""
