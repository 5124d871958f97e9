"""What the missing people of a rehearsed day cost, and where report and data say it."""

import dataclasses
import io

from rich.console import Console

from hostcity.report.page import page_of
from hostcity.report.summing_up import summary
from hostcity.site.screens.rehearsal import show_rehearsal
from hostcity.site.screens.words import chosen_words
from hostcity.studies import rehearse
from hostcity.studies.manning.costing import is_short, shift_costs
from tests.manned import FULL, manned

SHORT = manned(("badge-2", "A", 1), ("badge-1", "B", 4), persons=1500)
WHOLE = manned(("badge-1", "A", 4), ("badge-2", "A", 1), ("badge-1", "B", 6))


def test_the_dearest_shift_is_where_the_lanes_are_missing():
    played = rehearse(SHORT, with_swings=False)
    first = played.shifts[0]
    assert (first.post, first.band, first.station, first.lacking) == ("badge-1", "A", "W-badge", 4.0)
    assert first.waited_s > 3600.0
    assert summary(played)["shifts"][0]["waited_s"] == round(first.waited_s, 1)
    assert "Shifts whose missing people cost visitors most" in page_of(played)


def test_a_day_on_which_every_lane_has_its_people_costs_nothing():
    played = rehearse(WHOLE, with_swings=False)
    assert (is_short(WHOLE), played.shifts, summary(played)["shifts"]) == (False, (), [])
    assert "Shifts whose missing" not in page_of(played)


def test_posts_share_a_cost_by_the_lanes_that_they_close():
    plan = manned(*FULL[2:], persons=1500)
    costs = {each.post: each for each in shift_costs(plan, rehearse(plan, with_swings=False).day) if each.band == "A"}
    assert costs["badge-1"].lacking / 2 == 2 * costs["badge-2"].lacking  # two people a lane, and one
    assert costs["badge-1"].waited_s == 2 * costs["badge-2"].waited_s


def test_fewer_lanes_than_planned_by_the_schedule_are_no_lack():
    plan = WHOLE.replace(stations=tuple(dataclasses.replace(row, lanes=2) for row in WHOLE.stations))
    assert not is_short(plan)


def test_the_screen_names_them():
    console = Console(width=200, record=True, file=io.StringIO())
    show_rehearsal(console, rehearse(SHORT, with_swings=False), None, chosen_words("en"))
    assert "Shifts whose missing people cost visitors most in queues: badge-1, A: 4 missing," in console.export_text()
