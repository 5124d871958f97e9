"""Waits by station and slot, in time linear in their number."""

from __future__ import annotations

import numpy as np

from hostcity.engines.day._kernels.compiling import entry


@entry
def cells_of(station, joined_s, start_s, slot_s, slots, cell, count):
    """Fill each service's cell, station x slots + slot of joining, and the number of services in each cell."""
    for service in range(station.size):
        since_s = max(joined_s[service] - start_s, 0.0)
        slot = np.int64(since_s / slot_s)
        slot = slot - 1 if slot * slot_s > since_s else slot  # the quotient was rounded up to a whole number
        cell[service] = station[service] * slots + min(slot, slots - 1)
        count[cell[service]] += 1


@entry
def gather(cell, value, place, gathered):
    """Put the values of each cell side by side; ``place`` [cells] is where each cell begins, and then where it ends."""
    for at in range(cell.size):
        gathered[place[cell[at]]] = value[at]
        place[cell[at]] += 1
