"""Who is accredited gets an account with the role of a volunteer and a row of the force; who leaves loses both."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator, Sequence

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, UNUSABLE_PASSWORD_SUFFIX_LENGTH
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hostcity.core.errors import Refused
from hostcity.core.ledger import Line
from hostcity.core.models import Assignment, Edition, Person, PlanRow
from hostcity.core.models.people import Role, new_person_code
from hostcity.core.people.fields import notations_of, pinyin_of, same_phone
from hostcity.core.people.queries import roles_anywhere
from hostcity.core.people.searching import tell_search as tell_of_people
from hostcity.core.people.services import erase_details
from hostcity.core.plan_rows.bodies import Body, body_of, read_row, stored_body
from hostcity.core.plan_rows.changes import ADD, REMOVE, line
from hostcity.core.plan_rows.references import named_of
from hostcity.core.plan_rows.searching import tell_search as tell_of_plan
from hostcity.core.sayings import Joined
from hostcity.plan.rows.posts import LANGUAGE_LEVELS
from hostcity.volunteers.joining.asking import Choices
from hostcity.volunteers.models import Application, Pin

FORCE = "volunteers"  # the plan's sheet
CHUNK = 400  # values of a statement
MOST_NAMED = 20


def refuse_taken_phones(applications: Sequence[Application]) -> Iterator[Refused]:
    """Told where a phone is of an account that is there, or of two of these: who it is, a person decides. Queries by 60 phones."""
    counts = Counter(same_phone(each.phone) for each in applications if each.phone)
    taken: set[str] = {phone for phone, count in counts.items() if count > 1}
    phones = sorted(counts)
    for first in range(0, len(phones), 60):  # each may be written in six ways
        some = [written for phone in phones[first : first + 60] for written in notations_of(phone)]
        taken |= {same_phone(each) for each in Person.objects.filter(phone__in=some).values_list("phone", flat=True)}
    codes = [each.code for each in applications if each.phone and same_phone(each.phone) in taken]
    if codes:
        text = ngettext_lazy(
            "The phone of {codes} belongs to an account that is there, or to another of these applications.",
            "The phones of {codes} belong to accounts that are there, or to others of these applications.",
            len(codes),
        )
        mend = _("Find out whether it is one person: then refuse it; else accredit it without its phone.")
        yield Refused("joining.phone_taken", format_lazy(text, codes=some_of(codes)), mend, field="without_phone")


def admit(edition: Edition, applications: Sequence[Application], choices: Choices, by: Person) -> list[Line]:
    """Open accounts and add rows of the force; gives the ledger's lines of it. Part of a step, within `lock_plan`.

    Who has an account now has name and phone there, and not in the application any more.
    """
    people = [_account(each) for each in applications]
    Person.objects.bulk_create(people, batch_size=CHUNK)
    given = [Assignment(edition=edition, person=person, role=Role.VOLUNTEER) for person in people]
    Assignment.objects.bulk_create(given, batch_size=CHUNK)
    tell_of_people(people)
    bodies = [_row(each, person, choices) for each, person in zip(applications, people, strict=True)]
    last = PlanRow.objects.filter(sheet=FORCE).order_by("-position", "-id").first()
    after, behind = (last.key, last.position + 1) if last else ("", 0)
    rows = [
        PlanRow(edition=edition, sheet=FORCE, key=body["code"], position=behind + place, body=body)
        for place, body in enumerate(bodies)
    ]
    PlanRow.objects.bulk_create(rows, batch_size=CHUNK)
    tell_of_plan(edition, FORCE, rows=[(body["code"], body) for body in bodies])
    lines = []
    for application, person, body in zip(applications, people, bodies, strict=True):
        application.person, application.name, application.phone = person, "", ""
        role = {"role": Role.VOLUNTEER.value, "bureau": "", "organization": ""}
        lines.append(Line(verb="person.add", subject_kind="person", subject_key=person.code))
        lines.append(Line(verb="role.give", subject_kind="person", subject_key=person.code, body=role))
        lines.append(line(ADD, FORCE, body["code"], {"row": body, "after": after}))
        after = body["code"]
    _keep_free(edition, applications, choices, by)
    return lines


def _account(application: Application) -> Person:
    code, name = new_person_code(), application.name
    unusable = UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(UNUSABLE_PASSWORD_SUFFIX_LENGTH // 2)
    return Person(
        code=code, username=code.lower(), name=name, pinyin=pinyin_of(name), phone=application.phone,
        language=application.language, password=unusable,
    )  # fmt: skip


def _row(application: Application, person: Person, choices: Choices) -> Body:
    """A row of the force. What the plan has not any more since the application is left out: nothing could be meant by it."""
    away = _away(application, choices)
    training = application.training.post_classes if application.training else []
    cells = {
        "code": person.code, "campus": application.campus if application.campus in choices.campuses else "",
        "trained_for": [each for each in training if each in choices.classes], "skills": _skills(application, choices),
        "zones": [each for each in application.zones if each in choices.zones],
        "not_days": [day for day in choices.days if all((day, band) in away for band in choices.bands)],
        "not_bands": [band for band in choices.bands if all((day, band) in away for day in choices.days)],
        "is_minor": application.is_minor, "uniform": application.uniform,
    }  # fmt: skip
    return body_of(FORCE, read_row(FORCE, cells))


def _away(application: Application, choices: Choices) -> set[tuple[str, str]]:
    offered = set(choices.seats)
    return {(day, band) for day, band in application.away if (day, band) in offered}


def _skills(application: Application, choices: Choices) -> list[str]:
    """The highest skill of each language that is not above what they speak."""
    best: dict[str, tuple[int, str]] = {}
    for code, skill in choices.skills.items():
        level = application.languages.get(skill.language) if skill.kind == "language" else None
        if level is None:
            continue
        rank = LANGUAGE_LEVELS.index(skill.level) if skill.level in LANGUAGE_LEVELS else -1
        if rank <= LANGUAGE_LEVELS.index(level):
            best[skill.language] = max(best.get(skill.language, (-2, "")), (rank, code))
    return [code for _rank, code in best.values()]


def _keep_free(edition: Edition, applications: Sequence[Application], choices: Choices, by: Person) -> None:
    """Single bands at which somebody cannot serve: the force knows whole days and bands alone, so drafts keep these seats free."""
    pins = []
    for application in applications:
        if application.person is None:
            continue
        away = _away(application, choices)
        days = {day for day in choices.days if all((day, band) in away for band in choices.bands)}
        bands = {band for band in choices.bands if all((day, band) in away for day in choices.days)}
        pins += [
            Pin(edition=edition, volunteer=application.person.code, day=day, band=band, by_code=by.code)
            for day, band in sorted(away)
            if day not in days and band not in bands
        ]
    Pin.objects.bulk_create(pins, batch_size=CHUNK)


def in_use(edition: Edition, applications: Sequence[Application]) -> list[Application]:
    """Those with whose account somebody has signed in, or which is more than a volunteer's of this edition."""
    alone = _theirs_alone(edition, applications)
    return [each for each in applications if each.person and (each.person.last_login or each.person.pk not in alone)]


def dismiss(edition: Edition, applications: Sequence[Application]) -> tuple[list[Line], set[str]]:
    """Take accounts and rows of the force back; gives the ledger's lines, and the codes of rows that a roster still names: they stay.

    An account that is more than this volunteer's loses the role and nothing else. Part of an act, within `lock_plan`.
    """
    people = [each.person for each in applications if each.person]
    if not people:
        return [], set()
    lines, named = _leave_force(edition, [each.code for each in people])
    alone = _theirs_alone(edition, applications)
    for first in range(0, len(people), CHUNK):
        some = [each.pk for each in people[first : first + CHUNK]]
        Assignment.objects.filter(edition=edition, person__in=some, role=Role.VOLUNTEER).delete()
    body = {"role": Role.VOLUNTEER.value, "bureau": "", "organization": ""}
    lines += [Line(verb="role.take", subject_kind="person", subject_key=each.code, body=body) for each in people]
    erased = [each for each in people if each.pk in alone]
    erase_details(erased)
    lines += [Line(verb="person.erase", subject_kind="person", subject_key=each.code) for each in erased]
    tell_of_people([each for each in people if each.pk not in alone])
    return lines, named


def _theirs_alone(edition: Edition, applications: Sequence[Application]) -> set[int]:
    """Keys of the accounts that are a volunteer's of this edition and nothing else."""
    people = [each.person for each in applications if each.person]
    roles = roles_anywhere(people)
    return {
        person.pk
        for person in people
        if not person.is_superuser
        and all(each.edition_id == edition.pk and each.role == Role.VOLUNTEER for each in roles.get(person.pk, []))
    }


def _leave_force(edition: Edition, codes: Sequence[str]) -> tuple[list[Line], set[str]]:
    """Rows that nothing names are taken out, each with the key of the row before it at that moment, so that each can come back."""
    named = named_of(edition, FORCE, codes)
    going, lines, gone = set(codes) - named, [], []
    before: str = ""
    for row in PlanRow.objects.filter(sheet=FORCE).order_by("position", "id").iterator(chunk_size=2000):
        if row.key in going:
            lines.append(line(REMOVE, FORCE, row.key, {"row": stored_body(FORCE, row.body), "after": before}))
            gone.append(row)
        else:
            before = row.key
    for first in range(0, len(gone), CHUNK):
        some = gone[first : first + CHUNK]
        PlanRow.objects.filter(pk__in=[each.pk for each in some]).delete()
        Pin.objects.filter(edition=edition, volunteer__in=[each.key for each in some]).delete()
    tell_of_plan(edition, FORCE, gone=[each.key for each in gone])
    return lines, named


def some_of(codes: Sequence[str]) -> Joined:
    """The first of many codes."""
    return Joined([*codes[:MOST_NAMED], *(["…"] if len(codes) > MOST_NAMED else [])])
