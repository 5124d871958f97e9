"""The pages of tokens."""

import re

import pytest

from hostcity.core import policy
from hostcity.core.models import Token
from hostcity.core.models.people import Role
from hostcity.core.tokens.queries import person_of_token
from hostcity.core.tokens.services import make_token
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return people.edition()


@pytest.fixture
def planner(edition):
    return people.person(Role.PLANNER, edition)


def test_a_token_is_made_shown_once_and_revoked(edition, planner):
    browser = people.signed_in(planner)
    assert "none yet" in browser.get("/e/fair/tokens/").content.decode()
    wanted = {"name": "roster <b>", "actions": [policy.SEE_PLAN], "days": 30}
    answer = browser.post("/e/fair/tokens/new/", wanted)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    secret = re.search(r"hc_[\w-]{43}", answer.content.decode())[0]
    assert person_of_token(secret) == planner
    page = browser.get("/e/fair/tokens/").content.decode()
    assert secret not in page
    assert secret[:10] in page
    assert "roster &lt;b&gt;" in page
    token = Token.objects.get()
    assert browser.get(f"/e/fair/tokens/{token.public_id}/revoke/").status_code == 405
    answer = browser.post(f"/e/fair/tokens/{token.public_id}/revoke/", follow=True)
    assert "opens nothing" in answer.content.decode()
    assert person_of_token(secret) is None


def test_what_is_wrong_is_said_in_the_form(edition, planner):
    browser = people.signed_in(planner)
    answer = browser.post("/e/fair/tokens/new/", {"name": "x", "actions": [policy.CHANGE_EDITION], "days": 400})
    assert answer.status_code == 422
    assert {"actions", "days"} == set(answer.context["form"].errors)
    assert not Token.objects.exists()


def test_anothers_token_is_not_there(edition, planner):
    token, _secret = make_token(edition=edition, name="x", actions=[policy.SEE_PLAN], days=1, by=planner)
    other = people.signed_in(people.person(Role.ADMINISTRATOR, edition))
    assert other.post(f"/e/fair/tokens/{token.public_id}/revoke/").status_code == 404
    assert people.signed_in(people.person(Role.VISITOR, edition)).get("/e/fair/tokens/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(edition, planner, count, django_assert_max_num_queries):
    for _each in range(count):
        make_token(edition=edition, name="x", actions=[policy.SEE_PLAN], days=1, by=planner)
    browser = people.signed_in(planner)
    with django_assert_max_num_queries(8):
        assert browser.get("/e/fair/tokens/").status_code == 200


def test_in_chinese(edition, planner):
    make_token(edition=edition, name="x", actions=[policy.SEE_PLAN], days=1, by=planner)
    browser = people.signed_in(planner, headers={"Accept-Language": "zh-hans"})
    for path in ("tokens/", "tokens/new/"):
        page = browser.get(f"/e/fair/{path}").content.decode()
        assert "令牌" in page
        assert "Revoke" not in page
