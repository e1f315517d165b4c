"""A sequence that is made when somebody first looks into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Later(Sequence[T]):
    """A sequence of known length whose items are made all at once, the first time that one is asked for."""

    def __init__(self, length: int, make: Callable[[], tuple[T, ...]]) -> None:
        """Keep how to make the items; `make` returns `length` of them."""
        self._length = length
        self._make = make
        self._made: tuple[T, ...] | None = None

    def __len__(self) -> int:
        """Return how many items there are, without making them."""
        return self._length

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        """Return an item, or several as a tuple."""
        if self._made is None:
            self._made = self._make()
        return self._made[index]
