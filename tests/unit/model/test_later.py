"""A sequence that is made when somebody first looks into it."""

from __future__ import annotations

import pytest

from ipstrong.model.later import Later


def test_items_are_made_once_and_only_when_asked_for() -> None:
    made: list[int] = []

    def make() -> tuple[str, ...]:
        made.append(1)
        return ("a", "b", "c")

    later = Later(make, 3)
    assert len(later) == 3
    assert made == []
    assert (later[1], later[-1], later[0:2]) == ("b", "c", ("a", "b"))
    assert list(later) == ["a", "b", "c"]
    assert made == [1]


def test_length_is_counted_where_it_was_not_known() -> None:
    assert len(Later(lambda: (1, 2))) == 2
    assert not Later(lambda: ())


def test_it_equals_a_sequence_of_the_same_items() -> None:
    assert Later(lambda: (1, 2)) == (1, 2)
    assert Later(lambda: (1, 2)) == Later(lambda: (1, 2))
    assert Later(lambda: (1, 2)) != (1, 3)
    assert Later(lambda: (1, 2)) != 12


def test_there_is_nothing_beyond_the_end() -> None:
    with pytest.raises(IndexError):
        Later(lambda: (1, 2), 2)[2]


def test_what_is_equal_has_one_hash() -> None:
    later = Later(lambda: (1, 2))
    assert later == (1, 2)
    assert hash(later) == hash((1, 2))
