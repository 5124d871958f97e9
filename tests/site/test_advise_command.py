"""`hostcity advise`: one screen, one JSON, and changes that can be played again."""

import re

import pytest

from tests.site.commands import TINY, data, done, refused

WORSE = ("advise", TINY, "--set", "stations.W-badge.lanes=1", "--runs", "6", "--processes", "1")
ASKED = ("--goal", "entry time at the peak", "--budget", "lanes=2, staff=3, letters=1")


def test_the_first_suggestion_can_be_played_again():
    told = done(*WORSE, *ASKED)
    assert "promise kept on" in told
    changes = re.findall(r"--set '([^']+)'", told)
    assert changes
    words = [word for change in ("stations.W-badge.lanes=1", *changes) for word in ("--set", change)]
    assert data("rehearse", TINY, "--no-swings", *words)["verdict"]["kept"] is True


def test_for_programs():
    said = data(*WORSE, *ASKED)
    first = said["suggestions"][0]
    assert (first["clear"], first["endless"], first["runs"], first["kept_share"]) == (True, False, 6, 1.0)
    assert first["gain"] > 300 > said["base"] - first["gain"]
    assert {each["option"] for each in first["takes"]} & {"badge-lane", "add W-badge"}
    assert all(first["uses"].get(name, 0) <= amount for name, amount in said["budget"].items())
    assert said["played"] >= 6 * (len(said["suggestions"]) + 1)


def test_in_chinese():
    few = [word if word != "6" else "2" for word in WORSE]
    told = done(*few, "--goal", "promise.peak_p99_s", "--budget", "lanes=1", "--lang", "zh")
    assert "证件核验·西（W-badge）增开 1 条通道" in told
    assert "守住承诺的日子占" in told
    assert "2 天太少，无法判断" in told
    assert "2 次推演太少" in told


def test_nothing_to_try():
    assert "Nothing can be tried within the budget" in done(*WORSE, "--budget", "staff=0")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (("--budget", "lans=4, staff=-6"), ["budget.unknown", "budget.negative"]),
        (("--budget", "ten lanes"), ["budget.form"]),
        (("--budget", "lanes=1", "--goal", "joy"), ["goal.unknown"]),
        (("--budget", "lans=1", "--goal", "joy"), ["goal.unknown", "budget.unknown"]),
    ],
)
def test_what_cannot_be_asked(words, codes):
    assert re.findall(r"\[([a-z_.]+)\]", refused("advise", TINY, *words)) == codes


def test_a_budget_is_needed():
    assert "--budget" in refused("advise", TINY)
