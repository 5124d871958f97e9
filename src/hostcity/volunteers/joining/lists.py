"""Lists of the force that others work with: uniforms by size, buses of campuses, who may go where, everybody."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import scope

from hostcity.core.accounts.codes import as_text
from hostcity.core.models import Edition, Person
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import rows_of_sheets
from hostcity.core.sayings import Joined
from hostcity.plan.cells import clock_text
from hostcity.plan.rows.force import UNIFORM_SIZES
from hostcity.volunteers.models import Shift
from hostcity.volunteers.own import name_of

SHEETS = ("volunteers", "teams", "campuses", "zones", "post_classes", "service_days", "bands")
DAY_S = 86_400
Row = tuple[str | int | float, ...]


@dataclass(frozen=True, slots=True)
class Force:
    """Who is in the plan, who of them serves when by the roster as it holds, and what people are called."""

    sheets: dict[str, dict[str, Any]]
    shifts: list[tuple[str, str, str]]  # volunteer, day, band
    names: dict[str, str]  # code of a volunteer -> name of the account

    def campus_of(self, volunteer: str) -> str:
        """Code of a volunteer's campus, their team's where they have none; "" = none."""
        row = self.sheets["volunteers"].get(volunteer)
        if row is None:
            return ""
        team = self.sheets["teams"].get(row.team)
        return row.campus or (team.campus if team else "")

    def name(self, sheet: str, code: str) -> str:
        """What people call a row; its code where the plan has it no more."""
        row = self.sheets[sheet].get(code)
        return name_of(row) if row else code


@dataclass(frozen=True, slots=True)
class Kind:
    """A list."""

    title: Any
    headings: tuple[Any, ...]
    rows: Callable[[Force], Iterator[Row]]


def force_of(edition: Edition) -> Force:
    """All that lists are made of; three queries."""
    with scope(edition=edition):
        sheets = {name: {each.code: each for each in rows} for name, rows in rows_of_sheets(edition, SHEETS).items()}
        shifts = list(Shift.objects.filter(edition=edition).exclude(post="").values_list("volunteer", "day", "band"))
    people = Person.objects.filter(assignments__edition=edition, assignments__role=Role.VOLUNTEER)
    accounts = list(people.values_list("code", "username", "name"))
    known = {username.lower(): name for _code, username, name in accounts} | {
        code.lower(): name for code, _in, name in accounts
    }
    names = {code: known.get(code.lower(), "") for code in sheets["volunteers"]}
    return Force(sheets, shifts, names)


def _uniforms(force: Force) -> Iterator[Row]:
    """How many of each size, campus by campus; people without a size stand in none."""
    counts = Counter(
        (force.campus_of(code), each.uniform)
        for code, each in force.sheets["volunteers"].items()
        if each.uniform != "none"
    )
    sizes = {size: place for place, size in enumerate(UNIFORM_SIZES)}
    for campus, size in sorted(counts, key=lambda key: (force.name("campuses", key[0]), sizes[key[1]])):
        yield force.name("campuses", campus), size, counts[campus, size]


def _buses(force: Force) -> Iterator[Row]:
    """For each band of a day the people of each campus, when they leave at the latest, and how many buses carry them."""
    days, bands = force.sheets["service_days"], force.sheets["bands"]
    counts = Counter(
        (day, band, force.campus_of(who)) for who, day, band in force.shifts if day in days and band in bands
    )
    for day, band, campus in sorted(
        counts, key=lambda key: (days[key[0]].date, bands[key[1]].start_s, force.name("campuses", key[2]))
    ):
        row, at, many = force.sheets["campuses"].get(campus), bands[band], counts[day, band, campus]
        seats = row.bus_seats if row else 0
        leaves = _clock(at.start_s - row.travel_s) if row else ""
        buses: str | int = math.ceil(many / seats) if seats else ""
        yield (
            days[day].date, name_of(days[day]), name_of(at), clock_text(at.start_s), clock_text(at.end_s), force.name("campuses", campus), many,
            leaves, seats or "", buses,
        )  # fmt: skip


def _clock(at_s: float) -> str:
    """A time of the day; of the day before with a sign."""
    return clock_text(at_s) if at_s >= 0 else f"{clock_text(at_s + DAY_S)} (−1)"


def _zones(force: Force) -> Iterator[Row]:
    """Who may enter which zone."""
    for zone in force.sheets["zones"]:
        for code, each in force.sheets["volunteers"].items():
            if zone in each.zones:
                yield force.name("zones", zone), code, force.names[code], force.name("campuses", force.campus_of(code))


def _everybody(force: Force) -> Iterator[Row]:
    """Every volunteer of the plan, for handing things out."""
    for code, each in force.sheets["volunteers"].items():
        yield (
            code, force.names[code], force.name("campuses", force.campus_of(code)), each.team,
            "" if each.uniform == "none" else each.uniform, str(Joined(force.name("zones", zone) for zone in each.zones)),
            str(Joined(force.name("post_classes", one) for one in each.trained_for)),
        )  # fmt: skip


_NAME, _CAMPUS, _ZONE = pgettext_lazy("person", "Name"), _("Campus"), pgettext_lazy("roster", "Zone")
_VOLUNTEER = pgettext_lazy("list", "Volunteer")
KINDS = {
    "uniforms": Kind(_("Uniforms by size"), (_CAMPUS, _("Size"), _("People")), _uniforms),
    "buses": Kind(
        _("Buses of the campuses"),
        (
            pgettext_lazy("list", "Date"), pgettext_lazy("roster", "Day"), pgettext_lazy("duty", "Band"), _("Begins at"), pgettext_lazy("list", "Ends at"),
            _CAMPUS, _("People"), _("Leaves at the latest"), _("Seats of a bus"), _("Buses"),
        ),
        _buses,
    ),
    "zones": Kind(_("Accreditation by zone"), (_ZONE, _VOLUNTEER, _NAME, _CAMPUS), _zones),
    "people": Kind(
        _("Everybody of the force"),
        (_VOLUNTEER, _NAME, _CAMPUS, pgettext_lazy("list", "Team"), _("Uniform"), _("Accredited for"), _("Trained for")),
        _everybody,
    ),
}  # fmt: skip


def as_csv(headings: Sequence[Any], rows: Sequence[Row]) -> str:
    """The list for other programs: no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in ([str(each) for each in headings], *rows):
        writer.writerow([as_text(cell) if isinstance(cell, str) else cell for cell in row])
    return "\ufeff" + out.getvalue()


def as_workbook(force: Force) -> bytes:
    """All lists, a sheet each."""
    from openpyxl import Workbook  # takes most of a second

    from hostcity.report.list_sheets import add_sheet

    book = Workbook(write_only=True)
    for kind in KINDS.values():
        add_sheet(book, str(kind.title)[:31], tuple(str(each) for each in kind.headings), kind.rows(force))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
