"""The color of a task by rule, each reason alone."""

import dataclasses
import datetime

import pytest

from hostcity.plan.rows import TaskLink
from hostcity.studies.readiness import (
    Chance,
    Progress,
    Status,
    Watermelon,
    date_network,
    date_tasks,
    held_by,
    judge,
    standing,
    waiting_counts,
    watermelon,
    without_dates,
)
from tests.plan.preparations import READY, TEST, WIRE, prepared

# By the plan wire is worked on from 20 to 23 April; test waits a day for it, and for its site, which is open on the make-up day of 9 May and from 11 to 16 May.
WHOLE = dataclasses.replace(TEST, evidence="none", accepted_by="build")
END = dataclasses.replace(READY, accepted_by="police")
TASKS = (WIRE, WHOLE, END)


def day(text):
    return datetime.date.fromisoformat(f"2026-{text}")


def judged(today, at=0, tasks=TASKS, chance=None, **told):
    plan = prepared(tasks=tasks)
    dated = date_tasks(plan)
    progress = Progress(**told)
    now = date_network(standing(dated.network, {tasks[at].code: progress}, day(today)))
    return judge(dated.tasks[at], now.tasks[at], progress, clock=dated.network.clock, today=day(today), opens=dated.opens, chance=chance)  # fmt: skip


def codes(status):
    return status.color.value, [each.code for each in status.reasons]


@pytest.mark.parametrize(
    ("today", "told", "found"),
    [
        ("04-20", {}, ("green", ["begins"])),
        ("04-21", {}, ("amber", ["not_begun"])),
        ("04-22", {"started_on": "04-20", "reported_on": "04-20"}, ("green", ["under_way"])),
        ("04-29", {"started_on": "04-20", "reported_on": "04-20"}, ("amber", ["silent"])),
        ("04-22", {"started_on": "04-20", "reported_on": "04-21", "has_trouble": True}, ("amber", ["trouble"])),
        ("04-22", {"started_on": "04-20", "reported_on": "04-21", "remaining_d": 11.0, "remaining_on": "04-21"}, ("amber", ["tight"])),
        ("04-22", {"started_on": "04-20", "reported_on": "04-21", "remaining_d": 16.0, "remaining_on": "04-21"}, ("red", ["harms"])),
        ("04-24", {"started_on": "04-20", "finished_on": "04-23", "reported_on": "04-23"}, ("green", ["awaits_acceptance"])),
        ("04-24", {"started_on": "04-20", "reported_on": "04-23", "refused_on": "04-23"}, ("red", ["refused"])),
        ("05-08", {"started_on": "04-20", "finished_on": "05-07", "reported_on": "05-07", "evidence_on": "05-07"}, ("green", ["awaits_acceptance"])),
        ("05-20", {"started_on": "04-20", "reported_on": "05-19", "evidence_on": "05-07"}, ("red", ["overdue"])),
        ("05-20", {"accepted_on": "05-01"}, ("done", ["accepted"])),
    ],
)  # fmt: skip
def test_each_reason_is_found(today, told, found):
    told = {name: day(value) if name.endswith("_on") else value for name, value in told.items()}
    assert codes(judged(today, **told)) == found


def test_what_is_shown_by_nothing_when_its_time_is_nearly_over_is_red():
    told = {"started_on": day("04-20"), "finished_on": day("05-08"), "reported_on": day("05-08")}
    assert codes(judged("05-13", **told)) == ("red", ["no_evidence"])
    assert codes(judged("05-13", **told, evidence_on=day("05-08"))) == ("green", ["awaits_acceptance"])


def test_a_forecast_decides_where_there_is_one():
    """Red is what no rule gives a chance, amber what one rule doubts."""

    def forecast(least, most, today="04-20", **told):
        return codes(judged(today, chance=Chance(least, most, day("04-20")), **told))

    assert forecast(0.1, 0.49) == ("red", ["unlikely"])
    assert forecast(0.1, 0.5) == ("amber", ["uncertain"])
    assert forecast(0.79, 0.9) == ("amber", ["uncertain"])
    assert forecast(0.8, 0.9) == ("green", ["begins"])
    assert forecast(0.8, 0.9, "04-21") == ("amber", ["not_begun"]), (
        "nobody said that it has begun, however likely it is"
    )


def test_without_an_estimate_or_somebody_who_accepts_a_task_is_grey():
    tasks = (dataclasses.replace(WIRE, accepted_by=""), *TASKS[1:])
    assert codes(judged("04-20", tasks=tasks)) == ("grey", ["nobody_accepts"])
    assert codes(without_dates(Progress())) == ("grey", ["no_dates"])
    assert codes(without_dates(Progress(accepted_on=day("04-20")))) == ("done", ["accepted"])


def test_dates_go_on_from_today():
    network = date_tasks(prepared(tasks=TASKS)).network

    def ends(today, **told):
        known = {code: Progress(**fields) for code, fields in told.items()}
        return [each.end.isoformat()[5:] for each in date_network(standing(network, known, day(today))).tasks]

    assert ends("04-20") == ["04-23", "05-11", "05-11"]
    assert ends("04-22") == ["04-27", "05-11", "05-11"], "nothing begins in the past"
    begun = {"started_on": day("04-20")}
    assert ends("04-22", wire=begun) == ["04-23", "05-11", "05-11"]
    assert ends("04-22", wire=begun | {"remaining_d": 1.0, "remaining_on": day("04-22")})[0] == "04-22"
    assert ends("04-28", wire=begun)[0] == "04-28", "at least half a day as long as it is not finished"
    done = {"finished_on": day("04-21"), "accepted_on": day("04-22")}
    assert ends("04-30", wire=done) == ["04-21", "05-11", "05-11"]
    assert ends("05-14", test={"accepted_on": day("05-11")})[1] == "05-11", "what is done waits for nothing"


def test_what_is_over_harms_nothing_and_waits_for_nothing():
    network = date_tasks(prepared(tasks=TASKS)).network
    done = Progress(finished_on=day("04-21"), accepted_on=day("04-22"))
    dated = date_network(standing(network, dict.fromkeys(("wire", "test", "ready"), done), day("04-30")))
    assert [each.harmless_end for each in dated.tasks] == [None] * 3
    said = date_network(standing(network, {"ready": Progress(finished_on=day("04-21"))}, day("04-30")))
    assert said.tasks[2].end == day("04-29"), "finished, as its owner says, whatever it should have waited for"


def test_whom_a_task_holds_up():
    links = (TaskLink(code="1", before="wire", after="test"), TaskLink(code="2", before="test", after="ready"), TaskLink(code="3", before="wire", after="ready"))  # fmt: skip
    network = date_tasks(prepared(tasks=TASKS, task_links=links)).network
    assert waiting_counts(network) == (2, 1, 0)
    held = held_by(network, 0)
    assert (held.direct, held.waiting, held.first_harmed) == ((1, 2), (1, 2), -1)


def test_a_watermelon_is_green_outside_and_red_inside():
    red, green = Status("red", ()), Status("green", ())
    fine, silent, done = Progress(is_fine=True), Progress(), Progress(is_fine=True, accepted_on=day("04-20"))
    found = watermelon([(fine, red), (fine, green), (fine, green), (silent, red), (done, red)])
    assert found == Watermelon(said_fine=3, red_inside=1)
    assert found.share == pytest.approx(1 / 3)
    assert watermelon([(silent, red)]).share is None
