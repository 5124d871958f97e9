"""The whole plan at one number of the ledger, under the plan's hash."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

from django.db import transaction
from django_scopes import scope

from hostcity.core.models import Edition, LedgerHead, Person, Snapshot
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.results.blobs import DamagedBlob, keep_blob, read_blob
from hostcity.plan import Plan, plan_from_json, plan_to_json

QUIET_READS = 5  # before writers are made to wait


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanAt:
    """A plan, and the number of the ledger's last act when it was read."""

    plan: Plan
    number: int


def plan_as_it_stands(edition: Edition) -> PlanAt:
    """The plan of one moment: no act falls between its rows.

    Reading takes a moment during which nobody should have to wait, so it is done again when an act came in between;
    the ledger is locked only when that happens again and again. Raises ``PlanError`` when the rows are no plan.
    """
    for _ in range(QUIET_READS):
        before = _number(edition)
        plan = plan_of(edition)
        if _number(edition) == before:
            return PlanAt(plan=plan, number=before)
    with transaction.atomic():
        head = LedgerHead.objects.select_for_update().get(edition=edition)
        return PlanAt(plan=plan_of(edition), number=head.number)


def _number(edition: Edition) -> int:
    return LedgerHead.objects.values_list("number", flat=True).get(edition=edition)


def take_snapshot(*, edition: Edition, by: Person | None) -> Snapshot:
    """Keep the plan as it stands. Raises ``PlanError`` when the rows are no plan."""
    now = plan_as_it_stands(edition)
    return keep_snapshot(edition=edition, plan=now.plan, number=now.number, by=by)


def keep_snapshot(*, edition: Edition, plan: Plan, number: int, by: Person | None) -> Snapshot:
    """Keep a plan; equal plans of an edition share one snapshot. Part of an act whose service writes the ledger."""
    sha256 = plan.sha256
    with scope(edition=edition):
        found = Snapshot.objects.filter(edition=edition, plan_sha256=sha256).first()
        if found:
            return found
        blob = keep_blob(gzip.compress(plan_to_json(plan).encode(), mtime=0))
        snapshot, _ = Snapshot.objects.get_or_create(
            edition=edition,
            plan_sha256=sha256,
            defaults={"number": number, "blob": blob, "by_code": by.code if by else ""},
        )
        return snapshot


def plan_of_snapshot(snapshot: Snapshot) -> Plan:
    """The plan that was kept. Raises `DamagedBlob` when it is not the one that the snapshot names."""
    plan = plan_from_json(gzip.decompress(read_blob(snapshot.blob_id)).decode())
    if plan.sha256 != snapshot.plan_sha256:
        raise DamagedBlob(f"snapshot {snapshot.plan_sha256} holds another plan [{DamagedBlob.code}]")
    return plan
