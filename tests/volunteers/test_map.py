"""Posts of a draft on the drawing: marks, their links, and the table that says the same."""

import dataclasses
import json

import pytest
from django_scopes import scope

from hostcity.core.models import Result
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.results import keep_blob, read_blob, take_snapshot
from hostcity.volunteers.kept import SAID
from tests import people
from tests.volunteers import drafts, force

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(edition, coordinator):
    """Two posts report at one node of the small fair, the pool nowhere."""
    plan = force.plan()
    node = plan.nodes[0].code
    posts = tuple(dataclasses.replace(each, node="" if each.is_standby else node) for each in plan.posts)
    plan = plan.replace(posts=posts)
    replace_plan(edition=edition, plan=plan, by=None)
    made = drafts.keep(edition, take_snapshot(edition=edition, by=coordinator), plan)
    return f"/e/fair/volunteers/rosters/{made.pk}/map/"


@pytest.fixture
def browser(coordinator):
    return people.signed_in(coordinator)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_marks_lead_to_cells_and_say_more_than_their_color(browser, path, language):
    answer = browser.get(path, {"day": "D1", "band": "late"}, HTTP_ACCEPT_LANGUAGE=language)
    page = answer.content.decode()
    picture = answer.context["picture"]
    assert picture.count("<a href=") == 2
    assert f'href="{path.replace("map/", "cell/")}?c=0.1.0" class="r5"' in picture
    role = "组长" if language == "zh-hans" else "Leader"
    assert f"! {role}</text>" in picture
    assert (f"缺{role}" if language == "zh-hans" else f"no {role}") in picture
    assert page.count('scope="row"') == 3  # the pool too, which has no place


def test_two_posts_of_one_node_do_not_cover_each_other(browser, path):
    picture = browser.get(path, {"day": "D1", "band": "early"}).context["picture"]
    middles = {part.split('"')[0] for part in picture.split('<circle cx="')[1:]}
    assert len(middles) == 2


def test_unknown_hours_are_the_first(browser, path):
    answer = browser.get(path, {"day": "none", "band": "none", "level": "none"})
    assert (answer.status_code, answer.context["day"], answer.context["band"]) == (200, "D1", "early")


def test_a_draft_that_keeps_no_places_has_its_table(browser, edition, coordinator):
    made = drafts.keep(edition, take_snapshot(edition=edition, by=coordinator))
    said = json.loads(read_blob(made.blobs[SAID]))
    for post in said["posts"]:
        del post["node"]
    made.blobs[SAID] = keep_blob(json.dumps(said).encode()).sha256
    with scope(edition=edition):
        Result.objects.filter(pk=made.pk).update(blobs=made.blobs)
    page = browser.get(f"/e/fair/volunteers/rosters/{made.pk}/map/").content.decode()
    assert "before drafts kept where posts are" in page
    assert "North door" in page
