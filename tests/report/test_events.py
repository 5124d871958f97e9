"""Events of the day: in words, on the page, for programs and for spreadsheets."""

import csv
import dataclasses
import json
from pathlib import Path

import jsonschema

from hostcity.plan.rows import ACTIONS
from hostcity.report import summary, write_report
from hostcity.report.events import events_of
from hostcity.report.page import page_of
from hostcity.report.words import Both
from tests.rehearsals import EVENTS, HOUR_S, eventful_rehearsal, small_rehearsal
from tests.report.test_page import unpack_page

SCHEMA = json.loads((Path(__file__).parents[2] / "src/hostcity/report/summary.schema.json").read_text())


def test_every_action_is_told_with_its_target():
    told = {each.figure.code: (each.target.en, each.what.en) for each in events_of(eventful_rehearsal())}
    assert {each.action for each in EVENTS} == set(ACTIONS)
    assert told == {
        "open": ("Security, West (W-security)", "4 lanes open"),
        "slow": ("Badge check, West (W-badge)", "every service takes 1.5 times as long"),
        "off": ("Catering, Plaza (food)", "fails: no lane serves"),
        "tight": ("Level walkway, Plaza (plaza)", "75 % of its width is left"),
        "shut": ("Level walkway, Plaza – Hall 1 (door1)", "closed: nobody enters it"),
        "late": ("Coaches", "comes 10 minutes later"),
        "aside": ("Coaches", "its arrival point is closed; its people come with: Metro"),
        "hint": ("Metro", "50 % of its people follow the advice to use: West"),
        "alarm": ("Hall 1", "evacuated: people leave, and nobody enters while it lasts"),
        "brief": ("Hall 2", "evacuated: people leave, and nobody enters while it lasts"),
        "rest": ("Level walkway, Plaza (plaza)", "90 % of its width is left"),
    }


def test_an_evacuation_says_how_long_it_took_or_that_it_did_not():
    rehearsal = eventful_rehearsal()
    told = {each.figure.code: each for each in events_of(rehearsal)}
    day = rehearsal.day
    persons = day.area_persons[day.area_codes.index("H1")]
    at = int((12 * HOUR_S - day.clock_start_s) // 60)
    minutes = int((persons[at:] == 0).argmax()) + 1
    assert told["alarm"].figure.persons_before == persons[at - 1] > 0
    assert told["alarm"].out_all == Both(f"{minutes}.0 min", f"{minutes}.0 分钟")
    assert told["brief"].out_all.en == "not while it was closed"
    assert told["slow"].out_all is None


def test_the_page_lists_them_and_a_day_without_has_no_such_section():
    page = page_of(eventful_rehearsal())
    assert page.index('id="verdict"') < page.index('id="events"') < page.index('id="play"')
    assert "not while it was closed" in page
    head, _ = unpack_page(page)
    assert [each["from_s"] for each in head["events"]] == sorted(each.starts_at for each in EVENTS)
    assert head["events"][-1]["to_s"] == eventful_rehearsal().day.clock_end_s
    slow = page_of(small_rehearsal())
    assert "every service takes 1.5 times as long" in slow
    assert "95 of 100 out after" not in slow
    rehearsal = small_rehearsal()
    none = dataclasses.replace(rehearsal, figures=dataclasses.replace(rehearsal.figures, events=()))
    assert 'id="events"' not in page_of(none)
    assert 'href="#events"' not in page_of(none)


def test_programs_and_spreadsheets_read_them(tmp_path):
    rehearsal = eventful_rehearsal()
    said = summary(rehearsal)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(said, allow_nan=False)))
    events = {each["code"]: each for each in said["events"]}
    assert list(events) == [each.code for each in rehearsal.figures.events]
    assert (events["aside"]["to"], events["late"]["value"], events["rest"]["ends_at"]) == (["metro"], 600.0, None)
    assert events["alarm"]["out_all_s"] == rehearsal.figures.events[list(events).index("alarm")].out_all_s
    assert events["brief"]["out_95_s"] is None
    page = write_report(rehearsal, tmp_path / "report")
    with (page.parent / "csv" / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    assert rows["alarm"]["inside before [persons]"] == str(events["alarm"]["persons_before"])
    assert rows["brief"]["all out after [s]"] == ""
    assert rows["aside"]["streams or gates"] == "metro"
