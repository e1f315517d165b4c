"""A sequence that is made when somebody first looks into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Later(Sequence[T]):
    """A sequence whose items are made all at once, the first time that one is asked for."""

    def __init__(self, make: Callable[[], tuple[T, ...]], length: int | None = None) -> None:
        """Keep how to make the items, and how many there will be, where that is known beforehand."""
        self._make: Callable[[], tuple[T, ...]] | None = make
        self._length = length
        self._made: tuple[T, ...] = ()

    def _items(self) -> tuple[T, ...]:
        if self._make is not None:
            self._made, self._make = self._make(), None  # whatever it was made of is let go
        return self._made

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self._items()) if self._length is None else self._length

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        """Return an item, or several as a tuple."""
        return self._items()[index]

    def __eq__(self, other: object) -> bool:
        """Whether the items are those of another sequence."""
        return self._items() == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of the items as a tuple, to which the sequence is equal."""
        return hash(self._items())
