"""What a page says when its act is refused, stale, or the database is busy; and that a fault stays a fault."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from hostcity.core.errors import Refused, Stale
from hostcity.core.refusals import answer_of
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of():
    def make(who=None):
        request = RequestFactory().post("/e/fair/plan/")
        request.user = who or people.person()
        return request

    return make


def test_a_refusal_says_what_and_how_to_mend_it(request_of):
    answer = answer_of(request_of(), Refused("gates.lanes", "Gate <W> has no lane.", "Give it one."))
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Gate &lt;W&gt; has no lane." in said
    assert "Give it one." in said
    assert "gates.lanes" in said


def test_a_stale_version_shows_both_values(request_of):
    error = Stale("row.stale", "It was changed.", "Look.", diff=[("lanes", 4, 6), ("name", None, "W")], version=3)
    answer = answer_of(request_of(), error)
    assert answer.status_code == 409
    assert '<th scope="row">lanes</th><td>4</td><td>6</td>' in answer.content.decode()
    assert '<th scope="row">name</th><td></td><td>W</td>' in answer.content.decode()


@pytest.mark.parametrize("said", ["database is locked", "canceling statement due to lock timeout"])
def test_a_busy_database_asks_to_come_again(request_of, said):
    answer = answer_of(request_of(), OperationalError(said))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_a_fault_of_ours_is_not_dressed_up(request_of):
    assert answer_of(request_of(), OperationalError("no such table: core_act")) is None
    assert answer_of(request_of(), ValueError("x")) is None


@pytest.mark.parametrize("name", ["400", "500", "503", "403_csrf"])
@pytest.mark.parametrize(("language", "lang"), [("en", "en"), ("zh-hans", "zh-Hans")])
def test_pages_of_faults_need_nothing_but_themselves(name, language, lang):
    with translation.override(language):
        page = render_to_string(f"{name}.html")
    assert f'<html lang="{lang}">' in page
    assert page.count("<h1>") == 1
    assert "{" not in page
