"""How far faces are, and what is wrong with them. Each act is one transaction, with a line of the ledger for every face."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, refuse
from hostcity.core.files.checks import checked_name, media_type_of
from hostcity.core.files.pictures import is_picture
from hostcity.core.files.services import Checked, checked_file, keep_file
from hostcity.core.models import Act, Edition, Person, PlanRow
from hostcity.core.plan_rows.bodies import row_from_body
from hostcity.core.plan_rows.services import gone, stale
from hostcity.core.plan_rows.writing import lock_plan, write_fields
from hostcity.plan.rows import FACE_STATES, Face
from hostcity.venue import policy
from hostcity.venue.signs.queries import KIND
from hostcity.venue.signs.states import CAN_FAIL, CHECKED, INSTALLED, REAL_FAULTS, is_back, needs_approval, next_of
from hostcity.venue.signs.words import STATE_NAMES

MOST_FACES = 500  # of one act
MOST_REASON = 300  # characters
MOST_NAMED = 5


def move_faces(
    *,
    edition: Edition,
    keys: Sequence[str],
    to: str,
    by: Person,
    reason: str = "",
    versions: Mapping[str, int] | None = None,
) -> list[Act]:
    """Set faces approved, made or installed; or back to an earlier state, with a reason.

    Raises ``Refused`` with every face that cannot go there, `NotAllowed`, ``Stale`` when one was changed since its version.
    """
    if to not in FACE_STATES:
        raise Refused(
            "signs.state", _("This is no state of a face."), _("Choose one of those that are shown."), field="to"
        )
    if to == CHECKED:
        raise _without_photo()
    if not 1 <= len(keys) <= MOST_FACES:
        mend = format_lazy(_("Choose 1 to {most} faces."), most=MOST_FACES)
        raise Refused("signs.number", _("No face is chosen, or too many are."), mend, field="keys")
    reason = _reason(reason)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        rows = _rows(keys, versions or {})
        faces = {key: row_from_body("faces", row.body) for key, row in rows.items()}
        for face in faces.values():
            of = policy.APPROVE_SIGNS if needs_approval(face, to) else policy.HANG_SIGNS
            matrix.require(by, of, edition)
        refuse([refused for face in faces.values() if (refused := _step(face, to, reason))][:MOST_NAMED])
        changes = {key: (row, {"state": to}) for key, row in rows.items()}
        return write_fields(edition, "faces", changes, by=by, more={"reason": reason} if reason else None)


def check_face(
    *, edition: Edition, key: str, name: str, data: bytes, by: Person, version: int | None = None
) -> list[Act]:
    """Say that a face hangs as it is planned, with the photo that shows it.

    Raises ``Refused`` when it is not installed, has a fault, or the photo is none; `NotAllowed`, ``Stale``.
    """
    matrix.require(by, policy.HANG_SIGNS, edition)
    photo = _photo(name, data)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        row = _row(key, version)
        face = row_from_body("faces", row.body)
        if refused := _step(face, CHECKED, ""):
            raise refused
        more = {"photo": _kept(edition, key, photo, by)}
        return write_fields(edition, "faces", {key: (row, {"state": CHECKED})}, by=by, more=more)


def report_fault(
    *, edition: Edition, key: str, fault: str, by: Person, note: str = "", photo: tuple[str, bytes] | None = None,
    version: int | None = None,
) -> list[Act]:  # fmt: skip
    """Say what is wrong with a face that is made: it guides nobody from now on.

    Raises ``Refused`` when it is not made yet or the fault is none; `NotAllowed`, ``Stale``.
    """
    matrix.require(by, policy.REPORT_SIGNS, edition)
    if fault not in REAL_FAULTS:
        raise Refused("signs.fault", _("This is no fault."), _("Choose one of those that are shown."), field="fault")
    note, taken = _reason(note, "note"), _photo(*photo) if photo else None
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        row = _row(key, version)
        face = row_from_body("faces", row.body)
        if face.state not in CAN_FAIL:
            what = format_lazy(_("{code} is {state} only."), code=face.code, state=STATE_NAMES[face.state])
            raise Refused(
                "signs.not_made", what, _("Something can be wrong with a face once it is made."), field="fault"
            )
        more = {"note": note} if note else {}
        if taken:
            more["photo"] = _kept(edition, key, taken, by)
        return write_fields(edition, "faces", {key: (row, {"fault": fault})}, by=by, more=more)


def mend_face(*, edition: Edition, key: str, by: Person, note: str = "", version: int | None = None) -> list[Act]:
    """Say that a fault is mended. A face that was checked is only installed then: nobody has looked at it since.

    Raises ``Refused`` when it has no fault; `NotAllowed`, ``Stale``.
    """
    matrix.require(by, policy.HANG_SIGNS, edition)
    note = _reason(note, "note")
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        row = _row(key, version)
        face = row_from_body("faces", row.body)
        if face.fault == "none":
            what = format_lazy(_("{code} has no fault."), code=face.code)
            raise Refused("signs.no_fault", what, _("Look at the face again."))
        fields = {"fault": "none"} | ({"state": INSTALLED} if face.state == CHECKED else {})
        return write_fields(edition, "faces", {key: (row, fields)}, by=by, more={"note": note} if note else None)


def _step(face: Face, to: str, reason: str) -> Refused | None:
    """What forbids a face to go to a state."""
    said = {"code": face.code, "state": STATE_NAMES[face.state]}
    if to == face.state:
        return Refused(
            "signs.same", format_lazy(_("{code} is {state} already."), **said), _("Choose others."), field="to"
        )
    if is_back(face, to):
        mend = _("Say why it goes back, in at most 300 characters.")
        what = format_lazy(_("{code} is {state}: it goes back only with a reason."), **said)
        return None if reason else Refused("signs.reason", what, mend, field="reason")
    if face.fault != "none" and face.state in CAN_FAIL:
        what = format_lazy(_("{code} has a fault."), code=face.code)
        return Refused("signs.open_fault", what, _("Mend it first."), field="to")
    if to != next_of(face):
        mend = format_lazy(_("Next it becomes: {next}."), next=STATE_NAMES[next_of(face)])
        return Refused("signs.step", format_lazy(_("{code} is {state} only."), **said), mend, field="to")
    return None


def _without_photo() -> Refused:
    mend = _("Check each face on its own page, with a photo that shows it.")
    return Refused("signs.photo", _("A face is checked with a photo."), mend, field="photo")


def _photo(name: str, data: bytes) -> Checked:
    """The photo as it is kept. Checked before anything is locked, for it takes a second."""
    if not data:
        raise _without_photo()
    if not is_picture(media_type_of(checked_name(name), data)):
        mend = _("Take a photo, or choose a JPEG, PNG or WebP file.")
        raise Refused("signs.photo_kind", _("This file is no photo."), mend, field="photo")
    return checked_file(name, data)


def _kept(edition: Edition, key: str, photo: Checked, by: Person) -> str:
    """The photo at the face."""
    return str(keep_file(edition=edition, file=photo, by=by, subject=(KIND, key)).public_id)


def _reason(text: str, field: str = "reason") -> str:
    text = " ".join(text.split())
    if len(text) > MOST_REASON:
        mend = format_lazy(_("Say it in at most {most} characters."), most=MOST_REASON)
        raise Refused("signs.reason_long", _("This is too long."), mend, field=field)
    return text


def _rows(keys: Sequence[str], versions: Mapping[str, int]) -> dict[str, PlanRow]:
    """Stored faces by key, locked, in the order of the keys."""
    found = {row.key: row for row in PlanRow.objects.select_for_update().filter(sheet="faces", key__in=list(keys))}
    rows = {}
    for key in dict.fromkeys(keys):
        if key not in found:
            raise gone(key)
        if versions.get(key, found[key].version) != found[key].version:
            raise stale(found[key], {})
        rows[key] = found[key]
    return rows


def _row(key: str, version: int | None) -> PlanRow:
    return _rows([key], {} if version is None else {key: version})[key]


def reason_of(act: Act) -> Any:
    """Why something was done, as whoever did it said."""
    return act.body.get("reason") or act.body.get("note") or ""
