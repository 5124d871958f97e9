"""Who has answered and who has not; what came of the last deadline; one's own answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hostcity.core.models import Edition, Person
from hostcity.volunteers.acceptance.answers import Asked, asked_of, open_deadline
from hostcity.volunteers.duty.cells import Cell, Cells, cells_of
from hostcity.volunteers.models import Deadline, DeadlineState
from hostcity.volunteers.services.publishing import Seat, people_of
from hostcity.volunteers.swaps.services import own_codes


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A shift that is declined, or not answered for."""

    asked: Asked
    said: str
    has_account: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """How far the answers are."""

    deadline: Deadline | None  # None = none runs
    accepted: int = 0
    declined: tuple[Line, ...] = ()
    silent: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """The last deadline that is over: cells in words, and codes."""

    deadline: Deadline
    promoted: tuple[tuple[str, str, str], ...]  # cell, reserve, in whose place
    taken_off: tuple[tuple[str, str], ...]  # cell, who
    left: tuple[tuple[str, str], ...]


def state_of(edition: Edition) -> State:
    """How far the deadline is that runs; those who decline and those who have not answered, by time."""
    deadline = open_deadline(edition)
    if deadline is None:
        return State(deadline=None)
    cells = cells_of(edition)
    asked = asked_of(cells, deadline.due_at)
    named = {each.volunteer for each in asked if not each.accepts}
    known = {code.lower() for person in people_of(edition, named) for code in (person.code, person.username)}
    declined, silent = (
        tuple(
            Line(asked=each, said=cells.said(each.cell), has_account=each.volunteer.lower() in known)
            for each in asked
            if each.accepts is wanted
        )
        for wanted in (False, None)
    )
    return State(
        deadline=deadline, accepted=sum(each.accepts is True for each in asked), declined=declined, silent=silent
    )


def last_ended(edition: Edition) -> Ended | None:
    """What came of the last one. Two queries."""
    states = (DeadlineState.DONE, DeadlineState.UNDONE)
    row = Deadline.objects.filter(edition=edition, state__in=states).order_by("-pk").first()
    if row is None:
        return None
    cells = cells_of(edition)
    words = {name: [_said(cells, each) for each in getattr(row, name)] for name in ("promoted", "taken_off", "left")}
    return Ended(
        deadline=row,
        promoted=tuple((said, each[0], each[4]) for said, each in zip(words["promoted"], row.promoted, strict=True)),
        taken_off=tuple((said, each[0]) for said, each in zip(words["taken_off"], row.taken_off, strict=True)),
        left=tuple((said, each[0]) for said, each in zip(words["left"], row.left, strict=True)),
    )


def own_answers(edition: Edition, person: Person, now: datetime) -> tuple[Deadline | None, dict[Seat, Asked]]:
    """What somebody is asked about, by seat; nothing where no deadline runs. At most five queries."""
    deadline = open_deadline(edition)
    if deadline is None or deadline.due_at <= now:
        return None, {}
    asked = asked_of(cells_of(edition), deadline.due_at, own_codes(edition, person))
    return deadline, {each.seat: each for each in asked}


def _said(cells: Cells, row: list[str]) -> str:
    cell = Cell(row[3], row[1], row[2])
    return cells.said(cell) if cell in cells else f"{cell.post} · {cell.day} {cell.band}"
