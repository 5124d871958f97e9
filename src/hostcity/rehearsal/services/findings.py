"""Marking findings, changing and settling them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, Stale
from hostcity.core.ledger import record
from hostcity.core.models import Act, Assignment, Bureau, Person
from hostcity.core.models.people import Role
from hostcity.core.results import plan_of_snapshot
from hostcity.plan.plan import SHEETS
from hostcity.rehearsal import policy
from hostcity.rehearsal.documents import of_finding
from hostcity.rehearsal.models import Finding, FindingState, Rehearsal, Severity
from hostcity.rehearsal.services.news import find_by, tell

FIELDS = ("title", "place", "from_s", "until_s", "figure", "severity", "owner", "bureau", "state", "note")
#: May name people, so that the ledger keeps only that they changed.
FREE_TEXT = ("title", "figure", "note")
OF_OWNER = ("state", "note")  # what its owner may change


@transaction.atomic
def add_finding(
    *,
    rehearsal: Rehearsal,
    by: Person,
    title: str,
    place: str = "",
    from_s: float | None = None,
    until_s: float | None = None,
    figure: str = "",
    severity: int = Severity.MAJOR,
    owner: Person | None = None,
    bureau: Bureau | None = None,
    note: str = "",
) -> Finding:
    """Mark something that a rehearsal showed. Its owner is told. Raises `Refused` naming the field that is wrong."""
    edition = rehearsal.edition
    matrix.require(by, policy.ADD_FINDING, edition, rehearsal)
    finding = Finding(
        edition=edition, rehearsal=rehearsal, by=by, title=title.strip(), place=place.strip(), from_s=from_s,
        until_s=until_s, figure=figure.strip(), severity=severity, owner=owner, bureau=bureau, note=note.strip(),
    )  # fmt: skip
    _check(finding)
    finding.save()
    find_by(edition, of_finding(finding))
    body = {name: finding.value_of(name) for name in FIELDS if name not in FREE_TEXT} | {"rehearsal": rehearsal.key}
    act = record("finding.add", edition=edition, by=by, subject=("finding", finding.key), body=body)
    _tell_owner(finding, act)
    return finding


@transaction.atomic
def change_finding(*, finding: Finding, changes: Mapping[str, Any], version: int, by: Person) -> Finding:
    """Change fields of a finding; a new owner is told. What is equal already is no change.

    Raises `Stale` with the differences when somebody changed it since ``version``, and `Refused` naming a wrong field.
    """
    return _changed("finding.change", finding=finding, changes=changes, version=version, by=by)


@transaction.atomic
def undo_state(*, finding: Finding, act: Act, version: int, by: Person) -> Finding:
    """Give a finding the state back that it had before an act. Raises `Refused` when that act did not lead to it."""
    change = act.body.get("changes", {}).get("state")
    is_of_it = (act.subject_kind, act.subject_key) == ("finding", finding.key)
    state = Finding.objects.select_for_update().values_list("state", flat=True).get(pk=finding.pk)
    if not is_of_it or not change or change[1] != state:
        raise Refused("finding.undo", _("The state has been changed since."), _("Look at its history."))
    return _changed(
        "finding.undo", finding=finding, changes={"state": change[0]}, version=version, by=by, body={"of": act.number}
    )


def _changed(
    verb: str,
    *,
    finding: Finding,
    changes: Mapping[str, Any],
    version: int,
    by: Person,
    body: Mapping[str, Any] | None = None,
) -> Finding:
    unknown = sorted(set(changes) - set(FIELDS))
    if unknown:
        raise ValueError(f"a finding has no {', '.join(unknown)}")
    rows = Finding.objects.select_for_update(of=("self",)).select_related("owner", "bureau", "rehearsal__snapshot")
    stored = rows.get(pk=finding.pk)
    edition = stored.edition
    matrix.require(by, policy.CHANGE_FINDING, edition, stored)
    given = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
    differing = {name: value for name, value in given.items() if getattr(stored, name) != value}
    if stored.version != version:
        raise _stale(stored, differing)
    if not set(differing) <= set(OF_OWNER):
        matrix.require(by, policy.ASSIGN_FINDING, edition, stored)
    if not differing:
        return stored
    before = {name: stored.value_of(name) for name in differing}
    owner_before = stored.owner_id
    for name, value in differing.items():
        setattr(stored, name, value)
    _check(stored, changed=differing)
    stored.version += 1
    stored.save()
    find_by(edition, of_finding(stored))
    told = {name: [before[name], stored.value_of(name)] for name in differing if name not in FREE_TEXT}
    act = record(
        verb, edition=edition, by=by, subject=("finding", stored.key),
        body={"changes": told, "texts": sorted(set(differing) & set(FREE_TEXT)), **(body or {})},
    )  # fmt: skip
    if stored.owner_id != owner_before:
        _tell_owner(stored, act)
    return stored


def _stale(stored: Finding, differing: Mapping[str, Any]) -> Stale:
    def plain(value: Any) -> Any:
        return value.code if isinstance(value, (Person, Bureau)) else value

    return Stale(
        "finding.stale",
        _("Somebody changed this finding since you opened it."),
        _("Compare, then save again what still holds."),
        diff=[(name, stored.value_of(name), plain(value)) for name, value in differing.items()],
        version=stored.version,
    )


def _check(finding: Finding, changed: Mapping[str, Any] | None = None) -> None:
    """Raise `Refused` for the first field that is wrong."""
    if not finding.title:
        raise Refused(
            "finding.title", _("The finding has no title."), _("Say in a few words what is wrong."), field="title"
        )
    if finding.severity not in Severity.values:
        raise Refused("finding.severity", _("There is no such severity."), _("Choose 1, 2 or 3."), field="severity")
    if finding.state not in FindingState.values:
        raise Refused(
            "finding.state", _("There is no such state."), _("Choose open, mended or accepted."), field="state"
        )
    if None not in (finding.from_s, finding.until_s) and finding.until_s < finding.from_s:  # type: ignore[operator]
        what, mend = _("It ends before it begins."), _("Write a later time; 25:30 is the night after.")
        raise Refused("finding.until_s", what, mend, field="until_s")
    if finding.place and (changed is None or "place" in changed):
        _check_place(finding)
    if changed is None or {"owner", "bureau"} & set(changed):
        _check_owner(finding)


def _check_place(finding: Finding) -> None:
    sheet, _dot, key = finding.place.partition(".")
    plan = plan_of_snapshot(finding.rehearsal.snapshot)
    if sheet not in SHEETS or all(row.code != key for row in getattr(plan, sheet)):
        what = _("The rehearsed plan has no such place.")
        raise Refused(
            "finding.place", what, _("Write SHEET.KEY, e.g. gates.W, or choose one of the list."), field="place"
        )


def _check_owner(finding: Finding) -> None:
    """The owner has a part in the edition; an owner of a bureau stands for that bureau, which is filled in."""
    if finding.bureau and finding.bureau.edition_id != finding.edition_id:
        raise Refused("finding.bureau", _("This bureau is of another edition."), _("Choose another."), field="bureau")
    if finding.owner is None:
        return
    assignments = list(Assignment.objects.filter(edition=finding.edition, person=finding.owner))
    if not any(Role(each.role) in matrix.STAFF for each in assignments):
        what = _("This person is not of the staff of this edition.")
        raise Refused("finding.owner", what, _("Choose another, or give them a role first."), field="owner")
    bureaus = [each.bureau_id for each in assignments if each.role == Role.BUREAU_OWNER]
    if bureaus and finding.bureau_id is None:
        finding.bureau_id = bureaus[0]
    if bureaus and finding.bureau_id not in bureaus:
        what = _("The owner is of another bureau.")
        raise Refused("finding.owner", what, _("Choose the bureau of the owner, or another owner."), field="owner")


def _tell_owner(finding: Finding, act: Act) -> None:
    if finding.owner is not None:
        tell(finding.owner, "finding.assigned", {"title": finding.title, "severity": finding.severity}, finding, act)
