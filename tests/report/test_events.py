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
        "lift": (
            "Door, Hall 1 (back-door)",
            "out of service; no walkway has its code, so nobody's way changes on this day",
        ),
        "bolt": ("Door, Hall 1 – Plaza (aisle1)", "out of service: nobody passes it"),
    }


def test_an_evacuation_says_how_long_it_took_or_that_it_did_not():
    rehearsal = eventful_rehearsal()
    told = {each.figure.code: each for each in events_of(rehearsal)}
    day = rehearsal.day
    persons = day.evacuation_persons[0]
    seconds = 10 * int((persons == 0).argmax())
    at = int((12 * HOUR_S - day.clock_start_s) // 60)
    area = day.area_persons[day.area_codes.index("H1")]
    assert told["alarm"].figure.clearance.persons_before == persons[0] == area[at - 1] > 0
    assert told["alarm"].out_all == Both(f"{seconds / 60:.1f} min", f"{seconds / 60:.1f} 分钟")
    assert told["alarm"].curve.marks[-1] == (
        round(100 * seconds / (10 * (len(told["alarm"].figure.clearance.persons) - 1)), 2),
        "100 %",
    )
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
    alarm = rehearsal.figures.events[list(events).index("alarm")].clearance
    assert events["alarm"]["clearance"]["out_all_s"] == alarm.out_all_s
    assert events["alarm"]["clearance"]["persons"] == list(alarm.persons)
    assert events["brief"]["clearance"]["out_all_s"] is None
    assert events["slow"]["clearance"] is said["cleared"] is None
    page = write_report(rehearsal, tmp_path / "report")
    with (page.parent / "csv" / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    assert rows["alarm"]["inside before [persons]"] == str(alarm.persons_before)
    assert rows["brief"]["all out after [s]"] == ""
    assert rows["aside"]["to"] == "metro"
    with (page.parent / "csv" / "clearances.csv").open(encoding="utf-8-sig", newline="") as file:
        left = [int(row["left inside [persons]"]) for row in csv.DictReader(file) if row["event"] == "alarm"]
    assert left == list(alarm.persons)
    with (page.parent / "csv" / "exits.csv").open(encoding="utf-8-sig", newline="") as file:
        used = [
            (row["link"], int(row["left by it [persons]"])) for row in csv.DictReader(file) if row["event"] == "alarm"
        ]
    assert used == list(alarm.exits)
