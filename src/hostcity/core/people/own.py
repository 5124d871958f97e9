"""What people change of their own account. A new mail or phone is theirs once a code that was sent there has come back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.deliveries.services import queue_mail, queue_phone
from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.ledger import record
from hostcity.core.models import Person, SignInCode
from hostcity.core.models.people import LETTERS
from hostcity.core.people.fields import CHANGEABLE, cleaned, pinyin_of, require_sound
from hostcity.core.people.searching import tell_search
from hostcity.core.people.services import require_free, stale

CONTACTS = ("email", "phone")
LETTERS_OF_A_CODE = 8  # of 32 letters each: 40 bits
LASTS = timedelta(minutes=10)
MOST_ASKED = 6  # codes in an hour


def change_own_details(*, changes: Mapping[str, str], version: int, by: Person) -> Person:
    """Change one's own name or language, or take mail or phone away. Raises ``Stale`` when they were changed meanwhile.

    Raises ``Refused`` for a new mail or phone, which `ask_for_contact` is for.
    """
    _require_own(by)
    fields = cleaned({name: changes[name] for name in CHANGEABLE if name in changes})
    require_sound(fields)
    for name in CONTACTS:
        if fields.get(name) and fields[name] != getattr(by, name):
            what, mend = _("A new mail or phone is confirmed first."), _("Ask for a code, and send it back.")
            raise Refused("account.unconfirmed", what, mend, field=name)
    return _write(by, fields, version)


def ask_for_contact(*, column: str, value: str, by: Person) -> str:
    """Send a code to a mail address or phone that is to be one's own. Gives it as it will be kept.

    Whether somebody else has it is told to nobody but who shows by the code that it is theirs.
    """
    _require_own(by)
    value = _sound(column, value)
    if column == "phone" and not settings.PHONE_GATEWAY_URL:
        what, mend = _("This site sends no short messages."), _("Ask who looks after the people of your edition.")
        raise Refused("account.no-gateway", what, mend, field=column)
    _count_asking(by)
    code = "".join(secrets.choice(LETTERS) for _letter in range(LETTERS_OF_A_CODE))
    with transaction.atomic():
        SignInCode.objects.filter(person=by, made_by=_mark(column)).delete()
        row = SignInCode.objects.create(
            person=by, sha256=_hash(by, column, value, code), expires_at=timezone.now() + LASTS, made_by=_mark(column)
        )
        _send(column, value, f"{code[:4]}-{code[4:]}", key=f"confirm/{row.pk}", by=by)
    return value


def confirm_contact(*, column: str, value: str, code: str, by: Person) -> Person:
    """Take a mail address or phone as one's own, by the code that was sent there."""
    _require_own(by)
    value = _sound(column, value)
    digest = _hash(by, column, value, code)
    with transaction.atomic():
        rows = SignInCode.objects.filter(person=by, sha256=digest, used_at=None, expires_at__gt=timezone.now())
        if not (rows.exists() and rows.update(used_at=timezone.now())):  # what is refused writes nothing
            what = _("This code does not work: it is wrong, has been used, or is too old.")
            raise Refused("account.code", what, _("Ask for another."), field="code")
        version = Person.objects.values_list("version", flat=True).get(pk=by.pk)
        return _write(by, {column: value}, version, is_confirmed=True)


def _require_own(by: Person) -> None:
    """A person's own affair, in whatever edition they are; no program's."""
    editions = policy.editions_of(by)
    is_let = not editions or any(policy.may(by, policy.OWN_DETAILS, each) for each in editions)
    if by.token is not None or not by.is_active or not is_let:
        raise NotAllowed(policy.OWN_DETAILS)


def _sound(column: str, value: str) -> str:
    if column not in CONTACTS:
        raise Refused("account.contact", _("This is neither mail nor phone."), _("Give one of them."), field="column")
    value = cleaned({column: value})[column]
    require_sound({column: value})
    if not value:
        raise Refused("account.empty", _("There is nothing to confirm."), _("Give it."), field=column)
    return value


def _write(by: Person, fields: Mapping[str, str], version: int, *, is_confirmed: bool = False) -> Person:
    """The change itself, with a line in the ledger of every edition that the person is part of."""
    changed = sorted(name for name, value in fields.items() if getattr(by, name) != value)
    more: dict[str, Any] = {"phone_confirmed": True} if is_confirmed and "phone" in fields else {}
    if more and not by.phone_confirmed and not changed:
        changed = ["phone"]
    if not changed:
        return by
    before = by.email
    require_free(fields, but=by)
    more |= {"pinyin": pinyin_of(fields["name"])} if "name" in fields else {}
    try:
        with transaction.atomic():
            rows = Person.objects.filter(pk=by.pk, version=version)
            if not rows.update(version=F("version") + 1, **fields, **more):
                raise stale(by, fields)
            tell_search([by])
            if "email" in changed:
                EmailAddress.objects.filter(user=by).delete()  # allauth's own note of it
            if "phone" in changed:
                SignInCode.objects.filter(person=by, made_by="", used_at=None).delete()  # sent to the old one
            for edition in sorted(policy.editions_of(by), key=lambda each: each.pk):
                subject, body = ("person", by.code), {"fields": changed}
                record("account.change", edition=edition, by=by, subject=subject, body=body)
            if before and set(changed) & set(CONTACTS):
                _warn(before, by, version)
    except IntegrityError:
        require_free(fields, but=by)
        raise
    by.refresh_from_db()
    return by


def _send(column: str, value: str, code: str, *, key: str, by: Person) -> None:
    with translation.override(by.language):
        text = str(_("Your code for confirming this contact: {code}. It works once, for 10 minutes.")).format(code=code)
        subject = str(_("Confirm your mail address"))
    if column == "email":
        queue_mail(edition=None, to=value, subject=subject, text=text, dedupe_key=key)
    else:
        queue_phone(edition=None, phone=value, text=text, dedupe_key=key)


def _warn(address: str, by: Person, version: int) -> None:
    """Tell the address that was there before: whoever did not do this learns of it."""
    with translation.override(by.language):
        subject = str(_("Your account has been changed"))
        text = str(_("Mail or phone of your account have been changed. If that was not you, tell an administrator."))
    queue_mail(edition=None, to=address, subject=subject, text=text, dedupe_key=f"changed/{by.pk}/{version}")


def _count_asking(by: Person) -> None:
    key = f"hostcity.contact-asked:{by.pk}"
    cache.add(key, 0, 3600)
    if cache.incr(key) > MOST_ASKED:
        raise Refused("account.too-often", _("Too many tries. Wait a few minutes, then try again."), _("Wait an hour."))


def _mark(column: str) -> str:
    return f"own-{column}"


def _hash(by: Person, column: str, value: str, code: str) -> str:
    """Worth something for this person and this contact only; signing in asks for hashes of another kind."""
    letters = "".join(each for each in code.upper() if each.isalnum())
    return salted_hmac(
        "hostcity.confirm-contact", f"{by.pk}:{column}:{value}:{letters}", algorithm="sha256"
    ).hexdigest()
