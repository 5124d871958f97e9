"""Codes of posts, and how likely too few are there."""

from datetime import UTC, datetime
from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostcity.volunteers.duty.cells import Cell
from hostcity.volunteers.duty.codes import age_of, code_of, step_ends_s, step_of
from hostcity.volunteers.duty.risk import short_probability

SECRET = b"of a test"
CELL = Cell("P1", "D1", "early")


def naive(needed, attends):
    """The definition: every way in which people may come."""
    ways = product((0, 1), repeat=len(attends))
    return sum(
        prod(rate if come else 1 - rate for come, rate in zip(way, attends, strict=True))
        for way in ways
        if sum(way) < needed
    )


@given(st.integers(0, 6), st.lists(st.floats(0, 1), max_size=6))
def test_the_probability_is_exact(needed, attends):
    assert short_probability(needed, attends) == pytest.approx(naive(needed, attends), abs=1e-12)


def test_who_is_there_is_certain():
    assert short_probability(2, [1.0, 1.0]) == 0.0
    assert short_probability(2, [1.0, 0.0]) == 1.0
    assert short_probability(2, [1.0, 0.75, 0.0]) == 0.25


def test_codes_differ_by_cell_and_step():
    cells = [CELL, Cell("P2", "D1", "early"), Cell("P1", "D2", "early"), Cell("P1", "D1", "late")]
    codes = {code_of(SECRET, cell, step) for cell in cells for step in range(100)}
    assert len(codes) == 400
    assert {len(code) for code in codes} == {6}
    assert code_of(b"another", CELL, 1) != code_of(SECRET, CELL, 1)


def test_names_of_codes_do_not_run_together():
    assert code_of(SECRET, Cell("a", "bc", "d"), 1) != code_of(SECRET, Cell("ab", "c", "d"), 1)


def test_a_code_has_an_age():
    code = code_of(SECRET, CELL, 100)
    assert [age_of(code, SECRET, CELL, step, (0, 1)) for step in (99, 100, 101, 102)] == [None, 0, 1, None]


def test_steps_are_of_30_s():
    at = [datetime(2026, 5, 5, 8, 0, second, tzinfo=UTC) for second in (0, 29, 30)]
    first = step_of(at[0])
    assert [(step_of(each) - first, step_ends_s(each)) for each in at] == [(0, 30), (0, 1), (1, 30)]
