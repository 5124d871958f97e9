"""Acts on acceptance: asking by a date, answering, promoting reserves, taking that back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, RowsMovedOn, Stale
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Act, Edition, Person, Result
from hostcity.core.notices.services import notify
from hostcity.core.plan_rows.changes import CannotUndo
from hostcity.core.plan_rows.many import diff_of, rows_line, turned_round
from hostcity.core.plan_rows.writing import lock_plan, write_sheets
from hostcity.volunteers import policy
from hostcity.volunteers.acceptance.answers import Asked, asked_of, keep_answers, open_deadline
from hostcity.volunteers.acceptance.promoting import promotion
from hostcity.volunteers.duty.cells import Cell, cells_of
from hostcity.volunteers.from_plan import write
from hostcity.volunteers.models import SHEET, Deadline, DeadlineState
from hostcity.volunteers.services.publishing import people_of, publish_roster, tell_changed
from hostcity.volunteers.sheet import refuse_moved_on
from hostcity.volunteers.swaps.offers import is_ahead
from hostcity.volunteers.swaps.seats import difference_of
from hostcity.volunteers.swaps.services import own_codes

JOB = "volunteers.promote"
ASK, CANCEL, CLOSE = "acceptance.ask", "acceptance.cancel", "acceptance.close"
ACCEPT, DECLINE = "acceptance.accept", "acceptance.decline"
PROMOTED = "roster.promoted"  # what the act is called that promotes: its verb is that of rows
SUBJECT = "acceptance"
ASKED = "acceptance.asked"  # kind of a notice


def ask_answers(*, edition: Edition, due_at: datetime, version: int, by: Person) -> Deadline:
    """Ask everybody to accept their shifts by a time, or move that time; who has not answered is told.

    ``version`` is that of the deadline that runs, 0 = none does. Raises ``Stale`` where that is not so any more, ``Refused`` for
    a time that is past, or after which no shift begins.
    """
    matrix.require(by, policy.ASK_ANSWERS, edition)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        row = _of_version(edition, version, due_at)
        asked = asked_of(cells_of(edition), due_at)
        if due_at <= timezone.now() or not asked:
            mend = _("Give a time to come, before the first of the shifts that are asked about.")
            raise Refused("acceptance.due_at", _("By then nothing can be answered."), mend, field="due_at")
        deadline = row or Deadline(edition=edition, by_code=by.code, version=0)
        deadline.due_at, deadline.version = due_at, deadline.version + 1
        deadline.save()
        key = f"{JOB}:{deadline.pk}:{deadline.version}"
        enqueue(JOB, arguments={"deadline": deadline.pk}, edition=edition, by=None, dedupe_key=key, run_after=due_at)
        body = {"due_at": due_at.isoformat(), "shifts": len(asked)}
        act = record(ASK, edition=edition, by=by, subject=(SUBJECT, str(deadline.pk)), body=body)
        people = people_of(edition, {each.volunteer for each in asked if each.accepts is None})
        path = reverse("my-shifts", args=[edition.code])
        notify(edition=edition, people=people, kind=ASKED, values={"edition": edition.code}, path=path, act=act)
        return deadline


def publish_and_ask(*, edition: Edition, result: Result, number: int, due_at: datetime, by: Person) -> Act | None:
    """Publish a draft, and ask everybody to accept their shifts by a time: both or neither. Raises what either of them raises."""
    with transaction.atomic(), scope(edition=edition):
        act = publish_roster(edition=edition, result=result, number=number, by=by)
        runs = open_deadline(edition)
        ask_answers(edition=edition, due_at=due_at, version=runs.version if runs else 0, by=by)
        return act


def _of_version(edition: Edition, version: int, due_at: datetime | None = None) -> Deadline | None:
    """The deadline that runs, if it is the one that was looked at. Raises ``Stale``."""
    row = open_deadline(edition)
    if (row.version if row else 0) != version:
        raise Stale(
            "acceptance.stale",
            _("Somebody changed the date since you opened the page."),
            _("Look at what holds now, then change it again."),
            diff=[("due_at", str(row.due_at) if row else "", str(due_at or ""))],
            version=row.version if row else 0,
        )
    return row


def cancel_answers(*, edition: Edition, version: int, by: Person) -> Deadline:
    """Ask nobody any more; answers stay. Raises ``Stale`` where another deadline runs, ``Refused`` where none does."""
    matrix.require(by, policy.ASK_ANSWERS, edition)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        deadline = _of_version(edition, version)
        if deadline is None:
            raise _over()
        deadline.state = DeadlineState.CANCELLED
        deadline.save(update_fields=["state"])
        record(CANCEL, edition=edition, by=by, subject=(SUBJECT, str(deadline.pk)), body={})
        return deadline


def answer_shift(*, edition: Edition, day: str, band: str, accepts: bool, by: Person) -> None:
    """Accept or decline one's own shift, or change that. Raises ``Refused`` where it is not asked about, or the time is over."""
    matrix.require(by, policy.OWN_ANSWERS, edition)
    with transaction.atomic(), scope(edition=edition):
        asked = [each for each in _asked(edition, own_codes(edition, by)) if each.seat[1:] == (day, band)]
        _answer(edition, asked, accepts=accepts, by=by)


def accept_shifts(*, edition: Edition, by: Person) -> int:
    """Accept all of one's own shifts that are not answered for. Gives how many. Raises ``Refused`` where the time is over."""
    matrix.require(by, policy.OWN_ANSWERS, edition)
    with transaction.atomic(), scope(edition=edition):
        asked = [each for each in _asked(edition, own_codes(edition, by)) if each.accepts is None]
        if asked:
            _answer(edition, asked, accepts=True, by=by)
        return len(asked)


def answer_for(*, edition: Edition, volunteer: str, day: str, band: str, accepts: bool, by: Person) -> None:
    """Answer for somebody who said so otherwise. Raises ``Refused`` where the shift is not asked about, or the time is over."""
    matrix.require(by, policy.ASK_ANSWERS, edition)
    with transaction.atomic(), scope(edition=edition):
        asked = [each for each in _asked(edition, [volunteer]) if each.seat == (volunteer, day, band)]
        _answer(edition, asked, accepts=accepts, by=by)


def _asked(edition: Edition, volunteers: Any) -> list[Asked]:
    """What these people are asked about now. Raises ``Refused`` where the time is over."""
    lock_plan(edition)
    deadline = open_deadline(edition)
    if deadline is None or deadline.due_at <= timezone.now():
        raise _over()
    return asked_of(cells_of(edition), deadline.due_at, volunteers)


def _answer(edition: Edition, asked: list[Asked], *, accepts: bool, by: Person) -> None:
    if not asked:
        what = _("This shift is not asked about: it is another one now, or begins before the deadline.")
        raise Refused("acceptance.not_asked", what, _("Look at the shifts again."))
    news = {each.seat: each.cell.post for each in asked if each.accepts is not accepts}
    if not news:
        return
    keep_answers(edition, news, accepts=accepts, by_code=by.code, at=timezone.now())
    volunteer = next(iter(news))[0]
    body = {"seats": [[*seat, post] for seat, post in news.items()]}
    record(ACCEPT if accepts else DECLINE, edition=edition, by=by, subject=(SUBJECT, volunteer), body=body)


def _over() -> Refused:
    return Refused("acceptance.over", _("Nothing is asked any more."), _("Tell the coordinator."))


def promote_reserves(*, edition: Edition, deadline: int) -> Act | None:
    """Promote reserves in place of those who declined or did not answer; once, when the deadline has come. The worker's act.

    None = it is not the time, was done, or nothing had to change.
    """
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        row = Deadline.objects.select_for_update().filter(pk=deadline, state=DeadlineState.OPEN).first()
        now = timezone.now()
        if row is None or row.due_at > now:
            return None
        cells = cells_of(edition)
        asked = [each for each in asked_of(cells, row.due_at) if is_ahead(cells, each.cell, now)]
        made = promotion(edition, cells, asked)
        row.promoted, row.taken_off, row.left, row.state = made.promoted, made.taken_off, made.left, DeadlineState.DONE
        counts = {name: len(getattr(made, name)) for name in ("promoted", "taken_off", "left")}
        diff = difference_of(edition, made.moves)
        write(edition, diff)
        lines = rows_line(SHEET, diff, kind=PROMOTED, deadline=row.pk, counts=counts)
        if lines:
            act = write_sheets(edition, {}, by=None, lines=lines)[0]
            row.act_number = act.number
            tell_changed(edition, diff, act)
        else:
            act = record(CLOSE, edition=edition, by=None, subject=(SUBJECT, str(row.pk)), body=counts)
        row.save()
        return act


def undo_promotion(*, edition: Edition, deadline: Deadline, by: Person) -> Act:
    """Put everybody back to the shifts of before; they are told.

    Raises ``RowsMovedOn`` where one of the rows has been changed since, ``Refused`` where nothing was promoted or a shift has begun.
    """
    matrix.require(by, policy.ASK_ANSWERS, edition, deadline)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        row = Deadline.objects.select_for_update().get(pk=deadline.pk)
        if row.state != DeadlineState.DONE or not row.act_number:
            raise _over()
        diff = turned_round(diff_of(Act.objects.get(edition=edition, number=row.act_number)))
        if not all(is_ahead(cells_of(edition), each, timezone.now()) for each in _cells(diff)):
            raise Refused("acceptance.begun", _("One of these shifts has begun."), _("Mend the day instead."))
        try:
            refuse_moved_on(edition, diff)
        except CannotUndo as why:
            raise RowsMovedOn("acceptance.cannot_undo", why.reason, _("Mend the day instead."), rows=()) from None
        write(edition, diff)
        lines = rows_line(SHEET, diff, kind=PROMOTED, deadline=row.pk, undoes=row.act_number)
        act = write_sheets(edition, {}, by=by, lines=lines)[0]
        row.state = DeadlineState.UNDONE
        row.save(update_fields=["state"])
        tell_changed(edition, diff, act)
        return act


def _cells(diff: Mapping[str, Any]) -> set[Cell]:
    return {
        Cell(each["post"], each["day"], each["band"])
        for pair in diff.values()
        for each in pair
        if each and each["post"]
    }
