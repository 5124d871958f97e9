"""Steps of applications, one or hundreds at once: each is an act of its own, and can be undone while it is the last one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, Stale, refuse
from hostcity.core.ledger import Line, record_lines
from hostcity.core.models import Act, Edition, Person
from hostcity.core.plan_rows.references import named_of
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.volunteers.joining.accrediting import FORCE, admit, dismiss, in_use, refuse_taken_phones, some_of
from hostcity.volunteers.joining.asking import Choices, choices_of
from hostcity.volunteers.joining.steps import BY_VERB, RENEW, STEPS, SUBJECT, UNDO, Step, standing
from hostcity.volunteers.joining.telling import tell_applicants
from hostcity.volunteers.models import Application, State, Training
from hostcity.volunteers.models.applications import MOST_PLACE

MOST = 1000  # applications at once
CHUNK = 400
Chosen = Sequence[tuple[str, int]]  # code and version of each
CHANGED = ["state", "interview_at", "interview_place", "training", "zones", "person", "name", "phone", "version"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Details:
    """What is said with a step; each step asks for its own."""

    at: datetime | None = None  # interview
    place: str = ""  # interview
    training: str = ""  # train: its code
    zones: Sequence[str] = ()  # accredit: restricted zones
    without_phone: bool = False  # accredit: the account gets no phone


def step_applications(*, edition: Edition, chosen: Chosen, step: str, details: Details, by: Person) -> list[Act]:
    """Take a step with applications, all or none. Gives one act for each.

    Raises ``Stale`` where one was changed since it was looked at, ``Refused`` with all that is wrong.
    """
    if step not in STEPS:
        mend = format_lazy(_("Steps: {steps}."), steps=", ".join(STEPS))
        raise Refused("joining.step", _("There is no such step."), mend, field="step")
    to = STEPS[step]
    matrix.require(by, to.action, edition)
    try:
        with transaction.atomic(), scope(edition=edition):
            lock_plan(edition)
            rows, choices = locked(edition, chosen), choices_of(edition)
            training = (
                Training.objects.filter(edition=edition, code=details.training).first() if details.training else None
            )
            refuse([*_wrong_state(rows, to), *_wrong_details(step, details, training, rows, choices)])
            was = [standing(each) for each in rows]
            lines = _changed(edition, step, rows, details, training, choices, by)
            acts = _written(rows, lines, was, to.verb, edition, by)
            tell_applicants(edition, rows, acts)
            return acts
    except IntegrityError:
        what = _("Somebody else opened an account with one of these phones meanwhile.")
        raise Refused("joining.phone_taken", what, _("Try again."), field="without_phone") from None


def _changed(
    edition: Edition, step: str, rows: Sequence[Application], details: Details, training: Training | None, choices: Choices, by: Person
) -> list[Line]:  # fmt: skip
    """The rows as the step makes them, not stored yet; gives the lines that come before those of the step."""
    for each in rows:
        each.state = STEPS[step].after
        if step == "interview":
            each.interview_at, each.interview_place = details.at, details.place.strip()
        elif step == "train":
            each.training = training
        elif step == "accredit":
            each.zones = [zone for zone in choices.zones if zone in details.zones]
            each.phone = "" if details.without_phone else each.phone
    return admit(edition, rows, choices, by) if step == "accredit" else []


def _written(
    rows: Sequence[Application], before: Sequence[Line], was: Sequence[dict[str, Any]], verb: str, edition: Edition, by: Person, **more: Any
) -> list[Act]:  # fmt: skip
    for each in rows:
        each.version += 1
    Application.objects.bulk_create(  # one statement for many: they are all there
        rows, batch_size=CHUNK // 4, update_conflicts=True, unique_fields=["id"], update_fields=CHANGED
    )
    lines = [
        Line(verb=verb, subject_kind=SUBJECT, subject_key=each.code, body={"was": past, "is": standing(each), **more.get(each.code, {})})
        for each, past in zip(rows, was, strict=True)
    ]  # fmt: skip
    return record_lines([*before, *lines], edition=edition, by=by)[len(before) :]


def undo_steps(*, edition: Edition, chosen: Chosen, by: Person) -> list[Act]:
    """Take the last step of applications back, all or none. What applicants did themselves stays.

    Raises ``Stale``; ``Refused`` where there is no step, or where an account that was opened is in use.
    """
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        rows = locked(edition, chosen)
        last = _last_acts(rows)
        refuse([*_cannot_undo(edition, rows, last), *_rostered(edition, rows), *_no_place(edition, rows, last)])
        for each in rows:
            matrix.require(by, BY_VERB[last[each.code].verb].action, edition, each)
        was = [standing(each) for each in rows]
        codes = {last[each.code].body["was"]["training"] for each in rows}
        trainings = {each.code: each for each in Training.objects.filter(edition=edition, code__in=codes)}
        lines, _named = dismiss(edition, rows)
        for each in rows:
            _take_back(each, last[each.code].body["was"], trainings)
        more = {code: {"undoes": act.number} for code, act in last.items()}
        acts = _written(rows, lines, was, UNDO, edition, by, **more)
        tell_applicants(edition, rows, acts)
        return acts


def _take_back(row: Application, past: dict[str, Any], trainings: dict[str, Training]) -> None:
    if row.person:  # as it was read: in the database it is erased by now
        row.name, row.phone, row.person = row.person.name, row.person.phone, None
    row.state, row.zones = State(past["state"]), past["zones"]
    row.interview_at = datetime.fromisoformat(past["interview_at"]) if past["interview_at"] else None
    row.interview_place, row.training = past["interview_place"], trainings.get(past["training"])


def locked(edition: Edition, chosen: Chosen) -> list[Application]:
    """The rows as they are now, in the order in which they were chosen."""
    if not chosen or len(chosen) > MOST:
        mend = format_lazy(_("Choose 1 to {most} of them."), most=f"{MOST:,}")
        raise Refused("joining.chosen", _("No applications were chosen, or too many."), mend, field="applications")
    versions, found = dict(chosen), {}
    codes = list(versions)
    for first in range(0, len(codes), CHUNK):
        rows = Application.objects.select_for_update(of=("self",)).select_related("person", "training")
        found |= {
            each.code: each
            for each in rows.filter(edition=edition, code__in=codes[first : first + CHUNK]).order_by("pk")
        }
    unknown = [code for code in codes if code not in found]
    if unknown:
        what = format_lazy(_("There is no application {codes}."), codes=some_of(unknown))
        raise Refused("joining.unknown", what, _("Look at the list again."), field="applications")
    moved = [code for code in codes if found[code].version != versions[code]]
    if moved:
        raise _stale(moved, found)
    return [found[code] for code in codes]


def _stale(moved: Sequence[str], found: dict[str, Application]) -> Stale:
    text = ngettext_lazy(
        "Application {codes} has been changed by somebody else.", "Applications {codes} have been changed by somebody else.", len(moved)
    )  # fmt: skip
    diff = [(code, str(State(found[code].state).label), "") for code in moved[:20]]
    what = format_lazy(text, codes=some_of(moved))
    return Stale("joining.stale", what, _("Look at what they are now, then go on."), diff=diff, version=found[moved[0]].version)  # fmt: skip


def _wrong_state(rows: Sequence[Application], to: Step) -> Iterator[Refused]:
    wrong = [each for each in rows if each.state not in to.before]
    if wrong:
        text = ngettext_lazy(
            "{codes} is not where this step begins.", "{codes} are not where this step begins.", len(wrong)
        )
        what = format_lazy(text, codes=some_of([each.code for each in wrong]))
        mend = format_lazy(_("It begins with: {states}."), states=some_of([str(each.label) for each in to.before]))
        yield Refused("joining.state", what, mend, field="applications")


def _wrong_details(
    step: str, details: Details, training: Training | None, rows: Sequence[Application], choices: Choices
) -> Iterator[Refused]:  # fmt: skip
    if step == "interview":
        if details.at is None:
            yield Refused("joining.at", _("The time of the interview is missing."), _("Give it."), field="at")
        if not details.place.strip() or len(details.place) > MOST_PLACE:
            mend = format_lazy(_("Give one of at most {most} letters."), most=MOST_PLACE)
            yield Refused(
                "joining.place", _("The place of the interview is missing, or too long."), mend, field="place"
            )
    elif step == "train":
        if training is None:
            what = _("There is no such training.")
            yield Refused("joining.training", what, _("Choose one of the list."), field="training")
        else:
            yield from _too_many(training, sum(each.training_id != training.pk for each in rows))
    elif step == "accredit":
        restricted = [code for code, zone in choices.zones.items() if zone.is_restricted]
        if unknown := sorted({*details.zones} - {*restricted}):
            what = format_lazy(_("These are no restricted zones of the plan: {zones}."), zones=some_of(unknown))
            yield Refused("joining.zones", what, _("Choose of the list."), field="zones")
        if not details.without_phone:
            yield from refuse_taken_phones(rows)


def _too_many(training: Training, more: int) -> Iterator[Refused]:
    left = training.capacity - taken_places(training)
    if more > left:
        what = format_lazy(
            _("{training} has {left} places left, not {more}."), training=training, left=max(left, 0), more=more
        )
        yield Refused(
            "joining.places", what, _("Choose fewer, another training, or give it more places."), field="training"
        )


def taken_places(training: Training) -> int:
    """How many are booked for a training, or were; one query."""
    booked = Application.objects.filter(training=training, state__in=(State.TRAINING, State.ACCREDITED))
    return int(booked.count())


def _last_acts(rows: Sequence[Application]) -> dict[str, Act]:
    """The last act on each, besides codes that were made anew."""
    found: dict[str, Act] = {}
    codes = [each.code for each in rows]
    for first in range(0, len(codes), CHUNK):
        acts = Act.objects.filter(subject_kind=SUBJECT, subject_key__in=codes[first : first + CHUNK])
        found |= {act.subject_key: act for act in acts.exclude(verb=RENEW).order_by("number")}
    return found


def _cannot_undo(edition: Edition, rows: Sequence[Application], last: dict[str, Act]) -> Iterator[Refused]:
    none = [each.code for each in rows if each.code not in last or last[each.code].verb not in BY_VERB]
    if none:
        what = format_lazy(_("There is no step of {codes} that could be undone."), codes=some_of(none))
        yield Refused("joining.cannot_undo", what, _("Take another step instead."), field="applications")
    used = [each.code for each in in_use(edition, rows)]
    if used:
        what = format_lazy(_("The accounts of {codes} are in use."), codes=some_of(used))
        yield Refused("joining.in_use", what, _("Deactivate them on their pages instead."), field="applications")


def _rostered(edition: Edition, rows: Sequence[Application]) -> Iterator[Refused]:
    """Whoever has shifts, or is named otherwise, is taken off first: else a roster would name nobody."""
    named = named_of(edition, FORCE, [each.person.code for each in rows if each.person])
    codes = [each.code for each in rows if each.person and each.person.code in named]
    if codes:
        what = format_lazy(
            _("The roster, or another sheet of the plan, names the volunteers of {codes}."), codes=some_of(codes)
        )
        yield Refused("joining.rostered", what, _("Take them off there first."), field="applications")


def _no_place(edition: Edition, rows: Sequence[Application], last: dict[str, Act]) -> Iterator[Refused]:
    """A refusal taken back brings somebody back to a training, which may be full by now."""
    back: dict[str, int] = {}
    for each in rows:
        act = last.get(each.code)
        past = act.body.get("was", {}) if act and act.verb in BY_VERB else {}
        holds = each.training if each.state in (State.TRAINING, State.ACCREDITED) else None
        if past.get("state") == State.TRAINING and not (holds and holds.code == past["training"]):
            back[past["training"]] = back.get(past["training"], 0) + 1
    for code, count in back.items():
        if training := Training.objects.filter(edition=edition, code=code).first():
            yield from _too_many(training, count)
