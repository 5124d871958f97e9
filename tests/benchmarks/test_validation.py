"""The quick checks are played, and what is verification is met; what is known not to be, is known by name."""

from __future__ import annotations

import math

import pytest
from benchmarks.validation import congestion, exits, hydraulic, movement, queues, whole
from benchmarks.validation.check import BEHAVIOR, Check, tables
from benchmarks.validation.queues import crommelin_wait_s, erlang_c_wait_s

PLAYS = [play for family in (movement, exits, congestion, queues, hydraulic, whole) for play in family.QUICK]
#: Findings, told on the page; strict, so that whoever mends one says so here.
NOT_MET = {
    "stair_flow": "stairs carry their share of speed times the level flow, whatever the plan says",
    "sfpe_stair": "the first walk more slowly in the rush than the hand calculation has them",
    "sfpe_stair_wide_entrance": "people are held at the end of a link, not where they enter",
}


@pytest.mark.parametrize(
    "play",
    [
        pytest.param(play, marks=pytest.mark.xfail(strict=True, reason=NOT_MET[name])) if name in NOT_MET else play
        for play in PLAYS
        for name in (play.__name__,)
    ],
    ids=lambda play: play.__name__,
)
def test_what_is_verification_is_met(play):
    check = play()
    assert check.name == play.__name__
    assert check.is_met or check.kind == BEHAVIOR, check.figure


def test_closed_forms_are_those_in_print():
    """M/M/1: rho / (1 - rho) services. M/D/1: half of that. M/M/2 at rho = 0.5: a third. More lanes of D: below M."""
    assert erlang_c_wait_s(1, 0.5, 1.0) == pytest.approx(1.0)
    assert erlang_c_wait_s(2, 1.0, 1.0) == pytest.approx(1 / 3)
    assert crommelin_wait_s(1, 0.5, 1.0) == pytest.approx(0.5, abs=1e-9)
    assert 0.5 * erlang_c_wait_s(4, 2.8, 1.0) < crommelin_wait_s(4, 2.8, 1.0) < 0.6 * erlang_c_wait_s(4, 2.8, 1.0)
    assert hydraulic.stair_k(0.178, 0.279) == pytest.approx(1.08, abs=0.005)
    assert math.isclose(hydraulic.LEVEL_FLOW, 1.3158, rel_tol=1e-4)


def test_the_table_shows_what_is_not_met():
    check = Check(
        name="x",
        title="A thing",
        kind=BEHAVIOR,
        figure="2",
        expectation="1",
        tolerance="exact",
        is_met=False,
        source="S",
    )
    text = tables([check])
    assert "0 of 1 are met" in text
    assert "**not met**" in text
    assert "python -m benchmarks.validation x" in text
