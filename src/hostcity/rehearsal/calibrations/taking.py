"""Taking what a log of questions told into the plan: the row of sheet `wrong_turns`, marked as fitted."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.models import Act, Person
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.plan_rows.undo import record_import
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.plan import Plan
from hostcity.plan.rows import Provenance, Source, WrongTurns
from hostcity.rehearsal.models import Calibration

KIND = "calibration"


def take_fitted(*, calibration: Calibration, by: Person) -> list[Act]:
    """Put fitted chances into the edition's plan, with their ranges and the log as their source.

    One act that can be undone like an import. Whether newcomers turn wrong at all stays as the plan has it: without a row, no.
    Raises ``Refused`` where nothing was fitted, and where the plan has other values by now than those that were fitted.
    """
    edition = calibration.edition
    matrix.require(by, matrix.IMPORT_PLAN, edition)
    told = told_of(calibration)
    if told is None:
        raise Refused(
            "calibration.nothing", _("Nothing was fitted that the plan could keep."), _("Fit a log of questions.")
        )
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        plan = plan_of(edition)
        if is_taken(plan, told):
            return []
        if not is_current(plan, told):
            mend = _("Fit the log again to the plan as it stands, and take over what is found then.")
            raise Refused(
                "calibration.outdated", _("The plan has other chances by now than those that were fitted."), mend
            )
        written = replace_plan(edition=edition, plan=with_fitted(plan, told), by=by)
        more = {"name": calibration.counts_name, "kind": KIND, "calibration": calibration.key}
        return [*written, record_import(edition, written, key=calibration.key, by=by, more=more)]


def told_of(calibration: Calibration) -> Mapping[str, Any] | None:
    """What there is to be taken, if there is anything."""
    summary = calibration.result.summary if calibration.result else {}
    told: Mapping[str, Any] = summary.get("said", {}).get("to_take", {})
    return told if told.get("fields") else None


def is_taken(plan: Plan, told: Mapping[str, Any]) -> bool:
    """Whether the plan has the fitted values already."""
    row = _row(plan, told)
    return row is not None and all(getattr(row, name) == after for name, (_was, after) in told["fields"].items())


def is_current(plan: Plan, told: Mapping[str, Any]) -> bool:
    """Whether the plan has the values that were fitted still. Of no row: the usual ones, of which the fit began."""
    row = _row(plan, told)
    if row is None:
        return not plan.wrong_turns
    return all(getattr(row, name) == was for name, (was, _after) in told["fields"].items())


def with_fitted(plan: Plan, told: Mapping[str, Any]) -> Plan:
    """The plan with fitted values, each marked as such."""
    row = _row(plan, told) or WrongTurns(code=told["code"], happen=False)
    row = dataclasses.replace(row, **{name: after for name, (_was, after) in told["fields"].items()})
    sources, source = _with_source(plan.sources, Source(**told["source"]))
    return plan.replace(wrong_turns=(row,), sources=sources, provenance=_marked(plan.provenance, told["marks"], source))


def _row(plan: Plan, told: Mapping[str, Any]) -> WrongTurns | None:
    return next((row for row in plan.wrong_turns if row.code == told["code"]), None)


def _with_source(sources: Sequence[Source], new: Source) -> tuple[tuple[Source, ...], str]:
    """The sources with one more, unless the same log is there; and its code."""
    for each in sources:
        if each.name == new.name:
            return tuple(sources), each.code
    code = _free(new.code, {each.code for each in sources})
    return (*sources, dataclasses.replace(new, code=code)), code


def _marked(rows: Sequence[Provenance], marks: Sequence[Mapping[str, Any]], source: str) -> tuple[Provenance, ...]:
    """Marks by figure, the new ones instead of the old."""
    found = {row.figure: row for row in rows}
    for mark in marks:
        old = found.get(mark["figure"])
        code = old.code if old else _free(mark["code"], {row.code for row in found.values()})
        found[mark["figure"]] = Provenance(**{**mark, "code": code, "source": source})
    return tuple(found.values())


def _free(code: str, taken: set[str]) -> str:
    return next(name for n in range(1, 10_000) if (name := code if n == 1 else f"{code}-{n}") not in taken)
