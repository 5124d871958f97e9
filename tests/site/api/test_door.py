"""The door: who, how often, which edition, which right, what they bring."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pydantic import ValidationError

from hostcity.core import policy
from hostcity.core.api import rates
from hostcity.core.models import Token
from hostcity.core.models.people import Role
from hostcity.core.notices.api import MailChoice
from hostcity.core.people.schemas import PartyChange
from hostcity.core.tokens.services import make_token
from tests import people
from tests.site.api.programs import Program, program

pytestmark = pytest.mark.django_db
TOKENS = "/editions/fair/tokens"
WANTED = {"name": "x", "actions": [policy.SEE_PLAN], "days": 1}


def told(answer, status, code):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert {"type", "title", "status", "detail", "code"} <= set(said)
    assert (said["status"], said["code"]) == (status, code)
    return said


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer hc_wrong", "Basic eDp5", "hc_x", "Bearer \u00ff"])
def test_who_is_not_known(edition, header):
    answer = Client().get(f"/api/v1{TOKENS}", headers={"Authorization": header} if header else {})
    told(answer, 401, "auth.required")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_token_beside_a_good_session_is_nobody(edition, planner):
    browser = people.signed_in(planner)
    told(browser.get(f"/api/v1{TOKENS}", headers={"Authorization": "Bearer hc_x"}), 401, "auth.required")


def test_the_sites_own_pages_use_their_session(edition, planner):
    browser = people.signed_in(planner, enforce_csrf_checks=True)
    assert browser.get(f"/api/v1{TOKENS}").json() == {"rows": [], "next": ""}
    told(browser.post(f"/api/v1{TOKENS}", WANTED, content_type="application/json"), 403, "auth.csrf")
    browser.cookies["csrf"] = "a" * 32
    sent = {"content_type": "application/json", "headers": {"X-CSRFToken": "a" * 32}}
    assert browser.post(f"/api/v1{TOKENS}", WANTED, **sent).status_code == 201
    sent["headers"]["X-CSRFToken"] = "b" * 32
    told(browser.post(f"/api/v1{TOKENS}", WANTED, **sent), 403, "auth.csrf")


def test_a_token_needs_no_csrf(edition, planner):
    _token, secret = make_token(edition=edition, name="x", actions=[policy.OWN_TOKENS], days=1, by=planner)
    caller = Program(secret)
    caller.client = Client(enforce_csrf_checks=True)
    assert caller.post(TOKENS, WANTED | {"actions": [policy.OWN_TOKENS]}).status_code == 201


def test_an_inactive_persons_session_is_nobodys(edition, planner):
    browser = people.signed_in(planner)
    planner.is_active = False
    planner.save()
    told(browser.get(f"/api/v1{TOKENS}"), 401, "auth.required")


@pytest.mark.parametrize("state", ["revoked_at", "expires_at"])
def test_a_token_that_ended(edition, planners, state):
    Token.objects.update(**{state: timezone.now() - timedelta(seconds=1)})
    told(planners.get(TOKENS), 401, "auth.required")


def test_another_edition_is_not_there(edition, planner, planners):
    other = people.edition("other")
    told(planners.get("/editions/other/tokens"), 404, "request.not-found")
    told(planners.get("/editions/none/tokens"), 404, "request.not-found")
    from django_scopes import scope

    from hostcity.core.models import Assignment

    with scope(edition=other):
        Assignment.objects.create(edition=other, person=planner, role=Role.PLANNER)
    told(planners.get("/editions/other/tokens"), 404, "request.not-found")
    assert people.signed_in(planner).get("/api/v1/editions/other/tokens").status_code == 200


def test_an_outsider_learns_nothing(edition):
    outsider = people.signed_in(people.person())
    told(outsider.get(f"/api/v1{TOKENS}"), 404, "request.not-found")
    answer = outsider.post(f"/api/v1{TOKENS}", "nonsense", content_type="application/json")
    told(answer, 404, "request.not-found")


def test_the_matrix_is_asked_before_the_body_is_read(edition):
    visitor = people.signed_in(people.person(Role.VISITOR, edition))
    said = told(visitor.post(f"/api/v1{TOKENS}", "nonsense", content_type="text/plain"), 403, "policy.denied")
    assert policy.OWN_TOKENS in said["detail"]


def test_a_token_opens_its_own_actions_only(edition, planner):
    _token, secret = make_token(edition=edition, name="x", actions=[policy.SEE_PLAN], days=1, by=planner)
    told(Program(secret).get(TOKENS), 403, "policy.denied")


def test_a_token_cannot_make_a_mightier_one(edition, planner):
    weak = program(planner, edition, [policy.SEE_PLAN])
    said = told(weak.post(TOKENS, WANTED | {"actions": [policy.CHANGE_PLAN]}), 422, "token.actions")
    assert policy.CHANGE_PLAN in said["detail"]


def test_too_often(edition, planners, monkeypatch):
    monkeypatch.setattr(rates, "KNOWN", rates.Rate(burst=2, per_s=0.1))
    assert [planners.get(TOKENS).status_code for _each in range(2)] == [200, 200]
    answer = planners.get(TOKENS)
    told(answer, 429, "rate.limit")
    assert 1 <= int(answer["Retry-After"]) <= 10


def test_guessing_is_slowed_by_address(edition, planners):
    for _each in range(rates.UNKNOWN.burst):
        Client().get(f"/api/v1{TOKENS}")
    told(Client().get(f"/api/v1{TOKENS}"), 429, "rate.limit")
    assert planners.get(TOKENS).status_code == 200


def test_kind_and_size_of_a_body(edition, planners):
    path = f"/api/v1{TOKENS}"
    sent = {"headers": planners.headers}
    told(planners.client.post(path, "name=x", content_type="text/plain", **sent), 415, "body.type")
    told(planners.client.post(path, {"name": "x"}, **sent), 415, "body.type")
    told(planners.client.post(path, " " * 300_000, content_type="application/json", **sent), 413, "body.size")


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        (b"{", 400, "body.syntax"),
        (b"\xff\xfe", 400, "body.syntax"),
        (b'{"days": NaN}', 400, "body.syntax"),
        (b'{"days": ' + b"9" * 5000 + b"}", 400, "body.syntax"),
        (b"[" * 100_000, 400, "body.syntax"),
        (b'{"name": "a", "name": "b"}', 400, "body.twice"),
        (b'{"name": "a\\u0000", "actions": ["plan.see"]}', 422, "body.characters"),
        (b'{"name": "a\\ud800", "actions": ["plan.see"]}', 422, "body.characters"),
        (b'{"name": "a\\u202e", "actions": ["plan.see"]}', 422, "body.characters"),
        (b"[]", 422, "request.invalid"),
        (b"null", 422, "request.invalid"),
        (b"", 422, "request.invalid"),
    ],
)
def test_bodies_that_cannot_be(edition, planners, text, status, code):
    answer = planners.client.post(f"/api/v1{TOKENS}", text, content_type="application/json", headers=planners.headers)
    told(answer, status, code)


def test_characters_that_no_text_may_hold_are_told_with_their_places(edition, planners):
    said = told(planners.post(TOKENS, {"name": "a\x7f", "actions": ["\u2066plan.see"]}), 422, "request.several")
    assert [(each["field"], each["code"]) for each in said["problems"]] == [
        ("body.name", "body.characters"), ("body.actions.0", "body.characters"),
    ]  # fmt: skip
    said = told(planners.get(f"{TOKENS}?after=%E2%80%AE"), 422, "body.characters")
    assert said["field"] == "query.after"


def test_fields_that_cannot_be_are_told_all_at_once(edition, planners):
    said = told(planners.post(TOKENS, {"name": "", "days": 400, "sha256": "x", "person": 1}), 422, "request.invalid")
    places = {each["field"]: each["code"] for each in said["problems"]}
    assert places == {
        "body.name": "field.length",
        "body.days": "field.range",
        "body.actions": "field.missing",
        "body.sha256": "field.unknown",
        "body.person": "field.unknown",
    }
    assert all(each["what"] and each["mend"] for each in said["problems"])


def test_parameters_that_cannot_be(edition, planners):
    told(planners.get(f"{TOKENS}?size=0"), 422, "request.invalid")
    told(planners.get(f"{TOKENS}?size=x"), 422, "request.invalid")
    told(planners.get(f"{TOKENS}?after=%00"), 422, "body.characters")
    told(planners.get(f"{TOKENS}?after=nonsense"), 422, "page.cursor")
    told(planners("DELETE", f"{TOKENS}/nonsense"), 422, "request.invalid")
    told(planners.get("/editions/fa%00ir/tokens"), 404, "request.not-found")


def test_addresses_and_methods_that_are_not_there(edition, planners):
    told(planners.get("/nothing"), 404, "request.not-found")
    told(planners.get("/"), 404, "request.not-found")
    told(Client().get("/api/v2/"), 404, "request.not-found")
    answer = planners("PUT", TOKENS, {})
    told(answer, 405, "request.method")
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}


def test_in_the_readers_language(edition, planners):
    english = told(planners.get(f"{TOKENS}?after=x"), 422, "page.cursor")
    chinese = told(planners.get(f"{TOKENS}?after=x", Accept_Language="zh-hans"), 422, "page.cursor")
    assert english["detail"].isascii()
    assert not chinese["detail"].isascii()
    said = planners.post(TOKENS, {"x": 1}, Accept_Language="zh-hans").json()
    assert not any(each["what"].isascii() for each in said["problems"])


def test_etags(edition, planners):
    planners.get(TOKENS)
    first = planners.get(TOKENS)
    assert planners.get(TOKENS, If_None_Match=first["ETag"]).status_code == 304
    assert planners.get(TOKENS, If_None_Match='"other"').status_code == 200
    planners.post(TOKENS, WANTED)
    assert planners.get(TOKENS, If_None_Match=first["ETag"]).status_code == 200
    assert "private" in first["Cache-Control"]


def test_last_use_is_noted_once_an_hour_after_the_answer(edition, planners):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as told_queries:
        assert planners.get(TOKENS).status_code == 200
    assert [each["sql"].split()[0] for each in told_queries].count("UPDATE") == 1
    assert told_queries[-1]["sql"].startswith("UPDATE")
    noted = Token.objects.get().last_used_at
    assert noted is not None
    with CaptureQueriesContext(connection) as told_queries:
        planners.get(TOKENS)
    assert not any(each["sql"].startswith("UPDATE") for each in told_queries)
    Token.objects.update(last_used_at=noted - timedelta(hours=2))
    planners.get(TOKENS)
    assert Token.objects.get().last_used_at >= noted


@pytest.mark.parametrize("count", [1, 50])
def test_a_page_of_a_list_costs_few_queries(edition, planner, planners, count, django_assert_max_num_queries):
    for _each in range(count - 1):
        Token.objects.create(
            person=planner, edition=edition, name="x", prefix="hc_", sha256=str(_each), expires_at=timezone.now()
        )
    planners.get(TOKENS)
    with django_assert_max_num_queries(4):
        assert len(planners.get(TOKENS).json()["rows"]) == count


def test_pages_of_a_list(edition, planner, planners):
    for number in range(6):
        make_token(edition=edition, name=f"n{number}", actions=[policy.SEE_PLAN], days=1, by=planner)
    names, after = [], ""
    for _each in range(9):
        page = planners.get(f"{TOKENS}?size=3&after={after}").json()
        names += [each["name"] for each in page["rows"]]
        after = page["next"]
        if not after:
            break
    assert names == ["n5", "n4", "n3", "n2", "n1", "n0", "program"]


def test_a_busy_database_and_a_fault(edition, planners, monkeypatch):
    from django.db import OperationalError

    from hostcity.core.tokens import queries

    def busy(*_arguments):
        raise OperationalError("database is locked")

    monkeypatch.setattr(queries, "tokens_of", busy)
    answer = planners.get(TOKENS)
    told(answer, 503, "site.busy")
    assert answer["Retry-After"] == "1"

    def fault(*_arguments):
        raise KeyError("secret of the house")

    monkeypatch.setattr(queries, "tokens_of", fault)
    said = told(planners.get(TOKENS), 500, "site.fault")
    assert "secret" not in str(said)


@pytest.mark.parametrize("days", ["1", True, 1.5])
def test_what_is_no_number_is_not_read_as_one(edition, planners, days):
    told(planners.post(TOKENS, WANTED | {"days": days}), 422, "request.invalid")


@pytest.mark.parametrize("version", ["1", 1.5, True])
def test_a_version_is_a_number(version):
    with pytest.raises(ValidationError):
        PartyChange(version=version)
    assert PartyChange(version=1).version == 1


def test_yes_is_no_text():
    with pytest.raises(ValidationError):
        MailChoice(wants_mail="yes")
    assert MailChoice(wants_mail=True).wants_mail
