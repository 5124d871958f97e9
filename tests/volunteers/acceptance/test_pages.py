"""Pages and API of acceptance: the date, one's own answers, who has not answered, publishing with a date."""

import json
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Job
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.results import take_snapshot
from hostcity.volunteers.acceptance import services
from hostcity.volunteers.models import Answer, Deadline
from tests import people
from tests.volunteers import drafts, force
from tests.volunteers.force import shift

pytestmark = pytest.mark.django_db
AT = "/e/fair/volunteers/"
API = "/api/v1/editions/fair/volunteers/"
DUE = datetime.fromisoformat("2026-05-04T12:00:00+08:00")


@pytest.fixture
def asked(edition, coordinator):
    return services.ask_answers(edition=edition, due_at=DUE, version=0, by=coordinator)


def page(who, path, **more):
    answer = people.signed_in(who).get(path, **more)
    assert answer.status_code == 200, path
    return answer.content.decode()


def posted(who, path, given):
    return people.signed_in(who).post(path, given, follow=True).content.decode()


@pytest.mark.parametrize(("language", "word"), [("en", "Answers by"), ("zh-hans", "班次确认")])
def test_pages_are_there_in_both_languages(edition, coordinator, account, asked, language, word):
    assert word in page(coordinator, f"{AT}answers/", HTTP_ACCEPT_LANGUAGE=language)
    page(account("V2"), f"{AT}mine/", HTTP_ACCEPT_LANGUAGE=language)


def test_the_coordinator_asks_moves_the_date_and_takes_it_back(edition, coordinator):
    ask = f"{AT}answers/ask/"
    assert "is told." in posted(coordinator, ask, {"due_at": "2026-05-04T12:00", "version": "0"})
    with scope(edition=edition):
        assert Deadline.objects.get().due_at == DUE, "in the zone of the expo"
    answer = people.signed_in(coordinator).post(ask, {"due_at": "2026-05-04T13:00", "version": "0"})
    assert (answer.status_code, "Somebody changed the date" in answer.content.decode()) == (409, True)
    assert "By then nothing can be answered" in posted(coordinator, ask, {"due_at": "2026-05-01T12:00", "version": "1"})
    assert "nobody is promoted" in posted(coordinator, f"{AT}answers/cancel/", {"version": "1"})
    assert "Nobody is asked now." in page(coordinator, f"{AT}answers/")


def test_a_volunteer_answers_on_the_phone(edition, coordinator, account, asked):
    mine = page(account("V2"), f"{AT}mine/")
    assert "Please answer" in mine
    seat = {"day": "D1", "band": "early"}
    assert "You have declined it" in posted(account("V2"), f"{AT}answers/own/", seat | {"answer": "decline"})
    assert "You have accepted it" in posted(account("V2"), f"{AT}answers/own/", seat | {"answer": "accept"})
    assert "You have accepted it" in posted(account("V3"), f"{AT}answers/own/", {"answer": "all"})
    assert "not asked about" in posted(
        account("V3"), f"{AT}answers/own/", {"day": "D2", "band": "early", "answer": "accept"}
    )
    seen = page(coordinator, f"{AT}answers/")
    assert "no account" in seen
    assert "Kept." in posted(coordinator, f"{AT}answers/for/", seat | {"volunteer": "V1", "answer": "decline"})
    with scope(edition=edition):
        assert dict(Answer.objects.values_list("volunteer", "accepts")) == {"V1": False, "V2": True, "V3": True}


def test_what_came_of_it_is_shown_and_undone(edition, coordinator, account, clock):
    replace_plan(edition=edition, plan=force.plan(shifts=(*force.plan().shifts, shift("V6", post="S1"))), by=None)
    deadline = services.ask_answers(edition=edition, due_at=DUE, version=0, by=coordinator)
    services.accept_shifts(edition=edition, by=account("V6"))
    services.answer_shift(edition=edition, day="D1", band="early", accepts=False, by=account("V2"))
    clock.set("04", "12:00")
    services.promote_reserves(edition=edition, deadline=deadline.pk)
    seen = page(coordinator, f"{AT}answers/")
    assert "V2 → V6" in seen
    assert "Not answered, and stays" in seen
    assert "Undone: everybody" in posted(coordinator, f"{AT}answers/{deadline.pk}/undo/", {})
    assert "Undo the promotion" not in page(coordinator, f"{AT}answers/")


def test_a_date_at_which_nothing_happened_is_told_with_the_reason(edition, coordinator, asked, clock):
    assert "The date is past" not in page(coordinator, f"{AT}answers/")
    clock.set("04", "12:00")
    replace_plan(edition=edition, plan=force.plan(needs=()), by=None)  # no roster can be judged without
    job = run_now(Job.objects.get(kind=services.JOB))
    assert (job.state, job.error["code"]) == ("failed", "swap.plan")
    seen = page(coordinator, f"{AT}answers/")
    assert "The date is past" in seen
    assert "This cannot be judged now." in seen
    replace_plan(edition=edition, plan=force.plan(), by=None)
    again = {"due_at": "2026-05-04T13:00", "version": "1"}
    assert "is told." in posted(coordinator, f"{AT}answers/ask/", again)


def test_publishing_asks_too_or_does_neither(edition, coordinator, planner):
    found = drafts.keep(edition, take_snapshot(edition=edition, by=planner))
    replace_plan(edition=edition, plan=force.plan(shifts=force.plan().shifts[1:]), by=None)
    with scope(edition=edition):
        number = Act.objects.order_by("-number").first().number
    now = f"{AT}rosters/{found.pk}/publish/now/"
    assert people.signed_in(coordinator).post(now, {"number": number, "due_at": "soon"}).status_code == 422
    assert "By then nothing" in posted(coordinator, now, {"number": number, "due_at": "2026-05-01T12:00"})
    with scope(edition=edition):
        assert not Act.objects.filter(number__gt=number).exists(), "neither of both"
    assert "Published." in posted(coordinator, now, {"number": number, "due_at": "2026-05-04T12:00"})
    with scope(edition=edition):
        assert [each.verb for each in Act.objects.filter(number__gt=number).order_by("number")] == [
            "plan.rows",
            "acceptance.ask",
        ]
    assert Job.objects.get(kind=services.JOB).run_after == DUE


def test_queries_do_not_grow_with_shifts(edition, coordinator, account):
    def counts():
        found = []
        for who, path in ((coordinator, "answers/"), (account("V1"), "mine/")):
            browser = people.signed_in(who)
            browser.get(f"{AT}{path}")
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(f"{AT}{path}").status_code == 200
            found.append(len(asked))
        return found

    replace_plan(edition=edition, plan=force.plan(shifts=(shift("V1"),)), by=None)
    services.ask_answers(edition=edition, due_at=DUE, version=0, by=coordinator)
    one = counts()
    shifts = (shift("V1"), shift("V1", day="D2"), shift("V2"), shift("V3", post="P2"))
    replace_plan(edition=edition, plan=force.plan(shifts=shifts), by=None)
    assert counts() == one


def test_by_the_api(edition, coordinator, account, clock):
    def call(who, path, given=None, method="post"):
        browser = people.signed_in(who)
        more = {"content_type": "application/json"}
        answer = getattr(browser, method)(API + path, given, **more) if given is not None else browser.get(API + path)
        return answer.status_code, json.loads(answer.content or "null")

    ask = {"due_at": DUE.isoformat(), "version": 0}
    status, made = call(coordinator, "answers", ask, "put")
    assert (status, made["state"], made["version"]) == (200, "open", 1)
    assert call(coordinator, "answers", {**ask, "due_at": "2026-05-04T12:00:00", "version": 1}, "put")[0] == 422, (
        "of no zone"
    )
    assert [each["accepts"] for each in call(account("V2"), "answers/own")[1]["rows"]] == [None]
    given = {"day": "D1", "band": "early", "accepts": False}
    assert call(account("V2"), "answers/own", given)[1]["rows"][0]["accepts"] is False
    assert call(account("V3"), "answers/own/all", {}) == (200, {"count": 1})
    assert call(coordinator, "answers/for", given | {"volunteer": "V1", "accepts": True}) == (204, None)
    _status, seen = call(coordinator, "answers")
    assert (seen["accepted"], [each["volunteer"] for each in seen["declined"]], [each["volunteer"] for each in seen["silent"]]) == (2, ["V2"], ["V4"])  # fmt: skip
    clock.set("04", "12:00")
    services.promote_reserves(edition=edition, deadline=made["id"])
    last = call(coordinator, "answers")[1]["last"]
    assert (last["taken_off"], last["left"]) == ([["V2", "D1", "early", "P1"]], [["V4", "D1", "late", "P1"]])
    assert call(coordinator, f"answers/{made['id']}/undo", {})[1]["number"] > last["act_number"]
    assert call(coordinator, "answers/cancel", {"version": 0})[1]["code"] == "acceptance.over"
