"""What a visitor costs in memory."""

from __future__ import annotations

from hostcity.engines.day._kernels import layout
from hostcity.engines.day.rehearse import Day


def bytes_per_visitor(day: Day) -> dict[str, float]:
    """Bytes that a played day has touched for each visitor: their plan, where they are, what is kept of them.

    Memory that was set aside and never written to is not counted, nor are logs that grow with services and moves
    instead of visitors.
    """
    people, chosen, crowd, log = day.people, day.chosen, day.crowd, day.log
    counters = crowd.counters
    visitors = max(people.arrive_s.size, 1)
    # Both records name some of the same arrays.
    plan = {id(each): each.nbytes for each in (*people, *chosen)}
    walking = int(counters[layout.ARENA_USED]) * (crowd.due.itemsize + crowd.walking.itemsize)
    waiting = int(counters[layout.POOL_USED]) * (crowd.pool.itemsize + crowd.free_rows.itemsize)
    staying = int(counters[layout.CHUNK_USED]) * crowd.chunk.itemsize + crowd.ends.nbytes
    kept = (log.entry_joined, log.held, log.entry, log.first_hall, log.left, log.end, log.reached)
    return {
        "plan": sum(plan.values()) / visitors,
        "state": (walking + waiting + staying) / visitors,
        "outcome": sum(each.nbytes for each in kept) / visitors,
    }
