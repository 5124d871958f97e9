"""A played day of a plan as it is written: with what its faces show, where newcomers may turn wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hostcity.engines.day.rehearse import rehearse_day
from hostcity.engines.day.results import DayResult
from hostcity.engines.day.turns import ShownWays, wrong_turns_of
from hostcity.plan.plan import Plan

#: What the reading of faces rests on.
_READ = (
    "levels", "areas", "nodes", "link_kinds", "links", "grounds", "stands", "openings", "connectors", "amenities", "faces",
    "face_lines",
)  # fmt: skip
_last_read: tuple[tuple[Any, ...], ShownWays] | None = None


def play_day(plan: Plan, *, seed: int = 1, run: int = 0, progress: Callable[[float], None] | None = None) -> DayResult:
    """As `rehearse_day`; faces are read from the plan where sheet wrong_turns lets newcomers err.

    Raises
    ------
    PlanError
        When faces are read and outlines make no floor.
    """
    return rehearse_day(plan, seed=seed, run=run, shown=shown_on(plan), progress=progress)


def shown_on(plan: Plan) -> ShownWays | None:
    """What the faces of a plan show; None where nobody turns wrong. Runs of one plan read them once."""
    global _last_read  # noqa: PLW0603 -- a process plays the same plan many times
    if wrong_turns_of(plan) is None:
        return None
    sheets = tuple(getattr(plan, name) for name in _READ)
    if _last_read is None or any(a is not b for a, b in zip(_last_read[0], sheets, strict=True)):
        from hostcity.studies.signs.reading import shown_by_faces  # most days need none of it

        _last_read = sheets, shown_by_faces(plan)
    return _last_read[1]
