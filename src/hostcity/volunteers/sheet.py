"""The plan's sheet of shifts, kept by this capability."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core.ledger import Line
from hostcity.core.models import Act, Edition
from hostcity.core.plan_rows.changes import CannotUndo
from hostcity.core.plan_rows.many import Diff, diff_of, rows_line, turned_round
from hostcity.core.sayings import Joined
from hostcity.plan.rows import Shift as PlanShift
from hostcity.volunteers.from_plan import difference, states_of, stored_states, write
from hostcity.volunteers.models import SHEET, Shift
from hostcity.volunteers.to_plan import shifts_of

MOST_NAMED = 5  # rows that a reason lists


class ShiftsSheet:
    """Owner of the sheet `shifts`: see `SheetOwner`."""

    def to_plan(self, edition: Edition, _sheet: str) -> tuple[PlanShift, ...]:
        """All rows; one query."""
        with scope(edition=edition):
            return shifts_of(edition)

    def from_plan(self, edition: Edition, sheet: str, rows: Sequence[Any]) -> Sequence[Line]:
        """Make the roster equal to these rows. Raises ``PlanError`` for a seat that is taken twice."""
        stored = stored_states(edition)
        diff = difference(stored, states_of(stored, rows))
        write(edition, diff)
        return rows_line(sheet, diff)

    def take_back(self, edition: Edition, sheet: str, act: Act) -> Sequence[Line]:
        """Put rows back as they were before an act. Raises `CannotUndo` where they are not as it left them."""
        diff = turned_round(diff_of(act))
        refuse_moved_on(edition, diff)
        write(edition, diff)
        return rows_line(sheet, diff, **({"kind": act.body["kind"]} if "kind" in act.body else {}))

    def rows(self, edition: Edition, _sheet: str) -> QuerySet[Shift]:
        """The stored rows."""
        return Shift.objects.filter(edition=edition)

    def path(self, edition: Edition, _sheet: str) -> str:
        """The list of drafts: it is changed by publishing one."""
        return reverse("rosters", args=[edition.code])


def refuse_moved_on(edition: Edition, diff: Diff) -> None:
    """Raise `CannotUndo` where a row is not what a difference takes it for, or its seat has been given away."""
    stored = stored_states(edition)
    others = [code for code, (was, _now) in diff.items() if stored.get(code) != was]
    seats = {_seat(state): code for code, state in stored.items() if code not in diff}
    others += [seats[_seat(now)] for _was, now in diff.values() if now and _seat(now) in seats]
    if others:
        named = Joined([*others[:MOST_NAMED], *(["…"] if len(others) > MOST_NAMED else [])])
        raise CannotUndo(format_lazy(_("{sheet}: changed since: {rows}."), sheet=SHEET, rows=named))


def _seat(state: Any) -> tuple[str, str, str]:
    return state["volunteer"], state["day"], state["band"]
