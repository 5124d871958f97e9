"""What an applicant says, and all that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import scope

from hostcity.core.errors import Refused
from hostcity.core.models import Edition
from hostcity.core.people.fields import LANGUAGES as READERS
from hostcity.core.people.fields import plain_phone, problems_of
from hostcity.core.plan_rows.queries import rows_of_sheets
from hostcity.plan.cells import clock_text
from hostcity.plan.rows.force import UNIFORM_SIZES
from hostcity.plan.rows.posts import LANGUAGE_LEVELS
from hostcity.volunteers.models.applications import MOST_NAME
from hostcity.volunteers.own import name_of

SHEETS = ("service_days", "bands", "campuses", "skills", "post_classes", "zones")
#: Languages that are asked for where the plan has no skill of kind language.
USUAL_LANGUAGES = ("en", "zh", "fr", "de", "es", "ru", "ja", "ko", "ar")
LANGUAGE_NAMES = {
    "en": pgettext_lazy("language", "English"), "zh": pgettext_lazy("language", "Chinese"), "yue": pgettext_lazy("language", "Cantonese"),
    "fr": pgettext_lazy("language", "French"), "de": pgettext_lazy("language", "German"), "es": pgettext_lazy("language", "Spanish"),
    "ru": pgettext_lazy("language", "Russian"), "ja": pgettext_lazy("language", "Japanese"), "ko": pgettext_lazy("language", "Korean"),
    "ar": pgettext_lazy("language", "Arabic"), "it": pgettext_lazy("language", "Italian"), "pt": pgettext_lazy("language", "Portuguese"),
}  # fmt: skip
Seat = tuple[str, str]  # day, band


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What is said in an application."""

    name: str
    phone: str
    campus: str = ""
    university: str = ""
    languages: dict[str, str] = field(default_factory=dict)  # ISO 639 -> level
    seats: Sequence[Seat] = ()
    uniform: str = "none"
    is_minor: bool = False
    language: str = "en"
    consent: int = 0  # number of the text that was agreed to; 0 = none


@dataclass(frozen=True, slots=True)
class Choices:
    """What the plan offers to applicants, and to coordinators who decide."""

    days: dict[str, Any]
    bands: dict[str, Any]
    campuses: dict[str, Any]
    skills: dict[str, Any]
    classes: dict[str, Any]
    zones: dict[str, Any]

    @property
    def seats(self) -> list[Seat]:
        """Every band of every day."""
        return [(day, band) for day in self.days for band in self.bands]

    @property
    def languages(self) -> list[str]:
        """Languages that are asked for: those of the plan's skills."""
        found = {each.language for each in self.skills.values() if each.kind == "language" and each.language}
        return sorted(found, key=lambda each: (each != "en", each)) or list(USUAL_LANGUAGES)

    def name(self, kind: str, code: str) -> str:
        """What people call a row; its code where the plan does not have it any more."""
        row = getattr(self, kind).get(code)
        return name_of(row) if row else code

    def hours(self, band: str) -> str:
        """A band by name and hours."""
        row = self.bands[band]
        return f"{name_of(row)} {clock_text(row.start_s)}–{clock_text(row.end_s)}"


def choices_of(edition: Edition) -> Choices:
    """What the plan offers now; one query."""
    with scope(edition=edition):
        sheets = rows_of_sheets(edition, SHEETS)
    found = {name: {each.code: each for each in sheets[name]} for name in SHEETS}
    days = dict(sorted(found["service_days"].items(), key=lambda item: item[1].date))
    bands = dict(sorted(found["bands"].items(), key=lambda item: (item[1].start_s, item[1].end_s)))
    return Choices(days, bands, found["campuses"], found["skills"], found["post_classes"], found["zones"])


def language_name(code: str) -> Any:
    """A language in the reader's; its code where we have no word for it."""
    return LANGUAGE_NAMES.get(code, code)


def faults(given: Given, choices: Choices, consent: int) -> list[Refused]:
    """All that is wrong. ``consent`` is the number of the text that holds now."""
    place = place_faults(given.campus, given.university, choices)
    return [*_of_person(given), *place, *_of_service(given, choices), *_of_consent(given, consent)]


def _of_person(given: Given) -> Iterator[Refused]:
    if not given.name.strip():
        yield Refused("joining.name", _("Your name is missing."), _("Give it."), field="name")
    if not given.phone.strip():
        yield Refused("joining.phone", _("Your phone number is missing."), _("Give it."), field="phone")
    for name, (what, mend) in problems_of({"name": given.name, "phone": plain_phone(given.phone)}).items():
        yield Refused(f"joining.{name}", what, mend, field=name)
    if given.language not in READERS:
        yield Refused("joining.language", _("There are no pages in this language."), _("Give en or zh-hans."), field="language")  # fmt: skip


def place_faults(campus: str, university: str, choices: Choices) -> Iterator[Refused]:
    """What is wrong with where somebody comes from."""
    if campus and campus not in choices.campuses:
        yield Refused("joining.campus", _("This campus is not in the list."), _("Choose one of it."), field="campus")
    if not campus and not university.strip():
        what, mend = _("Neither campus nor university is given."), _("Choose your campus, or write your university.")
        yield Refused("joining.university", what, mend, field="university")
    if len(university) > MOST_NAME:
        mend = format_lazy(_("Give at most {most} letters."), most=MOST_NAME)
        yield Refused("joining.university", _("This is too long."), mend, field="university")


def _of_service(given: Given, choices: Choices) -> Iterator[Refused]:
    if {*given.languages} - {*choices.languages} or {*given.languages.values()} - {*LANGUAGE_LEVELS}:
        mend = format_lazy(_("Levels: {levels}."), levels=", ".join(LANGUAGE_LEVELS))
        yield Refused("joining.languages", _("This language or level is not in the list."), mend, field="languages")
    offered = choices.seats
    if {*map(tuple, given.seats)} - {*offered}:
        what, mend = _("Days or bands have been changed meanwhile."), _("Load the page again, and tick when you can.")
        yield Refused("joining.seats", what, mend, field="seats")
    elif offered and not given.seats:
        what, mend = _("No time is ticked at which you can serve."), _("Tick one at least.")
        yield Refused("joining.seats", what, mend, field="seats")
    if given.uniform not in UNIFORM_SIZES:
        mend = format_lazy(_("Sizes: {sizes}."), sizes=", ".join(UNIFORM_SIZES))
        yield Refused("joining.uniform", _("This is no size of the uniform."), mend, field="uniform")


def _of_consent(given: Given, consent: int) -> Iterator[Refused]:
    if not given.consent:
        what, mend = (
            _("You have not agreed to how your data are used."),
            _("Read the text, and tick the box if you do."),
        )
        yield Refused("joining.consent", what, mend, field="consent")
    elif given.consent != consent:
        what = _("The text that you agree to has been changed meanwhile.")
        yield Refused("joining.consent_changed", what, _("Read it again, and tick the box if you agree."), field="consent")  # fmt: skip
