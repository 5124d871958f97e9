"""The verdict is not said without what would turn its meaning."""

import dataclasses
import math

import pytest

from hostcity.report import summary
from hostcity.report.page import page_of
from hostcity.report.sentences import verdict_sentence
from hostcity.report.verdict_words import told_limits, told_verdict, verdict_title
from hostcity.site.screens.verdict_lines import verdict_text
from hostcity.site.screens.words import Words
from tests.rehearsals import small_rehearsal

NOBODY = {"joined": 0, "entries": 0, "peak_joined": 0, "peak_entries": 0, "other_p99_s": 0.0}


def verdict(**changes):
    return dataclasses.replace(small_rehearsal().verdict, **changes)


@pytest.mark.parametrize(
    ("changes", "title", "line"),
    [
        ({"kept": True}, "The promise is kept", "KEPT"),
        ({"kept": False}, "The promise is broken", "BROKEN"),
        ({"kept": True, "entries": 990, "turned_away": 10}, "The promise is kept", "KEPT"),
        (
            {"kept": True, "entries": 301, "turned_away": 1593},
            "The promise is kept, but 1,593 of 1,894 who came were turned away",
            "KEPT; 1,593 of 1,894 who came were turned away",
        ),
        (
            {"kept": False, "entries": 989, "turned_away": 11},
            "The promise is broken, and 11 of 1,000 who came were turned away",
            "BROKEN; 11 of 1,000 who came were turned away",
        ),
        (NOBODY, "No verdict: nobody joined a queue", "no verdict, nobody joined a queue"),
        (
            {**NOBODY, "turned_away": 5},
            "No verdict: nobody joined a queue, 5 were turned away",
            "no verdict, nobody joined a queue; 5 of 5 who came were turned away",
        ),
    ],
)
def test_the_verdict_in_one_breath(changes, title, line):
    said = verdict(**{"turned_away": 0, **changes})
    assert verdict_title(said).en == title
    assert verdict_text(said, Words(chinese=False)).plain.splitlines()[0] == f"Promise at the entrance: {line}"


def test_of_an_hour_in_which_nobody_joined_no_entry_time_is_told():
    said = verdict(peak_joined=0, peak_p99_s=0.0, peak_entries=203, peak_starts_s=16.75 * 3600)
    assert told_verdict(said).en.startswith(
        "In the busiest hour, 16:45–17:45, nobody joined a queue: the 203 who got in then had joined before."
    )
    assert "16:45–17:45" in told_verdict(said).zh
    lines = verdict_text(said, Words(chinese=False)).plain.splitlines()
    assert lines[1] == "  peak hour 16:45-17:45, 203 entries: nobody joined a queue in it"
    assert [limit.what.en for limit in told_limits(said)] == ["Worst other quarter of an hour"]
    assert told_verdict(verdict()) == verdict_sentence(verdict())


def test_when_nobody_got_in_that_is_said():
    said = verdict(entries=0, joined=300, peak_joined=0, peak_entries=0, other_p99_s=math.inf, kept=False)
    assert told_verdict(said).en == "Nobody got in: 300 joined a queue at security."
    assert verdict_text(said, Words(chinese=False)).plain.splitlines()[1] == "  nobody got in: 300 joined a queue"


def test_without_anybody_there_is_no_verdict_anywhere():
    rehearsal = dataclasses.replace(small_rehearsal(), verdict=verdict(**NOBODY, turned_away=0, kept=True))
    assert summary(rehearsal)["verdict"]["kept"] is None
    page = page_of(rehearsal)
    assert "No verdict: nobody joined a queue" in page
    assert "The promise is kept" not in page
    assert len(verdict_text(rehearsal.verdict, Words(chinese=True)).plain.splitlines()) == 1
