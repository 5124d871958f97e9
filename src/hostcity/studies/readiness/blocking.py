"""Whom tasks hold up, by their links as they stand."""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.engines.schedule import blocks
from hostcity.engines.schedule.order import order_of
from hostcity.studies.readiness.network import Network


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What waits for a task, by places in the sheet."""

    direct: tuple[int, ...]  # by a link of their own
    waiting: tuple[int, ...]  # all, one after the other, in the order of their earliest starts
    first_harmed: int  # which of them, or itself, is harmed first by a slip; -1 = the end of all


def held_by(network: Network, task: int) -> Held:
    """Whom a task holds up. O(N + L).

    Raises
    ------
    IndexError
        For a task that there is not.
    """
    found = blocks(network.problem, task)
    links = network.problem.link
    direct = sorted({int(after) for after in links[links[:, 0] == task, 1]})
    return Held(direct=tuple(direct), waiting=found.tasks, first_harmed=found.first_harmed)


def waiting_counts(network: Network) -> tuple[int, ...]:
    """How many tasks wait for each, one after the other. O(N · L / 64): sets of tasks are bits of one number."""
    problem = network.problem
    after: list[list[int]] = [[] for _ in problem.duration]
    for one, other, _kind in problem.link.tolist():
        after[one].append(other)
    held = [0] * len(after)
    for task in reversed(order_of(problem)):
        for other in after[task]:
            held[task] |= held[other] | 1 << other
    return tuple(each.bit_count() for each in held)
