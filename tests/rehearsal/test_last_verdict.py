"""Which rehearsal speaks for the plan, and how first screens say it."""

import re

import pytest
from django.urls import reverse

from hostcity.core.jobs.worker import run_now
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import apply_overrides, read_plan
from hostcity.rehearsal.cards import verdict_on_paper
from hostcity.rehearsal.queries import last_rehearsal
from hostcity.rehearsal.services import repeat_rehearsal
from tests import people
from tests.paper import pages_of
from tests.rehearsal.conftest import TINY

WHAT_IF = ["stations.W-security.lanes=40", "streams.metro.persons*=1.1"]


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def see(director):
    """What a first screen says."""
    browser = people.signed_in(director)

    def it(name="edition-home", language="en"):
        browser.cookies["hostcity_language"] = language
        return text_of(browser.get(reverse(name, kwargs={"edition": "fair"})))

    return it


def test_a_what_if_run_never_speaks_for_the_plan(edition, play, see):
    plain = play(title="As planned")
    play(title="Forty lanes", overrides=WHAT_IF)
    assert last_rehearsal(edition) == plain
    for page in ("edition-home", "wall"):
        said = see(page)
        assert f"As planned (rehearsal {plain.number}) · Of plan number {plain.plan_number}" in said
        assert "plan unchanged since then" in said
        assert "What if" not in said


def test_where_there_are_only_what_if_runs_the_cards_say_so(edition, play, see):
    play(overrides=WHAT_IF)
    for page in ("edition-home", "wall"):
        said = see(page)
        assert "What if: The promise is" in said
        assert "with 2 changes for this rehearsal only: stations.W-security.lanes=40 , streams.metro" in said
        assert "The plan itself has not been rehearsed yet." in said
        assert "plan unchanged" not in said


def test_a_repeat_of_an_older_plan_does_not_take_the_place_of_a_newer(edition, director, play):
    older = play()
    replace_plan(edition=edition, plan=apply_overrides(read_plan(TINY), ["stations.W-security.lanes=5"]), by=None)
    newer = play()
    again = repeat_rehearsal(rehearsal=older, by=director)
    run_now(again.job)
    again.refresh_from_db()
    assert again.is_played
    assert last_rehearsal(edition) == newer


@pytest.mark.parametrize(("language", "once"), [("en", "The promise is kept"), ("zh-hans", "已兑现入场承诺")])
def test_a_verdict_is_said_once(play, see, language, once):
    play()
    said = see(language=language)
    assert said.count(once) == 1
    assert "KEPT" not in said
    assert "兑现 已兑现" not in said


def test_the_calendar_has_the_drills_that_were_held(play, see):
    rehearsal = play(title="As planned")
    for page in ("edition-home", "calendar"):
        assert f"Rehearsal: As planned (rehearsal {rehearsal.number})" in see(page)


def test_the_ledger_says_who_played_it(play, see):
    play()
    assert "the site played a rehearsal: the promise is kept" in see()
    assert "完成一次推演：兑现入场承诺" in see(language="zh-hans")


def test_in_the_brief_a_figure_stands_behind_its_name(edition, play):
    rehearsal = play(title="As planned", overrides=WHAT_IF)
    part = verdict_on_paper({"rehearsal": rehearsal, "changes": 0})
    assert part.is_good is None
    assert [row[:2] for row in part.rows] == [
        (row["what"]["en"], row["took"]["en"]) for row in rehearsal.told["limits"]
    ]
    assert f"Of plan number {rehearsal.plan_number}" in part.lines
    assert any(line.startswith("with 2 changes for this rehearsal only: stations.") for line in part.lines)


def test_the_brief_names_the_plan_and_marks_a_demonstration_on_each_page(edition, director, play):
    rehearsal = play(title="As planned")
    browser = people.signed_in(director)
    assert "DEMO" not in "".join(_pages(browser))
    edition.is_demo = True
    edition.save()
    pages = _pages(browser)
    assert all("DEMO: invented people, nothing here is real" in page for page in pages)
    said = re.sub(r"\s+", " ", " ".join(pages))
    assert f"As planned (rehearsal {rehearsal.number}), played" in said
    assert f"Of plan number {rehearsal.plan_number} · plan unchanged since then" in said
    row = rehearsal.told["limits"][0]
    assert re.search(rf"{re.escape(row['what']['en'])}.* {re.escape(row['took']['en'])}.*promised: ", said)


def _pages(browser):
    return pages_of(browser.get("/e/fair/brief.pdf").content)
