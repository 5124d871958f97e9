"""Which of several packages does more for the goal.

By the goal first, from day to day on the same days. Of those that it cannot tell apart the companion of the goal decides,
where it has one: a goal that is nothing on most days tells little of any change.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from hostcity.studies.advice.days import Days
from hostcity.studies.advice.moves import Package
from hostcity.studies.advice.trials import Effect, Trials


def by_gain(trials: Trials, packages: Iterable[Package], beside: Package, days: Days) -> list[Package]:
    """The one that does most beside another first: by means, as few days give them.

    Where the goal has a companion, those that do not seem worse for the goal than the first of them (a subset that
    holds the best, as in Hsu, "Multiple Comparisons", 1996, chapter 4, but for a factor on the interval) stand by the
    companion's mean, and the others behind them.
    """
    ordered = sorted(packages, key=lambda each: (_loss(trials.effect(each, beside, days)), each))
    if not (trials.companion and ordered):
        return ordered
    tied = [each for each in ordered if not trials.effect(ordered[0], each, days).seems_better]
    behind = [each for each in ordered if each not in set(tied)]
    tied.sort(key=lambda each: _loss(trials.beside_goal(each, beside, days)))
    return [*tied, *behind]


def best_first(
    trials: Trials, packages: Iterable[Package], beside: Package, days: Days, spent: Callable[[Package], float]
) -> list[Package]:
    """The one that does most first; of those that cannot be told apart the one that uses less.

    One by one, the next is sought among those that no other is clearly better than: for the goal, then for its companion.
    Whatever it uses, one that clearly helps stands before one that only promises to, and that before one that does nothing.
    """
    left, ranked = list(packages), []

    def key(each: Package) -> tuple[bool, bool, float, float, Package]:
        does = (not helps(trials, each, beside, days), not promises(trials, each, beside, days))
        return *does, spent(each), _loss(trials.effect(each, beside, days)), each

    while left:
        front = _unbeaten(left, lambda a, b: trials.effect(a, b, days))
        front = _unbeaten(front, lambda a, b: trials.beside_goal(a, b, days))
        ranked.append(min(front, key=key))
        left.remove(ranked[-1])
    return ranked


def gains(trials: Trials, package: Package, beside: Package, days: Days) -> bool:
    """Whether it is better at all, by the mean of the goal or of its companion."""
    found = (trials.effect(package, beside, days), trials.beside_goal(package, beside, days))
    return any(each is not None and each.gain > 0 for each in found)


def promises(trials: Trials, package: Package, beside: Package, days: Days) -> bool:
    """Whether it is worth being judged on fresh days: it is better by more than about a standard error."""
    found = (trials.effect(package, beside, days), trials.beside_goal(package, beside, days))
    return any(each is not None and (each.gain == math.inf or 0 < each.gain > each.half_width / 2) for each in found)


def helps(trials: Trials, package: Package, beside: Package, days: Days) -> bool:
    """Whether it clearly helps the goal, or its companion without clear harm to the goal."""
    return does_help(trials.effect(package, beside, days), trials.beside_goal(package, beside, days))


def does_help(effect: Effect, companion: Effect | None) -> bool:
    """The same of effects that are known."""
    if effect.is_clear or companion is None:
        return effect.helps
    return companion.helps


def _unbeaten(packages: list[Package], beside: Callable[[Package, Package], Effect | None]) -> list[Package]:
    """Those that no other is clearly better than; all, should each have a better one on days that others don't have."""

    def beats(a: Package, b: Package) -> bool:
        effect = beside(a, b)
        return effect is not None and effect.helps

    found = [each for each in packages if not any(beats(other, each) for other in packages if other != each)]
    return found or packages


def _loss(effect: Effect | None) -> float:
    return math.inf if effect is None or math.isnan(effect.gain) else -effect.gain
