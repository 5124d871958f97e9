"""What a page with 50 rows costs: processor time through the whole stack, and its queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.requests import Cost, cookie_of, cost_of, web_address
from benchmarks.rows import Bar, Detail, Measured

BAR_MS = 10.0
MOST_QUERIES = 8
ROWS = 120  # of which a page shows 50
MANY = 100


def measure() -> Measured:
    """Every list of the core, as its administrator sees it."""
    from django.db import connection
    from tests import people

    from hostcity.core.models.people import Role

    edition = people.edition("listed")
    person = people.person(Role.ADMINISTRATOR, edition, username="lister")
    cookie = cookie_of(person)
    costs: dict[str, Cost] = {}
    for path, fill in LISTS.items():
        fill(edition, person)
        costs[path] = cost_of(web_address(f"/e/listed/{path}", cookie), MANY, status=200)
    name = connection.vendor
    bars = (
        Bar(f"a list of 50 rows, {name}", f"≤ {BAR_MS:.0f} ms", *_worst(costs, BAR_MS, "median_ms", ".1f", " ms")),
        Bar(f"its queries, {name}", f"≤ {MOST_QUERIES}", *_worst(costs, MOST_QUERIES, "queries", "d", "")),
    )
    lines = tuple(
        (path, f"{each.median_ms:.1f}", f"{each.p95_ms:.1f}", f"{each.queries}") for path, each in costs.items()
    )
    return Measured(bars, (Detail(f"Lists, {name}", ("page", "processor ms, median", "p95", "queries"), lines),))


def _worst(costs: dict[str, Cost], bar: float, name: str, form: str, unit: str) -> tuple[str, bool]:
    worst = max(getattr(each, name) for each in costs.values())
    return f"{worst:{form}}{unit}", worst <= bar


def _fill_changes(edition: Any, person: Any) -> None:
    from django.db import transaction

    from hostcity.core.ledger import Line, record_lines

    with transaction.atomic():
        lines = [Line(verb="bureau.add", subject_kind="bureau", subject_key=f"b{number}") for number in range(ROWS)]
        record_lines(lines, edition=edition, by=person)


def _fill_people(edition: Any, person: Any) -> None:
    from django_scopes import scope

    from hostcity.core.models import Assignment, Person
    from hostcity.core.models.people import Role

    made = [
        Person(username=f"v{number}", name=f"志愿者 {number}", phone=f"+86138{number:08}") for number in range(ROWS)
    ]
    Person.objects.bulk_create(made)
    with scope(edition=edition):
        Assignment.objects.bulk_create([Assignment(edition=edition, person=each, role=Role.VOLUNTEER) for each in made])


def _fill_files(edition: Any, person: Any) -> None:
    from hostcity.core.files.services import add_file

    for number in range(ROWS):
        add_file(edition=edition, name=f"{number}.txt", data=b"words", by=person)


def _fill_notices(edition: Any, person: Any) -> None:
    from django.utils import timezone
    from django_scopes import scope

    from hostcity.core.models import Notice

    with scope(edition=edition):
        Notice.objects.bulk_create(
            [
                Notice(
                    edition=edition, person=person, kind="finding.assigned", values={}, number=number,
                    path="/e/listed/", read_at=timezone.now(),
                )
                for number in range(ROWS)
            ]
        )  # fmt: skip


def _fill_plan(edition: Any, person: Any) -> None:
    from pathlib import Path

    from hostcity.core.plan_rows.services import replace_plan
    from hostcity.plan import read_workbook

    plan = read_workbook(Path(__file__).parents[1] / "examples" / "ciie2019" / "expo.xlsx")
    replace_plan(edition=edition, plan=plan, by=person)


LISTS: dict[str, Callable[[Any, Any], None]] = {
    "plan/sheets/nodes/": _fill_plan,
    "people/": _fill_people,
    "changes/": _fill_changes,
    "files/": _fill_files,
    "notices/": _fill_notices,
}
