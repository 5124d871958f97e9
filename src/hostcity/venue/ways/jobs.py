"""What the worker does for ways: makes route books. Imported in the worker's child only: it needs the compiled engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _
from django_scopes import scope

from hostcity.core.jobs.at_work import AtWork
from hostcity.core.models import Snapshot
from hostcity.core.results import keep_blob, keep_snapshot, plan_as_it_stands
from hostcity.venue.ways.services import keep_books

MEASURING = _("Measuring ways")


def make(arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Make the book of each profile and keep its bytes."""
    from hostcity.engines.wayfinding import PROFILES, written
    from hostcity.engines.wayfinding.making import make_book

    now = plan_as_it_stands(at_work.edition)  # not as it was when somebody asked: it may be mended since
    snapshot = keep_snapshot(edition=at_work.edition, plan=now.plan, number=now.number, by=at_work.job.by)
    made, count = [], len(arguments["profiles"])
    for number, code in enumerate(arguments["profiles"]):

        def tell(share: float, number: int = number) -> None:
            at_work.progress((number + share) / count, MEASURING)

        tell(0.0)
        book = make_book(now.plan, PROFILES[code], progress=tell)
        summary = {
            "profile": code,
            "places": len(book.places),
            "portals": len(book.portals),
            "turns": int(book.turn_x_m.size),
        }
        made.append(
            {"profile": code, "sha256": book.sha256, "blob": keep_blob(written(book)).sha256, "summary": summary}
        )
    return {"snapshot": snapshot.pk, "made": made}


def done(answer: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Keep the books as results, in the transaction that ends the job."""
    with scope(edition=at_work.edition):
        snapshot = Snapshot.objects.get(pk=answer["snapshot"])
    keep_books(edition=at_work.edition, snapshot=snapshot, made=answer["made"])
    return {"profiles": [each["profile"] for each in answer["made"]]}
