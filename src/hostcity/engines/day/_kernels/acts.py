"""Small acts that several phases share.

They take the arrays they need and are spliced into their callers: a call that passes a record of fifty arrays would
cost a hundred atomic reference counts per person.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from hostcity.engines.day._kernels.layout import (
    CHUNK_FREE,
    CHUNK_USED,
    MOVES,
    POOL_FREE,
    SERVED,
)

U = np.uintp
HOME_END, TURNED_AWAY_END = 0, 1


@nb.njit(inline="always")
def stay_until(counters, chunk, ends, rules, person, stop, at_s, step):
    """Note that a person's stay or service ends at a time; after the end of the clock they are still there."""
    due = np.int64((at_s - rules.start_s) / rules.step_s)
    due = step + 1 if due <= step else due
    if due < ends.size - 1:
        last = np.int64(ends[U(due)])
        if last & 7 == 7:
            base = counters[CHUNK_FREE]
            if base >= 0:
                counters[CHUNK_FREE] = np.int64(chunk[U(base)].stop)
            else:
                base = counters[CHUNK_USED]
                counters[CHUNK_USED] = base + 8
            chunk[U(base)].stop = last
            last = base
        ends[U(due)] = last + 1
        chunk[U(last + 1)].at = at_s
        chunk[U(last + 1)].person = person
        chunk[U(last + 1)].stop = stop


@nb.njit(inline="always")
def free_row(counters, free_rows, row):
    free_rows[U(counters[POOL_FREE])] = row
    counters[POOL_FREE] += 1


@nb.njit(inline="always")
def keep_move(counters, log, person, at_s, kind, place):
    moved = counters[MOVES]
    if moved < log.move_person.size:
        log.move_person[moved] = person
        log.move_at[moved] = at_s
        log.move_kind[moved] = kind
        log.move_place[moved] = place
    counters[MOVES] = moved + 1


@nb.njit(inline="always")
def note_service(counters, log, queue, station, person, joined_s, begin_s):
    served = counters[SERVED]
    log.served_person[U(served)] = person
    log.served_station[U(served)] = station
    log.served_joined[U(served)] = joined_s
    log.served_wait[U(served)] = begin_s - joined_s
    counters[SERVED] = served + 1
    queue[U(station)] -= 1
