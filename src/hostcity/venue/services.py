"""Changing the plan on the map: an opening along its wall, a width, what is closed when.

Each is an act on rows of the plan, by core's services: one line in the ledger, which can be undone. What the checks of the
drawing and of the timeline find wrong is refused here, although core would keep it: on the map a door is not moved out of
its wall by intent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.errors import Refused
from hostcity.core.models import Edition, Person, PlanRow
from hostcity.core.plan_rows import services
from hostcity.core.plan_rows.bodies import key_of, row_from_body
from hostcity.core.plan_rows.queries import rows_of_sheets
from hostcity.plan import Plan, PlanError, Problem
from hostcity.plan.cells import clock_text
from hostcity.plan.check import drawing
from hostcity.plan.check.timeline import events
from hostcity.plan.closings import CLOSING, share_left
from hostcity.plan.polygons import Point
from hostcity.plan.rows import Event
from hostcity.venue.queries import VenueMap, venue_map

MOST_MOVE_M = 1_000.0
#: The field with the clear width, by sheet: what can be changed on the map.
WIDTHS = {"openings": "clear_m", "connectors": "width_m", "links": "width_m"}


def move_opening(*, edition: Edition, key: str, by_m: float, version: int, by: Person) -> PlanRow:
    """Move an opening along its wall, toward the second end of its line (less than 0: toward the first).

    Raises ``PlanError`` with the place at which it would leave the wall, ``Stale`` when somebody changed it meanwhile.
    """
    policy.require(by, policy.CHANGE_PLAN, edition)
    if not (math.isfinite(by_m) and abs(by_m) <= MOST_MOVE_M):
        mend = format_lazy(_("Give at most {most} m."), most=int(MOST_MOVE_M))
        raise Refused("venue.move", _("This is no distance in the venue."), mend, field="by_m")
    opening = row_from_body("openings", _stored(edition, "openings", key).body)
    if len(opening.line) != 2 or opening.line[0] == opening.line[1]:
        raise Refused("venue.line", _("This opening has no line."), _("Give its two ends in its row."))
    return _change(edition, "openings", key, {"line": [list(end) for end in slid(opening.line, by_m)]}, version, by)


def set_width(*, edition: Edition, sheet: str, key: str, width_m: Any, version: int, by: Person) -> PlanRow:
    """Set the clear width of an opening, a connector or a link from a raw cell; an opening's may be empty.

    Raises ``PlanError`` with what is wrong, ``Stale`` when somebody changed the row meanwhile.
    """
    policy.require(by, policy.CHANGE_PLAN, edition)
    return _change(edition, _changeable(sheet), key, {WIDTHS[sheet]: width_m}, version, by)


def close_place(
    *, edition: Edition, sheet: str, key: str, starts_at: Any, ends_at: Any, by: Person, left: Any = None
) -> PlanRow:
    """Close an opening, a connector or a link for a time of the plan's day, from raw cells; gives the timeline's row.

    Where the network has a link of this code that one is closed, or narrowed to a share ``left`` of its width; else the
    drawn thing is shut, which maps and routes know and a rehearsal cannot. Raises ``PlanError`` with what is wrong,
    ``Refused`` where it is closed, or narrowed, for some of that time already.
    """
    policy.require(by, policy.CHANGE_PLAN, edition)
    code = _stored(edition, _changeable(sheet), key).body["code"]
    has_link = sheet == "links" or venue_map(edition).has_link(code)
    if left not in (None, "") and not has_link:
        what = format_lazy(_("No link of the network has the code {code}, so it cannot be narrowed."), code=code)
        raise Refused("venue.narrow", what, _("Leave the width empty: it is shut then."), field="left")
    action = ("close" if left in (None, "") else "width") if has_link else "shut"
    cells = {"action": action, "target": code, "starts_at": starts_at, "ends_at": ends_at, "value": left}
    with transaction.atomic(), scope(edition=edition):
        cells["code"] = _free_code(f"{code}-{action}")
        row = services.add_row(edition=edition, sheet="timeline", cells=cells, by=by)
        target = "links" if has_link else sheet
        rows = rows_of_sheets(edition, ("edition",)) | {
            target: (row_from_body(target, _stored(edition, target, key).body),),
            "timeline": (row_from_body("timeline", row.body),),
        }
        _refuse(events(Plan(**rows), lambda _sheet, _index: 0))
        _refuse_twice(row)
    return row


def _refuse_twice(row: PlanRow) -> None:
    """Two closures, or two narrowings, of one thing may not last at one time: which of them to remove nobody would know."""
    given = row_from_body("timeline", row.body)
    rows = PlanRow.objects.filter(sheet="timeline", body__target=given.target, body__action__in=CLOSING).exclude(
        pk=row.pk
    )
    for each in rows.order_by("position", "id"):
        other = row_from_body("timeline", each.body)
        if (share_left(other) > 0) == (share_left(given) > 0) and _is_at_once(given, other):
            what = (
                _("It is narrowed already at {times}.")
                if share_left(given) > 0
                else _("It is closed already at {times}.")
            )
            until = "" if other.ends_at is None else clock_text(other.ends_at)
            times = f"{clock_text(other.starts_at)}–{until}"
            mend = _("Choose other times, or remove that first.")
            raise Refused("venue.closed_twice", format_lazy(what, times=times), mend, field="starts_at")


def _is_at_once(one: Event, other: Event) -> bool:
    ends = [math.inf if each.ends_at is None else each.ends_at for each in (one, other)]
    return one.starts_at < ends[1] and other.starts_at < ends[0]


def reopen_place(*, edition: Edition, key: str, version: int, by: Person) -> None:
    """Take a narrowing or a closure out of the timeline. Raises ``Stale`` when somebody changed it meanwhile."""
    policy.require(by, policy.CHANGE_PLAN, edition)
    if _stored(edition, "timeline", key).body["action"] not in CLOSING:
        raise Refused("venue.no_closing", _("This event closes nothing."), _("Change it in sheet Timeline."))
    services.remove_row(edition=edition, sheet="timeline", key=key, version=version, by=by)


def slid(line: tuple[Point, ...], by_m: float) -> tuple[Point, Point]:
    """A line moved along itself, toward its second end. To the millimeter."""
    (ax, ay), (bx, by) = line
    share = by_m / math.dist((ax, ay), (bx, by))
    dx, dy = share * (bx - ax), share * (by - ay)
    return (round(ax + dx, 3), round(ay + dy, 3)), (round(bx + dx, 3), round(by + dy, 3))


def _change(edition: Edition, sheet: str, key: str, cells: dict[str, Any], version: int, by: Person) -> PlanRow:
    venue = venue_map(edition)  # as it is before the change
    with transaction.atomic(), scope(edition=edition):
        was = _stored(edition, sheet, key)
        row = services.change_row(edition=edition, sheet=sheet, key=key, changes=cells, version=version, by=by)
        if sheet == "openings":
            number = PlanRow.objects.filter(sheet=sheet, position__lt=row.position).count() + 1
            check = _of_opening(venue, number)
            known = {each.code for each in check(was)}
            _refuse(each for each in check(row) if each.code not in known)
    return row


def _of_opening(venue: VenueMap, number: int) -> Callable[[PlanRow], list[Problem]]:
    """The checks of the drawing for one opening."""
    levels = venue.levels
    around = Plan(
        edition=(),
        levels=tuple(each.level for each in levels),
        areas=tuple(area for each in levels for area in each.areas),
        stands=tuple(stand for each in levels for stand in each.stands if stand.kind == "barrier"),
    )

    def check(row: PlanRow) -> list[Problem]:
        plan = around.replace(openings=(row_from_body("openings", row.body),))
        return list(drawing.openings(plan, lambda _sheet, _index: number))

    return check


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise PlanError(found)


def _changeable(sheet: str) -> str:
    if sheet not in WIDTHS:
        raise Refused("venue.sheet", _("This is not changed on the map."), _("Change its row in the plan."))
    return sheet


def _stored(edition: Edition, sheet: str, key: str) -> PlanRow:
    with scope(edition=edition):
        row = PlanRow.objects.filter(sheet=sheet, key=key).first()
    if row is None:
        raise services.gone(key)
    return row


def _free_code(code: str) -> str:
    """A code that no event of the timeline has yet; two of one key would be one row."""
    taken = set(PlanRow.objects.filter(sheet="timeline").values_list("key", flat=True))
    number, free = 1, code
    while key_of(free) in taken:
        number += 1
        free = f"{code}-{number}"
    return free
