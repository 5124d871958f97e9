"""Codes and places are looked up by the server as one types, however many there are."""

import re

import pytest
from django_scopes import scope

from hostcity.core.models import PlanRow
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from tests import people
from tests.fairs import small_fair

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner():
    fair = people.edition()
    who = people.person(Role.PLANNER, fair)
    replace_plan(edition=fair, plan=small_fair(), by=who)
    with scope(edition=fair):
        body = PlanRow.objects.filter(sheet="nodes").first().body
        PlanRow.objects.bulk_create(
            PlanRow(edition=fair, sheet="nodes", key=f"n-{n}", position=100 + n, body=body | {"code": f"n-{n}", "name_zh": f"节点{n}"})
            for n in range(1500)
        )  # fmt: skip
    return people.signed_in(who)


def found(client, query):
    return re.findall(r'data-value="([^"]+)"', client.get(f"/e/fair/plan/codes/?{query}").content.decode())


def test_the_last_of_many_codes_is_found_by_code_and_by_name(planner):
    assert found(planner, "of=nodes&q=n-1499") == ["n-1499"]
    assert found(planner, "of=nodes&q=节点1499") == ["n-1499"]
    assert len(found(planner, "of=nodes&q=n-1")) == 20
    assert found(planner, "of=nodes&q=nothing-like-it") == []
    assert found(planner, "of=people&q=n-1") == []


def test_what_begins_with_the_text_comes_first(planner):
    assert found(planner, "of=nodes&q=n-14")[0] == "n-14"


def test_a_profile_is_offered_once(planner):
    offered = found(planner, "of=profiles&q=")
    assert offered
    assert len(offered) == len(set(offered))


def test_a_form_lists_few_codes_and_looks_many_up(planner):
    page = planner.get("/e/fair/plan/sheets/links/add/").content.decode()
    assert re.search(r'<input[^>]*hx-get="/e/fair/plan/codes/\?of=nodes"[^>]*role="combobox"', page)
    assert re.search(r'<select name="row-kind"', page)
    assert "n-1499" not in page
