"""Pages of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy
from hostcity.core.changes import queries
from hostcity.core.changes.table import table_body
from hostcity.core.ledger_queries import number_of, told
from hostcity.core.ledger_verify import verify_ledger
from hostcity.core.middleware import acting
from hostcity.core.paging import keyset_page
from hostcity.core.polling.services import renew_poll_key

MOST_DIGITS = 18  # of a line's number


@acting(policy.SEE_LEDGER)
@require_safe
def list_changes(request: Any) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip()[:120] for name in ("who", "kind", "key", "day")}
    day = _day(asked["day"])
    numbers = _numbers(request.GET)
    found = queries.acts_by(
        request.edition, who=asked["who"], kind=asked["kind"], key=asked["key"], day=day, numbers=numbers
    )
    page = keyset_page(found, order=("-number",), after=request.GET.get("after", ""))
    values = {
        "page": page,
        "body": table_body(told(request.edition, page.rows, reader=request.user)),
        "asked": asked,
        "numbers": numbers,
        "is_asked": any(asked.values()) or numbers is not None,
        "kinds": queries.kinds(),
        "may_check": policy.may(request.user, policy.CHECK_LEDGER, request.edition),
    }
    return render(request, "core/changes/list.html", values)


@acting(policy.CHECK_LEDGER)
@require_safe
def check_chain(request: Any) -> HttpResponse:
    """Walks the whole chain, whenever it is opened."""
    values = {"verdict": verify_ledger(request.edition), "number": number_of(request.edition)}
    return render(request, "core/changes/chain.html", values)


@acting(policy.CHECK_LEDGER)
@require_safe
def export_ledger(request: Any) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(queries.as_lines(request.edition), content_type="application/x-ndjson")
    answer["Content-Disposition"] = f'attachment; filename="{request.edition.code}-ledger.jsonl"'
    answer["Cache-Control"] = "no-store"
    return answer


@acting(policy.CHANGE_EDITION)
@require_POST
def renew_key(request: Any) -> HttpResponse:
    renew_poll_key(edition=request.edition, by=request.user)
    messages.success(request, _("Pages that are open now learn of changes again once they are loaded anew."))
    return redirect("ledger-chain", edition=request.edition.code)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _numbers(asked: Mapping[str, str]) -> tuple[int, int] | None:
    """Lines from one number to another, where both are given."""
    first, last = asked.get("first", ""), asked.get("last", "")
    is_sound = all(each.isascii() and each.isdigit() and len(each) < MOST_DIGITS for each in (first, last))
    return (int(first), int(last)) if is_sound else None
