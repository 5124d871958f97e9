"""Coming to a shift by the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from ninja import Query

from hostcity.core.api.operations import Operations
from hostcity.volunteers import policy
from hostcity.volunteers.duty import services
from hostcity.volunteers.duty.cells import Cell, Cells, cells_of
from hostcity.volunteers.duty.codes import code_of, secret_of, step_ends_s, step_of, token_of
from hostcity.volunteers.duty.leading import require_may_check
from hostcity.volunteers.duty.queries import PostLine, own_duty, people_at, posts_in
from hostcity.volunteers.duty.schemas import (
    BandAsked,
    BandShown,
    CellAsked,
    Checked,
    CodeShown,
    ComingGiven,
    OwnDutyList,
    OwnSeat,
    PostShown,
    UndoGiven,
)
from hostcity.volunteers.schemas import SeatGiven

operations = Operations("duty")


def _line(line: PostLine) -> dict[str, Any]:
    same = ("name", "zone", "is_critical", "needed", "came", "there", "missing", "short", "is_at_risk")
    return {name: getattr(line, name) for name in same} | {"post": line.cell.post, "rostered": len(line.people)}


@operations.get("/volunteers/duty", policy.SEE_DUTY, BandShown)
def show_duty(request: Any, asked: Query[BandAsked]) -> Any:
    """Show who has come to a band.

    Post by post, those first where fewer may be there than needed.
    """
    cells, now = cells_of(request.edition), timezone.now()
    day, band = asked.day, asked.band
    if day or band:
        if day not in cells.days or band not in cells.bands:
            raise Http404("band")
    else:
        day, band = cells.band_of(now) or ("", "")
    if not day:
        return {"day": "", "band": "", "starts_at": None, "ends_at": None, "posts": []}
    hours, lines = cells.hours(day, band), posts_in(cells, day, band, now, zone=asked.zone)
    return {"day": day, "band": band, **hours._asdict(), "posts": [_line(each) for each in lines]}


def _asked(request: Any, asked: CellAsked) -> tuple[Cells, Cell]:
    cells, cell = cells_of(request.edition), Cell(asked.post, asked.day, asked.band)
    if cell not in cells:
        raise Http404("cell")
    require_may_check(request.edition, request.person, cell)
    return cells, cell


@operations.get("/volunteers/duty/post", policy.CHECK_DUTY, PostShown)
def show_duty_post(request: Any, asked: Query[CellAsked]) -> Any:
    """Show who has come to a post.

    For coordinators, and for leaders where they serve.
    """
    cells, cell = _asked(request, asked)
    line = people_at(cells, cell, timezone.now())
    return _line(line) | {"people": line.people}


@operations.get("/volunteers/duty/code", policy.CHECK_DUTY, CodeShown)
def show_duty_code(request: Any, asked: Query[CellAsked]) -> Any:
    """Show the code of a post.

    For a screen that stands there; ask again when it has run out.
    """
    _cells, cell = _asked(request, asked)
    now = timezone.now()
    code = code_of(secret_of(request.edition), cell, step_of(now))
    return {"code": code, "token": token_of(request.edition, cell, step_of(now)), "seconds": step_ends_s(now)}


@operations.get("/volunteers/duty/own", policy.OWN_DUTY, OwnDutyList)
def list_own_duty(request: Any) -> Any:
    """List one's own shifts, and whether one came."""
    found = own_duty(cells_of(request.edition), request.person, timezone.now()).values()
    names = ("starts_at", "ends_at", "is_open", "is_leader", "attendance")
    return {"rows": [each.cell._asdict() | {name: getattr(each, name) for name in names} for each in found]}


@operations.post("/volunteers/duty/check-in", policy.OWN_DUTY, Checked, status=200)
def check_in(request: Any, body: ComingGiven) -> Any:
    """Check in to one's own shift.

    By the code of the post, or what was scanned there. Again and again counts once.
    """
    return services.check_in(edition=request.edition, by=request.person, **body.model_dump())


@operations.post("/volunteers/duty/check-out", policy.OWN_DUTY, Checked, status=200)
def check_out(request: Any, body: OwnSeat) -> Any:
    """Check out of one's own shift."""
    return services.check_out(edition=request.edition, by=request.person, **body.model_dump())


@operations.post("/volunteers/duty/check-out/undo", policy.OWN_DUTY, Checked, status=200)
def undo_check_out(request: Any, body: OwnSeat) -> Any:
    """Take one's own checking out back.

    As long as the shift lasts.
    """
    return services.undo_check_out(edition=request.edition, by=request.person, **body.model_dump())


@operations.post("/volunteers/duty/hand/check-in", policy.CHECK_DUTY, Checked, status=200)
def check_in_by_hand(request: Any, body: SeatGiven) -> Any:
    """Check somebody in by hand."""
    return services.check_in_by_hand(edition=request.edition, by=request.person, **body.model_dump())


@operations.post("/volunteers/duty/hand/check-out", policy.CHECK_DUTY, Checked, status=200)
def check_out_by_hand(request: Any, body: SeatGiven) -> Any:
    """Check somebody out by hand."""
    return services.check_out_by_hand(edition=request.edition, by=request.person, **body.model_dump())


@operations.post("/volunteers/duty/hand/undo", policy.CHECK_DUTY, Checked, status=200)
def undo_check(request: Any, body: UndoGiven) -> Any:
    """Take back that somebody came, or left."""
    return services.undo_check(edition=request.edition, by=request.person, **body.model_dump())
