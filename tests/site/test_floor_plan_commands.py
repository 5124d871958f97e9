"""Archives of floor plans, as people check and convert them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from hostcity.plan import read_plan, write_workbook
from hostcity.plan.imdf import archive_of, drawing_of, read_archive
from tests.plan.imdf.archives import box, code, market, polygon, saved, the
from tests.plan.test_drawing import drawn, other
from tests.site.commands import TINY, data, done, hostcity, refused


@pytest.fixture
def plan(tmp_path):
    write_workbook(drawn(), tmp_path / "expo.xlsx")
    return str(tmp_path / "expo.xlsx")


def tree(picture: Path) -> ET.ElementTree:
    return ET.parse(picture)  # noqa: S314 -- our own


def bad(tmp_path: Path) -> str:
    files = market()
    the(files, "kiosk-1")["geometry"] = polygon(box(56, -10, 62, -7))
    return str(saved(tmp_path, files))


def test_a_plan_goes_out_as_an_archive_and_comes_back(plan, tmp_path):
    archive, again = str(tmp_path / "venue.imdf.zip"), str(tmp_path / "again.xlsx")
    assert done("convert", plan, archive).strip() == archive
    assert Path(archive).read_bytes() == archive_of(drawn())
    assert "Rows: levels 2, areas 6, grounds 1, stands 1" in done("check", archive)
    assert done("convert", archive, again, "--into", plan).strip() == again
    assert read_plan(again).sha256 == drawn().sha256


def test_a_new_plan_says_what_its_edition_was_taken_to_be(tmp_path):
    (tmp_path / "venue.zip").write_bytes(archive_of(drawn()))
    made = hostcity(
        "convert", str(tmp_path / "venue.zip"), str(tmp_path / "plan.json"), "--set", "edition.venue.date=2027-11-05"
    )
    assert made.stdout.strip() == str(tmp_path / "plan.json")
    assert made.stderr.startswith("Edition venue on 2027-11-05, Asia/Shanghai, with usual hours")
    body = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert (body["edition"][0]["opens_at"], len(body["stands"]), body["nodes"]) == ("09:00", 1, [])
    wrong = refused(
        "convert", str(tmp_path / "venue.zip"), str(tmp_path / "b.json"), "--set", "edition.venue.opens_at=23:00"
    )
    assert "[edition.opens_at.order]" in wrong or "[edition.last_entry_at.order]" in wrong
    assert not (tmp_path / "b.json").exists()


def test_a_foreign_archive_says_what_is_left_out(tmp_path):
    archive = str(saved(tmp_path, market()))
    checked = hostcity("check", archive)
    assert "file detail.geojson: 1 left out: a plan has no such thing." in checked.stderr
    assert "No problems. Rows: levels 4, areas 11" in checked.stdout
    assert {note["code"] for note in data("check", archive)["notes"]} == {
        "imdf.note.heights", "imdf.note.holes", "imdf.note.lift", "imdf.note.parts", "imdf.note.left_out",
    }  # fmt: skip
    assert done("convert", archive, str(tmp_path / "out.xlsx"))


def test_problems_are_told_and_nothing_is_written(tmp_path, plan):
    archive = bad(tmp_path)
    told = refused("check", archive)
    assert told.startswith("1 problem in venue.imdf.zip:\n  file kiosk.geojson, feature ")
    assert told == refused("convert", archive, str(tmp_path / "out.xlsx"))
    assert told == refused("convert", archive, str(tmp_path / "out.xlsx"), "--into", plan)
    assert not (tmp_path / "out.xlsx").exists()
    body = json.loads(hostcity("check", archive, "--json").stdout)
    (problem,) = body["problems"]
    assert (problem["feature"], problem["level"], problem["at"]) == (code("kiosk-1"), "G", [62.0, -10.0])


def test_a_drawing_that_does_not_fit_the_plan_is_told_row_by_row(tmp_path, plan):
    told = refused("convert", str(saved(tmp_path, market())), str(tmp_path / "out.xlsx"), "--into", plan)
    assert "problems in expo.xlsx with the drawing of venue.imdf.zip:" in told
    assert "sheet nodes, row 3, column level: names 0, which is not in sheet levels." in told
    assert not (tmp_path / "out.xlsx").exists()


def test_faults_of_an_archive_are_drawn(tmp_path):
    picture = tmp_path / "out.svg"
    told = refused("check", bad(tmp_path), "--picture", str(picture))
    assert told.startswith(f"Picture: {picture}\n1 problem in")
    marks = [each for each in tree(picture).iter() if each.get("class") == "mark"]
    assert len(marks) == 1


def test_faults_of_a_workbook_are_drawn_in_the_reader_s_language(tmp_path):
    plan = drawn()
    write_workbook(
        plan.replace(stands=(other(plan.stands[0], outline=((150, 50), (156, 53), (156, 50), (150, 53))),)),
        tmp_path / "expo.xlsx",
    )
    picture = tmp_path / "out.svg"
    assert refused("check", str(tmp_path), "--picture", str(picture), "--lang", "zh").startswith("图：")
    assert "自相交" in picture.read_text("utf-8")


def test_a_plan_without_faults_is_drawn_too(plan, tmp_path):
    picture = tmp_path / "out.svg"
    assert "No problems" in done("check", plan, "--picture", str(picture))
    assert [each for each in tree(picture).iter() if each.get("class") == "mark"] == []
    assert "[file.exists]" in refused("check", plan, "--picture", str(picture))
    assert "[file.kind]" in refused("check", plan, "--picture", str(tmp_path / "out.png"))


def test_what_is_asked_of_the_wrong_thing(plan, tmp_path):
    archive = str(saved(tmp_path, market()))
    assert "[plan.archive]" in refused("rehearse", archive)
    assert "[imdf.archive.day]" in refused("check", archive, "--set", "edition.a.date=2027-01-01")
    assert "[imdf.archive.day]" in refused("convert", archive, str(tmp_path / "o.xlsx"), "--scenario", "fire")
    assert "[imdf.archive.into]" in refused("convert", plan, str(tmp_path / "o.xlsx"), "--into", plan)
    assert "[imdf.venue.grounds]" in refused("convert", TINY, str(tmp_path / "o.zip"))
    assert "[imdf.archive.not_found]" in refused("check", str(tmp_path / "none.zip"))
    assert json.loads(hostcity("check", str(tmp_path / "none.zip"), "--json").stdout)["problems"]


def test_reading_back_what_the_command_wrote(plan, tmp_path):
    done("convert", plan, str(tmp_path / "a.zip"))
    done("convert", str(tmp_path / "a.zip"), str(tmp_path / "b.zip"))
    assert read_archive(tmp_path / "b.zip").sheets() == drawing_of(drawn()).sheets()
