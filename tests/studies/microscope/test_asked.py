"""What is asked for is understood, or refused with every reason at once."""

import pytest

from hostcity.plan import PlanError, read_plan
from hostcity.studies.microscope import asked_of

PLAN = read_plan("examples/tiny")


def problems(*asked):
    with pytest.raises(PlanError) as refused:
        asked_of(PLAN, *asked)
    return {each.code: str(each) for each in refused.value.problems}


def test_a_node_a_link_and_a_link_that_is_called_like_a_node():
    assert asked_of(PLAN, "security", "09:00", 5).sheet == "nodes"
    assert asked_of(PLAN, "door1", "09:00", 5).sheet == "links"
    plaza = asked_of(PLAN, "links.plaza", "09:05:30", 2.5)
    assert (plaza.sheet, plaza.code, plaza.starts_s, plaza.ends_s) == ("links", "plaza", 32730.0, 32880.0)


def test_everything_that_is_wrong_is_told_at_once():
    found = problems("securty", "9 o'clock", 20)
    assert sorted(found) == ["microscope.at.unknown", "microscope.from.form", "microscope.minutes"]
    assert (
        "there is no node and no link 'securty'. Name one of sheets nodes and links, e.g. security"
        in found["microscope.at.unknown"]
    )
    assert "Write HH:MM between 07:00 and 20:00." in found["microscope.from.form"]
    assert "20 minutes are asked for. Give more than 0 and at most 15." in found["microscope.minutes"]


def test_a_station_is_answered_with_its_node():
    assert "e.g. security." in problems("W-security", "09:00", 5)["microscope.at.unknown"]


@pytest.mark.parametrize("minutes", [0, -1, 15.5, float("nan")])
def test_minutes_that_there_are_not(minutes):
    assert list(problems("security", "09:00", minutes)) == ["microscope.minutes"]


@pytest.mark.parametrize(("starts", "minutes"), [("06:59", 5), ("20:00", 5), ("19:58", 5)])
def test_the_clock_must_run_all_the_time(starts, minutes):
    assert list(problems("security", starts, minutes)) == ["microscope.from.clock"]
    assert asked_of(PLAN, "security", "19:55", 5).ends_s == PLAN.day.clock_ends_at
