"""One gate in Ciw: the same customers, arrival by arrival and service by service, at a node with as many servers."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.costs import Spent

Floats = NDArray[np.float64]


def queue_with_ciw(joined_s: Floats, took_s: Floats, lanes: int) -> tuple[Floats, Spent]:
    """Waits in order of joining, and what it took.

    Ciw adds up times between arrivals. The difference of two doubles within a factor of two is exact (Sterbenz' lemma),
    so the sums are the arrivals again, bit by bit, and not a drifting copy of them.
    """
    import ciw

    began = time.process_time()
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([*np.diff(joined_s, prepend=0.0).tolist(), np.inf])],
        service_distributions=[ciw.dists.Sequential(took_s.tolist())],
        number_of_servers=[lanes],
    )
    simulation = ciw.Simulation(network)
    made = time.process_time()
    simulation.simulate_until_max_customers(joined_s.size, method="Complete")
    run_s = time.process_time() - made
    records = sorted(simulation.get_all_records(), key=lambda record: record.id_number)
    waits = np.array([record.waiting_time for record in records])
    return waits, Spent(whole_s=time.process_time() - began, run_s=run_s)


def fresh(customers: str, lanes: str) -> None:
    """Play the customers of a file once, in a process of its own."""
    with np.load(Path(customers)) as given:
        queue_with_ciw(given["joined_s"], given["took_s"], int(lanes))
