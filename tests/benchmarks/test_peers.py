"""Peers play what the engine plays, small; whoever is not installed is skipped (requirements/bench.txt has them all)."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.peers import costs, tree
from benchmarks.peers.gate import LANES, agreement_of, gate_plan
from benchmarks.peers.leaving import apart, engine_left, network_left, uxsim_left
from benchmarks.peers.leaving_plan import leaving_plan, starts_of
from benchmarks.peers.tables import Instance, Program, costs_detail, ratio_words, where_a_peer_takes_less
from benchmarks.theory import customers_of

from hostcity.engines.day import rehearse_day

PERSONS = 560  # five at each place


def need(package: str) -> None:
    pytest.importorskip(package, reason=f"{package} is in requirements/bench.txt, not in what tests need")


def test_every_customer_waits_as_long_in_ciw():
    need("ciw")
    served = customers_of(gate_plan(500))
    assert served.wait_s.max() > 1.0
    found = agreement_of(served)
    assert found.is_equal
    assert found.largest_s <= 1e-6


def test_a_server_less_in_ciw_is_seen():
    need("ciw")
    from benchmarks.peers.ciw_gate import queue_with_ciw

    served = customers_of(gate_plan(500))
    waits, _ = queue_with_ciw(served.joined_s, served.took_s, LANES - 1)
    assert np.abs(waits - served.wait_s).max() > 1.0


@pytest.mark.parametrize(("persons", "platoon", "most"), [(PERSONS, 1, 0.01), (10 * PERSONS, 5, 0.02)])
def test_people_leave_in_uxsim_as_with_us(persons, platoon, most):
    need("uxsim")
    ours, _ = engine_left(persons)
    starts_s = starts_of(rehearse_day(leaving_plan(persons), seed=1))
    theirs, _ = uxsim_left(starts_s, platoon)
    assert theirs.out_s.size == ours.out_s.size == persons
    assert apart(theirs, ours) <= most


def test_a_door_lets_as_many_through_in_uxsim_as_it_should():
    need("uxsim")
    left, _ = uxsim_left({"H0-0": np.linspace(0.0, 60.0, 1000)}, 1)
    assert left.flow_per_s == pytest.approx(tree.HALL_DOOR_M * tree.FLOW_PER_M_PER_S, rel=0.01)


def test_platoons_are_whole():
    need("uxsim")
    with pytest.raises(ValueError, match="7 persons at H0-0 make no platoons of 5"):
        uxsim_left({"H0-0": np.arange(7.0)}, 5)


def test_people_leave_in_jupedsim_network_as_with_us():
    need("jupedsim_network")
    ours, _ = engine_left(PERSONS)
    theirs, _ = network_left(PERSONS)
    assert apart(theirs, ours) <= 0.03


def test_the_tree_leads_everybody_out_by_lanes_that_are_whole():
    after = {way.start: way for way in tree.ways()}
    assert len(after) == len(tree.ways())  # one way on from everywhere: nobody has a choice
    for code in tree.places():
        at, steps = code, 0
        while at != tree.OUTSIDE:
            at, steps = after[at].end, steps + 1
        assert 5 <= steps <= 12
    assert all(way.door_m <= way.width_m for way in after.values())
    assert sum(tree.persons_of(1000).values()) == 1000


def test_times_at_which_a_share_is_out():
    left = tree.Left(np.arange(1.0, 101.0))
    assert [left.share_s(share) for share in (0.5, 0.95, 1.0)] == [50.0, 95.0, 100.0]
    assert left.flow_per_s == pytest.approx(1.0)
    assert apart(tree.Left(left.out_s * 1.1), left) == pytest.approx(0.1)


def program(name: str, whole_s: float, peak_mib: float, unmatched: str = "") -> Program:
    return Program(name, (costs.Spent(whole_s, whole_s / 2),) * 3, costs.Fresh(whole_s + 1.0, peak_mib), unmatched)


def test_no_ratio_is_quoted_of_work_that_is_not_matched():
    engine = program("engine", 1.0, 200.0)
    assert ratio_words(program("peer", 3.0, 100.0), engine).startswith(
        "3x (run alone 3x): 3 s against 1 s; peak 100 MiB"
    )
    apart_by = program("peer", 3.0, 100.0, "people are out later")
    assert ratio_words(apart_by, engine) == "not matched, ratio not quoted: people are out later"
    assert costs_detail(Instance("venue", (engine, apart_by), "")).lines[1][3:5] == ("not matched", "not matched")


def test_where_a_peer_takes_less_is_told():
    engine, slow, quick = program("engine", 1.0, 200.0), program("slow", 2.0, 100.0), program("quick", 0.5, 300.0)
    told = where_a_peer_takes_less([Instance("venue", (engine, slow, quick), "")]).lines
    assert [(line[0], line[2].split(",")[0]) for line in told] == [
        ("slow", "peak memory of a fresh process"),
        ("quick", "processor time"),
        ("quick", "processor time"),
        ("quick", "processor time of a fresh process"),
    ]
    assert where_a_peer_takes_less([Instance("venue", (engine,), "")]).lines[0][0] == "nobody"


def test_memory_is_that_of_a_process_of_its_own():
    small, large = costs.fresh("json", "dumps", "x"), costs.fresh("tests.benchmarks.test_peers", "hold_50_mib")
    assert large.peak_mib - small.peak_mib > 50.0
    assert small.cpu_s < large.cpu_s


def hold_50_mib() -> None:
    assert np.ones(50 * 2**20, np.uint8).all()
