"""The card of a place for who may change the plan: its forms, what was changed last, and what a form that is sent does."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hostcity.core.errors import Refused, Stale
from hostcity.core.models import PlanRow
from hostcity.core.plan_rows.bodies import row_from_body
from hostcity.core.plan_rows.changes import kind_of as subject_of
from hostcity.core.plan_rows.history import Told, told_acts
from hostcity.core.plan_rows.queries import plan_acts
from hostcity.core.plan_rows.words import field_name, heading, said_of, shown
from hostcity.core.sayings import said
from hostcity.core.templatetags.shell import colon
from hostcity.plan import SHEETS, PlanError, Problem
from hostcity.plan.columns import columns_of
from hostcity.venue.finding import Place
from hostcity.venue.queries import VenueMap
from hostcity.venue.services import WIDTHS, close_place, move_opening, reopen_place, set_width
from hostcity.venue.svg import times_of
from hostcity.venue.words import what_happens

MOST_ACTS = 6  # told of a place
STEPS_M = ("1", "0.1")


@dataclass(frozen=True, slots=True)
class Closing:
    """A narrowing or closure of a place, in words."""

    key: str
    version: int
    what: str
    times: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why what was sent is refused: sentences, the place of the drawing that is to blame, what differs."""

    status: int
    said: Sequence[str]
    at: tuple[float, float] | None = None
    diff: Sequence[tuple[str, str, str]] = ()
    sent: Sequence[tuple[str, str]] = ()  # of a form that was late: what it takes to send it again

    @property
    def where(self) -> str:
        """The place as the page's script reads it: meters east and north; "" = none."""
        return f"{self.at[0]} {self.at[1]}" if self.at else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What can be changed of a place."""

    sheet: str
    version: int
    width: str  # as its cell
    width_unit: str
    width_help: str
    has_link: bool
    steps: Sequence[tuple[str, str]]  # meters along the wall, and what the button says; none = it has no wall
    closings: Sequence[Closing]
    acts: Sequence[Told]
    wrong: Wrong | None = None


def card_of(edition: Any, venue: VenueMap, place: Place, wrong: Wrong | None = None) -> Card | None:
    """The card of a place; None where nothing of it is changed on the map. Four queries."""
    if place.sheet not in WIDTHS:
        return None
    row = PlanRow.objects.filter(sheet=place.sheet, key=place.key).first()
    if row is None:
        return None
    code, column = row.body["code"], columns_of(SHEETS[place.sheet])[WIDTHS[place.sheet]]
    return Card(
        sheet=place.sheet,
        version=row.version,
        width=shown(column, row.body.get(WIDTHS[place.sheet])),
        width_unit=f"{heading(column)} [m]",
        width_help=_("Empty = the length of its line.") if place.sheet == "openings" else "",
        has_link=place.sheet == "links" or venue.has_link(code),
        steps=steps_of(row) if place.sheet == "openings" else (),
        closings=closings_of(code),
        acts=_acts(edition, place, code),
        wrong=wrong,
    )


def closings_of(code: str) -> list[Closing]:
    """What the timeline says of a code, with the versions of its rows; one query."""
    rows = PlanRow.objects.filter(sheet="timeline", body__target=code, body__action__in=("width", "close", "shut"))
    found = []
    for row in rows.order_by("position", "id"):
        event = row_from_body("timeline", row.body)
        found.append(Closing(row.key, row.version, what_happens(event), times_of(event)))
    return found


def steps_of(row: PlanRow) -> list[tuple[str, str]]:
    """Steps along the wall of an opening, said by where they lead on the map."""
    line = row_from_body("openings", row.body).line
    if len(line) != 2 or line[0] == line[1]:
        return []
    (ax, ay), (bx, by) = line
    is_across = abs(bx - ax) >= abs(by - ay)
    back, forth = (_("west"), _("east")) if is_across else (_("south"), _("north"))
    if (bx - ax if is_across else by - ay) < 0:
        back, forth = forth, back
    say = _("{meters} m {direction}")
    return [
        *((f"-{each}", say.format(meters=each, direction=back)) for each in STEPS_M),
        *((each, say.format(meters=each, direction=forth)) for each in reversed(STEPS_M)),
    ]


def _acts(edition: Any, place: Place, code: str) -> list[Told]:
    """The last acts on the row and on what the timeline says of it; two queries."""
    of_row = Q(subject_kind=subject_of(place.sheet), subject_key=place.key)
    of_timeline = Q(subject_kind=subject_of("timeline"), body__row__target=code)
    acts = plan_acts(edition).filter(of_row | of_timeline).order_by("-number")[:MOST_ACTS]
    return told_acts(edition, list(acts))


def change(request: Any, place: Place) -> Wrong | bool:
    """Do what a form says; whether anything was changed by it."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return Wrong(422, [_("This is nothing that a map does. Load the page again.")])
    try:
        return act(request, place)
    except PlanError as error:
        places = [each.at for each in error.problems if each.at]
        return Wrong(422, [_told(each) for each in error.problems], places[0] if places else None)
    except Stale as stale:
        diff = _differences(place.sheet, stale)
        return Wrong(stale.status, [said(stale)], diff=diff, sent=_sent(request) if diff else ())
    except Refused as refused:
        return Wrong(refused.status, [said(refused)])


#: What the form calls the fields of the timeline.
_FIELDS = {"starts_at": _lazy("From"), "ends_at": _lazy("Until"), "value": _lazy("Width left in percent")}
_AGAIN = ("act", "width", "by_m", "step_m")


def _sent(request: Any) -> list[tuple[str, str]]:
    return [(name, request.POST[name]) for name in _AGAIN if name in request.POST]


def _told(problem: Problem) -> str:
    """A problem with the name of its field before it, as the form calls it."""
    if problem.code == "timeline.ends_at.order":
        return _("Until has to be later than From. 25:30 is the night after.")
    of_form = _FIELDS.get(problem.column) if problem.sheet == "timeline" else None
    column = of_form or (field_name(problem.sheet, problem.column) if problem.column else "")
    return f"{column}{colon()}{said_of(problem)}" if column else said_of(problem)


def _differences(sheet: str, stale: Stale) -> list[tuple[str, str, str]]:
    columns = columns_of(SHEETS[sheet])
    return [
        (heading(columns[name]), shown(columns[name], stored), shown(columns[name], given))
        for name, stored, given in stale.diff
        if name in columns
    ]


def _move(request: Any, place: Place) -> bool:
    if place.sheet != "openings":
        raise Refused("venue.sheet", _("Only an opening moves along a wall."), _("Change its row in the plan."))
    by_m = _meters(request.POST.get("step_m") or request.POST.get("by_m", ""))
    version = _version(request)
    row = move_opening(edition=request.edition, key=place.key, by_m=by_m, version=version, by=request.user)
    return row.version != version


def _width(request: Any, place: Place) -> bool:
    row = set_width(
        edition=request.edition, sheet=place.sheet, key=place.key, width_m=request.POST.get("width", "").strip(),
        version=_version(request), by=request.user,
    )  # fmt: skip
    return row.version != _version(request)


def _close(request: Any, place: Place) -> bool:
    given = {name: request.POST.get(name, "").strip() for name in ("starts_at", "ends_at", "left")}
    percent = given.pop("left")
    if percent and not 0 <= _meters(percent) <= 100:
        mend = _("Give 0 to 100, or leave it empty: it is closed then.")
        raise Refused("venue.percent", _("The width left is no percentage."), mend, field="left")
    left = str(_meters(percent) / 100) if percent else None
    close_place(edition=request.edition, sheet=place.sheet, key=place.key, left=left, by=request.user, **given)
    return True


def _open(request: Any, place: Place) -> bool:
    reopen_place(edition=request.edition, key=request.POST.get("event", ""), version=_version(request), by=request.user)
    return True


ACTS: dict[str, Callable[[Any, Place], bool]] = {"move": _move, "width": _width, "close": _close, "open": _open}


def _meters(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _version(request: Any) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
