"""The engine beside Ciw: 20,000 customers at one gate of 20 lanes, each with the arrival and the service of our day."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.day import play_loop
from benchmarks.peers.ciw_gate import queue_with_ciw
from benchmarks.peers.costs import Spent, cpu_of, fresh, in_turns, versioned
from benchmarks.peers.tables import Instance, Program, ratio_words
from benchmarks.rows import Bar
from benchmarks.theory import CUSTOMERS, Customers, busy_station, customers_of
from hostcity.engines.day import rehearse_day
from hostcity.engines.day.rehearse import prepare
from hostcity.plan.plan import Plan

LANES, STEP_S, LAW = 20, 2.0, "exponential"
EQUAL_S = 1e-6


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far Ciw's waits are from ours."""

    largest_s: float
    mean_wait_s: float

    @property
    def is_equal(self) -> bool:
        """Whether every customer waits as long in both."""
        return self.largest_s <= EQUAL_S


def gate_plan(customers: int) -> Plan:
    """Our day with so many customers."""
    return busy_station(LANES, STEP_S, LAW, customers)


def agreement_of(served: Customers) -> Agreement:
    """Waits of the same customers in Ciw, beside ours."""
    waits, _ = queue_with_ciw(served.joined_s, served.took_s, LANES)
    return Agreement(float(np.abs(waits - served.wait_s).max()), float(served.wait_s.mean()))


def fresh_day(customers: str) -> None:
    """Play our day once, in a process of its own."""
    rehearse_day(gate_plan(int(customers)), seed=1)


def engine_act(make: Callable[[], Plan]) -> Spent:
    """From making the plan to results; and the loop alone, of the same day once more."""
    began = time.process_time()
    rehearse_day(make(), seed=1)
    whole_s = time.process_time() - began
    day = prepare(make(), seed=1)
    return Spent(whole_s=whole_s, run_s=cpu_of(lambda: play_loop(day)))


def measure_gate(customers: int = CUSTOMERS) -> tuple[Bar, Instance]:
    """Waits customer by customer, then processor time and memory of both."""
    served = customers_of(gate_plan(customers))
    found = agreement_of(served)
    spent = in_turns(
        {
            "engine": lambda: engine_act(lambda: gate_plan(customers)),
            "ciw": lambda: queue_with_ciw(served.joined_s, served.took_s, LANES)[1],
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "customers.npz"
        np.savez(file, joined_s=served.joined_s, took_s=served.took_s)
        alone = fresh("benchmarks.peers.gate", "fresh_day", str(customers))
        theirs = fresh("benchmarks.peers.ciw_gate", "fresh", str(file), str(LANES))
    engine = Program("engine", spent["engine"], alone)
    apart = "" if found.is_equal else f"waits differ by up to {found.largest_s:.1e} s"
    ciw = Program(versioned("Ciw", "ciw"), spent["ciw"], theirs, apart)
    bar = Bar(
        f"Ciw, one gate of {LANES} lanes, {customers:,} customers: every wait equal; time and memory",
        "equal to 1e-6 s, else no ratio",
        f"largest difference {found.largest_s:.1e} s; Ciw takes {ratio_words(ciw, engine)}",
        found.is_equal,
    )
    note = (
        f"The same arrivals at the station and the same drawn services, mean wait {found.mean_wait_s:.2f} s. The engine wholly: "
        "plan, people, a walk of 20 m, the gate, the way home, results; Ciw wholly: its network, the queue, its records. Ciw "
        "is given times between arrivals and adds them up: the difference of two doubles within a factor of two is exact, so "
        "the sums are the arrivals again, bit by bit."
    )
    return bar, Instance(f"One gate beside Ciw, {customers:,} customers", (engine, ciw), note)
