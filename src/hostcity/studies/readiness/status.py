"""The color of a task, by rule: from its dates and from what was told and shown of it, never typed by anybody.

The first reason found gives the color, the worst first, and says why.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hostcity.plan.check.tasks import longest
from hostcity.studies.readiness.clock import Days
from hostcity.studies.readiness.path import Dated
from hostcity.studies.readiness.progress import Progress

RED_BELOW, AMBER_BELOW = 0.5, 0.8  # probability that a task ends in time
SILENT_D, SILENT_LATE_D = 5.0, 3.0  # working days without a report; in the last weeks
LAST_DAYS = 30  # before the opening
EVIDENCE_AT = 0.9  # of the time of a task: from then on there must be some


class Color(StrEnum):
    """How a task is, the worst first."""

    RED = "red"
    AMBER = "amber"
    GREY = "grey"
    GREEN = "green"
    DONE = "done"


ORDER = {color: place for place, color in enumerate(Color)}


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a task ends in time, of a forecast: by the rules of execution that count people, from the cautious one to the best."""

    least: float
    most: float
    on: datetime.date  # on the morning of which it was forecast


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a task has its color: a code, and the dates and numbers that are said with it."""

    code: str
    values: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """A task's color with every reason for it; of a green one the reason says what comes next."""

    color: Color
    reasons: tuple[Reason, ...]


def judge(
    planned: Dated, now: Dated, told: Progress, *, clock: Days, today: datetime.date, opens: datetime.date, chance: Chance | None = None
) -> Status:  # fmt: skip
    """The color of a task on the morning of a day.

    Parameters
    ----------
    planned, now
        Its dates by the plan, and as all stands today.
    chance
        Of a forecast, if nothing was told of the task since; without one its likely and pessimistic times decide. Red is what is unlikely by
        every rule, amber what is uncertain by one.
    """
    if not told.is_open:
        return Status(Color.DONE, (_reason("accepted", on=told.accepted_on),))
    facts = _Facts(planned, now, told, clock, today, opens, chance)
    for color, found in ((Color.RED, _red(facts)), (Color.AMBER, _amber(facts)), (Color.GREY, _grey(facts))):
        if reasons := tuple(found):
            return Status(color, reasons)
    return Status(Color.GREEN, (_green(facts),))


@dataclass(frozen=True, slots=True)
class _Facts:
    planned: Dated
    now: Dated
    told: Progress
    clock: Days
    today: datetime.date
    opens: datetime.date
    chance: Chance | None

    @property
    def due(self) -> datetime.date:
        """The last day on which it may end: its own need-by, or the eve of the opening."""
        own = self.planned.task.need_by
        return datetime.date.fromisoformat(own) if own else self.opens - datetime.timedelta(days=1)

    @property
    def silent_d(self) -> float:
        """Working days since somebody said something, of what should be under way."""
        told = [day for day in (self.told.reported_on, self.told.evidence_on) if day]
        since = max(told) if told else self.planned.start or self.today
        return self.clock.before(self.today) - self.clock.before(since)

    @property
    def should_be_under_way(self) -> bool:
        """Whether it has begun, or should have, and nobody says that it is finished."""
        begins = self.planned.start
        return not self.told.finished_on and bool(self.told.started_on or (begins and begins < self.today))


def _reason(code: str, **values: Any) -> Reason:
    return Reason(code, tuple(values.items()))


def _red(of: _Facts) -> Iterable[Reason]:
    if of.today > of.due:
        yield _reason("overdue", due=of.due)
    elif of.now.end is None or of.now.end > of.due:
        yield _reason("ends_late", end=of.now.end, due=of.due)
    elif of.now.spare_d < 0:
        yield _reason("harms", harmless=of.planned.harmless_end, days=-of.now.spare_d)
    if of.chance is not None and of.chance.most < RED_BELOW:
        yield _reason("unlikely", most=_percent(of.chance.most), on=of.chance.on)
    if of.told.refused_on:
        yield _reason("refused", on=of.told.refused_on)
    if _lacks_evidence(of):
        yield _reason("no_evidence", kind=of.planned.task.evidence, due=of.planned.harmless_end or of.due)


def _percent(chance: float) -> int:
    return round(100 * chance)


def _lacks_evidence(of: _Facts) -> bool:
    """Whether nothing has been shown when nine tenths of the time of a task are over."""
    if of.planned.task.evidence == "none" or of.told.evidence_on or not of.planned.start:
        return False
    begins = of.clock.before(of.planned.start)
    ends = of.clock.after(of.planned.harmless_end or of.due)
    return of.clock.before(of.today) >= begins + EVIDENCE_AT * (ends - begins)


def _amber(of: _Facts) -> Iterable[Reason]:
    task = of.planned.task
    if of.told.has_trouble:
        yield _reason("trouble", on=of.told.reported_on)
    if of.chance is not None:
        if of.chance.least < AMBER_BELOW:
            yield _reason("uncertain", least=_percent(of.chance.least), most=_percent(of.chance.most), on=of.chance.on)
    elif not of.told.finished_on and of.now.spare_d < longest(task) - (task.likely_d or 0.0):
        yield _reason("tight", days=of.now.spare_d)
    if not of.should_be_under_way:
        return
    if not of.told.started_on:
        yield _reason("not_begun", start=of.planned.start)
    most = SILENT_LATE_D if (of.opens - of.today).days <= LAST_DAYS else SILENT_D
    if of.silent_d > most:
        yield _reason("silent", days=round(of.silent_d))


def _grey(of: _Facts) -> Iterable[Reason]:
    task = of.planned.task
    if task.kind != "milestone" and task.likely_d is None:
        yield _reason("no_estimate")
    if not task.accepted_by:
        yield _reason("nobody_accepts")


def _green(of: _Facts) -> Reason:
    if of.told.finished_on:
        return _reason("awaits_acceptance", by=of.planned.task.accepted_by)
    if of.told.started_on:
        return _reason("under_way", end=of.now.end)
    return _reason("begins", start=of.now.start)


@dataclass(frozen=True, kw_only=True, slots=True)
class Watermelon:
    """How far what owners say lies from what the rule says, of one department."""

    said_fine: int  # open tasks of which the owner's last word is that all is well
    red_inside: int  # those of them that are red

    @property
    def share(self) -> float | None:
        """Green outside, red inside; None = nobody said of any task that it is fine."""
        return self.red_inside / self.said_fine if self.said_fine else None


def watermelon(judged: Sequence[tuple[Progress, Status]]) -> Watermelon:
    """The index of some tasks."""
    fine = [status for told, status in judged if told.is_open and told.is_fine]
    return Watermelon(said_fine=len(fine), red_inside=sum(each.color == Color.RED for each in fine))


def without_dates(told: Progress) -> Status:
    """The color of a task of a plan that has no dates: accepted, or not known."""
    if not told.is_open:
        return Status(Color.DONE, (_reason("accepted", on=told.accepted_on),))
    return Status(Color.GREY, (_reason("no_dates"),))
