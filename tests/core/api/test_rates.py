"""How often somebody may ask."""

from hypothesis import given
from hypothesis import strategies as st

from hostcity.core.api.rates import MOST_KNOWN, Rate


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_burst_then_a_steady_rate():
    clock = Clock()
    rate = Rate(burst=3, per_s=0.5, clock=clock)
    assert [rate.wait_s("a") for _each in range(4)] == [0, 0, 0, 2]
    assert rate.wait_s("b") == 0
    clock.now = 1.0
    assert rate.wait_s("a") == 1
    clock.now = 2.0
    assert [rate.wait_s("a"), rate.wait_s("a")] == [0, 2]


@given(gaps=st.lists(st.floats(0, 5), max_size=60))
def test_never_more_than_promised(gaps):
    clock = Clock()
    rate = Rate(burst=5, per_s=1.0, clock=clock)
    let_in = 0
    for gap in gaps:
        clock.now += gap
        let_in += rate.wait_s("a") == 0
    assert let_in <= 5 + clock.now + 1e-6


def test_who_waits_as_told_is_let_in():
    clock = Clock()
    rate = Rate(burst=1, per_s=0.3, clock=clock)
    rate.wait_s("a")
    clock.now += rate.wait_s("a")
    assert rate.wait_s("a") == 0


def test_those_who_came_longest_ago_are_forgotten():
    rate = Rate(burst=1, per_s=0.001)
    for number in range(MOST_KNOWN + 5):
        rate.wait_s(str(number))
    assert len(rate._left) == MOST_KNOWN
