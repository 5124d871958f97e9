"""Swings on the page, in the summary and as CSV: what was tried, what decides, what was left out."""

import csv
import dataclasses
import json
from pathlib import Path

import jsonschema
import pytest

from hostcity.report import summary, write_report
from hostcity.report.page import page_of
from hostcity.report.sentences import deciding_sentence
from hostcity.studies.swings import Swing, Swings
from tests.rehearsals import invalid_rehearsal, small_rehearsal

SCHEMA = json.loads((Path(__file__).parents[2] / "src/hostcity/report/summary.schema.json").read_text())
FIGURES = (
    "stations.W-security.lanes",
    "stations.W-badge.lanes",
    "streams.metro.persons",
    "streams.coach.persons",
    "approaches.(gate W).weight",
    "edition.tiny.last_entry_at",
)


def swung(rehearsal, *, is_kept=True, base_kept=None, marks=("assumed",) * 6, decides=(True,) * 5 + (False,)):
    """A rehearsal with six swings; those that decide are broken at their low end."""
    verdict = dataclasses.replace(rehearsal.verdict, kept=is_kept)
    base = dataclasses.replace(verdict, kept=is_kept if base_kept is None else base_kept, other_p99_s=101.0)

    def swing(figure, mark, turns):
        is_clock = figure.endswith("_at")
        return Swing(
            figure=figure, mark=mark, low_factor=0.8, high_factor=1.25, is_usual=not is_clock,
            tried=("14:24", "22:30") if is_clock else ("×0.8", "×1.25"),
            low=dataclasses.replace(base, kept=not turns, other_p99_s=102.0),
            high=dataclasses.replace(base, kept=True, other_p99_s=103.0),
        )  # fmt: skip

    swings = tuple(swing(*each) for each in zip(FIGURES, marks, decides, strict=True))
    said = Swings(base=base, swings=swings, not_varied=(), not_tried=("stations.food.lanes",))
    return dataclasses.replace(rehearsal, verdict=verdict, swings=said)


def test_one_sentence_names_what_would_break_the_promise():
    sentence = deciding_sentence(swung(small_rehearsal()))
    assert sentence.en == (
        "Each of these assumed or derived figures would break the promise if it alone were wrong by its range: "
        "lanes of Security, West (W-security); lanes of Badge check, West (W-badge); persons of Metro; "
        "persons of Coaches and 1 more."
    )
    assert "无法兑现：安检·西（W-security）的通道数、" in sentence.zh
    assert sentence.zh.endswith("大巴的人数，另有 1 项。")


@pytest.mark.parametrize(
    ("is_kept", "base_kept", "words"),
    [(False, False, "would mend"), (True, False, "hangs on"), (False, True, "hangs on"), (True, True, "would break")],
)
def test_it_says_which_way_the_verdict_turns(is_kept, base_kept, words):
    assert words in deciding_sentence(swung(small_rehearsal(), is_kept=is_kept, base_kept=base_kept)).en


def test_there_is_no_sentence_when_nothing_unmeasured_decides():
    rehearsal = small_rehearsal()
    assert deciding_sentence(swung(rehearsal, decides=(False,) * 6)) is None
    assert deciding_sentence(swung(rehearsal, marks=("reported",) * 6)) is None
    assert deciding_sentence(dataclasses.replace(rehearsal, swings=None)) is None
    assert deciding_sentence(swung(invalid_rehearsal())) is None
    only = swung(rehearsal, marks=("reported", "fitted", "derived", "reported", "reported", "assumed"))
    assert deciding_sentence(only).en.endswith("by its range: persons of Metro.")


def test_the_page_shows_what_was_tried():
    page = page_of(swung(small_rehearsal()))
    card, section = page[: page.index('id="play"')], page[page.index('<section id="swings"') :]
    assert "would break the promise" in card
    assert '<a href="#swings">' in card[card.index("deciding") :]
    assert ">14:24</span>" in section
    assert ">×0.8</span>" in section
    assert section.count("nobody gave it a range: usual factors") == 5
    assert section.count("decides: kept at one end, broken at the other") == 5
    assert "too many to try: lanes of Catering, Plaza (food)." in section
    assert "share of gate West in all streams" in section
    assert "too many to try" not in page_of(small_rehearsal())


def test_programs_and_spreadsheets_read_it(tmp_path):
    rehearsal = swung(small_rehearsal())
    said = summary(rehearsal)["swings"]
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(summary(rehearsal), allow_nan=False)))
    assert [each["decides"] for each in said["swings"]] == [True] * 5 + [False]
    assert (said["swings"][-1]["tried"], said["swings"][-1]["usual"]) == (["14:24", "22:30"], False)
    assert said["not_tried"] == ["stations.food.lanes"]
    page = write_report(rehearsal, tmp_path / "report")
    with (page.parent / "csv" / "swings.csv").open(encoding="utf-8-sig", newline="") as file:
        row = list(csv.DictReader(file))[-1]
    assert (row["tried low"], row["tried high"], row["usual factors"], row["decides"]) == ("14:24", "22:30", "no", "no")
    others = [row[f"other quarters p99 {at} [s]"] for at in ("at low", "as planned", "at high")]
    assert others == ["102", "101", "103"]
