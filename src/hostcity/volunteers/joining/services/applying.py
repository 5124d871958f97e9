"""What an applicant does without an account: apply, have another code made, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.accounts.codes import new_code
from hostcity.core.deliveries.services import queue_phone
from hostcity.core.errors import Refused, refuse
from hostcity.core.ledger import Line, record, record_lines
from hostcity.core.models import Act, Delivery, Edition, Person
from hostcity.core.models.people import Role
from hostcity.core.notices.services import notify
from hostcity.core.people.fields import plain_phone
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.volunteers import policy
from hostcity.volunteers.joining.accrediting import dismiss
from hostcity.volunteers.joining.asking import Given, choices_of, faults
from hostcity.volunteers.joining.keys import hash_of_code, name_key, phone_key
from hostcity.volunteers.joining.queries import opening_of
from hostcity.volunteers.joining.steps import APPLY, RENEW, SUBJECT, WITHDRAW, standing
from hostcity.volunteers.models import Application, State
from hostcity.volunteers.swaps.services import end_offers, own_codes, tell_ended

MOST = 100_000  # applications of an edition, withdrawn ones too
EMPTIED = ("name", "phone", "campus", "university", "phone_key", "name_key", "secret_sha256", "interview_place")
LEFT = "joining.left"  # kind of a notice: somebody with shifts has withdrawn


def apply(*, edition: Edition, given: Given) -> tuple[Application, str]:
    """Keep an application, and give it with the code by which its applicant sees it: the only moment at which it can be read.

    Raises ``Refused`` with all that is wrong, or where sign-up is not open.
    """
    with transaction.atomic(), scope(edition=edition):
        opening = opening_of(edition)
        if opening is None or not opening.is_open or edition.today() > opening.closes_on:
            raise Refused("joining.closed", _("Sign-up is closed."), _("Ask the volunteer coordinator."))
        refuse(faults(given, (choices := choices_of(edition)), opening.consent.number))
        if Application.objects.filter(edition=edition).count() >= MOST:
            raise Refused("joining.full", _("There are too many applications."), _("Ask the volunteer coordinator."))
        said, seats = asdict(given), [tuple(each) for each in given.seats]
        for name in ("consent", "seats"):
            del said[name]
        said |= {"name": given.name.strip(), "university": given.university.strip(), "phone": plain_phone(given.phone)}
        code = new_code()
        row = Application.objects.create(
            edition=edition, **said, seats=[each for each in choices.seats if each in seats],
            away=[each for each in choices.seats if each not in seats], phone_key=phone_key(edition, said["phone"]),
            name_key=name_key(edition, said["name"], given.campus or given.university), secret_sha256=hash_of_code(code),
            consent=opening.consent, consented_at=timezone.now(),
        )  # fmt: skip
        body = {"consent": opening.consent.number, "campus": row.campus}
        record(APPLY, edition=edition, by=None, subject=(SUBJECT, row.code), body=body)
        return row, code


def send_code(application: Application, code: str) -> bool:
    """Send a fresh code to the applicant's phone too, where the site can; gives whether it does."""
    if not settings.PHONE_GATEWAY_URL or not application.phone:
        return False
    with translation.override(application.language):
        text = str(_("Your code for your application as a volunteer: {code}. Keep it.")).format(code=code)
    key = f"joining/{application.pk}/{application.secret_sha256[:16]}"
    queue_phone(edition=application.edition, phone=application.phone, text=text, dedupe_key=key)
    return True


def renew_code(*, edition: Edition, application: Application, by: Person | None) -> str:
    """Another code for an application; the one before ends. ``by`` None is the applicant, who has shown the one before."""
    if by is not None:
        matrix.require(by, policy.STEP_APPLICATION, edition, application)
    code = new_code()
    with transaction.atomic(), scope(edition=edition):
        row = _locked(application)
        row.secret_sha256 = hash_of_code(code)
        row.save(update_fields=["secret_sha256"])
        record(RENEW, edition=edition, by=by, subject=(SUBJECT, row.code))
    application.secret_sha256 = row.secret_sha256
    return code


def withdraw(*, edition: Edition, application: Application) -> Act:
    """Withdraw an application, from any state: its personal data are erased, and that there was one stays.

    Of somebody accredited the account is erased too, and their row of the force taken out; coordinators are told where shifts name it.
    What they have offered or taken of shifts ends, and who waited for them is told.
    """
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        row = _locked(application)
        was, phones = standing(row), [each for each in (row.phone, row.shown_phone) if each]
        offers, waited = end_offers(edition, own_codes(edition, row.person)) if row.person else ([], set())
        lines, rostered = dismiss(edition, [row])
        person = was["person"]
        row.state, row.person, row.version = State.WITHDRAWN, None, row.version + 1
        empty(edition, row, phones)
        body = {"was": was["state"], "person": person}
        lines.append(Line(verb=WITHDRAW, subject_kind=SUBJECT, subject_key=row.code, body=body))
        act = record_lines([*offers, *lines], edition=edition, by=None)[-1]
        tell_ended(edition, waited, act)
        if rostered:
            _tell_coordinators(edition, person, row, act)
        return act


def empty(edition: Edition, row: Application, phones: Sequence[str]) -> None:
    """Store an application without what its applicant said, and erase messages to these phones. Part of an act."""
    for field in EMPTIED:
        setattr(row, field, "")
    row.languages, row.seats, row.away, row.zones = {}, [], [], []
    row.uniform, row.is_minor, row.interview_at = "none", False, None
    row.save()
    Delivery.objects.filter(edition=edition, address__in=phones).update(
        address="", body={}, failed_at=timezone.now(), last_error="erased"
    )


def _locked(application: Application) -> Application:
    """The row as it is now. Raises ``Refused`` where it has been withdrawn."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("person", "training", "edition")
    row: Application = rows.get(pk=application.pk)
    if row.state == State.WITHDRAWN:
        what = _("This application has been withdrawn already.")
        raise Refused("joining.withdrawn", what, _("Whoever wants to serve all the same applies anew."))
    return row


def _tell_coordinators(edition: Edition, person: str, row: Application, act: Act) -> None:
    people = Person.objects.filter(assignments__edition=edition, assignments__role=Role.COORDINATOR).distinct()
    path = reverse("application", args=[edition.code, row.code])
    notify(edition=edition, people=people, kind=LEFT, values={"volunteer": person}, path=path, act=act)
