"""What is wrong with faces, as a list and on the map."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.errors import for_reader
from hostcity.core.middleware import acting
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.sayings import said
from hostcity.venue import policy
from hostcity.venue.finding import words_of
from hostcity.venue.signs.drawing import audited_sha256
from hostcity.venue.signs.picture import Spot, arrow_of, level_with
from hostcity.venue.signs.planned import job_of, last_audit
from hostcity.venue.signs.queries import PAGE, Page, signs_of
from hostcity.venue.signs.services.auditing import AUDIT_JOB, audit_signs
from hostcity.venue.signs.showing import Teller, path_of
from hostcity.venue.signs.telling import Finding, findings_of, kinds_of
from hostcity.venue.signs.views.pictures import sent


@acting(policy.SEE_MAP)
@require_safe
def show_audit(request: Any) -> HttpResponse:
    """What the last audit found, of all kinds or of one; each leads to its face."""
    edition = request.edition
    signs, audit, job = signs_of(edition), last_audit(edition, AUDIT_JOB), job_of(edition, AUDIT_JOB)
    found, teller = findings_of(audit), Teller(edition, signs.venue)
    kind = request.GET.get("kind", "")
    rows = [each for each in found if kind in ("", each.code)]
    page = _page(rows, request.GET.get("after", ""))
    there = {each.level for each in rows if each.level}
    levels = [
        (each.level.code, teller.levels[each.level.code]) for each in signs.venue.levels if each.level.code in there
    ]
    asked = request.GET.get("level", "")
    values = {
        "tab": "audit", "signs": signs, "audit": audit, "job": job, "error": for_reader(job.error) if job and job.error else None,
        "may_audit": matrix.may(request.user, policy.PLAN_SIGNS, edition), "kinds": kinds_of(found), "kind": kind, "page": page,
        "rows": [(each, path_of(edition, each.face) if each.face in signs.by_key else "", teller.levels.get(each.level, "")) for each in page.rows],
        "count": sum(each.more or 1 for each in rows), "levels": levels,
        "level": asked if asked in dict(levels) else (levels[0][0] if levels else ""),
        "is_stale": bool(audit and audit.answer and audited_sha256(plan_of(edition)) != audit.answer["made_of"]),
    }  # fmt: skip
    return render(request, "venue/signs/audit.html", values)


def _page(rows: list[Finding], after: str) -> Page:
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 7 else 0
    rest = [each for each in rows if each.number > number]
    return Page(rest[:PAGE], str(rest[PAGE - 1].number) if len(rest) > PAGE else "")


@acting(policy.PLAN_SIGNS)
@require_POST
def audit(request: Any) -> HttpResponse:
    """Have the faces audited."""
    try:
        audit_signs(edition=request.edition, by=request.user)
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("signs-audit", edition=request.edition.code)


@acting(policy.SEE_MAP)
@require_safe
def show_level(request: Any, level: str) -> HttpResponse:
    """A level with what is wrong on it, numbered as in the list."""
    signs = signs_of(request.edition)
    drawn = signs.venue.level(level)
    if drawn is None:
        raise Http404(level)
    kind = request.GET.get("kind", "")
    found = findings_of(last_audit(request.edition, AUDIT_JOB))
    spots = [
        Spot(str(each.number), each.at) for each in found if each.level == level and each.at and kind in ("", each.code)
    ]
    near = next(
        (each.at for each in found if str(each.number) == request.GET.get("mark", "") and each.level == level), None
    )
    arrows = [
        arrow_of(each.face, f"face-{each.key}", path_of(request.edition, each.key))
        for each in signs.all
        if each.level == level
    ]
    return sent(request, level_with(drawn, words_of(signs.venue), arrows=arrows, spots=spots[::-1], shown=near))
