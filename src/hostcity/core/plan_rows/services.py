"""Acts on the plan. One act after the other in an edition; each leaves a line in the ledger for every row it touched."""

from __future__ import annotations

from django.db import transaction
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.models import Act, Edition, Person
from hostcity.core.plan_rows.bodies import Rows, bodies_by_key, key_of, stored_body
from hostcity.core.plan_rows.queries import own_sheets, stored_bodies
from hostcity.core.plan_rows.writing import lock_plan, write_sheets
from hostcity.core.registries import registries
from hostcity.plan import Plan


def replace_plan(*, edition: Edition, plan: Plan, by: Person | None) -> list[Act]:
    """Make the edition's plan equal to another, row by row by their keys. Nothing differs = nothing is written.

    ``by`` None is whoever runs the site, from its command line. Raises ``PlanError`` when a row is wrong or two rows of
    a sheet have one code; rows that do not fit one another are kept: a plan in work is allowed to be incomplete.
    """
    if by is not None:
        policy.require(by, policy.IMPORT_PLAN, edition)
    wanted = {sheet: bodies_by_key(sheet, getattr(plan, sheet)) for sheet in own_sheets()}
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        for sheet, owner in registries.sheet_owners.items():
            owner.from_plan(edition, sheet, getattr(plan, sheet), by)
        stored = stored_bodies(edition)
        return write_sheets(
            edition, {sheet: (_by_key(sheet, stored[sheet]), rows) for sheet, rows in wanted.items()}, by=by
        )


def _by_key(sheet: str, bodies: list[dict]) -> Rows:
    return {key_of(body["code"]): stored_body(sheet, body) for body in bodies}
