"""Rules as an automaton: which shifts may follow what somebody has served before.

The event is read in layers, as many a day as shifts may be served in it. In each layer one shift begins or none does. Two
histories after which the same may follow are one state, so that there are few: two for the usual rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.rosters.rules import Rules

Ints = NDArray[np.int64]
OFF = -1


class _Past(NamedTuple):
    """What of the days before and of today still matters."""

    yesterday: tuple[int, ...]
    today: tuple[int, ...]
    is_over: bool  # nothing more today
    running: int  # days served in a row before today
    window_s: tuple[int, ...]  # served on each of the last days before today


@dataclass(frozen=True, kw_only=True, eq=False)
class Automaton:
    """Layers of states; state 0 of layer 0 is the beginning. ``T`` layers, ``Q`` states at most."""

    states: Ints  # [T + 1] how many
    off_to: Ints  # [T, Q] the state after no shift
    first: Ints  # [T + 1] where the arcs of a layer begin
    source: Ints  # [A] arcs of the same two states are one, whatever the shift
    target: Ints  # [A]
    shift_first: Ints  # [A + 1] where the shifts of an arc begin
    shifts: Ints

    def next_of(self, layer: int, state: int, shift: int) -> int:
        """The state after a shift, or after none (`OFF`); -1 when it is not allowed."""
        if shift == OFF:
            return int(self.off_to[layer, state])
        for arc in range(self.first[layer], self.first[layer + 1]):
            served = self.shifts[self.shift_first[arc] : self.shift_first[arc + 1]]
            if self.source[arc] == state and shift in served:
                return int(self.target[arc])
        return -1


def automaton_of(rules: Rules, days: int, *, is_minor: bool = False) -> Automaton:
    """The least automaton of the rules.

    Notes
    -----
    Histories are followed forward; from the last layer backward those of equal future are merged. O(layers x histories x shifts).
    """
    begin = _Past((), (), False, 0, (0,) * (rules.window_days - 1))
    layers: list[dict[_Past, dict[int, _Past]]] = []
    reached = {begin: None}
    for layer in range(days * rules.shifts_a_day):
        ends_day = (layer + 1) % rules.shifts_a_day == 0
        moves = {past: _moves(rules, past, ends_day, is_minor) for past in reached}
        layers.append(moves)
        reached = {after: None for each in moves.values() for after in each.values()}
    return _merged(layers, reached)


def _moves(rules: Rules, past: _Past, ends_day: bool, is_minor: bool) -> dict[int, _Past]:
    """What may follow, and what it leads to."""
    found = {OFF: past._replace(is_over=True)}
    if not past.is_over:
        for shift in range(rules.starts_s.size):
            if _may(rules, past, shift, is_minor):
                found[shift] = past._replace(today=(*past.today, shift))
    return {shift: _next_day(rules, after) if ends_day else after for shift, after in found.items()}


def _may(rules: Rules, past: _Past, shift: int, is_minor: bool) -> bool:
    length_s = int(rules.lengths_s[shift])
    today_s = sum(int(rules.lengths_s[each]) for each in past.today) + length_s
    most_s = min(rules.most_a_day_s, rules.minors_a_day_s) if is_minor else rules.most_a_day_s
    if today_s > most_s or (is_minor and not rules.minors_may(shift)):
        return False
    if past.today and rules.starts_s[shift] < rules.ends_s[past.today[-1]]:
        return False
    if rules.most_days_running is not None and past.running >= rules.most_days_running:
        return False
    if rules.most_in_window_s is not None and sum(past.window_s) + today_s > rules.most_in_window_s:
        return False
    return all(rules.may_follow(each, shift) for each in past.yesterday)


def _next_day(rules: Rules, past: _Past) -> _Past:
    served_s = sum(int(rules.lengths_s[each]) for each in past.today)
    running = past.running + 1 if past.today and rules.most_days_running is not None else 0
    window = (*past.window_s, served_s)[1:] if rules.most_in_window_s is not None else past.window_s
    return _Past(past.today, (), False, running, window)


def _merged(layers: list[dict[_Past, dict[int, _Past]]], last: dict[_Past, None]) -> Automaton:
    number: dict[_Past, int] = dict.fromkeys(last, 0)
    states, tables = [1], []
    for moves in reversed(layers):
        futures: dict[tuple[tuple[int, int], ...], int] = {}
        here = {}
        for past, after in moves.items():
            future = tuple(sorted((shift, number[there]) for shift, there in after.items()))
            here[past] = futures.setdefault(future, len(futures))
        number = here
        states.append(len(futures))
        tables.append([dict(future) for future in futures])
    states.reverse()
    tables.reverse()
    return _arrays(states, tables)


def _arrays(states: list[int], tables: list[list[dict[int, int]]]) -> Automaton:
    off_to = np.zeros((len(tables), max(states)), np.int64)
    first, source, target, shift_first, shifts = [0], [], [], [0], []
    for layer, table in enumerate(tables):
        for state, moves in enumerate(table):
            off_to[layer, state] = moves[OFF]
            for there in sorted({to for shift, to in moves.items() if shift != OFF}):
                source.append(state)
                target.append(there)
                shifts += [shift for shift, to in sorted(moves.items()) if to == there and shift != OFF]
                shift_first.append(len(shifts))
        first.append(len(source))
    return Automaton(
        states=np.array(states), off_to=off_to, first=np.array(first), source=np.array(source, np.int64),
        target=np.array(target, np.int64), shift_first=np.array(shift_first), shifts=np.array(shifts, np.int64),
    )  # fmt: skip
