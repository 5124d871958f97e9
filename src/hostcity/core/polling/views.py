"""The answer to a poll: 204 when nothing is new."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse

QUERY = "SELECT number FROM core_ledgerhead WHERE poll_key = %s"


@login_not_required
def answer_poll(request: HttpRequest, key: str) -> HttpResponse:
    """204 when the ledger's number is ``since``, else the number; 404 for a key that is none.

    One query by hand: pages ask every few seconds, and the ORM would take a third of the whole answer.
    """
    if request.method not in ("GET", "HEAD"):
        return _uncached(HttpResponse(status=405, headers={"Allow": "GET, HEAD"}))
    with connection.cursor() as cursor:
        cursor.execute(QUERY, [key])
        found = cursor.fetchone()
    if found is None:
        return _uncached(HttpResponse(status=404))
    number: int = found[0]
    if request.GET.get("since") == str(number):
        return _uncached(HttpResponse(status=204))
    return _uncached(HttpResponse(f'{{"number": {number}}}', content_type="application/json"))


def _uncached(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"
    return answer
