"""What a poll costs: processor time of the web process, through the whole stack that a WSGI server calls."""

from __future__ import annotations

from benchmarks.requests import Cost, cost_of, web_address
from benchmarks.rows import Bar, Detail, Measured

BARS_MS = {"sqlite": 1.5, "postgresql": 2.5}
MANY = 2000


def measure() -> Measured:
    """Polls that find nothing new, polls that do, and polls with a wrong key."""
    from django.db import connection
    from tests import people

    from hostcity.core.models import LedgerHead

    vendor = connection.vendor
    edition = people.edition("polled")
    key = LedgerHead.objects.get(edition=edition).poll_key
    costs: dict[str, Cost] = {
        "nothing new (204)": cost_of(web_address(f"/poll/{key}?since=0"), MANY, status=204),
        "something new (200)": cost_of(web_address(f"/poll/{key}?since=9"), MANY, status=200),
        "wrong key (404)": cost_of(web_address(f"/poll/{'x' * 32}?since=0"), MANY, status=404),
    }
    worst = max(each.median_ms for each in costs.values())
    bar = Bar(f"a poll, {vendor}", f"≤ {BARS_MS[vendor]} ms", f"{worst:.2f} ms", worst <= BARS_MS[vendor])
    lines = tuple(
        (name, f"{each.median_ms:.2f}", f"{each.p95_ms:.2f}", f"{each.queries}") for name, each in costs.items()
    )
    heading = ("poll", "processor ms, median", "p95", "queries")
    return Measured((bar,), (Detail(f"Polls, {vendor}", heading, lines),))
