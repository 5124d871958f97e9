"""Planning and checking signs, as the sign designer starts it: in the small fair."""

import json

import numpy as np
import openpyxl
import pytest

from hostcity.plan import plan_to_json, read_plan
from hostcity.plan.rows import Face, FaceLine
from tests.fairs import small_fair
from tests.site.commands import data, done, hostcity, refused


@pytest.fixture(scope="module")
def fair(tmp_path_factory):
    plan = small_fair()
    node = next(each for each in plan.nodes if each.area == "plaza")
    face = Face(code="E1", area="plaza", x_m=node.x_m, y_m=node.y_m, bearing_deg=0, state="installed", fault="damaged")
    line = FaceLine(code="E1-1", face="E1", name_en="Hall 1", name_zh="1 号馆", arrow="ahead", area="H1")
    path = tmp_path_factory.mktemp("signs") / "plan.json"
    path.write_text(plan_to_json(plan.replace(faces=(face,), face_lines=(line,))), "utf-8")
    return str(path)


def test_signs_are_planned_and_written_and_what_was_written_is_read_again(fair, tmp_path):
    out = tmp_path / "signs"
    told = done("signs", "plan", fair, "--faces", "3", "--names", "2", "--bound", "1", "--out", str(out))
    assert "bound: no plan is better than" in told
    assert "at the busiest corners" in told
    found = json.loads((out / "signs.json").read_text("utf-8"))
    assert 1 <= len(found["faces"]) <= 3
    assert found["bound"]["value"] <= found["found"]["value"] <= found["unsigned"]
    assert openpyxl.load_workbook(out / "signs.xlsx").sheetnames == [
        "read me 说明",
        "schedule 明细",
        "quantities 工程量",
    ]
    assert (out / "signs.pdf").read_bytes().startswith(b"%PDF")
    planned = read_plan(out)
    assert {face.code for face in planned.faces} == {"E1", *(face["code"] for face in found["faces"])}
    assert "faces.fault.open" in hostcity("signs", "audit", str(out)).stdout
    assert "界限" in done("signs", "plan", fair, "--faces", "1", "--bound", "0", "--lang", "zh")


def test_trips_of_a_report_are_taken_and_those_of_another_network_refused(fair, tmp_path):
    rehearsed = tmp_path / "day"
    done("rehearse", fair, "--out", str(rehearsed), "--no-swings", "--json")
    found = data("signs", "plan", fair, "--faces", "2", "--bound", "0", "--results", str(rehearsed), "--no-recovery")
    assert (found["model"], found["mark"]) == ("no_recovery", "assumed")
    with np.load(rehearsed / "results.npz") as stored:
        kept = dict(stored)
    kept["node_codes"] = kept["node_codes"][::-1]
    np.savez(rehearsed / "results.npz", **kept)
    assert "[signs.network]" in refused("signs", "plan", fair, "--results", str(rehearsed))
    np.savez(rehearsed / "results.npz", nothing=np.zeros(1))
    for no_report in (rehearsed, tmp_path):
        assert "[signs.results]" in refused("signs", "plan", fair, "--results", str(no_report))


def test_an_audit_ends_with_2_where_it_finds_something(fair, tmp_path):
    picture = tmp_path / "faults.svg"
    ran = hostcity("signs", "audit", fair, "--json", "--picture", str(picture))
    found = json.loads(ran.stdout)
    assert (ran.returncode, found["faces"]) == (2, 1)
    assert [each["code"] for each in found["problems"]] == ["faces.fault.open"]
    assert "<svg" in picture.read_text("utf-8")
    assert "没有标识面" in done("signs", "audit", str(read_without(fair, tmp_path)), "--lang", "zh")


def test_signs_are_tried_beside_others(fair):
    found = data("signs", "try", fair, "--faces", "3", "--names", "2", "--runs", "1", "--processes", "1")
    assert [each["signs"] for each in found["variants"]] == ["planned", "corners", "hanging", "none"]
    assert found["variants"][3]["faces"] == 0 < found["variants"][0]["turns"]
    told = done("signs", "try", fair, "--own", "--runs", "1", "--processes", "1", "--lang", "zh")
    assert "规划的标识" in told


def test_no_faces_of_its_own_are_tried(fair, tmp_path):
    assert "[signs.own]" in refused("signs", "try", str(read_without(fair, tmp_path)), "--own")


def test_a_day_is_rehearsed_with_the_faces_that_are_asked_for(fair, tmp_path):
    days = [data("rehearse", fair, "--signs", signs, "--no-swings") for signs in ("plan", "none", fair)]
    assert [day["overrides"] for day in days] == [["--signs plan"], ["--signs none"], [f"--signs {fair}"]]
    assert days[0]["wrong_turns"] == days[1]["wrong_turns"]  # its one face is damaged
    assert days[2]["plan_hash"] == days[0]["plan_hash"]
    assert days[0]["wrong_turns"]["turns"] > 50
    assert data("rehearse", fair, "--no-swings")["wrong_turns"] is None
    assert "新观众" in done(
        "rehearse", fair, "--signs", "none", "--no-swings", "--out", str(tmp_path / "day"), "--lang", "zh"
    )


def test_a_log_of_questions_is_fitted_or_refused_with_every_problem(fair, tmp_path):
    log = tmp_path / "asks.csv"
    log.write_text("time,place,destination\n10:00,nowhere,H1\n10:00,nowhere,H9\n", "utf-8")
    told = refused("signs", "calibrate", fair, "--log", str(log))
    assert told.count("[questions.place.unknown]") == 2
    assert "[questions.destination.unknown]" in told
    assert "[signs.from]" in refused("signs", "calibrate", fair, "--log", str(log), "--from", "noon")
    assert "[signs.to]" in refused("signs", "calibrate", fair, "--log", str(log), "--from", "18:00", "--to", "08:00")


def read_without(fair, folder):
    path = folder / "none.json"
    path.write_text(plan_to_json(read_plan(fair).replace(faces=(), face_lines=())), "utf-8")
    return path
