"""Budgets split between places: what the best single changes give together, each with a part of the budget.

A single change is tried as often as the budget lets it, so one place takes all. Where several places are short, less at
each of them does more than all at one of them. Which places, the single changes tell; how much to each, is played.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hostcity.plan.overrides import parse_override
from hostcity.studies.advice.moves import Move, Package, affordable, uses_of_package

Moves = Mapping[str, Move]
Budget = Mapping[str, float]


def rivals_of(ranked: Iterable[Package], moves: Moves, budget: Budget, most: int) -> tuple[Package, ...]:
    """The best single changes that use the budget, the best first: at most one of a place, and of a group."""
    found: list[Package] = []
    places: set[tuple[str, str]] = set()
    for package in ranked:
        ((code, _),) = package
        move = moves[code]
        own = {(each.sheet, each.key) for each in map(parse_override, move.changes)} | {("group", move.group or code)}
        uses_budget = any(move.uses.get(name, 0.0) > 0 for name in budget)
        if uses_budget and not own & places and len(found) < most:
            places |= own
            found.append(package)
    return tuple(found)


def pairs_of(rivals: Sequence[Package], moves: Moves, budget: Budget) -> Iterator[Package]:
    """Every two of them: both as they are where the budget covers that, else half of the first and the rest to the other."""
    for one, other in itertools.combinations(rivals, 2):
        yield from _joined(one, other, moves, budget, 1 / 2)


def thirds_of(pair: Package, rivals: Sequence[Package], moves: Moves, budget: Budget) -> Iterator[Package]:
    """A combination with each of the others: a third of what it takes goes there, where the budget does not cover both."""
    taken = {code for code, _ in pair}
    for other in rivals:
        if other[0][0] not in taken:
            yield from _joined(pair, other, moves, budget, len(pair) / (len(pair) + 1))


def neighbors_of(package: Package, moves: Moves, budget: Budget, step: int) -> Iterator[Package]:
    """The same with ``step`` less of one change, and what that leaves of the budget given to another one."""
    for less, more in itertools.permutations(range(len(package)), 2):
        counts = dict(package)
        lessened, grown = package[less][0], package[more][0]
        counts[lessened] -= step
        if counts[lessened] < 1:
            continue
        fixed = tuple((code, count) for code, count in counts.items() if code != grown)
        counts[grown] = affordable(moves[grown], budget, uses_of_package(fixed, moves))
        if counts[grown] > dict(package)[grown]:
            yield tuple(counts.items())


def first_step(package: Package) -> int:
    """How much is given from one change to another first: half of the smaller part."""
    return max(1, min(count for _, count in package) // 2)


def _joined(package: Package, other: Package, moves: Moves, budget: Budget, share: float) -> Iterator[Package]:
    """Both; where the budget does not cover the other beside the package, a share of the package."""
    ((code, most),) = other
    whole = affordable(moves[code], budget, uses_of_package(package, moves))
    if whole >= most:
        yield (*package, other[0])
        return
    part = tuple((each, max(1, round(count * share))) for each, count in package)
    left = min(most, affordable(moves[code], budget, uses_of_package(part, moves)))
    if left:
        yield (*part, (code, left))
