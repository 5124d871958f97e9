"""`hostcity calibrate`: one screen, one JSON, a plan that can be played again, and every problem at once."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from tests.site.commands import TINY, data, done, refused

COUNTS = f"{TINY}/counts.csv"
KNOWN = ("--set", "stations.W-security.lanes=2", "--set", "uncertainties.staff.high=0")
FIT = ("--fit", "streams.*.persons", "--fit", "stations.W-security.service_mean_s=5..11")
ASKED = ("calibrate", TINY, "--counts", COUNTS, *KNOWN, *FIT, "--runs", "6", "--processes", "1")
SCHEMA = json.loads((Path(__file__).parents[2] / "src/hostcity/report/calibration.schema.json").read_text())


def test_what_was_made_up_is_found_and_can_be_played_again(tmp_path):
    folder = tmp_path / "fitted"
    told = done(*ASKED, "--out", str(folder))
    changes = re.findall(r"--set '([^']+)'", told)
    assert [each.partition("=")[0].rstrip("*") for each in changes] == [
        "streams.*.persons",
        "stations.W-security.service_mean_s",
    ]
    assert (folder / "changes.txt").read_text().split() == changes
    said = json.loads((folder / "calibration.json").read_text())
    jsonschema.Draft202012Validator(SCHEMA).validate(said)
    truth = {"streams.*.persons": 1.08, "stations.W-security.service_mean_s": 8.0}
    for each in said["figures"]:
        assert each["low_95"] <= truth[each["figure"]] <= each["high_95"]
    assert data("rehearse", str(folder), "--no-swings")["verdict"]["entries"] > 1500
    page = (folder / "index.html").read_text()
    assert page.count('<svg class="fit-chart"') == len(said["series"]) == 4
    assert "nan" not in page.lower().split("<main>")[1].split("</main>")[0]


def test_for_programs_and_in_chinese():
    one = (*ASKED[:4], *KNOWN, "--fit", "stations.food.service_mean_s=20..40", "--runs", "6", "--processes", "1")
    said = data(*one)
    jsonschema.Draft202012Validator(SCHEMA).validate(said)
    assert [each["told"] for each in said["figures"]] == ["unseen"]
    assert "未观测到：该处没有计数" in done(*one, "--lang", "zh")


@pytest.mark.parametrize(
    ("fit", "codes"),
    [
        ("stations.W-security.service_mean_s=9..5", ["fit.range"]),
        ("stations.W-*.service_mean_s=5..9", ["fit.factor"]),
        ("stations.Q.lanes=1..2", ["fit.unknown"]),
        ("stations.W-security.service=1..2", ["fit.kind"]),
        ("stations.food.batch_persons*=0.5..2", ["fit.fixed"]),
        ("stations.food.service_mean_s", ["fit.range"]),
        ("streams.metro.persons=0..9e9", ["fit.playable"]),
        ("=", ["fit.form"]),
    ],
)
def test_what_cannot_be_fitted(fit, codes):
    assert re.findall(r"\[([a-z_.]+)\]", refused("calibrate", TINY, "--counts", COUNTS, "--fit", fit)) == codes


def test_problems_of_counts_and_of_figures_are_told_together(tmp_path):
    file = tmp_path / "counts.csv"
    file.write_text("time,what,place,value\n05:00,inside,H9,-1\n")
    told = refused("calibrate", TINY, "--counts", str(file), "--fit", "a", "--out", str(tmp_path / "out"))
    assert re.findall(r"\[([a-z_.]+)\]", told) == ["counts.value.range", "counts.place.unknown", "fit.unknown"]
    assert "row 2, column value" in told
    assert not (tmp_path / "out").exists()
