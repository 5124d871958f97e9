"""One-time codes: for crowds who have neither password nor mail. Only a keyed hash is kept, and each works once."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.deliveries.services import queue_phone
from hostcity.core.errors import Refused
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Person, SignInCode
from hostcity.core.models.people import LETTERS
from hostcity.core.people.crowd import let_in
from hostcity.core.people.fields import notations_of, same_phone

LETTERS_OF_A_CODE = 12  # of 32 letters each: 60 bits
DIGITS_OF_A_PHONE_CODE = 6
PHONE_CODE_LASTS = timedelta(minutes=10)
LONGEST = timedelta(days=31)
MOST = 10_000


@dataclass(frozen=True, slots=True)
class FreshCode:
    """A code that has just been made: the only moment at which it can be read."""

    person: Person
    code: str
    expires_at: datetime


def make_codes(*, edition: Edition, people: Sequence[Person], lasts: timedelta, by: Person) -> list[FreshCode]:
    """A new code for each of these people; earlier unused ones from lists no longer work.

    Raises ``NotAllowed`` unless ``by`` may let every one of them in, see `people.crowd.let_in`.
    """
    policy.require(by, policy.MAKE_CODES, edition)
    if not people or len(people) > MOST:
        raise Refused("codes.people", _("No people were chosen, or too many."), _("Choose 1 to 10,000 people."))
    if not timedelta(minutes=5) <= lasts <= LONGEST:
        raise Refused(
            "codes.lasts", _("The codes would last too short or too long."), _("Choose 5 minutes to 31 days.")
        )
    now = timezone.now()
    fresh = [FreshCode(person, new_code(), now + lasts) for person in people]
    with transaction.atomic():
        ids = [person.pk for person in people]
        _hold(ids)  # nobody is given a greater role at this very moment
        if len(let_in(by, people, edition)) != len(people):
            raise policy.NotAllowed(policy.MAKE_CODES)
        for start in range(0, len(ids), 500):
            SignInCode.objects.filter(person__in=ids[start : start + 500], used_at=None).delete()
        SignInCode.objects.bulk_create(
            [
                SignInCode(
                    person=each.person, sha256=hash_of_code(each.code), expires_at=each.expires_at, made_by=by.code
                )
                for each in fresh
            ],
            batch_size=500,
        )
        record(
            "code.make",
            edition=edition,
            by=by,
            subject=("edition", edition.code),
            body={"people": [person.code for person in people], "hours": lasts / timedelta(hours=1)},
        )
    return fresh


def _hold(ids: Sequence[int]) -> None:
    for start in range(0, len(ids), 500):
        rows = Person.objects.select_for_update().order_by("pk")
        list(rows.filter(pk__in=ids[start : start + 500]).values_list("pk"))


def make_code_of_the_house(person: Person, *, lasts: timedelta) -> str:
    """A code for whoever runs the site, asked for on its machine: no edition, no policy. Earlier ones no longer work."""
    code = new_code()
    with transaction.atomic():
        SignInCode.objects.filter(person=person, used_at=None).delete()
        SignInCode.objects.create(person=person, sha256=hash_of_code(code), expires_at=timezone.now() + lasts)
    return code


def use_code(code: str) -> Person | None:
    """The person whose code this is; from now on it does not work any more. None: unknown, used or expired.

    Who comes in so for the first time has shown nothing of the phone number that somebody wrote into the account.
    """
    person = _use(hash_of_code(code))
    if person is not None and person.last_login is None:
        Person.objects.filter(pk=person.pk).update(phone_confirmed=False)
    return person


def send_code_to_phone(phone: str) -> None:
    """Send a code to whoever has this phone number, however it is written, if it is known to be theirs.

    Whether anybody has it is not to be told from outside.
    """
    people = Person.objects.filter(phone__in=notations_of(phone), phone_confirmed=True, is_active=True)
    person = people.order_by("pk").first()
    code = "".join(secrets.choice("0123456789") for _digit in range(DIGITS_OF_A_PHONE_CODE))
    digest = hash_of_phone_code(phone, code)  # the same work for everybody
    if person is None:
        return
    now = timezone.now()
    with transaction.atomic():
        SignInCode.objects.filter(person=person, made_by="").delete()  # used ones too: a short code may come again
        row = SignInCode.objects.create(person=person, sha256=digest, expires_at=now + PHONE_CODE_LASTS)
        with translation.override(person.language):
            text = _("Your code for signing in: {code}. It works once, for 10 minutes.").format(code=code)
        queue_phone(edition=None, phone=person.phone, text=text, dedupe_key=f"sign-in-code/{row.pk}/{digest[:16]}")


def use_phone_code(phone: str, code: str) -> Person | None:
    """The person with this phone, if it is the code that was sent there."""
    return _use(hash_of_phone_code(phone, code))


def _use(digest: str) -> Person | None:
    now = timezone.now()
    row = SignInCode.objects.select_related("person").filter(sha256=digest).first()
    if row is None or not row.person.is_active:
        return None
    # One statement decides who is first, on both databases.
    won = SignInCode.objects.filter(pk=row.pk, used_at__isnull=True, expires_at__gt=now).update(used_at=now)
    return row.person if won else None


def hash_of_code(code: str) -> str:
    """What is kept of a code: SHA-256 keyed with the site's secret, over its letters alone."""
    letters = "".join(each for each in code.upper() if each.isalnum())
    return salted_hmac("hostcity.sign-in-code", letters, algorithm="sha256").hexdigest()


def hash_of_phone_code(phone: str, code: str) -> str:
    """What is kept of a short code: it is worth something together with its phone number only."""
    digits = "".join(each for each in code if each.isdigit())
    return salted_hmac("hostcity.phone-code", f"{same_phone(phone)}:{digits}", algorithm="sha256").hexdigest()


def codes_as_csv(fresh: Iterable[FreshCode], address: str) -> str:
    """The list for a mail merge or a label printer."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["username", "name", "code", "expires_at", "address"])
    for each in fresh:
        row = [
            each.person.username,
            each.person.name,
            each.code,
            each.expires_at.isoformat(timespec="minutes"),
            address,
        ]
        writer.writerow([as_text(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def new_code() -> str:
    """A code of a list, for people to type: 60 bits, in groups of four."""
    letters = "".join(secrets.choice(LETTERS) for _letter in range(LETTERS_OF_A_CODE))
    return "-".join(letters[start : start + 4] for start in range(0, LETTERS_OF_A_CODE, 4))
