"""Trainings: added, changed, removed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, Stale, refuse
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Person
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.core.sayings import Joined
from hostcity.volunteers import policy
from hostcity.volunteers.joining.asking import choices_of
from hostcity.volunteers.joining.services.stepping import taken_places
from hostcity.volunteers.joining.steps import SUBJECT_TRAINING, TRAINING_ADD, TRAINING_CHANGE, TRAINING_REMOVE
from hostcity.volunteers.models import Training
from hostcity.volunteers.models.applications import MOST_PLACE

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}\Z")
MOST_CAPACITY = 20_000  # people
FIELDS = ("name_en", "name_zh", "post_classes", "starts_at", "place", "capacity")


def add_training(
    *, edition: Edition, code: str, name_en: str, name_zh: str, post_classes: Sequence[str], starts_at: datetime, place: str, capacity: int,
    by: Person,
) -> Training:  # fmt: skip
    """Add a training. Raises ``Refused`` with all that is wrong."""
    matrix.require(by, policy.STEP_APPLICATION, edition)
    given = _given(name_en, name_zh, post_classes, starts_at, place, capacity)
    faults = _faults(edition, given, taken=0)
    if not CODE.match(code):
        mend = _("Use 1 to 40 letters, digits, and . _ -")
        faults.append(Refused("joining.training_code", _("This is no code."), mend, field="code"))
    refuse(faults)
    try:
        with transaction.atomic(), scope(edition=edition):
            row = Training.objects.create(edition=edition, code=code, **given)
            record(TRAINING_ADD, edition=edition, by=by, subject=(SUBJECT_TRAINING, code), body=_told(given))
            return row
    except IntegrityError:
        what = format_lazy(_("There is a training {code} already."), code=code)
        raise Refused("joining.training_twice", what, _("Give it another code."), field="code") from None


def change_training(
    *, edition: Edition, code: str, name_en: str, name_zh: str, post_classes: Sequence[str], starts_at: datetime, place: str, capacity: int,
    version: int, by: Person,
) -> Training:  # fmt: skip
    """Change a training. Raises ``Stale`` when somebody else did meanwhile, ``Refused`` with all that is wrong."""
    matrix.require(by, policy.STEP_APPLICATION, edition)
    given = _given(name_en, name_zh, post_classes, starts_at, place, capacity)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)  # before places are counted
        row = _locked(edition, code)
        was = {name: getattr(row, name) for name in FIELDS}
        if row.version != version:
            raise _stale(row, was, given)
        refuse(_faults(edition, given, taken=taken_places(row)))
        if was == given:
            return row
        for name, value in given.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        body = {"was": _told(was), "is": _told(given)}
        record(TRAINING_CHANGE, edition=edition, by=by, subject=(SUBJECT_TRAINING, code), body=body)
        return row


def remove_training(*, edition: Edition, code: str, version: int, by: Person) -> None:
    """Remove a training that no application names. Raises ``Stale``, ``Refused``."""
    matrix.require(by, policy.STEP_APPLICATION, edition)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        row = _locked(edition, code)
        was = {name: getattr(row, name) for name in FIELDS}
        if row.version != version:
            raise _stale(row, was, was)
        if row.applications.exists():
            what = _("Applications name this training.")
            raise Refused("joining.training_named", what, _("Book them for another one first."))
        row.delete()
        record(TRAINING_REMOVE, edition=edition, by=by, subject=(SUBJECT_TRAINING, code), body={"was": _told(was)})


def _given(
    name_en: str, name_zh: str, post_classes: Sequence[str], starts_at: datetime, place: str, capacity: int
) -> dict[str, Any]:  # fmt: skip
    return {
        "name_en": name_en.strip(), "name_zh": name_zh.strip(), "post_classes": list(dict.fromkeys(post_classes)), "starts_at": starts_at,
        "place": place.strip(), "capacity": capacity,
    }  # fmt: skip


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    return fields | {"starts_at": fields["starts_at"].isoformat()}


def _locked(edition: Edition, code: str) -> Training:
    row = Training.objects.select_for_update(of=("self",)).filter(edition=edition, code=code).first()
    if row is None:
        raise Refused("joining.training", _("There is no such training."), _("Choose one of the list."), field="code")
    return row


def _stale(row: Training, was: dict[str, Any], given: dict[str, Any]) -> Stale:
    what, mend = _("The training has been changed by somebody else."), _("Compare, and choose what is to hold.")
    diff = [(name, was[name], given[name]) for name in FIELDS if was[name] != given[name]]
    return Stale("joining.training_stale", what, mend, diff=diff, version=row.version)


def _faults(edition: Edition, given: dict[str, Any], *, taken: int) -> list[Refused]:
    found = []
    if not given["name_en"]:
        found.append(Refused("joining.name_en", _("The English name is missing."), _("Give it."), field="name_en"))
    for name in ("name_en", "name_zh", "place"):
        if len(given[name]) > MOST_PLACE:
            mend = format_lazy(_("Give at most {most} letters."), most=MOST_PLACE)
            found.append(Refused(f"joining.{name}", _("This is too long."), mend, field=name))
    if not given["place"]:
        found.append(Refused("joining.place", _("The place of the training is missing."), _("Give it."), field="place"))
    classes = choices_of(edition).classes
    if unknown := [each for each in given["post_classes"] if each not in classes]:
        what = format_lazy(_("These are no classes of posts of the plan: {classes}."), classes=Joined(unknown[:20]))
        found.append(Refused("joining.post_classes", what, _("Choose of the list."), field="post_classes"))
    if not max(taken, 1) <= given["capacity"] <= MOST_CAPACITY:
        mend = format_lazy(
            _("Give a number from {low} to {high}."), low=f"{max(taken, 1):,}", high=f"{MOST_CAPACITY:,}"
        )
        found.append(Refused("joining.capacity", _("This cannot be."), mend, field="capacity"))
    return found
