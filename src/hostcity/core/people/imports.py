"""A list of people from a CSV or XLSX file: every problem at its row and column first, then all of it or nothing."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.errors import Refused
from hostcity.core.ledger import Line, record_lines
from hostcity.core.models import Assignment, Bureau, Edition, Organization, Person
from hostcity.core.models.people import Role, new_person_code
from hostcity.core.people.fields import CHANGEABLE, cleaned, pinyin_of, problems_of
from hostcity.core.people.queries import CHUNK, managed
from hostcity.core.people.searching import tell_search
from hostcity.core.people.services import TAKEN

COLUMNS = ("username", "name", "email", "phone", "language", "role", "bureau", "organization")
MOST_ROWS = 10_000
MOST_BYTES = 4 * 1024**2
MOST_UNPACKED = 24 * 1024**2
MOST_COLUMNS = 40
MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in one cell: row and column as the author sees them."""

    row: int
    column: str
    what: Any
    mend: Any


@dataclass(slots=True)
class PeopleImport:
    """What an import would do, or why it cannot."""

    problems: list[RowProblem] = field(default_factory=list)
    added: list[dict[str, str]] = field(default_factory=list)
    changed: list[tuple[Person, dict[str, str]]] = field(default_factory=list)
    given: list[tuple[dict[str, str], Person | None]] = field(default_factory=list)  # roles; None: of an added person
    unchanged: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether it can be done."""
        return not self.problems


def read_rows(data: bytes, name: str) -> list[dict[str, str]]:
    """The file's rows by column, with their numbers under ``row``. Raises ``Refused`` for what is no such list."""
    if len(data) > MOST_BYTES:
        raise Refused("people.too-large", _("The file is larger than 4 MB."), _("Split the list."), field="file")
    is_book = data[:4] == b"PK\x03\x04"
    lines = _lines_of_workbook(data) if is_book else _lines_of_csv(data)
    try:
        return list(_rows(lines))
    except (ValueError, KeyError, OSError, csv.Error, zipfile.BadZipFile, UnicodeError, SyntaxError) as error:
        raise _unreadable(name) from error


def check_import(rows: Sequence[dict[str, str]], *, edition: Edition, by: Person) -> PeopleImport:
    """What importing these rows would do now. Nothing is written."""
    policy.require(by, policy.ADD_VOLUNTEERS, edition)
    done = PeopleImport()
    known = _known_people([row["username"].strip().lower() for row in rows])
    parties = _Parties(
        {each.code: each for each in Bureau.objects.filter(edition=edition)},
        {each.code: each for each in Organization.objects.filter(edition=edition)},
    )
    mine = {person.pk for person in managed(by, known.values(), edition)}
    roles = _roles_here(known.values())
    taken = _contacts_taken(rows)
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        number = int(row["row"])
        fields = cleaned({name: row[name] for name in ("username", *CHANGEABLE)})
        problems = list(_problems_of_row(row, fields, number, seen, parties, edition, by))
        person = known.get(fields["username"])
        problems += _problems_of_contacts(fields, number, taken, person)
        if person is not None and person.pk not in mine:
            problems.append(RowProblem(number, "username", *TAKEN["username"]))
        if person is not None and not person.is_active:
            problems.append(
                RowProblem(
                    number, "username", _("This account is deactivated."), _("Reactivate it, or leave the row out.")
                )
            )
        if problems:
            done.problems += problems
        else:
            _sort(done, row, fields, person, roles)
        if len(done.problems) >= MOST_PROBLEMS:
            break
    return done


def import_people(rows: Sequence[dict[str, str]], *, edition: Edition, by: Person) -> PeopleImport:
    """Add and change people by their sign-in names, and give roles; all in one transaction. Repeating it changes nothing.

    Raises ``Refused`` when a row has a problem.
    """
    try:
        with transaction.atomic():
            done = check_import(rows, edition=edition, by=by)
            if not done.is_sound:
                raise Refused(
                    "people.import", _("The list has problems."), _("Check it and mend every one first."), field="file"
                )
            _apply(done, edition, by)
    except IntegrityError:
        raise Refused(
            "people.import",
            _("Somebody added one of these people meanwhile."),
            _("Import the list again."),
            field="file",
        ) from None
    return done


@dataclass(frozen=True, slots=True)
class _Parties:
    bureaus: dict[str, Bureau]
    organizations: dict[str, Organization]


def _lines_of_csv(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")  # how Excel writes CSV in China
    yield from csv.reader(io.StringIO(text, newline=""), strict=True)


def _lines_of_workbook(data: bytes) -> Iterator[list[str]]:
    """Rows of the first sheet, read as a stream, after its unpacked size was counted rather than believed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        left = MOST_UNPACKED
        for entry in archive.infolist():
            with archive.open(entry) as file:
                while chunk := file.read(64 * 1024):
                    left -= len(chunk)
                    if left < 0:
                        raise ValueError("unpacks to too much")
    from openpyxl import load_workbook  # takes most of a second

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        for cells in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True):
            yield [_text(cell) for cell in cells]
    finally:
        book.close()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _rows(lines: Iterator[list[str]]) -> Iterator[dict[str, str]]:
    heading = [each.strip().lower() for each in next(lines, [])]
    places = {name: heading.index(name) for name in COLUMNS if name in heading}
    missing = [name for name in ("username", "role") if name not in places]
    if missing:
        raise Refused(
            "people.columns",
            _("The first row must name the columns; {missing} is missing.").format(missing=", ".join(missing)),
            _("Known columns: {columns}.").format(columns=", ".join(COLUMNS)),
            field="file",
        )
    count = 0
    for number, line in enumerate(islice(lines, MOST_ROWS + 1), start=2):
        if not any(cell.strip() for cell in line):
            continue
        count += 1
        if count > MOST_ROWS:
            raise Refused("people.too-many", _("The list has more than 10,000 rows."), _("Split it."), field="file")
        row = {name: line[place] if place < len(line) else "" for name, place in places.items()}
        yield {"row": str(number), **dict.fromkeys(COLUMNS, ""), **row}


def _known_people(usernames: Sequence[str]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for start in range(0, len(usernames), CHUNK):
        for person in Person.objects.filter(username__in=usernames[start : start + CHUNK]):
            found[person.username] = person
    return found


def _contacts_taken(rows: Sequence[dict[str, str]]) -> dict[tuple[str, str], int]:
    """(column, value) -> who has it already."""
    found: dict[tuple[str, str], int] = {}
    for column in ("email", "phone"):
        values = [cleaned({column: row[column]})[column] for row in rows if row[column].strip()]
        for start in range(0, len(values), CHUNK):
            some = Person.objects.filter(**{f"{column}__in": values[start : start + CHUNK]})
            found.update({(column, value): key for key, value in some.values_list("pk", column)})
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
) -> Iterator[RowProblem]:
    for name, (what, mend) in problems_of(fields).items():
        yield RowProblem(number, name, what, mend)
    for name in ("username", "email", "phone"):
        first = seen.setdefault((name, fields[name]), number) if fields[name] else number
        if first != number:
            yield RowProblem(
                number, name, _("The same stands in row {row}.").format(row=first), _("Leave one of them out.")
            )
    role = row["role"].strip().lower()
    if role not in Role.values:
        yield RowProblem(
            number, "role", _("There is no such role."), _("Roles: {roles}.").format(roles=", ".join(Role.values))
        )
    elif role != Role.VOLUNTEER and not policy.may(by, policy.CHANGE_PEOPLE, edition):
        yield RowProblem(number, "role", _("You may add volunteers only."), _("Write volunteer."))
    elif role == Role.BUREAU_OWNER and not row["bureau"].strip():
        yield RowProblem(number, "bureau", _("A bureau owner needs a bureau."), _("Give its code."))
    for name, known in (("bureau", parties.bureaus), ("organization", parties.organizations)):
        code = row[name].strip().lower()
        if code and code not in known:
            yield RowProblem(
                number, name, _("There is none with this code."), _("Add it first, or leave the cell empty.")
            )


def _problems_of_contacts(
    fields: dict[str, str], number: int, taken: dict[tuple[str, str], int], person: Person | None
) -> Iterator[RowProblem]:
    for name in ("email", "phone"):
        owner = taken.get((name, fields[name]))
        if owner is not None and owner != (person.pk if person else None):
            yield RowProblem(number, name, *TAKEN[name])


def _sort(
    done: PeopleImport,
    row: dict[str, str],
    fields: dict[str, str],
    person: Person | None,
    roles: set[tuple[int, str]],
) -> None:
    role = {"username": fields["username"]} | {
        name: row[name].strip().lower() for name in ("role", "bureau", "organization")
    }
    if person is None:
        done.added.append(fields)
        done.given.append((role, None))
        return
    given = {name: fields[name] for name in CHANGEABLE if row[name].strip() and fields[name] != getattr(person, name)}
    is_new_role = (person.pk, role["role"]) not in roles
    if given:
        done.changed.append((person, given))
    if is_new_role:
        done.given.append((role, person))
    if not given and not is_new_role:
        done.unchanged += 1


def _apply(done: PeopleImport, edition: Edition, by: Person) -> None:
    lines = []
    added = [
        Person(**fields, code=new_person_code(), pinyin=pinyin_of(fields["name"]), password=make_password(None))
        for fields in done.added
    ]
    Person.objects.bulk_create(added, batch_size=CHUNK)
    lines += [Line(verb="person.add", subject_kind="person", subject_key=person.code) for person in added]
    for person, fields in done.changed:
        for name, value in fields.items():
            setattr(person, name, value)
        person.pinyin = pinyin_of(person.name)
        person.version += 1
        lines.append(
            Line(verb="person.change", subject_kind="person", subject_key=person.code, body={"fields": sorted(fields)})
        )
    Person.objects.bulk_update(
        [person for person, _fields in done.changed], [*CHANGEABLE, "pinyin", "version"], batch_size=CHUNK
    )
    by_name = {person.username: person for person in added}
    lines += _give_roles(done, by_name, edition)
    if lines:
        roles = (known or by_name[role["username"]] for role, known in done.given)
        tell_search([*added, *(person for person, _fields in done.changed), *roles])
        counts = {"added": len(added), "changed": len(done.changed), "roles": len(done.given)}
        lines.append(Line(verb="person.import", subject_kind="edition", subject_key=edition.code, body=counts))
        record_lines(lines, edition=edition, by=by)


def _give_roles(done: PeopleImport, added: dict[str, Person], edition: Edition) -> list[Line]:
    bureaus = {each.code: each for each in Bureau.objects.filter(edition=edition)}
    organizations = {each.code: each for each in Organization.objects.filter(edition=edition)}
    rows, lines = [], []
    for role, known in done.given:
        person = known or added[role["username"]]
        rows.append(
            Assignment(
                edition=edition,
                person=person,
                role=role["role"],
                bureau=bureaus.get(role["bureau"]),
                organization=organizations.get(role["organization"]),
            )
        )
        body = {name: role[name] for name in ("role", "bureau", "organization")}
        lines.append(Line(verb="role.give", subject_kind="person", subject_key=person.code, body=body))
    Assignment.objects.bulk_create(rows, batch_size=CHUNK)
    return lines


def _unreadable(name: str) -> Refused:
    return Refused(
        "people.unreadable",
        _("{name} cannot be read as a list of people.").format(name=name),
        _("Save it as .xlsx, or as .csv in UTF-8, with the columns in its first row."),
        field="file",
    )
