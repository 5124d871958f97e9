"""What advice finds: suggestions, and what was tried on the way to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hostcity.plan.plan import Plan
from hostcity.studies.advice.asked import Goal
from hostcity.studies.advice.companions import Companion
from hostcity.studies.advice.moves import Move, Package
from hostcity.studies.advice.ranking import does_help
from hostcity.studies.advice.trials import Effect

NOTHING: Package = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """Changes that belong together, and what they do. Replay them: ``--set`` each of ``changes``."""

    package: Package
    changes: tuple[str, ...]
    uses: Mapping[str, float]
    effect: Effect  # on the goal, beside the plan as it is
    companion: Effect | None  # on the goal's companion

    @property
    def helps(self) -> bool:
        """Whether it clearly helps the goal, or its companion without clear harm to the goal."""
        return does_help(self.effect, self.companion)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """A candidate that was dropped, with what was known of it then."""

    package: Package
    effect: Effect  # beside what it was to extend
    companion: Effect | None
    beside: Package


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """What to do, the best first, and what was tried."""

    plan: Plan
    goal: Goal
    budget: Mapping[str, float]
    seed: int
    runs: int
    moves: Mapping[str, Move]
    companion: Companion | None  # of the goal, where it is nothing on most days
    base: float  # the goal's mean over the runs, as the plan is
    base_runs: int  # of them, on which the goal is not 0
    base_companion: float  # the companion's mean; nan where there is none
    base_kept_share: float
    suggestions: tuple[Suggestion, ...]
    dropped: tuple[Tried, ...]
    impossible: tuple[Package, ...]  # the plan would have problems
    played: int  # days
