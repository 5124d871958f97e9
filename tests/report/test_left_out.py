"""Who is held outside, still there at the end, or not judged, is told on page and screen and to programs."""

import io
from functools import cache

import pytest
from rich.console import Console

from hostcity.plan import apply_overrides
from hostcity.report import summary
from hostcity.report.page import page_of
from hostcity.report.sentences import left_out_sentence, warnings_as_text
from hostcity.site.screens.rehearsal import show_rehearsal
from hostcity.site.screens.words import Words
from hostcity.studies import Rehearsal, rehearse
from tests.fairs import small_fair

HELD = ["links.lane.width_m=0.3", "streams.coach.headway_s=3600"]
STRANDED = ["stations.trains.headway_s=1800", "stations.trains.batch_persons=20", "areas.metro.inside=no"]


@cache
def played(*changes: str) -> Rehearsal:
    return rehearse(apply_overrides(small_fair(1500), list(changes)), seed=1, with_swings=False)


def screen(rehearsal: Rehearsal) -> str:
    console = Console(width=140, highlight=False, markup=False, emoji=False, file=io.StringIO())
    show_rehearsal(console, rehearsal, None, Words(chinese=False))
    return " ".join(console.file.getvalue().split())


def test_who_is_held_outside_is_told():
    rehearsal = played(*HELD)
    held = summary(rehearsal)["held"]
    most, at = held["most_persons"], held["at"][:5]
    assert most == rehearsal.day.held_outside.max() > 15
    assert (held["node"], held["area"]) == ("coaches", "outside")
    told = f"Most held outside {most:,} at {at} (Outside, coaches)."
    assert told in screen(rehearsal)
    assert told in page_of(rehearsal)
    assert f"Most held outside, at {at}" in page_of(rehearsal)
    assert [each.en for each in warnings_as_text(rehearsal)] == [told]  # more than 1 in 100


def test_nobody_held_is_said_too():
    held = summary(played())["held"]
    assert held == {"most_persons": 0, "at": None, "node": None, "area": None, "node_persons": 0}
    assert "held outside" not in screen(played())


def test_an_invalid_day_has_no_last_one_out_but_says_who_is_still_there():
    rehearsal = played(*STRANDED)
    said = summary(rehearsal)
    assert said["last_out_at"] is None
    assert said["still_outside"] > 100
    assert said["still_inside"] <= said["inside_peak_persons"]
    assert "Last one out –." in screen(rehearsal)
    assert f"{said['still_outside']:,} persons were still outside, and not home, when the clock ended." in screen(
        rehearsal
    )
    assert "still_outside" in [each["code"] for each in said["warnings"]]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([], "Not judged: {n} who don't count as entries (Staff); in their worst quarter of an hour 99 of 100 within"),
        (
            ["stations.W-badge.lanes@07:00-20:00=0"],
            "Not judged: {n} who don't count as entries (Staff); in their worst quarter of an hour more than 1 in 100 never got in.",
        ),
    ],
)
def test_who_is_not_judged_is_told_with_their_own_wait(changes, told):
    rehearsal = played(*changes)
    n = summary(rehearsal)["uncounted"]["persons"]
    assert n > 0
    assert left_out_sentence(rehearsal).en.startswith(told.format(n=n))
    assert left_out_sentence(rehearsal).en in screen(rehearsal)
    assert "Not judged: " in page_of(rehearsal)


def test_where_all_are_judged_nothing_is_said():
    assert left_out_sentence(played("groups.staff.counts_as_entry=yes")) is None
