"""All peers but SimPy, one after the other, and where one of them takes less than the engine."""

from __future__ import annotations

import sys

from benchmarks.peers.crowd_in_the_plane import measure_crowd
from benchmarks.peers.gate import measure_gate
from benchmarks.peers.leaving import LARGE, SMALL, measure_leaving
from benchmarks.peers.study_venue import measure_study_venue
from benchmarks.peers.tables import costs_detail, where_a_peer_takes_less
from benchmarks.rows import Measured


def measure() -> Measured:
    """Results first, then cost; the large venue without jupedsim-network, which needs minutes for it."""
    gate_bar, gate = measure_gate()
    _tell("Ciw")
    small_bars, small_left, small = measure_leaving(SMALL, with_network=True)
    _tell(f"{SMALL:,} leave")
    large_bars, large_left, large = measure_leaving(LARGE, with_network=False)
    _tell(f"{LARGE:,} leave")
    crowd_bars, crowd = measure_crowd()
    study_bar, study = measure_study_venue()
    instances = (gate, small, large)
    return Measured(
        (gate_bar, *small_bars, *large_bars, *crowd_bars, study_bar),
        (
            costs_detail(gate), small_left, costs_detail(small), large_left, costs_detail(large), *crowd, study,
            where_a_peer_takes_less(instances),
        ),
    )  # fmt: skip


def _tell(what: str) -> None:
    print(f"  {what}: measured", file=sys.stderr, flush=True)
