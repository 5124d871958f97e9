"""Changes of a draft are tried, and kept for the next one."""

from dataclasses import replace

import pytest
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused, Several
from hostcity.core.models import Act, Job
from hostcity.core.models.people import Role
from hostcity.core.results import take_snapshot
from hostcity.engines.rosters import check, risk, score
from hostcity.volunteers.drafts import draft_of
from hostcity.volunteers.models import Pin
from hostcity.volunteers.services import lock_seat
from hostcity.volunteers.whatif.asking import Asked
from hostcity.volunteers.whatif.services import KEEP, keep_changes
from hostcity.volunteers.whatif.trying import edits_of, problem_then, try_changes
from tests import people
from tests.volunteers import drafts

pytestmark = pytest.mark.django_db
ALL = Asked(
    moves=[("V1", "D1", "late", "P2"), ("V3", "D1", "early", ""), ("V4", "D1", "early", "P1")], absent=[("V2", "D1")],
    closed=[("D1", "early", "P1")], needs=[("D2", "late", "P2", 3)],
)  # fmt: skip


@pytest.fixture
def made(edition, coordinator):
    return drafts.keep(edition, take_snapshot(edition=edition, by=coordinator))


@pytest.fixture
def browser(coordinator):
    return people.signed_in(coordinator)


def test_what_would_be_is_what_judging_it_whole_says(made):
    asked = replace(ALL, moves=ALL.moves[:2])
    draft, told = draft_of(made), try_changes(made, asked)
    then, after = problem_then(draft, asked), draft.made.post_of.copy()
    for seat, post in edits_of(draft, asked).items():
        after[seat] = post
    judged = score(then, after, draft.made.homes)
    assert told.objective.now == pytest.approx(judged.objective)
    assert told.objective.change == pytest.approx(sum(each.change for each in told.terms), abs=1e-3)
    assert told.violations == (len(check(draft.problem, draft.made.post_of)), len(check(then, after)))
    short = risk(then, after)[0].max(axis=0)
    for each in told.cells:
        assert each.short[1] == pytest.approx(float(short[tuple(int(at) for at in each.key.split("."))]))
    moved = {(each.volunteer, each.day, each.band, each.was, each.now) for each in told.seats}
    assert moved == {
        ("V1", "First day", "Morning", "North door", ""), ("V1", "First day", "Afternoon", "", "Help desk"),
        ("V2", "First day", "Morning", "North door", ""), ("V3", "First day", "Morning", "Help desk", ""),
    }  # fmt: skip


def test_a_broken_rule_is_named_with_its_person(made):
    told = try_changes(made, Asked(moves=[("V4", "D1", "early", "P1")]))
    assert [(each.rule, each.volunteer) for each in told.broken] == [("lock", "V4")]
    assert told.violations[1] == told.violations[0] + 1


def test_all_that_is_wrong_is_told_at_once(made):
    asked = Asked(
        moves=[("V1", "D1", "early", "P1"), ("V1", "D1", "early", "P2"), ("V99", "D1", "early", "P1"), ("V2", "D1", "late", "P2")],
        absent=[("V2", "D1")], closed=[("D1", "early", "P1")], needs=[("D1", "early", "P1", 0)],
    )  # fmt: skip
    with pytest.raises(Several) as refused:
        try_changes(made, asked)
    assert {each.code for each in refused.value.refusals} == {
        "what_if.unknown", "what_if.twice", "what_if.away_and_moved", "what_if.closed_and_moved", "what_if.closed_and_needed", "what_if.heads",
    }  # fmt: skip
    with pytest.raises(Refused, match=r"what_if\.nothing"):
        try_changes(made, Asked())
    with pytest.raises(Refused, match=r"what_if\.too_many"):
        try_changes(made, Asked(absent=[("V1", "D1")] * 101))


def test_what_is_kept_is_locked_in_one_act_and_a_draft_is_made(edition, made, coordinator):
    asked = Asked(moves=[("V5", "D2", "late", "P2")], absent=[("V6", "D1")], needs=[("D2", "late", "P2", 3)])
    job = keep_changes(edition=edition, result=made, asked=asked, by=coordinator)
    wanted = [["V5", "D2", "late", "P2"], ["V6", "D1", "early", ""], ["V6", "D1", "late", ""]]
    assert job.arguments["pins"] == wanted
    with scope(edition=edition):
        rows = Pin.objects.order_by("volunteer", "day", "band").values_list("volunteer", "day", "band", "post")
        assert [list(each) for each in rows] == wanted
    assert keep_changes(edition=edition, result=made, asked=asked, by=coordinator).pk == job.pk
    with scope(edition=edition):
        assert Act.objects.get(verb=KEEP).body == {"result": made.pk, "seats": 3}


def test_a_lock_of_somebody_else_is_not_written_over(edition, made, coordinator):
    lock_seat(edition=edition, volunteer="V5", day="D2", band="late", post="P1", by=coordinator)
    with pytest.raises(Refused, match=r"what_if\.locked_otherwise"):
        keep_changes(
            edition=edition, result=made, asked=Asked(moves=[("V5", "D2", "late", "P2"), ("V6", "D2", "late", "P2")]), by=coordinator
        )  # fmt: skip
    with scope(edition=edition):
        assert [each.volunteer for each in Pin.objects.all()] == ["V5"]
    assert not Job.objects.exists()


def test_only_seats_are_kept_and_only_by_coordinators(edition, made, coordinator):
    closed = Asked(closed=[("D1", "early", "P1")])
    with pytest.raises(Refused, match=r"what_if\.no_seats"):
        keep_changes(edition=edition, result=made, asked=closed, by=coordinator)
    with pytest.raises(NotAllowed):
        keep_changes(edition=edition, result=made, asked=ALL, by=people.person(Role.PLANNER, edition))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_shows_what_would_be(browser, made, language):
    path = f"/e/fair/volunteers/rosters/{made.pk}/what-if/"
    assert browser.get(path, HTTP_ACCEPT_LANGUAGE=language).status_code == 200
    query = {
        "moves": "V1 D1 late P2\nV3，D1，early，-",
        "absent": "V2 D1",
        "closed": "D1 early P1",
        "needs": "D2 late P2 3",
    }
    answer = browser.get(path, query, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200
    assert ("目标值" if language == "zh-hans" else "the objective") in answer.content.decode()
    assert len(answer.context["told"].seats) == 4


def test_lines_that_cannot_be_read_are_numbered(browser, made):
    path = f"/e/fair/volunteers/rosters/{made.pk}/what-if/"
    answer = browser.get(path, {"moves": "V1 D1\n\nV1 D1 early P2 more", "needs": "D1 early P1 many"})
    assert answer.status_code == 422
    assert "These lines cannot be read: 1, 3." in answer.content.decode()
    assert browser.get(path, {"needs": "D1 early P1 many"}).status_code == 422


def test_keeping_by_a_button(browser, made):
    path = f"/e/fair/volunteers/rosters/{made.pk}/what-if/keep/"
    assert browser.post(path, {"moves": "V5 D2 late P2"})["Location"] == "/e/fair/volunteers/"
    assert Job.objects.get().arguments["pins"] == [["V5", "D2", "late", "P2"]]
    assert browser.post(path, {"closed": "D1 early P1"}).status_code == 422
