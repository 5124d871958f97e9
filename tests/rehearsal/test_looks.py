"""Looks through the microscope on the site: played by the worker as the study plays it, told, taken over, refused."""

import dataclasses
import gzip
import importlib.util
import io
import zipfile

import pytest
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Notice
from hostcity.core.models.people import Role
from hostcity.core.results import plan_of_snapshot
from hostcity.plan import read_plan
from hostcity.rehearsal.looks import services
from hostcity.rehearsal.looks.places import places_of
from hostcity.rehearsal.looks.queries import look_in_full, looks
from hostcity.rehearsal.looks.services import cancel_look, start_look
from hostcity.rehearsal.models import Look, Rehearsal
from hostcity.rehearsal.services import start_rehearsal
from hostcity.report.microscope_data import microscope_data
from hostcity.studies.microscope import asked_of, look_at
from tests import people
from tests.rehearsal.conftest import TINY
from tests.rehearsal.test_advice_pages import hidden
from tests.rehearsal.test_pages import MOST_QUERIES, at, queries_of, text_of

ASKED = {"at": "security", "starts": "09:30", "minutes": 1, "trials": 0}
micro = pytest.mark.skipif(
    not services.is_there(),
    reason="hostcity[micro] is not installed: there are no wheels of JuPedSim for every machine",
)


@pytest.fixture
def day(play):
    return play()


@pytest.fixture
def browser(director):
    return people.signed_in(director)


def new(rehearsal):
    return f"{at('rehearsal', rehearsal)}looks/new/"


@micro
def test_a_look_shows_what_the_study_shows(day, director, browser):
    look = start_look(rehearsal=day, by=director, **ASKED)
    run_now(look.job)
    look = look_in_full(day.edition, director, look.public_id)
    plan = plan_of_snapshot(day.snapshot)
    seen = look_at(plan, asked_of(plan, "security", "09:30", 1), seed=day.seed, trials=0)
    summary = look.result.summary
    assert {name: value for name, value in summary.items() if name != "said"} == microscope_data(seen)
    page = browser.get(at("look", look))
    said = text_of(page)
    assert "of the day that was rehearsed, played again from its snapshot and seed" in said
    for row in summary["said"]["rows"]:
        assert f"{row['name']['en']} {row['day']} {row['plane']}" in said
    replay = browser.get(f"{at('look', look)}page/?language=en")
    assert replay["Content-Security-Policy"] == f"{summary['said']['policy']}; frame-ancestors 'self'"
    content = gzip.decompress(replay.content) if replay.get("Content-Encoding") else replay.content
    assert b'id="crowd"' in content
    archive = zipfile.ZipFile(io.BytesIO(browser.get(f"{at('look', look)}files/").content))
    assert set(archive.namelist()) >= {"index.html", "picture-en.svg", "picture-zh.svg", "trajectories.npz"}
    assert look.found["place"]["en"] in text_of(browser.get(at("rehearsal", day)))
    assert [act.verb for act in Act.objects.filter(subject_kind="look").order_by("number")] == [
        "look.start",
        "look.end",
    ]
    assert Notice.objects.get(kind="look.ended").path == at("look", look)


@micro
def test_what_an_opening_lets_through_is_taken_over_with_one_button(play, director, browser):
    day = play(overrides=["links.door1.door_m=6"])
    look = start_look(rehearsal=day, by=director, **ASKED)
    run_now(look.job)
    look = look_in_full(day.edition, director, look.public_id)
    change = "links.door1.door_m=4.9"
    offer = {"link": "door1", "change": change}
    look.result.summary |= {"offer": offer}
    look.result.summary["said"] |= {"tried": {"en": "tried", "zh": "x"}, "offered": {"en": "offered", "zh": "x"}}
    type(look.result).objects.filter(pk=look.result.pk).update(summary=look.result.summary)
    given = hidden(browser.get(at("look", look)).content.decode(), at("rehearsal-start"))
    browser.post(at("rehearsal-start"), given)
    rehearsal = Rehearsal.objects.latest("pk")
    assert rehearsal.overrides == ["links.door1.door_m=6", change]
    assert rehearsal.seed == day.seed


@micro
def test_what_is_wrong_with_place_and_time_is_the_jobs_error(day, director, browser):
    for given, code in (
        ({"at": "nowhere"}, "microscope.at.unknown"), ({"starts": "noon"}, "microscope.from.form"),
        ({"starts": "03:00"}, "microscope.from.clock"),
    ):  # fmt: skip
        look = start_look(rehearsal=day, by=director, **ASKED | given)
        run_now(look.job)
        look.job.refresh_from_db()
        assert [each["code"] for each in look.job.error["problems"]] == [code]
        assert look_in_full(day.edition, director, look.public_id).result is None
        again = f"{new(day)}?again={look.public_id}"
        assert again in browser.get(at("look", look)).content.decode()
        assert f'value="{look.starts}"' in browser.get(again).content.decode()


@micro
def test_what_cannot_be_asked_is_refused_and_nothing_is_started(edition, day, director, browser):
    for given, code in (
        ({"at": " "}, "look.at"), ({"at": "x" * 81}, "look.at"), ({"starts": ""}, "look.starts"), ({"minutes": 0}, "look.minutes"),
        ({"minutes": 16}, "look.minutes"), ({"trials": 11}, "look.trials"),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            start_look(rehearsal=day, by=director, **ASKED | given)
        assert (caught.value.code, f"look.{caught.value.field}") == (code, code)
    waiting = start_rehearsal(edition=edition, by=director)
    with pytest.raises(Refused) as caught:
        start_look(rehearsal=waiting, by=director, **ASKED)
    assert caught.value.code == "look.rehearsal"
    assert browser.get(new(waiting)).status_code == 404
    answer = browser.post(new(day), {"starts": "09:30", "minutes": "1", "trials": "0"})
    assert answer.status_code == 422
    assert 'id="id_place_error"' in answer.content.decode()
    assert not Look.objects.exists()


def test_without_the_extra_the_page_says_what_to_install_and_nothing_is_started(day, director, browser, monkeypatch):
    there = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "jupedsim" else there(name, *more)
    )
    assert "pip install &#x27;hostcity[micro]&#x27;" in browser.get(new(day)).content.decode()
    answer = browser.post(new(day), ASKED)
    assert answer.status_code == 422
    assert "The microscope is not installed with this site" in text_of(answer)
    assert not Look.objects.exists()


@micro
def test_who_may_not_start_is_offered_nothing(day, director):
    look = start_look(rehearsal=day, by=director, **ASKED)
    duty = people.person(Role.DUTY_OFFICER, day.edition)
    browser = people.signed_in(duty)
    assert (
        new(day)
        not in browser.get(at("rehearsal", day)).content.decode() + browser.get(at("look", look)).content.decode()
    )
    assert browser.get(new(day)).status_code == 403
    with pytest.raises(NotAllowed):
        start_look(rehearsal=day, by=duty, **ASKED)
    cancel_look(look=look, by=director)
    assert look_in_full(day.edition, director, look.public_id).state == "cancelled"


@micro
def test_looks_of_a_day_take_the_same_queries_whatever_their_number(day, director, browser):
    start_look(rehearsal=day, by=director, **ASKED)
    of_one = queries_of(browser, at("rehearsal", day))
    for minutes in (2, 3):
        start_look(rehearsal=day, by=director, **ASKED | {"minutes": minutes})
    assert queries_of(browser, at("rehearsal", day)) == of_one <= MOST_QUERIES + 2
    with scope(edition=day.edition):
        assert looks(day.edition, director).count() == 3


def test_places_are_gate_plazas_hall_exits_and_crossings_the_fullest_first():
    plan = read_plan(TINY)
    (_, gates), (_, exits), (_, crossings) = places_of(plan, {"links_worst": [{"code": "ramp", "peak_per_m2": 1.0}]})
    assert [each.at for each in gates] == ["nodes.security", "nodes.badge"]
    assert [each.at for each in exits] == ["links.door1", "links.stairs", "links.ramp"]
    assert [each.at for each in crossings] == ["nodes.east", "nodes.H2-a"]
    bare = dataclasses.replace(plan.areas[0], name_en="", name_zh="")
    assert places_of(plan.replace(areas=(bare, *plan.areas[1:])), {})[0][1]
