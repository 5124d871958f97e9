"""What importing a list of people would do, or why it cannot: every problem at its row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.errors import Located
from hostcity.core.models import Assignment, Bureau, Edition, Organization, Person
from hostcity.core.models.people import Role
from hostcity.core.people.fields import CHANGEABLE, cleaned, notations_of, problems_of, same_phone
from hostcity.core.people.queries import CHUNK, managed
from hostcity.core.people.services import TAKEN
from hostcity.core.sayings import Joined

MOST_PROBLEMS = 500
TELL_EVERY = 200  # rows


@dataclass(frozen=True, slots=True)
class Change:
    """What one row of the list does."""

    row: int
    verb: str  # "add", "change", or "" where a role is given only
    fields: tuple[str, ...]
    role: str  # "" where none is given


@dataclass(slots=True)
class PeopleImport:
    """What an import would do, or why it cannot."""

    problems: list[Located] = field(default_factory=list)
    added: list[dict[str, str]] = field(default_factory=list)
    changed: list[tuple[Person, dict[str, str]]] = field(default_factory=list)
    given: list[tuple[dict[str, str], Person | None]] = field(default_factory=list)  # roles; None: of an added person
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether it can be done."""
        return not self.problems

    @property
    def counts(self) -> dict[str, int]:
        """How many people and roles."""
        return {"added": len(self.added), "changed": len(self.changed), "roles": len(self.given)}


def check_import(
    rows: Sequence[dict[str, str]],
    *,
    edition: Edition,
    by: Person,
    tell: Callable[[float], None] = lambda _share: None,
    is_locking: bool = False,
) -> PeopleImport:
    """What importing these rows would do now. Nothing is written. ``is_locking`` holds who is to be changed."""
    policy.require(by, policy.ADD_VOLUNTEERS, edition)
    done = PeopleImport()
    known = _known_people([row["username"].strip().lower() for row in rows], is_locking=is_locking)
    parties = _Parties(
        {each.code: each for each in Bureau.objects.filter(edition=edition)},
        {each.code: each for each in Organization.objects.filter(edition=edition)},
    )
    mine = {person.pk for person in managed(by, known.values(), edition)}
    roles = _roles_here(known.values())
    taken = _contacts_taken(rows)
    seen: dict[tuple[str, str], int] = {}
    for count, row in enumerate(rows):
        if count % TELL_EVERY == 0:
            tell(count / len(rows))
        number = int(row["row"])
        fields = cleaned({name: row[name] for name in ("username", *CHANGEABLE)})
        person = known.get(fields["username"])
        problems = [
            *_problems_of_row(row, fields, number, seen, parties, edition, by),
            *_problems_of_contacts(fields, number, taken, person),
            *_problems_of_account(number, person, mine),
        ]
        if problems:
            done.problems += problems
        else:
            _sort(done, row, fields, person, roles)
        if len(done.problems) >= MOST_PROBLEMS:
            break
    return done


@dataclass(frozen=True, slots=True)
class _Parties:
    bureaus: dict[str, Bureau]
    organizations: dict[str, Organization]


def _known_people(usernames: Sequence[str], *, is_locking: bool) -> dict[str, Person]:
    people = Person.objects.order_by("pk")
    people = people.select_for_update() if is_locking else people
    found: dict[str, Person] = {}
    for start in range(0, len(usernames), CHUNK):
        for person in people.filter(username__in=usernames[start : start + CHUNK]):
            found[person.username] = person
    return found


def _contacts_taken(rows: Sequence[dict[str, str]]) -> dict[tuple[str, str], int]:
    """(column, value) -> who has it already, however a phone number is written."""
    found: dict[tuple[str, str], int] = {}
    for column in ("email", "phone"):
        values = [cleaned({column: row[column]})[column] for row in rows if row[column].strip()]
        if column == "phone":
            values = [each for value in values for each in notations_of(value)]
        for start in range(0, len(values), CHUNK):
            some = Person.objects.filter(**{f"{column}__in": values[start : start + CHUNK]})
            found.update({(column, _sameness(column, value)): key for key, value in some.values_list("pk", column)})
    return found


def _roles_here(people: Iterable[Person]) -> set[tuple[int, str]]:
    keys = [person.pk for person in people]
    found: set[tuple[int, str]] = set()
    for start in range(0, len(keys), CHUNK):
        found.update(Assignment.objects.filter(person__in=keys[start : start + CHUNK]).values_list("person", "role"))
    return found


def _problems_of_row(
    row: dict[str, str],
    fields: dict[str, str],
    number: int,
    seen: dict[tuple[str, str], int],
    parties: _Parties,
    edition: Edition,
    by: Person,
) -> Iterator[Located]:
    for name, (what, mend) in problems_of(fields).items():
        yield Located(f"person.{name}", number, name, what, mend)
    for name in ("username", "email", "phone"):
        first = seen.setdefault((name, _sameness(name, fields[name])), number) if fields[name] else number
        if first != number:
            what = format_lazy(_("The same stands in row {row}."), row=first)
            yield Located("people.twice", number, name, what, _("Leave one of them out."))
    yield from _problems_of_role(row, number, edition, by)
    for name, known in (("bureau", parties.bureaus), ("organization", parties.organizations)):
        code = row[name].strip().lower()
        if code and code not in known:
            what, mend = _("There is none with this code."), _("Add it first, or leave the cell empty.")
            yield Located(f"role.{name}", number, name, what, mend)


def _problems_of_role(row: dict[str, str], number: int, edition: Edition, by: Person) -> Iterator[Located]:
    role = row["role"].strip().lower()
    if role not in Role.values:
        mend = format_lazy(_("Roles: {roles}."), roles=Joined(Role.values))
        yield Located("people.role", number, "role", _("There is no such role."), mend)
    elif role != Role.VOLUNTEER and not policy.may(by, policy.CHANGE_PEOPLE, edition):
        yield Located("policy.denied", number, "role", _("You may add volunteers only."), _("Write volunteer."))
    elif role == Role.BUREAU_OWNER and not row["bureau"].strip():
        yield Located("role.bureau", number, "bureau", _("A bureau owner needs a bureau."), _("Give its code."))


def _problems_of_contacts(
    fields: dict[str, str], number: int, taken: dict[tuple[str, str], int], person: Person | None
) -> Iterator[Located]:
    for name in ("email", "phone"):
        owner = taken.get((name, _sameness(name, fields[name])))
        if owner is not None and owner != (person.pk if person else None):
            yield Located(f"person.{name}-taken", number, name, *TAKEN[name])


def _sameness(name: str, value: str) -> str:
    return same_phone(value) if name == "phone" else value


def _problems_of_account(number: int, person: Person | None, mine: set[int]) -> Iterator[Located]:
    if person is not None and person.pk not in mine:
        yield Located("person.username-taken", number, "username", *TAKEN["username"])
    if person is not None and not person.is_active:
        what, mend = _("This account is deactivated."), _("Reactivate it, or leave the row out.")
        yield Located("person.inactive", number, "username", what, mend)


def _sort(
    done: PeopleImport,
    row: dict[str, str],
    fields: dict[str, str],
    person: Person | None,
    roles: set[tuple[int, str]],
) -> None:
    number = int(row["row"])
    role = {"username": fields["username"]} | {
        name: row[name].strip().lower() for name in ("role", "bureau", "organization")
    }
    if person is None:
        done.added.append(fields)
        done.given.append((role, None))
        filled = tuple(name for name in CHANGEABLE if row[name].strip())
        done.changes.append(Change(number, "add", filled, role["role"]))
        return
    given = {name: fields[name] for name in CHANGEABLE if row[name].strip() and fields[name] != getattr(person, name)}
    is_new_role = (person.pk, role["role"]) not in roles
    if given:
        done.changed.append((person, given))
    if is_new_role:
        done.given.append((role, person))
    if given or is_new_role:
        changed = ("change", tuple(given)) if given else ("", ())
        done.changes.append(Change(number, *changed, role["role"] if is_new_role else ""))
    else:
        done.unchanged += 1
