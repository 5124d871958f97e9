"""The commands check, template, convert, schema, lanes and compare, each as its user starts it."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from hostcity import __version__
from hostcity.engines.day import rehearse_day
from hostcity.plan import apply_overrides, problems_of, read_plan, write_workbook
from hostcity.plan.overrides import split_changes
from hostcity.plan.schema import plan_schema
from hostcity.plan.template import empty_plan
from hostcity.report.clocks import finite
from hostcity.site.screens.words import Words
from hostcity.studies.compare import compare_plans
from hostcity.studies.lane_breaks import MEND, WHY
from hostcity.studies.lanes import find_lanes
from hostcity.studies.promise import verdict_of
from tests.fairs import fair_with_desks, small_fair
from tests.site.commands import ROOT, TINY, data, done, hostcity, refused

COMMANDS = ("rehearse", "lanes", "compare", "check", "template", "convert", "schema")
HEAVY = ("numba", "numpy", "openpyxl", "ortools", "python_calamine", "scipy", "jinja2")


def test_help_and_version():
    assert done("--version").strip() == __version__
    told = done("--help")
    assert all(command in told for command in COMMANDS)
    assert hostcity().returncode in {0, 2}  # no arguments: the help


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command):
    assert "Usage: " in done(command, "--help")


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["rehearse", "--help"], ["schema"]], ids=" ".join)
def test_starting_the_command_stays_light(words):
    code = f"""
import contextlib, io, sys
sys.argv = ["hostcity", *{words!r}]
from hostcity.site.command import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.split() == []


# check


def test_check_a_good_plan():
    assert done("check", TINY).startswith("No problems. Rows: edition 1, model 1, levels 2, areas 6, nodes 11,")
    assert data("check", TINY) == {"problems": []}
    assert done("check", f"{TINY}/expo.xlsx") == done("check", TINY)


def test_check_says_every_problem(tmp_path):
    write_workbook(empty_plan(), tmp_path / "expo.xlsx")
    told = refused("check", str(tmp_path))
    assert told.splitlines()[0] == "5 problems in expo.xlsx:"
    assert told.splitlines()[1] == "  sheet edition: has 0 rows. Keep exactly one row. [edition.rows]"
    ran = hostcity("check", str(tmp_path), "--json")
    assert ran.returncode == 2
    problems = json.loads(ran.stdout)["problems"]
    assert [each["code"] for each in problems] == [
        f"{name}.rows" for name in ("edition", "levels", "areas", "nodes", "links")
    ]
    assert set(problems[0]) == {
        "code", "sheet", "row", "column", "file", "layer", "feature", "level", "at", "what", "mend", "values",
    }  # fmt: skip


def test_check_a_plan_with_changes():
    assert done("check", TINY, "--set", "stations.food.lanes=9").startswith("No problems.")
    assert "[stations.lanes.none]" in refused("check", TINY, "--set", "stations.food.lanes=0")
    told = refused("check", TINY, "--set", "stations.fod.lanes=0", "--set", "lanes", "--set", "links.*.width_m=-1")
    assert told.splitlines()[0] == "3 problems in the overrides:"
    assert "Did you mean food?" in told
    ran = hostcity("check", TINY, "--json", "--set", "stations.fod.lanes=0")
    assert (ran.returncode, [each["code"] for each in json.loads(ran.stdout)["problems"]]) == (2, ["override.key"])


@pytest.mark.parametrize(
    ("name", "body"),
    [("expo.xlsx", b""), ("expo.xlsx", b"hello"), ("plan.json", b"{"), ("plan.json", b"\xff\xfe"), ("plan.json", b"[1]"),
     ("plan.csv", b"a,b"), ("plan", b"")],
)  # fmt: skip
@pytest.mark.parametrize("command", ["check", "rehearse", "lanes", "convert"])
def test_a_file_that_is_no_plan(tmp_path, name, body, command):
    (tmp_path / name).write_bytes(body)
    more = [str(tmp_path / "out.json")] if command == "convert" else []
    assert refused(command, str(tmp_path / name), *more, cwd=tmp_path).startswith("1 problem in ")


@pytest.mark.parametrize("path", ["nowhere", "nowhere/expo.xlsx", "/dev/null", ".", "x" * 300, "a\x1bb", "no\nwhere"])
def test_a_plan_that_is_not_there(tmp_path, path):
    assert refused("check", path, cwd=tmp_path)


def test_a_name_of_nothing_is_not_the_folder_one_is_in():
    for words in (("check", ""), ("compare", TINY, ""), ("compare", "", TINY)):
        assert "[plan.not_found]" in refused(*words, cwd=Path(TINY))


def test_every_problem_of_changes_and_of_the_plan_with_them():
    """One that is no change, one that cannot be carried out, and a plan with the third that cannot be played."""
    changes = ("lanes=0", "links.door1.width_m=0", "streams.metro.node=nowhere")
    ran = hostcity("check", TINY, "--json", *(word for each in changes for word in ("--set", each)))
    assert [each["code"] for each in json.loads(ran.stdout)["problems"]] == [
        "override.form", "override.range", "streams.node.unknown",
    ]  # fmt: skip


def test_bytes_that_are_no_text_on_the_command_line(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", "from hostcity.site.command import main; main()", "check", TINY, "--set", b"areas.H1.name_en=\xff\xfe"],
        capture_output=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert b"Traceback" not in ran.stderr
    assert b"[override.character]" in ran.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["check"], ["chek", TINY], ["check", TINY, "--sett", "a.b.c=1"], ["check", TINY, "--lang", "fr"],
        ["lanes", TINY, "--seed", "-1"], ["lanes", TINY, "--seed", "one"], ["lanes", TINY, "--seed", "1.5"],
        ["compare", TINY], ["compare", TINY, TINY, "--runs", "0"], ["compare", TINY, TINY, "--runs", "many"],
        ["rehearse", TINY, "--seed", "-1"], ["check", TINY, "--set"], ["convert", TINY],
    ],
    ids=" ".join,
)  # fmt: skip
def test_words_that_the_command_does_not_know(words):
    assert refused(*words)


# template, convert, schema


def test_template(tmp_path):
    path = tmp_path / "new.xlsx"
    assert done("template", str(path)).strip() == str(path)
    assert "[file.exists]" in refused("template", str(path))
    assert refused("check", str(path)).splitlines()[0] == "5 problems in new.xlsx:"


def test_template_without_a_name(tmp_path):
    assert done("template", cwd=tmp_path).strip() == "expo.xlsx"
    assert (tmp_path / "expo.xlsx").exists()


@pytest.mark.parametrize("place", ["nowhere/expo.xlsx", "file/expo.xlsx", "/proc/expo.xlsx", "x" * 300 + ".xlsx"])
def test_a_place_that_cannot_be_written(tmp_path, place):
    (tmp_path / "file").write_text("a file, no folder")
    assert refused("template", place, cwd=tmp_path)
    assert refused("convert", TINY, place, cwd=tmp_path)
    assert refused("convert", TINY, place.replace(".xlsx", ".json"), cwd=tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_convert_there_and_back(tmp_path):
    there, back = tmp_path / "plan.json", tmp_path / "plan.xlsx"
    assert done("convert", TINY, str(there)).strip() == str(there)
    done("convert", str(there), str(back))
    assert read_plan(back) == read_plan(there) == read_plan(TINY)
    assert "[file.exists]" in refused("convert", TINY, str(there))
    jsonschema.Draft202012Validator(plan_schema()).validate(json.loads(there.read_text("utf-8")))


def test_convert_with_changes(tmp_path):
    done("convert", TINY, str(tmp_path / "plan.json"), "--set", "areas.H1.name_zh=一号馆 = 大")
    assert read_plan(tmp_path / "plan.json").areas[4].name_zh == "一号馆 = 大"


@pytest.mark.parametrize("name", ["plan.csv", "plan", "plan.xls", ".xlsx"])
def test_convert_to_a_kind_that_there_is_not(tmp_path, name):
    assert "[file.kind]" in refused("convert", TINY, str(tmp_path / name))
    assert not (tmp_path / name).exists()


def test_schema():
    assert json.loads(done("schema")) == plan_schema()


# lanes


def test_lanes():
    found, told = find_lanes(read_plan(TINY)), done("lanes", TINY)
    assert "Few security lanes by the hour" in told
    assert "KEPT" in told
    body = data("lanes", TINY)
    assert body["overrides"] == list(found.overrides)
    assert body["lane_hours"] == found.lane_hours
    assert body["verdict"]["kept"] is True
    assert [each["code"] for each in body["stations"]] == ["W-security"]
    assert all(f"--set {text}" in told for text in found.overrides)


def test_when_nobody_comes_there_is_no_verdict_on_lanes_runs_or_plans():
    nobody, two = ["--set", "streams.*.persons=0"], ("--runs", "2", "--processes", "1")
    assert "Fresh runs that the search has not seen: no verdict, nobody joined a queue." in done("lanes", TINY, *nobody)
    body = data("lanes", TINY, *nobody)
    assert (body["fresh_kept"], body["fresh_void"], body["fresh_runs"]) == (0, 3, 3)
    told = done("compare", TINY, "stations.food.lanes=3", *two, *nobody)
    assert told.startswith("No verdict on A or B: nobody joined a queue in any run.")
    body = data("compare", TINY, "stations.food.lanes=3", *two, *nobody)
    assert (body["a"]["kept"], body["a"]["void"]) == (0, 2)
    told = done("compare", TINY, "streams.*.persons=0", *two)
    assert told.startswith("Promise: A kept in 2 of 2 runs; B no verdict. The same draws for both;")


def test_lanes_can_be_played_again():
    changes = data("lanes", TINY, "--set", "stations.W-security.service_mean_s=20")["overrides"]
    sets = [word for text in ["stations.W-security.service_mean_s=20", *changes] for word in ("--set", text)]
    assert done("check", TINY, *sets).startswith("No problems.")
    plan = apply_overrides(read_plan(TINY), sets[1::2])
    assert problems_of(plan) == ()
    assert verdict_of(plan, rehearse_day(plan)).kept


def test_lanes_that_cannot_be_found():
    change = ["--set", "stations.W-badge.service_mean_s=60"]
    ran = hostcity("lanes", TINY, *change)
    assert ran.returncode == 3
    assert "All security lanes, open all day, don't keep the promise." in ran.stdout
    assert "Who joins at gate W from 08:" in ran.stdout
    assert "The badge check W-badge is the bottleneck" in ran.stdout
    chinese = hostcity("lanes", TINY, *change, "--lang", "zh")
    assert chinese.returncode == 3
    assert "瓶颈在证件核验点 W-badge" in chinese.stdout
    ran = hostcity("lanes", TINY, *change, "--json")
    assert ran.returncode == 3
    body = json.loads(ran.stdout)
    assert body["verdict"]["kept"] is False
    assert (body["first_break"]["gate"], body["first_break"]["reason"]) == ("W", "badge")
    assert body["first_break"]["station"] == "W-badge"
    assert "[lanes.none]" in body["problems"][0]


@pytest.mark.parametrize("message", [*WHY.values(), *MEND.values()])
def test_why_no_lanes_are_found_has_chinese(message):
    chinese = Words(chinese=True).told(message)
    assert chinese != message
    assert ("{place}" in chinese) == ("{place}" in message)


# compare


def test_compare_with_changes():
    change = "stations.W-security.lanes=1 areas.H1.name_en=The first hall"
    body = data("compare", TINY, change, "--runs", "2")
    plan = fair_with_desks(2000)
    expected = compare_plans(
        plan, apply_overrides(plan, ["stations.W-security.lanes=1", "areas.H1.name_en=The first hall"]), runs=2
    )
    assert (body["a"]["plan_hash"], body["b"]["plan_hash"]) == (expected.a_sha256, expected.b_sha256)
    assert [(each["what"], each["code"], each["figure"], each["a"], each["b"]) for each in body["differences"]] == [
        (each.what, each.code, each.figure, finite(each.a), finite(each.b)) for each in expected.differences
    ]
    assert body["a"]["kept"] == expected.a_kept


def test_compare_two_files(tmp_path):
    write_workbook(small_fair(), tmp_path / "b.xlsx")
    told = done("compare", TINY, str(tmp_path / "b.xlsx"), "--runs", "1", "--processes", "1")
    assert "99 of 100 in within, busiest hour [min]" in told
    assert "peak_p99_s" not in told
    assert "Promise kept in 1 of 1 runs by A" in told
    assert "One run gives no interval" in told


def test_compare_a_plan_with_itself():
    body = data("compare", TINY, TINY, "--runs", "2", "--processes", "1", "--set", "stations.food.lanes=3")
    assert {each["difference"] for each in body["differences"]} == {0.0}
    assert not any(each["clear"] for each in body["differences"])


def test_compare_with_more_changes_than_a_file_name_is_long():
    changes = " ".join(f"stations.food.lanes@{hour:02d}:00-{hour + 1:02d}:00={hour}" for hour in range(8, 20))
    assert len(changes) > 255
    assert data("compare", TINY, changes, "--runs", "1", "--processes", "1")["runs"] == 1


@pytest.mark.parametrize("b", ["nowhere", "stations.fod.lanes=1", "stations.food.lanes=0", "a=b", "="])
def test_compare_with_what_is_no_plan(b):
    assert refused("compare", TINY, b, "--runs", "1")


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("areas.b.c=1", ["areas.b.c=1"]), ("areas.b.c=1 links.e.f*=2", ["areas.b.c=1", "links.e.f*=2"]),
        (" areas.b.c=1  links.e.f=2 ", ["areas.b.c=1", "links.e.f=2"]),
        ("areas.b.c=one hall links.e.f=2", ["areas.b.c=one hall", "links.e.f=2"]),
        ("areas.b.c=x. y links.e f.g=2", ["areas.b.c=x. y", "links.e f.g=2"]),
        ("stations.West gate.lanes=1 stations.x.lanes@09:00-10:00=2", ["stations.West gate.lanes=1", "stations.x.lanes@09:00-10:00=2"]),
    ],
)  # fmt: skip
def test_changes_are_split_where_one_begins(text, changes):
    assert split_changes(text) == changes


# Languages


@pytest.mark.parametrize(
    ("words", "environment"),
    [(["--lang", "zh"], {}), ([], {"LANG": "zh_CN.UTF-8"}), ([], {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"})],
)
def test_in_chinese(words, environment):
    told = done("check", TINY, *words, **environment)
    assert "No problems" not in told
    assert any("\u4e00" <= mark <= "\u9fff" for mark in told)
    lanes = done("lanes", TINY, *words, **environment)
    assert "Few security" not in lanes
    assert "W-security" in lanes


@pytest.mark.parametrize(
    ("words", "environment"),
    [(["--lang", "en"], {"LANG": "zh_CN.UTF-8"}), ([], {"LANG": "C.UTF-8"}), ([], {"LANG": "de_DE.UTF-8"}), ([], {})],
)
def test_in_english(words, environment):
    assert done("check", TINY, *words, **environment).startswith("No problems.")


def test_where_chinese_cannot_be_printed():
    """An old terminal: signs that it lacks are replaced, nothing breaks."""
    told = done("check", TINY, "--lang", "zh", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert told
    assert json.loads(done("schema", PYTHONIOENCODING="ascii", PYTHONUTF8="0")) == plan_schema()
    assert refused("check", TINY, "--set", "areas.一号馆.name_en=x", PYTHONIOENCODING="ascii", PYTHONUTF8="0")


@pytest.mark.parametrize(
    ("given", "english", "chinese"),
    [
        (["unit", "bogus"],
         "hostcity unit, text: 'bogus' is no choice. Give one of 'systemd', 'caddy', 'nginx'. [command.choice]",
         "hostcity unit，text：'bogus' 不是可选值。请从 'systemd', 'caddy', 'nginx' 中选一个。 [command.choice]"),
        (["lanes", TINY, "--seed", "-1"],
         "hostcity lanes, --seed: The number is too small. Give at least 0. [command.range]",
         "hostcity lanes，--seed：数值过小。应不小于 0。 [command.range]"),
        (["rehearse"],
         "hostcity rehearse: plan is missing. Give it; what it is, says hostcity rehearse --help. [command.missing]",
         "hostcity rehearse：缺少 plan。请给出；含义见 hostcity rehearse --help。 [command.missing]"),
        (["chek"],
         "hostcity: There is no command 'chek'. Did you mean 'check', 'schema'? [command.unknown]",
         "hostcity：没有命令 'chek'。是否指 'check', 'schema'？ [command.unknown]"),
        (["unit", "--bogus"],
         "hostcity unit: There is no option --bogus. Did you mean --host, --user? [command.option]",
         "hostcity unit：没有选项 --bogus。是否指 --host, --user？ [command.option]"),
        (["check", TINY, "b"],
         "hostcity check: This is too much: b. Leave it out, or see where it belongs: hostcity check --help. [command.extra]",
         "hostcity check：多余的内容：b。请去掉，或查看它应放在何处：hostcity check --help。 [command.extra]"),
        (["rehearse", TINY, "--out", ""],
         "hostcity rehearse, --out: This is no folder. Give its name. [command.folder]",
         "hostcity rehearse，--out：这不是文件夹。请给出其名称。 [command.folder]"),
        (["serve", "--port"],
         "hostcity: '--port' has no value. Write its value behind it. [command.value]",
         "hostcity：'--port' 缺少值。请在其后写上值。 [command.value]"),
    ],
)  # fmt: skip
def test_wrong_words_get_a_whole_answer(given, english, chinese):
    assert refused(*given) == english + "\n"
    assert refused(*given, LANG="zh_CN.UTF-8") == chinese + "\n"
