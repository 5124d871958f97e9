"""Rosters by the API: drafts, their boards, why cells are short, publishing, one's own shifts."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Path, Query

from hostcity.core.api.operations import Operations
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.core.jobs.errors import for_reader
from hostcity.core.models import Act, Result
from hostcity.core.sayings import said
from hostcity.volunteers import policy, services
from hostcity.volunteers.acceptance.services import publish_and_ask
from hostcity.volunteers.board import Asked, cell_by, days_of, key_of, posts_of, spot_of
from hostcity.volunteers.differing import differing
from hostcity.volunteers.drafts import (
    Draft,
    changed_since,
    draft_of,
    draft_result,
    kept_drafts,
    last_number,
    published_result,
)
from hostcity.volunteers.models import Pin
from hostcity.volunteers.own import own_shifts
from hostcity.volunteers.schemas import (
    Board,
    BoardAsked,
    CellWhyShown,
    Conflicts,
    Drafts,
    DraftShown,
    LockGiven,
    OwnShifts,
    PersonWhyShown,
    Pins,
    PinShown,
    Publication,
    Published,
    RosterAsked,
    RosterDifference,
    SeatGiven,
)
from hostcity.volunteers.services.publishing import publication
from hostcity.volunteers.telling import tell_cell, tell_person

operations = Operations("volunteers")
Number = Annotated[int, Path(ge=1, le=2**62, description="Number of the draft.")]


def _found(request: Any, result: int) -> tuple[Result, Draft]:
    found = draft_result(request.edition, result)
    if found is None:
        raise Http404("roster")
    return found, draft_of(found)


def _draft_shown(request: Any, found: Result, published: int) -> dict[str, Any]:
    return {
        "id": found.pk, "created_at": found.created_at, "is_published": found.pk == published,
        "is_stale": changed_since(request.edition, found), "inputs": found.inputs, "summary": found.summary,
    }  # fmt: skip


@operations.get("/volunteers/rosters", policy.SEE_ROSTER, Drafts)
def list_rosters(request: Any) -> Any:
    """List drafts of the roster.

    The latest first, with their figures.
    """
    published = published_result(request.edition)
    return {"rows": [_draft_shown(request, each, published) for each in kept_drafts(request.edition)]}


@operations.post("/volunteers/rosters", policy.MAKE_ROSTER, JobShown, status=202)
def make_roster(request: Any, body: RosterAsked) -> Any:
    """Have a draft of the roster made, or the roster as it holds judged.

    Follow the job: its answer has the number of the result. Locked shifts and pins stay.
    """
    given = body.model_dump()
    is_judged = given.pop("judge")
    return shown_job(services.make_roster(edition=request.edition, by=request.person, is_judged=is_judged, **given))


@operations.get("/volunteers/rosters/{result}", policy.SEE_ROSTER, DraftShown)
def show_roster(request: Any, result: Number) -> Any:
    """Show a draft's figures."""
    found, _draft = _found(request, result)
    return _draft_shown(request, found, published_result(request.edition))


@operations.get("/volunteers/rosters/{result}/board", policy.SEE_ROSTER, Board)
def show_roster_board(request: Any, result: Number, asked: Query[BoardAsked]) -> Any:
    """Show the board of a draft.

    Every open cell with who is rostered and how likely somebody will be missing; of all days where none is named.
    """
    _result, draft = _found(request, result)
    of = Asked(day=asked.day, zone=asked.zone, post_class=asked.post_class)
    bands = range(len(draft.said["bands"]))
    is_open = draft.problem.is_open
    cells = ((day, band, post) for post in posts_of(draft, of) for day in days_of(draft, of) for band in bands)
    return {"cells": [_cell_shown(draft, cell) for cell in cells if is_open[cell]]}


def _cell_shown(draft: Draft, cell: tuple[int, int, int]) -> dict[str, Any]:
    spot, (day, band, post) = spot_of(draft, cell), cell
    return {
        "key": key_of(cell), "day": draft.said["days"][day]["code"], "band": draft.said["bands"][band]["code"],
        "post": draft.said["posts"][post]["code"], "heads": spot.heads, "needed": spot.needed, "short": float(draft.made.short[0][cell]),
        "roles_missing": list(spot.roles),
    }  # fmt: skip


@operations.get("/volunteers/rosters/{result}/cells/{key}", policy.SEE_ROSTER, CellWhyShown)
def show_roster_cell(request: Any, result: Number, key: Annotated[str, Path(max_length=20)]) -> Any:
    """Show why a cell is short.

    Who serves, what keeps the others away, which change would bring somebody, and what one more is worth.
    """
    _result, draft = _found(request, result)
    cell = cell_by(draft, key)
    if cell is None:
        raise Http404("cell")
    told = tell_cell(draft, cell)
    return {
        "times": told.times, "lines": told.lines, "servers": told.servers, "changes": told.changes, "mend": str(told.mend),
        "reasons": _reasons(told.reasons),
    }  # fmt: skip


def _reasons(reasons: Any) -> list[dict[str, Any]]:
    return [{"code": code, "said": str(words), "count": count} for code, words, count in reasons]


@operations.get("/volunteers/rosters/{result}/people/{code}", policy.SEE_ROSTER, PersonWhyShown)
def show_rostered_person(request: Any, result: Number, code: Annotated[str, Path(max_length=100)]) -> Any:
    """Show somebody's shifts in a draft, and why there are no others."""
    _result, draft = _found(request, result)
    if code not in draft.at["people"]:
        raise Http404(code)
    told = tell_person(draft, draft.at["people"][code])
    shifts = [
        {"day": shift.day_code, "band": shift.band_code, "post": shift.post, "is_locked": shift.is_locked}
        for _day, bands in told.days for shift in bands if shift.post or shift.is_locked
    ]  # fmt: skip
    same = ("code", "team", "fair", "most", "served", "plan_harm", "idle_harm", "best_harm")
    return {name: getattr(told, name) for name in same} | {"shifts": shifts, "reasons": _reasons(told.reasons)}


@operations.get("/volunteers/rosters/{result}/conflicts", policy.SEE_ROSTER, Conflicts)
def show_roster_conflicts(request: Any, result: Number) -> Any:
    """Show the rules that a draft does not keep."""
    _result, draft = _found(request, result)
    conflicts, warnings = (
        [
            {"code": each["code"], "volunteer": each.get("volunteer", ""), "said": said(for_reader(each))}
            for each in draft.said[name]
        ]
        for name in ("violations", "warnings")
    )
    return {"conflicts": conflicts, "warnings": warnings}


@operations.get("/volunteers/rosters/{result}/difference", policy.SEE_ROSTER, RosterDifference)
def show_roster_difference(request: Any, result: Number) -> Any:
    """Show what publishing a draft would change.

    Person by person, against the roster as it holds.
    """
    _result, draft = _found(request, result)
    number = last_number(request.edition)
    people, counts = differing(draft, publication(request.edition, draft))
    return {"number": number, "counts": counts, "people": people}


@operations.post("/volunteers/rosters/{result}/publish", policy.PUBLISH_ROSTER, Published, status=200)
def publish_roster(request: Any, result: Number, body: Publication) -> Any:
    """Publish a draft as the roster.

    Refused when the roster was changed since the difference was looked at. Everybody whose shifts are others is told.
    """
    found, _draft = _found(request, result)
    of = {"edition": request.edition, "result": found, "number": body.number, "by": request.person}
    act = publish_and_ask(**of, due_at=body.answers_by) if body.answers_by else services.publish_roster(**of)
    return {"number": act.number if act else None}


@operations.post("/volunteers/acts/{number}/undo", policy.PUBLISH_ROSTER, Published, status=200)
def undo_publication(request: Any, number: Annotated[int, Path(ge=1, le=2**62, description="Of the ledger.")]) -> Any:
    """Take the last publication of a draft back.

    Refused when the roster has been changed since.
    """
    act = get_object_or_404(Act.objects.filter(edition=request.edition), number=number)
    return {"number": services.undo_publication(edition=request.edition, act=act, by=request.person).number}


@operations.get("/volunteers/locks", policy.SEE_ROSTER, Pins)
def list_roster_locks(request: Any) -> Any:
    """List seats that the next draft keeps.

    Besides the locked shifts of the roster as it holds.
    """
    return {"rows": list(Pin.objects.filter(edition=request.edition).order_by("volunteer", "day", "band"))}


@operations.put("/volunteers/locks", policy.CHANGE_ROSTER, PinShown)
def lock_seat(request: Any, body: LockGiven) -> Any:
    """Have the next draft keep a seat."""
    return services.lock_seat(edition=request.edition, by=request.person, **body.model_dump())


@operations.post("/volunteers/locks/remove", policy.CHANGE_ROSTER, None, status=204)
def unlock_seat(request: Any, body: SeatGiven) -> None:
    """Let the next draft give a seat to whomever."""
    services.unlock_seat(edition=request.edition, by=request.person, **body.model_dump())


@operations.get("/volunteers/own", policy.OWN_SHIFTS, OwnShifts)
def list_own_shifts(request: Any) -> Any:
    """List one's own shifts.

    By the roster as it holds, in order of time.
    """
    return {"rows": own_shifts(request.edition, request.person)}
