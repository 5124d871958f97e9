"""Reading drafts: the list, the board, a cell, a person, conflicts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hostcity.core import policy as matrix
from hostcity.core.jobs.errors import for_reader
from hostcity.core.middleware import acting
from hostcity.core.models import Result
from hostcity.core.plan_rows.queries import counts_of_rows
from hostcity.core.sayings import said
from hostcity.volunteers import policy
from hostcity.volunteers.board import Asked, board_html, cell_by, spots_of
from hostcity.volunteers.drafts import (
    Draft,
    changed_since,
    draft_of,
    draft_result,
    job_of,
    kept_drafts,
    last_publication,
    named,
    published_result,
)
from hostcity.volunteers.forms import MakeForm
from hostcity.volunteers.models import SHEET, Pin
from hostcity.volunteers.services.making import JOB
from hostcity.volunteers.telling import tell_cell, tell_person
from hostcity.volunteers.words import TERM_WORDS

PAGE = 60
MOST_LOCKED = 50  # seats on the list; the API gives all


@acting(policy.SEE_ROSTER)
@require_safe
def list_drafts(request: Any) -> HttpResponse:
    """Drafts that are kept, what is published, and the form that asks for another."""
    return list_page(request, None)


def list_page(request: Any, form: MakeForm | None, status: int = 200) -> HttpResponse:
    """The list, with what is wrong with a form."""
    edition, job = request.edition, job_of(request.edition, JOB)
    values = {
        "tab": "drafts", "job": job, "error": for_reader(job.error) if job and job.error else None, "form": form or MakeForm(),
        "kept": kept_drafts(edition), "published": published_result(edition), "last": last_publication(edition),
        "shifts": counts_of_rows(edition).get(SHEET, {}).get("count", 0), **locked_seats(), **rights(request),
    }  # fmt: skip
    return render(request, "volunteers/rosters.html", values, status=status)


def locked_seats() -> dict[str, Any]:
    """How many seats the next draft keeps besides locked shifts, and the first of them. Two queries."""
    pins = Pin.objects.count()
    first = list(Pin.objects.order_by("day", "band", "volunteer")[:MOST_LOCKED])
    return {"pins": pins, "locked": first, "more_locked": pins - len(first)}


def rights(request: Any) -> dict[str, bool]:
    """What somebody may."""
    actions = {
        "may_make": policy.MAKE_ROSTER, "may_change": policy.CHANGE_ROSTER, "may_publish": policy.PUBLISH_ROSTER, "may_mend": policy.MEND_ROSTER,
    }  # fmt: skip
    return {name: matrix.may(request.user, action, request.edition) for name, action in actions.items()}


def asked_draft(request: Any, result: int) -> tuple[Result, Draft]:
    """A draft that is in an address."""
    found = draft_result(request.edition, result)
    if found is None:
        raise Http404("roster")
    return found, draft_of(found)


def of_draft(request: Any, found: Result, tab: str) -> dict[str, Any]:
    """What every page of a draft shows."""
    return {
        "tab": tab, "found": found, "gap": 100 * found.summary["gap"], "is_published": published_result(request.edition) == found.pk,
        "is_stale": changed_since(request.edition, found), **rights(request),
    }  # fmt: skip


@acting(policy.SEE_ROSTER)
@require_safe
def show_board(request: Any, result: int) -> HttpResponse:
    """Posts by shifts of a day, or of all days, and the cells that are most likely short."""
    found, draft = asked_draft(request, result)
    days = draft.said["days"]
    asked = Asked(
        day=request.GET.get("day", days[0]["code"]),
        zone=request.GET.get("zone", ""),
        post_class=request.GET.get("class", ""),
    )
    choices = {
        name: [(each["code"], named(each)) for each in draft.said[name]] for name in ("days", "zones", "classes")
    }
    terms = found.summary["terms"]
    told = [(words, sum(terms[name]) if name == "traits" else terms[name]) for name, words in TERM_WORDS.items()]
    values = {
        "asked": asked, "choices": choices, "board": board_html(draft, asked), "spots": spots_of(draft, asked), "terms": told,
        **of_draft(request, found, "board"),
    }  # fmt: skip
    return render(request, "volunteers/board.html", values)


@acting(policy.SEE_ROSTER)
@require_safe
def show_cell(request: Any, result: int) -> HttpResponse:
    """A cell: who serves, why it is short, what would mend it."""
    found, draft = asked_draft(request, result)
    worst = spots_of(draft, Asked(), most=1, least=0.0)
    cell = cell_by(draft, request.GET.get("c", worst[0].key if worst else ""))
    if cell is None:
        raise Http404("cell")
    day, band, post = (draft.said[name][place] for name, place in zip(("days", "bands", "posts"), cell, strict=True))
    codes = {"day": day["code"], "band": band["code"], "post": post["code"]}
    values = {"told": tell_cell(draft, cell), "codes": codes, **of_draft(request, found, "board")}
    return render(request, "volunteers/cell.html", values)


@acting(policy.SEE_ROSTER)
@require_safe
def find_person(request: Any, result: int) -> HttpResponse:
    """The person of a code."""
    found, draft = asked_draft(request, result)
    code = request.GET.get("code", "").strip()
    if code in draft.at["people"]:
        return redirect("roster-person", edition=request.edition.code, result=found.pk, code=code)
    wanted = code.casefold()
    near = [each for each, _team in draft.said["people"] if wanted in each.casefold()][:PAGE] if wanted else []
    idle = (draft.made.post_of < 0).all(axis=(1, 2)).nonzero()[0].tolist()
    values = {
        "code": code, "near": near, "idle": [draft.said["people"][person][0] for person in idle[:PAGE]], "idle_count": len(idle),
        **of_draft(request, found, "people"),
    }  # fmt: skip
    return render(request, "volunteers/people.html", values)


@acting(policy.SEE_ROSTER)
@require_safe
def show_person(request: Any, result: int, code: str) -> HttpResponse:
    """Somebody's shifts, and why there are no others."""
    found, draft = asked_draft(request, result)
    if code not in draft.at["people"]:
        raise Http404(code)
    told = tell_person(draft, draft.at["people"][code])
    words = TERM_WORDS | {"paid": _("what posts gain by it")}
    values = {
        "told": told, "bands": [named(each) for each in draft.said["bands"]], "terms": [(words[name], harm) for name, harm in told.best_terms],
        "pins": {(pin.day, pin.band) for pin in Pin.objects.filter(volunteer=code)},
        "posts": [(each["code"], named(each)) for each in draft.said["posts"]], **of_draft(request, found, "people"),
    }  # fmt: skip
    return render(request, "volunteers/person.html", values)


@acting(policy.SEE_ROSTER)
@require_safe
def show_conflicts(request: Any, result: int) -> HttpResponse:
    """Rules that a draft does not keep, and what a coordinator should know of the force."""
    found, draft = asked_draft(request, result)
    problems, warnings = (
        [
            for_reader(each) | {"said": said(for_reader(each)), "volunteer": each.get("volunteer", "")}
            for each in draft.said[name]
        ]
        for name in ("violations", "warnings")
    )
    values = {"problems": problems, "warnings": warnings, **of_draft(request, found, "conflicts")}
    return render(request, "volunteers/conflicts.html", values)
