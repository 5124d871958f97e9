"""What openings let through, beside literature."""

import numpy as np
import pytest

from hostcity.engines.micro import try_opening
from hostcity.engines.micro.opening import crowd_through, steady_flow

pytest.importorskip("jupedsim")

SPEEDS = np.clip(np.random.default_rng(5).normal(1.34, 0.26, 500), 0.6, 2.1)  # Weidmann 1993


def test_a_bottleneck_of_2_4_m_lets_through_what_is_known_of_bottlenecks():
    """Weidmann 1993: 1.22 persons/(m s); SFPE handbook: 1.32. Seyfried et al. 2009 (doi 10.1287/trsc.1090.0263) list
    experiments from 1.2 to 1.9, with pushing crowds at the upper end. The model with its own parameters: about 1.4.
    """
    assert 1.05 < steady_flow(crowd_through(2.4, 100, SPEEDS, 1)) / 2.4 < 1.9


@pytest.mark.slow
def test_flow_grows_in_proportion_to_the_width():
    """Seyfried et al. 2009 and others: linearly, without steps, from about a meter on."""
    found = [try_opening(width, SPEEDS, trials=2) for width in (1.8, 2.4, 3.6, 5.0, 8.0)]
    assert [each.persons for each in found] == [150, 150, 216, 300, 480]
    assert [len(each.flow_per_m_per_s) for each in found] == [2] * 5
    flows = [each.mean for each in found]
    assert max(flows) / min(flows) < 1.15


def test_the_same_seed_gives_the_same_flow_and_another_one_does_not():
    first, again, other = (crowd_through(2.0, 40, SPEEDS, seed).tolist() for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert len(first) == 40


def test_steady_flow_is_the_slope_between_rush_and_stragglers():
    through_s = np.concatenate([np.zeros(20), np.arange(1, 61) * 0.5, 30.0 + np.arange(1, 21) * 10.0])
    assert steady_flow(through_s) == pytest.approx(2.0)


def test_what_cannot_be_tried_is_refused():
    with pytest.raises(ValueError, match="nobody goes through an opening"):
        try_opening(0.3, SPEEDS)
    with pytest.raises(ValueError, match="speeds"):
        try_opening(2.0, np.empty(0))
