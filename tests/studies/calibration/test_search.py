"""An end of a range is found with few tries, wherever it lies."""

import math

import pytest

from hostcity.studies.calibration.parameters import Parameter
from hostcity.studies.calibration.search import MOST_TRIES, Search

SERVICE_S = Parameter(
    figure="stations.W.service_mean_s", codes=("W",), begins=7.0, low=5.0, high=10.0, is_factor=False, is_whole=False
)
LANES = Parameter(
    figure="stations.W.lanes", codes=("W",), begins=4.0, low=2.0, high=8.0, is_factor=False, is_whole=True
)


def found(refuted, *, fit=0.0, side=1, first=0.5, parameter=SERVICE_S):
    """The end for values that are refuted so far, and how many were tried."""
    search, tried = Search(parameter, fit, side, refuted=refuted(0.0), first=first), 0
    while (place := search.place) is not None:
        assert -1 <= place <= 1
        tried += 1
        search.tell(refuted(side * (place - fit)))
    return search.end, tried


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("first", [0.15, 0.3, 0.45, 0.9])
def test_the_end_is_where_the_test_says_so(first, side):
    """Refuted beyond 0.4 from the fit: as queues grow, faster and faster; as they vanish, slower and slower."""
    for refuted in (lambda way: math.expm1(2 * way) / math.expm1(0.8), lambda way: math.sqrt(way / 0.4)):
        end, tried = found(refuted, fit=0.1, side=side, first=first)
        assert end == pytest.approx(0.1 + side * 0.4, abs=0.05)
        assert tried <= MOST_TRIES


def test_a_good_guess_is_tried_once():
    assert found(lambda way: way / 0.4, first=0.42) == (pytest.approx(0.4), 1)


def test_what_the_counts_do_not_refute_ends_with_the_declared_range():
    assert found(lambda way: 0.3 * way, fit=0.2, side=-1, first=0.7) == (-1.0, 2)


def test_a_fit_at_the_end_of_the_scale_has_nothing_beyond():
    assert found(lambda way: way, fit=1.0) == (1.0, 0)


def test_a_fit_that_the_counts_refute_is_the_end():
    assert found(lambda way: 1.5 + way)[0] == 0.0


def test_whole_numbers_are_tried_whole_and_the_range_may_end_between_them():
    """Of 4 lanes: 5 are refuted half, 6 three times as much."""
    fit, five, six = (LANES.to_scale(value) for value in (4.0, 5.0, 6.0))
    end, tried = found(
        lambda way: {0: 0.0, 1: 0.5, 2: 1.5}[round(LANES.of_scale(fit + way)) - 4], fit=fit, parameter=LANES, first=0.1
    )
    assert (end, tried) == (pytest.approx((five + six) / 2), 2)
