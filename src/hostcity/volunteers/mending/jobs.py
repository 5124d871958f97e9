"""What the worker does to mend a day. Imported in its child only: it needs compiled engines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from django.utils.translation import gettext_noop as _
from django_scopes import scope

from hostcity.core.errors import refuse
from hostcity.core.models import Snapshot
from hostcity.core.results import keep_blob, keep_snapshot, plan_as_it_stands
from hostcity.engines.rosters import find_homes, repair
from hostcity.engines.rosters.from_plan import roster_of, roster_problem
from hostcity.engines.rosters.score import headcount
from hostcity.plan import Plan, PlanError, problems_of
from hostcity.volunteers.drafts import FORCE
from hostcity.volunteers.jobs import READING
from hostcity.volunteers.kept import as_bytes
from hostcity.volunteers.mending.asking import SHEETS, Asked, faults
from hostcity.volunteers.mending.mended import ABSENT, SAID
from hostcity.volunteers.mending.services import keep_mended
from hostcity.volunteers.models import SHEET

if TYPE_CHECKING:
    from hostcity.core.jobs.at_work import AtWork
    from hostcity.engines.rosters import Repair
    from hostcity.engines.rosters.from_plan import Force

MENDING = _("Mending the day")
MANNED = ("heads", "least")  # lines that a factor is of: as many leaders and languages as before do for more people


def mend(arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Mend a day of the roster as it holds.

    Raises ``PlanError`` where the plan's force has problems, ``Refused`` where it has not any more what was named.
    """
    at_work.progress(0.02, READING)
    now = plan_as_it_stands(at_work.edition)
    snapshot = keep_snapshot(edition=at_work.edition, plan=now.plan, number=now.number, by=at_work.job.by)
    asked = Asked(**{name: arguments[name] for name in ("day", "band", "absent", "closed", "factors", "most_told")})
    refuse(faults(asked, {sheet: {row.code for row in getattr(now.plan, sheet)} for sheet in SHEETS.values()}))
    if problems := [each for each in problems_of(now.plan) if each.sheet in (*FORCE, SHEET)]:
        raise PlanError(problems)
    force = roster_problem(now.plan)
    at_work.progress(0.4, MENDING)
    was = roster_of(force)
    found = mended(force, asked, was)
    said = said_of(now.plan, force, asked, was, found)
    summary = summary_of(said, asked, found, repeated=arguments["repeated"])
    return {
        "snapshot": snapshot.pk, "inputs": {**arguments, "number": now.number}, "summary": summary,
        "blobs": {SAID: keep_blob(as_bytes(said)).sha256},
    }  # fmt: skip


def mended(force: Force, asked: Asked, post_of: Any) -> Repair:
    """The day repaired by the engine; bands that begin before the first that may be changed stay as they are."""
    problem, axes = force.problem, force.axes
    day, open_bands = axes.day_at[asked.day], bands_from(force, asked.band)
    needed = problem.posts.needed[:, day].copy()
    lines = [at for at, line in enumerate(force.lines) if line.kind in MANNED]
    for post, factor in (asked.factors or {}).items():
        for line in lines:
            for band in open_bands:
                heads = int(needed[line, band, axes.post_at[post]])
                needed[line, band, axes.post_at[post]] = math.ceil(heads * factor - 1e-9)
    closed = [
        (band, axes.post_at[post]) for post in asked.closed for band in open_bands if problem.is_open[day, band, axes.post_at[post]]
    ]  # fmt: skip
    return repair(
        problem, find_homes(problem), post_of, day=day, absent=[axes.person_at[code] for code in asked.absent], closed=closed, needed=needed,
        now_s=frozen_until_s(force, asked.band), most_told=asked.most_told,
    )  # fmt: skip


def summary_of(said: Mapping[str, Any], asked: Asked, found: Repair, *, repeated: int) -> dict[str, Any]:
    """Figures of a mended day, for lists and pages."""
    off = [each["volunteer"] for each in said["changes"] if each["kind"] == ABSENT]
    return {
        "day": said["day"], "band": said["bands"].get(asked.band), "short": list(found.short), "told": found.told, "absent": len(asked.absent),
        "idle": len(set(asked.absent) - set(off)), "repeated": repeated, "taken_off": len(off), "lacking": len(said["lacking"]),
    }  # fmt: skip


def frozen_until_s(force: Force, band: str) -> int:
    """The time until which what has begun stays, so that a band is the first that may be changed; 0 = nothing stays."""
    if not band:
        return 0
    return max(int(force.problem.rules.starts_s[force.axes.band_at[band]]) - 1, 0)


def bands_from(force: Force, band: str) -> list[int]:
    """Places of the bands that may be changed."""
    starts, until = force.problem.rules.starts_s, frozen_until_s(force, band)
    return [at for at in range(len(starts)) if not until or starts[at] > until]


def said_of(plan: Plan, force: Force, asked: Asked, was: Any, found: Repair) -> dict[str, Any]:
    """All that is kept of a mended day: who is where now and was before, what is short, and names for it."""
    axes = force.axes
    rows = {sheet: {row.code: row for row in getattr(plan, sheet)} for sheet in ("service_days", "bands", "posts")}
    changes, lacking = list(_changes(force, asked, was, found)), list(_lacking(force, asked, found))
    posts = {each[side] for each in changes for side in ("source", "target") if each[side]} | {
        each[1] for each in lacking
    }
    return {
        "day": _named(rows["service_days"][asked.day]), "changes": changes, "lacking": lacking,
        "bands": {code: _named(rows["bands"][code], "start_s", "end_s") for code in axes.bands},
        "posts": {code: _named(rows["posts"][code]) for code in sorted(posts)},
    }  # fmt: skip


def _changes(force: Force, asked: Asked, was: Any, found: Repair) -> Iterator[dict[str, str]]:
    """Whoever serves elsewhere on that day than before, by code and band."""
    axes, day = force.axes, force.axes.day_at[asked.day]
    kinds = {(move.person, move.shift): move.kind for move in found.moves}
    differs = np.argwhere(was[:, day] != found.post_of[:, day]).tolist()
    for person, band in sorted(differs, key=lambda each: (axes.people[each[0]], each[1])):
        source, target = (int(posts[person, day, band]) for posts in (was, found.post_of))
        yield {
            "volunteer": axes.people[person], "band": axes.bands[band], "kind": kinds.get((person, band), ABSENT),
            "source": axes.posts[source] if source >= 0 else "", "target": axes.posts[target] if target >= 0 else "",
        }  # fmt: skip


def _lacking(force: Force, asked: Asked, found: Repair) -> Iterator[list[Any]]:
    """Band, post, heads and need of posts with fewer than needed, in bands that may be changed."""
    axes, day = force.axes, force.axes.day_at[asked.day]
    needed, heads = found.problem.posts.needed[0, day], headcount(found.problem, found.post_of)[day]
    for band in bands_from(force, asked.band):
        for post in np.flatnonzero((heads[band] < needed[band]) & ~force.problem.posts.is_standby).tolist():
            yield [axes.bands[band], axes.posts[post], int(heads[band, post]), int(needed[band, post])]


def _named(row: Any, *more: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("code", "name_en", "name_zh", *more)}


def kept(answer: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Keep it as a result, in the transaction that ends the job."""
    edition = at_work.edition
    with scope(edition=edition):
        snapshot = Snapshot.objects.get(pk=answer["snapshot"])
    found = {name: answer[name] for name in ("inputs", "summary", "blobs")}
    result = keep_mended(edition=edition, snapshot=snapshot, **found)
    return {"result": result.pk, "path": f"/e/{edition.code}/volunteers/mend/{result.pk}/"}
