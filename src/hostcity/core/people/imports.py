"""Importing people from a file: uploaded, tried by the worker, looked at, then applied by it in one transaction.

The file is kept for a day at most, and gone as soon as it is applied: it holds names, mail and phones.
"""

from __future__ import annotations

import gzip
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, UNUSABLE_PASSWORD_SUFFIX_LENGTH
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.errors import ListRefused, Refused
from hostcity.core.jobs.at_work import AtWork
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import Line, record, record_lines
from hostcity.core.models import Assignment, Blob, Bureau, Edition, Job, Organization, Person
from hostcity.core.models.jobs import JobState
from hostcity.core.models.people import Role, new_person_code
from hostcity.core.people.crowd import close_ways_in, hold_back_phones
from hostcity.core.people.fields import CHANGEABLE, pinyin_of
from hostcity.core.people.import_checks import TELL_EVERY, PeopleImport, check_import
from hostcity.core.people.lists import MOST_BYTES, read_rows, too_large
from hostcity.core.people.queries import CHUNK
from hostcity.core.people.searching import tell_search
from hostcity.core.results import keep_blob, let_go, read_blob
from hostcity.core.search.words import tokens_of

JOB, APPLY = "people.import", "people.apply"
SUBJECT = "people-import"  # in the ledger, by the job's public id
SUFFIXES = (".csv", ".xlsx")
MOST_LISTED = 500  # rows that the answer of a trial lists; all are counted


def start_import(*, edition: Edition, name: str, data: bytes, by: Person) -> Job:
    """Have the worker try a list: every problem in it, or what it would change. Nobody is changed yet.

    Raises ``Refused`` for a file too large or of another kind.
    """
    policy.require(by, policy.ADD_VOLUNTEERS, edition)
    name = PurePath(name.replace("\\", "/")).name[-200:]
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        what, mend = _("This is no list of people."), _("Choose a table as .csv or .xlsx.")
        raise Refused("people.file-kind", what, mend, field="file")
    if len(data) > MOST_BYTES:
        raise too_large()
    blob = keep_blob(data)
    with transaction.atomic(), scope(edition=edition):
        job = enqueue(JOB, arguments={"name": name, "sha256": blob.sha256}, edition=edition, by=by)
        body = {"kind": suffix.removeprefix("."), "size": blob.size}  # a file's name may be somebody's
        record("person.upload", edition=edition, by=by, subject=(SUBJECT, str(job.public_id)), body=body)
        return job


def try_again(*, edition: Edition, job: Job, by: Person) -> Job:
    """Try the file of an import again, against the people as they are now."""
    return start_import(edition=edition, name=job.arguments["name"], data=_kept(job.arguments["sha256"]), by=by)


def run(arguments: dict[str, Any], at_work: AtWork) -> dict[str, Any]:
    """The job: read the list and check every row. Raises ``ListRefused`` with every problem."""
    at_work.progress(0.05, gettext_noop("Reading the file"))
    rows = read_rows(_kept(arguments["sha256"]), arguments["name"])
    checking = gettext_noop("Checking the rows")
    at_work.progress(0.3, checking)
    done = check_import(
        rows, edition=at_work.edition, by=at_work.by, tell=lambda share: at_work.progress(0.3 + 0.6 * share, checking)
    )
    if not done.is_sound:
        raise has_problems(done)
    return {
        "rows": len(rows),
        "unchanged": done.unchanged,
        "total": len(done.changes),
        "lines": [asdict(each) for each in done.changes[:MOST_LISTED]],
        "mark": _mark_of(done),
        "rows_sha256": keep_blob(gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), mtime=0)).sha256,
        "is_applied": False,
        **done.counts,
    }


def has_problems(done: PeopleImport) -> ListRefused:
    """What is said of a list with problems."""
    what, mend = _("The list has problems. Nothing was imported."), _("Mend every one and upload it again.")
    return ListRefused("people.problems", what, mend, problems=done.problems, field="file")


def apply_import(*, edition: Edition, job: Job, by: Person) -> Job:
    """Have the worker add and change people as a trial said, in one transaction; two calls do it once.

    Raises ``Refused`` when there is nothing that could be applied. The job is refused when people were changed since:
    what was looked at is not what would happen.
    """
    policy.require(by, policy.ADD_VOLUNTEERS, edition)
    if job.edition_id != edition.pk or job.kind != JOB or job.state != JobState.DONE or not job.answer:
        raise Refused("people.no-trial", _("This file has not been tried."), _("Upload it again."))
    if job.answer["is_applied"]:
        raise Refused("people.applied", _("This list has been imported."), _("Upload another."))
    _kept(job.answer["rows_sha256"])
    key = str(job.public_id)
    return enqueue(APPLY, arguments={"import": key}, edition=edition, by=by, dedupe_key=f"{APPLY}/{key}")


def latest_apply(job: Job) -> Job | None:
    """The last job that was to apply a trial."""
    return Job.objects.filter(kind=APPLY, dedupe_key=f"{APPLY}/{job.public_id}").order_by("-id").first()


def prepare(arguments: dict[str, Any], at_work: AtWork) -> dict[str, Any]:
    """The job that applies: all that takes time and needs no lock, so that nobody waits long for the transaction."""
    rows = _rows_of(_trial(arguments))
    for count, row in enumerate(rows):
        pinyin_of(row["name"].strip())
        tokens_of(row["name"], with_pinyin=True)
        if count % TELL_EVERY == 0:
            at_work.progress(0.5 * count / len(rows), gettext_noop("Preparing"))
    at_work.progress(0.5, gettext_noop("Writing"))
    return arguments


def complete(arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Its effect, in the transaction that ends it."""
    trial = Job.objects.select_for_update(of=("self",)).get(pk=_trial(arguments).pk)
    if trial.answer["is_applied"]:
        return {"import": str(trial.public_id), **PeopleImport().counts}
    done = import_people(
        _rows_of(trial), edition=at_work.edition, by=at_work.by, subject=(SUBJECT, str(trial.public_id)),
        mark=trial.answer["mark"],
    )  # fmt: skip
    _forget_file(trial)
    return {"import": str(trial.public_id), **done.counts}


def _trial(arguments: Mapping[str, Any]) -> Job:
    return Job.objects.get(kind=JOB, public_id=arguments["import"])


def _rows_of(trial: Job) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(gzip.decompress(_kept(trial.answer["rows_sha256"])))
    return rows


def import_people(
    rows: Sequence[dict[str, str]],
    *,
    edition: Edition,
    by: Person,
    subject: tuple[str, str],
    mark: str = "",
) -> PeopleImport:
    """Add and change people by their sign-in names, and give roles; all in one transaction. Repeating it changes nothing.

    Raises ``Refused`` when a row has a problem, or when it is not what ``mark`` of a trial says.
    """
    try:
        with transaction.atomic():
            done = check_import(rows, edition=edition, by=by, is_locking=True)
            if mark and _mark_of(done) != mark:
                what, mend = _("People have been changed since the file was tried."), _("Try the file again.")
                raise Refused("people.changed-since", what, mend)
            if not done.is_sound:
                raise has_problems(done)
            _apply(done, edition, by, subject)
    except IntegrityError:
        raise Refused(
            "people.import",
            _("Somebody added one of these people meanwhile."),
            _("Import the list again."),
            field="file",
        ) from None
    return done


def kept_names(job: Job) -> dict[int, str]:
    """Row -> whom it names, as long as the rows of a trial are kept."""
    try:
        rows = _rows_of(job)
    except Refused:
        return {}
    return {int(row["row"]): row["name"].strip() or row["username"].strip() for row in rows}


def _mark_of(done: PeopleImport) -> str:
    """What is equal as long as the import would do the same; it tells nothing of what stands in it."""
    said = [
        done.is_sound,
        done.added,
        [(person.code, fields) for person, fields in done.changed],
        [(role, person.code if person else "") for role, person in done.given],
    ]
    return salted_hmac("hostcity.people.import", json.dumps(said, sort_keys=True), algorithm="sha256").hexdigest()


def _forget_file(job: Job) -> None:
    """The list is not needed any more, nor are its rows."""
    kept = [job.arguments["sha256"], job.answer["rows_sha256"]]
    job.arguments |= {"sha256": ""}
    job.answer |= {"rows_sha256": "", "is_applied": True}
    job.save(update_fields=["arguments", "answer"])
    let_go(kept)


def _kept(sha256: str) -> bytes:
    """Bytes of an earlier trial. Raises ``Refused`` when they are not kept any more."""
    try:
        return read_blob(sha256)
    except Blob.DoesNotExist:
        raise Refused("people.file-gone", _("The file is not kept any more."), _("Upload it again.")) from None


def _apply(done: PeopleImport, edition: Edition, by: Person, subject: tuple[str, str]) -> None:
    lines = []
    added = [
        Person(**fields, code=new_person_code(), pinyin=pinyin_of(fields["name"]), password=_no_password())
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
    hold_back_phones(person for person, fields in done.changed if "phone" in fields)
    by_name = {person.username: person for person in added}
    lines += _give_roles(done, by_name, edition)
    if lines:
        roles = (known or by_name[role["username"]] for role, known in done.given)
        tell_search([*added, *(person for person, _fields in done.changed), *roles])
        kind, key = subject
        lines.append(Line(verb="person.import", subject_kind=kind, subject_key=key, body=done.counts))
        record_lines(lines, edition=edition, by=by)


def _no_password() -> str:
    """What `make_password(None)` gives, which takes a second for ten thousand."""
    return UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(UNUSABLE_PASSWORD_SUFFIX_LENGTH // 2)


def _give_roles(done: PeopleImport, added: dict[str, Person], edition: Edition) -> list[Line]:
    bureaus = {each.code: each for each in Bureau.objects.filter(edition=edition)}
    organizations = {each.code: each for each in Organization.objects.filter(edition=edition)}
    rows, lines = [], []
    for name in {role["role"] for role, _known in done.given}:
        close_ways_in([known for role, known in done.given if known and role["role"] == name], Role(name))
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
