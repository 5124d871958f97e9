"""Totals of hours by person, campus and team, and the shifts themselves: on a page, as CSV, as a workbook."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.models import Edition, Person, PlanRow
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import rows_of_sheets
from hostcity.volunteers.hours.counted import Served, served_in
from hostcity.volunteers.joining.lists import Row
from hostcity.volunteers.own import name_of


@dataclass(slots=True)
class Total:
    """What some people have served."""

    people: set[str] = field(default_factory=set)
    shifts: int = 0
    minutes: int = 0
    open: int = 0  # shifts without an end, which count nothing yet

    @property
    def hours(self) -> float:
        """In hundredths of an hour."""
        return round(self.minutes / 60, 2)

    def add(self, each: Served) -> None:
        """One more shift."""
        self.people.add(each.volunteer)
        self.shifts, self.minutes, self.open = self.shifts + 1, self.minutes + each.minutes, self.open + each.is_open


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that was served, and where people are from."""

    served: list[Served]
    teams: dict[str, Any]
    campuses: dict[str, Any]
    of: dict[str, tuple[str, str]]  # volunteer -> team, campus
    names: dict[str, str]  # volunteer, in lower case -> name of the account

    def name(self, volunteer: str) -> str:
        """The name of somebody's account; "" = they have none."""
        return self.names.get(volunteer.lower(), "")

    def team(self, volunteer: str) -> str:
        """Code of somebody's team; "" = none."""
        return self.of.get(volunteer, ("", ""))[0]

    def campus(self, volunteer: str) -> str:
        """Code of somebody's campus, their team's where they have none."""
        team, campus = self.of.get(volunteer, ("", ""))
        return campus or (self.teams[team].campus if team in self.teams else "")

    def campus_name(self, code: str) -> str:
        """What a campus is called."""
        return name_of(self.campuses[code]) if code in self.campuses else code


def book_of(edition: Edition) -> Book:
    """All that the totals are made of. Six queries, however many rows."""
    sheets = {name: {each.code: each for each in rows} for name, rows in rows_of_sheets(edition, ("teams", "campuses")).items()}  # fmt: skip
    rows = PlanRow.objects.filter(edition=edition, sheet="volunteers")
    of = {key: (team or "", campus or "") for key, team, campus in rows.values_list("key", "body__team", "body__campus")}  # fmt: skip
    return Book(served_in(edition), sheets["teams"], sheets["campuses"], of, _names(edition))


def _names(edition: Edition) -> dict[str, str]:
    people = Person.objects.filter(assignments__edition=edition, assignments__role=Role.VOLUNTEER)
    found = list(people.annotate(in_lower=Lower("username")).values_list("code", "in_lower", "name"))
    return {in_lower: name for _code, in_lower, name in found} | {code.lower(): name for code, _in, name in found}


def totals(book: Book, key: Callable[[str], str]) -> dict[str, Total]:
    """Totals by what ``key`` says of a volunteer, in the order of that."""
    found: dict[str, Total] = {}
    for each in book.served:
        found.setdefault(key(each.volunteer), Total()).add(each)
    return dict(sorted(found.items()))


def _people(book: Book) -> Iterator[Row]:
    for code, total in totals(book, str).items():
        yield code, book.name(code), book.campus_name(book.campus(code)), book.team(code), total.shifts, total.hours, total.open  # fmt: skip


def _campuses(book: Book) -> Iterator[Row]:
    for code, total in totals(book, book.campus).items():
        yield book.campus_name(code), len(total.people), total.shifts, total.hours, total.open


def _teams(book: Book) -> Iterator[Row]:
    for code, total in totals(book, book.team).items():
        yield code, len(total.people), total.shifts, total.hours, total.open


def _shifts(book: Book) -> Iterator[Row]:
    for each in book.served:
        yield (
            each.volunteer, book.name(each.volunteer), each.date, each.times, each.post, _clock(each.checked_in_at),
            _clock(each.checked_out_at), round(each.minutes / 60, 2), "✓" if each.is_corrected else "",
        )  # fmt: skip


def _clock(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M}" if at else ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A table of hours."""

    title: Any
    headings: tuple[Any, ...]
    rows: Callable[[Book], Iterator[Row]]


_VOLUNTEER, _NAME = pgettext_lazy("list", "Volunteer"), pgettext_lazy("person", "Name")
_TEAM, _SHIFTS = pgettext_lazy("list", "Team"), pgettext_lazy("hours", "Shifts")
_SUM = (_SHIFTS, pgettext_lazy("hours", "Hours"), pgettext_lazy("hours", "Without an end"))
KINDS = {
    "people": Kind(_("Hours by person"), (_VOLUNTEER, _NAME, _("Campus"), _TEAM, *_SUM), _people),
    "campuses": Kind(_("Hours by campus"), (_("Campus"), _("People"), *_SUM), _campuses),
    "teams": Kind(_("Hours by team"), (_TEAM, _("People"), *_SUM), _teams),
    "shifts": Kind(
        _("Hours by shift"),
        (
            _VOLUNTEER, _NAME, pgettext_lazy("list", "Date"), pgettext_lazy("duty", "Band"), pgettext_lazy("hours", "Post"),
            pgettext_lazy("hours", "Came"), pgettext_lazy("hours", "Left"), _SUM[1], pgettext_lazy("hours", "Corrected"),
        ),
        _shifts,
    ),
}  # fmt: skip


def as_workbook(book: Book) -> bytes:
    """All tables, a sheet each."""
    from openpyxl import Workbook  # takes most of a second

    from hostcity.report.list_sheets import add_sheet

    file = Workbook(write_only=True)
    for kind in KINDS.values():
        add_sheet(file, str(kind.title)[:31], tuple(str(each) for each in kind.headings), kind.rows(book))
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()
