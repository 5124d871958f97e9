"""The main job as its user starts it: one screen, one report, one JSON."""

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from hostcity.plan import apply_overrides, plan_to_json, read_plan
from hostcity.plan.rows import Reported
from hostcity.report import words
from hostcity.studies import rehearse
from tests.fairs import small_fair
from tests.site.commands import TINY, data, done, hostcity, refused

SCHEMA = Path(words.__file__).parent / "summary.schema.json"
PARTS = {"index.html", "summary.json", "csv", "results.npz", "plan.json"}
MACHINE = {"cpu_s", "wall_s", "peak_mib"}  # what differs from run to run


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The screen and the folder of one run."""
    folder = tmp_path_factory.mktemp("reports") / "tiny"
    return done("rehearse", TINY, "--out", str(folder)), folder


def same(one: dict, other: dict) -> None:
    assert {name: each for name, each in one.items() if name not in MACHINE} == {
        name: each for name, each in other.items() if name not in MACHINE
    }


def test_one_screen(played):
    told, folder = played
    for said in ("Tiny fair", "Promise at the entrance: KEPT", "Gates, the worst first", "Fullest halls", "Densest walkways",
                 "Predicted beside reported", "sheet stations (*)", "Last one out", "Seed 1, plan ", str(folder / "index.html")):  # fmt: skip
        assert said in told
    assert max(map(len, told.splitlines())) <= 140
    assert len(told.splitlines()) <= 45


def test_one_screen_of_80_columns_too(tmp_path):
    told = done("rehearse", TINY, "--no-swings", "--out", str(tmp_path / "r"), COLUMNS="80").splitlines()
    assert max(len(line.rstrip()) for line in told if not line.startswith("Report: ")) <= 80
    assert len(told) <= 60


def test_who_is_squeezed_by_a_barrier_is_told_with_its_event():
    """When the ramp is fullest 2 m of width become 0.3 m, for a cap of half a person per m2."""
    narrow, cap = "links.ramp.width_m@09:57-10:05=0.3", "model.day.link_cap_per_m2=0.5"
    ran = hostcity("rehearse", TINY, "--set", narrow, "--set", cap)
    assert "INVALID, no verdict: narrowed by event links-ramp-width_m-09:57 at ramp" in " ".join(ran.stdout.split())


def test_the_report_is_whole(played):
    _, folder = played
    assert {each.name for each in folder.iterdir()} == PARTS
    assert not [each for each in folder.parent.iterdir() if each != folder]  # nothing is left aside
    page = (folder / "index.html").read_text("utf-8")
    assert "小型展会" in page
    assert "Tiny fair" in page


@pytest.mark.parametrize(("place", "code"), [("file/report", "file.20"), ("/proc/report", "file.13")])
def test_a_place_that_cannot_be_written_is_told_by_the_name_that_was_given(tmp_path, place, code):
    (tmp_path / "file").write_text("mine")
    told = refused("rehearse", TINY, "--out", place, cwd=tmp_path)
    assert told.endswith(f": {place}. Check the path and its permissions. [{code}]\n")


def test_the_plan_in_the_report_is_the_one_played(played):
    _, folder = played
    assert read_plan(folder / "plan.json") == read_plan(TINY)


def test_json_agrees_with_the_report_and_its_schema(played):
    _, folder = played
    body = data("rehearse", TINY)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(body)
    same(body, json.loads((folder / "summary.json").read_text("utf-8")))


def test_json_says_what_the_study_does():
    body = data("rehearse", TINY, "--seed", "7", "--set", "stations.food.lanes=2", "--no-swings")
    plan = apply_overrides(read_plan(TINY), ["stations.food.lanes=2"])
    expected = rehearse(plan, seed=7, with_swings=False)
    assert body["seed"] == 7
    assert body["plan_hash"] == plan.sha256
    assert body["results_sha256"] == expected.day.results_sha256
    assert body["overrides"] == ["stations.food.lanes=2"]
    assert body["verdict"]["kept"] is expected.verdict.kept
    assert [each["code"] for each in body["stations"]] == [row.code for row in plan.stations]
    assert [each["peak_persons"] for each in body["areas"]] == [each.peak_persons for each in expected.figures.areas]
    assert not body["swings"]


def test_json_writes_no_folder(tmp_path):
    assert hostcity("rehearse", TINY, "--json", cwd=tmp_path).returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_json_and_a_folder(tmp_path):
    body = data("rehearse", TINY, "--out", str(tmp_path / "report"))
    same(body, json.loads((tmp_path / "report" / "summary.json").read_text("utf-8")))


def test_the_folder_is_named_after_the_edition(tmp_path):
    done("rehearse", TINY, "--no-swings", cwd=tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["rehearsal-tiny"]
    done("rehearse", TINY, "--no-swings", cwd=tmp_path)  # an earlier report is replaced


def test_an_edition_whose_code_is_a_path(tmp_path):
    """A code may hold what a file name may not: the report stays in the folder where the command was started."""
    (tmp_path / "in").mkdir()
    text = plan_to_json(small_fair()).replace('"code": "tiny"', '"code": "../../a b/展会"')
    (tmp_path / "plan.json").write_text(text, "utf-8")
    ran = hostcity("rehearse", str(tmp_path / "plan.json"), "--no-swings", cwd=tmp_path / "in")
    assert ran.returncode == 0
    assert {each.name for each in tmp_path.iterdir()} == {"in", "plan.json"}
    (folder,) = (tmp_path / "in").iterdir()
    assert {each.name for each in folder.iterdir()} == PARTS


def test_the_same_seed_gives_the_same():
    one, other = (data("rehearse", TINY, "--seed", "3", "--no-swings") for _ in range(2))
    same(one, other)
    assert data("rehearse", TINY, "--seed", "4", "--no-swings")["results_sha256"] != one["results_sha256"]


@pytest.mark.parametrize("out", ["a file", "a folder of somebody", "a file/inside", "/proc/nowhere", "x" * 300])
def test_a_folder_that_cannot_be_written(tmp_path, out):
    (tmp_path / "a file").write_text("x")
    (tmp_path / "a folder of somebody").mkdir()
    (tmp_path / "a folder of somebody" / "letter.txt").write_text("dear")
    told = refused("rehearse", TINY, "--out", out, cwd=tmp_path)
    assert "[file." in told
    assert ".." not in told
    assert (tmp_path / "a folder of somebody" / "letter.txt").read_text() == "dear"
    assert {each.name for each in tmp_path.iterdir()} == {"a file", "a folder of somebody"}


@pytest.mark.parametrize(
    "given",
    [["--set", "stations.W-secrity.lanes=40"], ["--set", "stations.food.lanes=0"], ["--set", "lanes=40"],
     ["--seed", "x"], ["--seed", "-1"], ["--set", "stations.food.lanes@09:75-10:00=4"]],
    ids=" ".join,
)  # fmt: skip
def test_wrong_words(given, tmp_path):
    assert refused("rehearse", TINY, *given, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seed", ["0", str(2**63 - 1)])
def test_seeds_of_63_bits_are_played_and_kept(seed, tmp_path):
    out = tmp_path / "r"
    assert data("rehearse", TINY, "--seed", seed, "--no-swings", "--out", str(out))["seed"] == int(seed)
    assert int(np.load(out / "results.npz")["seed"]) == int(seed)


def test_in_chinese(tmp_path):
    told = done("rehearse", TINY, "--out", str(tmp_path / "r"), LANG="zh_CN.UTF-8")
    assert "小型展会" in told
    assert "Promise" not in told
    assert "Gates" not in told


def test_a_day_on_which_the_promise_is_broken(tmp_path):
    told = done("rehearse", TINY, "--set", "stations.W-security.service_mean_s=90", "--out", str(tmp_path / "r"))
    assert "BROKEN" in told
    assert "  --set stations.W-security.service_mean_s=90" in told
    body = json.loads((tmp_path / "r" / "summary.json").read_text("utf-8"))
    assert body["verdict"]["kept"] is False


@pytest.mark.parametrize(
    "change",
    [
        "streams.*.persons=0",
        "stations.W-security.lanes@07:00-24:00=0",
        "edition.tiny.last_entry_at=09:00",
        "groups.*.toilet_visits_mean=0",
    ],
)
def test_odd_days_are_shown_too(change, tmp_path):
    assert done("rehearse", TINY, "--set", change, "--out", str(tmp_path / "r"))
    body = data("rehearse", TINY, "--set", change)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(body)


def test_a_plan_of_only_what_is_needed(tmp_path):
    """No streams, no stations, no names: still a day."""
    body = json.loads(plan_to_json(small_fair()))
    body = {name: body[name] for name in ("edition", "levels", "areas", "nodes", "links")}
    for rows in body.values():
        for row in rows:
            row.pop("name_en", None), row.pop("name_zh", None), row.pop("outline", None)
    (tmp_path / "plan.json").write_text(json.dumps(body), "utf-8")
    assert done("check", str(tmp_path / "plan.json"))
    assert done("rehearse", str(tmp_path / "plan.json"), "--out", str(tmp_path / "r"))
    assert data("lanes", str(tmp_path / "plan.json"))["stations"] == []


def test_reported_figures_of_no_known_quantity(tmp_path):
    paths = (
        "entries.by@noon",
        "entries.by",
        "weather.rain",
        "streams.boat.arrived_by@9",
        "entry.metro_to_hall_p50_s@x",
        "areas..peak_persons",
    )
    rows = tuple(
        Reported(code=f"r{number}", quantity=path, relation="equals", value=1.0, unit="persons", use="shown")
        for number, path in enumerate(paths)
    )
    (tmp_path / "plan.json").write_text(plan_to_json(small_fair().replace(reported=rows)), "utf-8")
    told = refused("rehearse", str(tmp_path / "plan.json"), "--out", str(tmp_path / "r"))
    assert told.count("[reported.quantity.unknown]") == len(paths)


def test_marks_of_the_web_in_names_stay_text(tmp_path):
    text = (
        plan_to_json(small_fair())
        .replace("Tiny fair", "<script>alert(1)</script> [bold]&amp;")
        .replace("Hall 1", "</script><b>")
    )
    (tmp_path / "plan.json").write_text(text, "utf-8")
    told = done("rehearse", str(tmp_path / "plan.json"), "--no-swings", "--out", str(tmp_path / "r"))
    assert "<script>alert(1)</script> [bold]&amp;" in told
    page = (tmp_path / "r" / "index.html").read_text("utf-8")
    assert "<script>alert(1)" not in page
    assert "</script><b>" not in page


def test_many_runs_on_one_screen_in_the_report_and_for_programs(tmp_path):
    folder = tmp_path / "many"
    told = done("rehearse", TINY, "--runs", "3", "--no-swings", "--out", str(folder))
    assert "3 runs: the promise is kept on 3 of 3 days, 100 % (95 % interval 44–100 %)." in told
    assert "staff missing: lanes of Security, West (W-security)" in told
    assert {each.name for each in folder.iterdir()} == PARTS | {"runs.npz"}
    many = json.loads((folder / "summary.json").read_text("utf-8"))["many"]
    assert f"Results of all runs {many['results_sha256'][:12]}." in told
    with np.load(folder / "runs.npz") as runs:
        assert runs["figures"].shape == (3, len(runs["figure_names"]))
    rows = (folder / "csv" / "runs.csv").read_text("utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows] == ["run", "0", "1", "2"]
    again = data("rehearse", TINY, "--runs", "3", "--no-swings", "--json", "--processes", "1")["many"]
    assert {**again, "cpu_s": 0} == {**many, "cpu_s": 0}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--until", "promise.peak_p99_s=30"), "target.runs"),
        (("--runs", "5", "--until", "nothing=1"), "target.figure"),
        (("--runs", "5", "--dask", "tcp://127.0.0.1:9"), "dask.unreachable"),
    ],
)
def test_runs_that_cannot_be_played(words, code):
    assert f"[{code}]" in refused("rehearse", TINY, *words)


def test_no_runs_are_refused():
    assert "--runs" in refused("rehearse", TINY, "--runs", "0")
