"""Where people got lost on a played day, what it cost them, and where they asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hostcity.engines.day.results import SLOT_S, DayResult
from hostcity.plan.plan import Plan
from hostcity.plan.rows import WrongTurns


@dataclass(frozen=True, kw_only=True, slots=True)
class LostAt:
    """A crossing at which newcomers turned wrong."""

    node: str
    area: str
    turns: int
    passed: int  # newcomers who went on from here while they looked for something elsewhere
    lost_s: float  # walked in vain after wrong turns here


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedAt:
    """What was asked at a desk."""

    node: str
    goal: str  # SHEET.KEY, as lines of faces lead to
    questions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongTurnFigures:
    """All of it. Times are of walking at one's own free speed."""

    newcomers: int
    astray: int  # newcomers who turned wrong at least once
    turns: int
    lost_s: float  # walked in vain, all together
    questions: int
    places: tuple[LostAt, ...]  # where most walking is lost first
    desks: tuple[AskedAt, ...]  # what is asked most first

    @property
    def lost_each_s(self) -> float:
        """Walked in vain by a newcomer, in the mean; 0 where there are none."""
        return self.lost_s / self.newcomers if self.newcomers else 0.0


def erring(plan: Plan) -> Plan:
    """The plan with newcomers who turn wrong: as its sheet wrong_turns says, else as usual."""
    row = plan.wrong_turns[0] if plan.wrong_turns else WrongTurns(code="day")
    return plan.replace(wrong_turns=(replace(row, happen=True),))


def wrong_turns_figures(plan: Plan, day: DayResult) -> WrongTurnFigures | None:
    """Sum up the wrong turns of a played day; None where nobody turns wrong."""
    if not day.wrong_goals:
        return None
    turns, area_of = day.wrong_turns.sum(axis=0), {node.code: node.area for node in plan.nodes}
    order = sorted(np.flatnonzero(turns).tolist(), key=lambda at: (-day.wrong_lost_s[at], day.node_codes[at]))
    asked = day.wrong_questions.sum(axis=2)
    pairs = sorted(zip(*np.nonzero(asked), strict=True), key=lambda pair: (-asked[pair], pair))
    return WrongTurnFigures(
        newcomers=int(day.visitor_is_newcomer.sum()),
        astray=int((day.visitor_wrong_turns > 0).sum()),
        turns=int(turns.sum()),
        lost_s=float(day.wrong_lost_s.sum()),
        questions=int(asked.sum()),
        places=tuple(
            LostAt(
                node=day.node_codes[at], area=area_of[day.node_codes[at]], turns=int(turns[at]), passed=int(day.wrong_passed[at]),
                lost_s=float(day.wrong_lost_s[at]),
            )
            for at in order
        ),
        desks=tuple(
            AskedAt(node=day.wrong_desks[desk], goal=day.wrong_goals[goal], questions=int(asked[desk, goal]))
            for desk, goal in pairs
        ),
    )  # fmt: skip


def questions_between(day: DayResult, desk: str, goal: str, starts_s: float, ends_s: float) -> float:
    """Questions at a desk about a goal from one time to another; "" = of all desks, of all goals."""
    desks = [at for at, code in enumerate(day.wrong_desks) if desk in ("", code)]
    goals = [at for at, code in enumerate(day.wrong_goals) if goal in ("", code)]
    since, until = (max(0, round((at - day.clock_start_s) / SLOT_S)) for at in (starts_s, ends_s))
    return float(day.wrong_questions[np.ix_(desks, goals)][:, :, since:until].sum())
