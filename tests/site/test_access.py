"""Every address × every role × {own, another's, another edition's}: the answer that the policy matrix says.

Denied requests change nothing, reading changes nothing, nobody sees phone or mail of people whom they need not reach,
and no form takes a field that it does not show. An address without a line in access_table.py fails. What a refusal looks like
is asked once per person, not thousands of times. `make test-all` asks every address as each of sixteen people. `make test` asks it
as one of each kind: those whom the matrix lets reach as much, and see contacts of as many, and everybody where the services know
more than the matrix; others for every address. On the second database every sixth of them asks.
"""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import override_settings
from django.urls import URLResolver, get_resolver, reverse
from django_scopes import scopes_disabled

from hostcity.core import policy
from hostcity.core.api import rates
from hostcity.core.models import Edition, LedgerHead, Person
from hostcity.core.models.people import Role
from hostcity.site.api import api
from tests.databases import of_each_kind
from tests.site.access_lines import Operation, Row
from tests.site.access_table import OPERATIONS, OUTSIDE, ROWS
from tests.site.access_world import ACTORS, CSRF, WHOSE, World, world_with_plan

WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.I)
#: Where a visit leaves its trace: the session, and limits.
TRACES = {"django_session", "hostcity_cache"}
#: Fields that no form shows; whoever sends them is not to be heard.
FORGED = {
    "is_superuser": "on", "is_staff": "on", "is_active": "", "password": "x", "id": "1", "pk": "1", "edition": "other",
    "edition_id": "2", "by": "1", "by_id": "1", "public_id": "00000000-0000-0000-0000-000000000000", "is_demo": "on",
    "sessions_ended": "9", "created_at": "2000-01-01", "sha256": "0", "by_code": "P-00000000", "person": "1",
}  # fmt: skip
MATRIX_ACTORS = (*Role, "superuser")
MEMBERS = set(MATRIX_ACTORS)


@pytest.fixture(scope="module")
def world(module_db: None) -> Iterator[World]:
    """Made once; every request is undone. A refusal is answered without the page that says so."""
    with override_settings(ROOT_URLCONF="tests.site.plain_refusals"):
        yield world_with_plan(Path("examples/tiny"))


class Watch:
    """Which tables were written to."""

    def __init__(self) -> None:
        self.tables: Counter[str] = Counter()

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        found = WRITES.match(sql) if isinstance(sql, str) else None
        if found and found.group(1) not in TRACES:
            self.tables[found.group(1)] += 1
        return execute(sql, params, many, context)


@contextmanager
def undone() -> Iterator[Watch]:
    """Whatever happens inside is undone; what was written to is told."""
    rates.KNOWN.forget()
    rates.UNKNOWN.forget()
    watch = Watch()
    with transaction.atomic(), connection.execute_wrapper(watch):
        yield watch
        transaction.set_rollback(True)


def test_every_address_has_its_line():
    rows = Counter([each.name for each in (*ROWS, *OUTSIDE)])
    assert [name for name, times in rows.items() if times > 1] == []
    assert set(rows) == {name for name, _route in addresses()}


def test_every_operation_has_its_line():
    keys = Counter(each.key for each in OPERATIONS)
    assert [key for key, times in keys.items() if times > 1] == []
    assert set(keys) == set(operations())


def test_a_page_stands_for_the_action_of_its_line():
    actions = {name: getattr(view, "action", None) for name, view in views()}
    assert {each.name: each.action for each in ROWS} == {each.name: actions[each.name] for each in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_page_of_an_edition(world, row):
    wrong = []
    for actor in asking(row, row.name):
        for whose in whose_of(row, actor):
            for method in ("GET", "POST") if row.post or row.get is None else ("GET",):
                wrong += problems_of(world, row, actor, whose, method)
    assert wrong == []


def problems_of(world: World, row: Row, actor: str, whose: str, method: str) -> list[str]:
    """What is wrong with one answer."""
    expected = expected_of(row, actor, whose, method)
    path, made = path_of(world, row, actor, whose)
    if not path:
        return []
    body = body_of(row.body, world, actor, made)
    with undone() as watch:
        answer = ask(world, actor, method, path, body)
        seen = contacts_in(world, actor, answer)
    said = f"{actor} {method} {path} ({whose})"
    wrong = []
    if answer.status_code != expected:
        wrong.append(f"{said}: {answer.status_code} instead of {expected}")
    if watch.tables and (method == "GET" or answer.status_code >= 400):
        wrong.append(f"{said}: {answer.status_code}, yet wrote to {dict(watch.tables)}")
    if (
        expected == 302
        and actor == "anonymous"
        and not answer.headers.get("Location", "").startswith("/accounts/login/")
    ):
        wrong.append(f"{said}: is not sent to the sign-in page")
    return [*wrong, *(f"{said}: shows {each}" for each in seen)]


@pytest.mark.parametrize("actor", [each for each in ACTORS if each not in ("superuser", "anonymous")])
def test_a_refusal_is_a_page_of_the_site(world, actor):
    refused = (403, 404)
    row = next(each for each in ROWS if not each.kind and expected_of(each, actor, "others", "GET") in refused)
    path, _made = path_of(world, row, actor, "others")
    with override_settings(ROOT_URLCONF="hostcity.site.urls"), undone() as watch:
        answer = ask(world, actor, "GET", path, None)
    assert answer.status_code in refused
    assert "<h1" in answer.content.decode()
    assert not watch.tables


def expected_of(row: Row, actor: str, whose: str, method: str) -> int:
    """The answer that the matrix says."""
    if actor == "anonymous":
        return 302
    if actor not in MEMBERS:
        return 404
    reach = policy.Reach.EDITION if actor == "superuser" else policy.MATRIX[row.action].get(Role(actor))
    if reach is None:
        return 403
    status = row.get if method == "GET" else row.post
    if status is None:
        return 405
    known = row.but(actor, whose, method)
    if known is not None:
        return known
    if whose == "elsewhere":
        return 404
    return status if not row.kind or reach == policy.Reach.EDITION or whose == "own" else row.unreached


@pytest.mark.parametrize("row", OUTSIDE, ids=lambda row: row.name)
def test_a_page_of_no_edition(world, row):
    path = reverse(row.name, kwargs=row.put(world))
    wrong = []
    for actor in of_each_kind(ACTORS, row.name, place_of):
        place = place_of(actor)
        for method, statuses in (("GET", row.get), ("POST", row.post)):
            if statuses is None:
                continue
            body = body_of(row.body, world, actor, None)
            with undone() as watch:
                answer = ask(world, actor, method, path, body)
                seen = contacts_in(world, actor, answer)
            if answer.status_code != statuses[place]:
                wrong.append(f"{actor} {method} {path}: {answer.status_code} instead of {statuses[place]}")
            if watch.tables and ((method == "GET" and not row.may_write) or answer.status_code >= 400):
                wrong.append(f"{actor} {method} {path}: wrote to {dict(watch.tables)}")
            wrong += [f"{actor} {method} {path}: shows {each}" for each in seen]
    assert wrong == []


@pytest.mark.parametrize("row", OPERATIONS, ids=lambda row: row.key)
def test_an_operation_of_the_api(world, row):
    method = row.key.split()[0]
    wrong = []
    for actor in asking(row, row.key):
        for whose in whose_of(row, actor):
            expected = expected_of_operation(row, actor, whose, method)
            path, made = path_of_operation(world, row, actor, whose)
            if row.kind and made is None:
                continue
            body = body_of(row.body, world, actor, made)
            with undone() as watch:
                answer = ask_api(world, actor, method, path, body)
                seen = contacts_in(world, actor, answer)
            said = f"{actor} {method} {path} ({whose})"
            if answer.status_code != expected:
                wrong.append(f"{said}: {answer.status_code} instead of {expected}: {answer.content[:200]!r}")
            if watch.tables and (method == "GET" or answer.status_code >= 400):
                wrong.append(f"{said}: {answer.status_code}, yet wrote to {dict(watch.tables)}")
            wrong += [f"{said}: shows {each}" for each in seen]
    assert wrong == []


def expected_of_operation(row: Operation, actor: str, whose: str, method: str) -> int:
    """The same for a program."""
    if actor == "anonymous":
        return 401
    if row.action is None:
        known = row.but(actor, whose, method)
        return row.status if known is None else known
    if actor not in MEMBERS:
        return 404
    reach = policy.Reach.EDITION if actor == "superuser" else policy.MATRIX[row.action].get(Role(actor))
    if reach is None:
        return 403
    if whose == "elsewhere":
        return 404
    known = row.but(actor, whose, method)
    if known is not None:
        return known
    return row.status if not row.kind or reach == policy.Reach.EDITION or whose == "own" else row.unreached


@pytest.mark.parametrize("row", [each for each in ROWS if each.post], ids=lambda row: row.name)
def test_a_form_from_elsewhere_is_refused(world, row):
    path, made = path_of(world, row, "superuser", "others")
    body = body_of(row.body, world, "superuser", made)
    with undone() as watch:
        answer = world.clients["superuser"].post(path, body)
    assert (answer.status_code, dict(watch.tables)) == (403, {})


@pytest.mark.parametrize("row", [each for each in ROWS if each.post], ids=lambda row: row.name)
def test_a_form_takes_no_field_that_it_does_not_show(world, row):
    path, made = path_of(world, row, Role.ADMINISTRATOR, "others")
    body = body_of(row.body, world, Role.ADMINISTRATOR, made)
    expected = expected_of(row, Role.ADMINISTRATOR, "others", "POST")
    before = untouchable(world)
    with undone():
        answer = ask(world, Role.ADMINISTRATOR, "POST", path, FORGED | body)
        after = untouchable(world)
    assert answer.status_code == expected
    if row.name not in ("person-deactivate", "person-erase", "person-reactivate"):
        assert after == before
    else:
        assert {name: after[name] for name in ("superusers", "demo", "other")} == {
            name: before[name] for name in ("superusers", "demo", "other")
        }


def untouchable(world: World) -> dict[str, Any]:
    """What no form of an edition's administrator may change."""
    return {
        "superusers": sorted(Person.objects.filter(is_superuser=True).values_list("pk", flat=True)),
        "active": sorted(Person.objects.filter(is_active=True, pk__in=[each.pk for each in world.people.values() if each]).values_list("pk", flat=True)),
        "passwords": sorted(Person.objects.filter(pk__in=[each.pk for each in world.people.values() if each]).values_list("password", flat=True)),
        "demo": list(Edition.objects.filter(is_demo=True).values_list("pk", flat=True)),
        "other": LedgerHead.objects.get(edition=world.other).number,
    }  # fmt: skip


def asking(row: Row | Operation, name: str) -> Sequence[str]:
    """Who tries an address: one of each kind of people."""
    knows_more = row.but is not type(row).__dataclass_fields__["but"].default

    def kind(actor: str) -> Any:
        if actor not in set(Role):
            return "no member" if actor in ("outsider", "nobody") else actor
        if knows_more or row.action is None:
            return actor
        reach = policy.MATRIX[row.action].get(Role(actor))
        return reach and (reach, policy.MATRIX[policy.SEE_CONTACTS].get(Role(actor)))

    return of_each_kind(ACTORS, name, kind)


def place_of(actor: str) -> int:
    """Where the statuses of a page of no edition tell of somebody."""
    return {"anonymous": 0, "superuser": 2}.get(actor, 1)


def whose_of(row: Any, actor: str) -> tuple[str, ...]:
    """Which objects to try: who has no part in the edition may not see any."""
    if not row.kind or actor not in MEMBERS:
        return ("others",)
    return WHOSE if row.has_elsewhere else WHOSE[:2]


def path_of(world: World, row: Row, actor: str, whose: str) -> tuple[str, Any]:
    """The address, and the object in it; "" where nobody could have one."""
    made = world.get(row.kind, whose, actor) if row.kind else None
    if row.kind and made is None:
        return "", None
    more = row.put(made) if made is not None else row.put(world)
    return reverse(row.name, kwargs={"edition": world.fair.code, **more}) + row.query, made


def path_of_operation(world: World, row: Operation, actor: str, whose: str) -> tuple[str, Any]:
    """The address of an operation, and the object in it."""
    made = world.get(row.kind, whose, actor) if row.kind else None
    if row.kind and made is None:
        return "", None
    more = row.put(made) if made is not None else row.put(world)
    path = row.key.split(maxsplit=1)[1].format(**{"edition": world.fair.code, **more})
    return f"/api/v1{path}{more.get('query', row.query)}", made


def body_of(body: Any, world: World, actor: str, made: Any) -> Any:
    """What is sent; values that need the world are made now."""
    if not callable(body):
        return body
    with scopes_disabled():
        return body(world, actor, made)


def ask(world: World, actor: str, method: str, path: str, body: Any) -> Any:
    """A request of a page, as its form sends it."""
    with cookies_kept(world.clients[actor]) as client:
        if method == "GET":
            return client.get(path)
        return client.post(path, {"csrfmiddlewaretoken": CSRF, **body})


def ask_api(world: World, actor: str, method: str, path: str, body: Any) -> Any:
    """A request of the API with the session's cookie."""
    more: dict[str, Any] = {"headers": {"X-CSRFToken": CSRF}}
    if isinstance(body, dict) and "file" in body:
        more |= {"data": encode_multipart(BOUNDARY, body), "content_type": MULTIPART_CONTENT}
    elif body is not None:
        more |= {"data": json.dumps(body, default=str), "content_type": "application/json"}
    with cookies_kept(world.clients[actor]) as client:
        return client.generic(method, path, **more)


@contextmanager
def cookies_kept(client: Client) -> Iterator[Client]:
    """The browser afterwards as before: its rows are undone, so its cookies must be."""
    kept = copy.copy(client.cookies)
    yield client
    client.cookies = kept


def contacts_in(world: World, actor: str, answer: Any) -> list[str]:
    """Phone numbers and mail addresses of others that somebody sees without needing them."""
    if answer.status_code != 200 or (
        "text" not in answer.headers.get("Content-Type", "") and "json" not in answer.headers.get("Content-Type", "")
    ):
        return []
    text = b"".join(answer) if answer.streaming else answer.content
    reached = policy.MATRIX[policy.SEE_CONTACTS].get(Role(actor)) if actor in set(Role) else None
    if actor == "superuser" or reached == policy.Reach.EDITION:
        return []
    me, volunteers = world.people[actor], [world.victim, world.people[Role.VOLUNTEER]]
    hidden = [each for each in (*world.people.values(), world.victim) if each and each != me]
    if actor in set(Role) and Role(actor) in policy.MATRIX[policy.SEE_VOLUNTEER_CONTACTS]:
        hidden = [each for each in hidden if each not in volunteers]
    return [value for each in hidden for value in (each.phone, each.email) if value.encode() in text]


def addresses() -> Iterator[tuple[str, str]]:
    """Name and route of every page."""
    for name, route, _view in _walk(get_resolver().url_patterns):
        if not route.startswith(("api/v1/editions", "api/v1/me")):
            yield name, route


def views() -> Iterator[tuple[str, Any]]:
    """Name and view of every page."""
    for name, _route, view in _walk(get_resolver().url_patterns):
        yield name, view


def _walk(patterns: Any, route: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    for each in patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, here, f"{each.namespace}:" if each.namespace else space)
        else:
            yield f"{space}{each.name}", here, each.callback


def operations() -> Iterator[str]:
    """Method and path of every operation of the API."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method in methods:
            yield f"{method.upper()} {path.removeprefix('/api/v1')}"
