"""Cuts beside their definition, and beside SciPy's largest flow: no more can pass than through the least."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from hostcity.engines.network._kernels.crossing import BORDER, FREE, WAY, cuts_along, free_from_border, mark_inside
from tests.naive import cuts as naive

ROWS, COLUMNS, MIDDLE = 13, 21, 6


@st.composite
def halls(draw):
    """A walled hall with blocks in it, and a straight way through its middle row that none of them touches."""
    kind = np.full((ROWS, COLUMNS), FREE, np.uint8)
    kind[0], kind[-1], kind[:, 0], kind[:, -1] = BORDER, BORDER, BORDER, BORDER
    for _ in range(draw(st.integers(0, 6))):
        row, column = draw(st.integers(0, ROWS - 2)), draw(st.integers(0, COLUMNS - 2))
        high, wide = draw(st.integers(1, 4)), draw(st.integers(1, 6))
        kind[row : row + high, column : column + wide] = BORDER
    kind[MIDDLE, 1:-1] = FREE
    return kind


def ours(kind):
    """Squares with the way in them, its cuts, and which of them are across."""
    kind = kind.copy()
    column = np.arange(1, COLUMNS - 1)
    row = np.full(column.size, MIDDLE)
    kind[row, column] = WAY
    mark_inside(kind)
    return kind, *cuts_along(kind, *free_from_border(kind), row, column)


@given(halls())
@settings(max_examples=60, deadline=None)
def test_cuts_are_those_of_the_definition(kind):
    marked, found, _ = ours(kind)
    given_ = kind.copy()
    given_[MIDDLE, 1:-1] = WAY
    assert marked.tolist() == naive.inside(given_.tolist())
    expected = naive.cuts(marked.tolist(), [(MIDDLE, column) for column in range(1, COLUMNS - 1)])
    assert found.round(9).tolist() == [round(each, 9) for each in expected]


def largest_flow(kind):
    """How many squares wide a flow from the left half of the way's ends to the right can be: each free one carries one."""
    squares, many = kind.size, 1000
    edges = []
    for row in range(ROWS):
        for column in range(COLUMNS):
            here = row * COLUMNS + column
            if kind[row, column] == FREE:
                is_end = row == MIDDLE and column in (1, COLUMNS - 2)
                edges.append((here, squares + here, many if is_end else 1))
                beside = (here - COLUMNS, here - 1, here + 1, here + COLUMNS)
                edges += [(squares + here, there, 1) for there in beside if kind.flat[there] == FREE]
    start, end, much = np.array(edges).T
    graph = csr_array((much.astype(np.int32), (start, end)), shape=(2 * squares, 2 * squares))
    return maximum_flow(graph, MIDDLE * COLUMNS + 1, squares + MIDDLE * COLUMNS + COLUMNS - 2).flow_value


@given(halls())
@settings(max_examples=60, deadline=None)
def test_no_flow_is_larger_than_the_least_cut(kind):
    _, found, _ = ours(kind)
    assert largest_flow(kind) <= found[1:-1].min() + 1e-9


def test_a_gap_beside_a_wall_is_as_wide_as_its_squares():
    kind = np.full((ROWS, COLUMNS), FREE, np.uint8)
    kind[0], kind[-1], kind[:, 0], kind[:, -1] = BORDER, BORDER, BORDER, BORDER
    kind[1:5, 10] = BORDER  # leaves 7 squares
    _, found, is_across = ours(kind)
    assert found[is_across].min() == 7.0
    assert found.min() < 2.0  # around the square at the end, which stands at the wall


@pytest.mark.parametrize("high", [1, 2, 3])
def test_what_stands_free_counts_by_the_floor_beside_it(high):
    kind = np.full((ROWS, COLUMNS), FREE, np.uint8)
    kind[0], kind[-1], kind[:, 0], kind[:, -1] = BORDER, BORDER, BORDER, BORDER
    kind[2 : 2 + high, 10] = BORDER
    _, found, is_across = ours(kind)
    assert found[is_across].min() == 11.0 - high


def test_a_way_between_walls_is_a_square_wide():
    kind = np.zeros((5, COLUMNS), np.uint8)
    kind[2, 1:-1] = WAY
    cuts, _ = cuts_along(kind, *free_from_border(kind), np.full(COLUMNS - 2, 2), np.arange(1, COLUMNS - 1))
    assert cuts.tolist() == [1.0] * (COLUMNS - 2)
