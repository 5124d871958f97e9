"""Tasks in and out by the command: Microsoft Project, CSV, a calendar, baselines; nothing written unless asked."""

import json
from pathlib import Path

import pytest
from icalendar import Calendar

from hostcity.plan import write_workbook
from hostcity.plan.books import READINESS, read_joined
from tests.fairs import small_fair
from tests.plan.preparations import prepared
from tests.site.commands import data, done, hostcity, refused


@pytest.fixture
def fair(tmp_path):
    write_workbook(small_fair(), tmp_path / "expo.xlsx")
    write_workbook(prepared(sources=(), provenance=(), reported=()), tmp_path / READINESS.file, READINESS.sheets)
    return tmp_path


def tasks_of(fair: Path):
    return {each.code: each for each in read_joined(fair, READINESS).plan.tasks}


def test_a_project_goes_out_is_changed_and_comes_back(fair):
    ran = hostcity("tasks", "export", str(fair), "plan.xml", cwd=fair)
    assert (ran.returncode, ran.stdout) == (0, "plan.xml\n")
    assert "sheet risk_drivers: 1 rows are named by their codes only" in ran.stderr
    file = fair / "plan.xml"
    file.write_text(file.read_text("utf-8").replace("<Name>wire</Name>", "<Name>拉线</Name>"), "utf-8")
    book = (fair / READINESS.file).read_bytes()
    assert "Changes that would be made: 1." in done("tasks", "import", str(fair), str(file))
    assert (fair / READINESS.file).read_bytes() == book
    made = json.loads(done("tasks", "import", str(fair), str(file), "--apply", "--json"))
    assert (made["is_applied"], made["total"], made["counts"]["tasks"]["changed"]) == (True, 1, 1)
    assert tasks_of(fair)["wire"].name_zh == "拉线"
    assert json.loads(done("tasks", "import", str(fair), str(file), "--apply", "--json"))["total"] == 0


def test_csv_goes_out_and_in_with_every_problem(fair):
    done("tasks", "export", str(fair), "tasks.csv", cwd=fair)
    file = fair / "tasks.csv"
    text = file.read_text("utf-8-sig")
    file.write_text(text.replace("wire,", "wire,Wiring", 1), "utf-8")
    done("tasks", "import", str(fair), str(file), "--apply")
    assert tasks_of(fair)["wire"].name_en == "Wiring"
    file.write_text("code,likely_d,crew\nwire,-1,riggers\ntest,2,nobody\n", "utf-8")
    told = refused("tasks", "import", str(fair), str(file), "--apply")
    assert "sheet tasks, row 2, column likely_d" in told
    assert "sheet tasks, row 3, column crew" in told
    file.write_text("代码,工期\n", "gbk")
    assert "是 GBK 编码的文本，不是 UTF-8。请保存为 CSV UTF-8。 [csv.encoding]" in refused(
        "tasks", "import", str(fair), str(file), "--lang", "zh"
    )
    assert tasks_of(fair)["wire"].likely_d == 4


def test_a_calendar_has_milestones_drills_and_need_bys(fair):
    done("tasks", "export", str(fair), "all.ics", cwd=fair)
    events = {
        str(each["uid"]).partition("@")[0]: each for each in Calendar.from_ical((fair / "all.ics").read_bytes()).events
    }
    days = {
        key: (str(each["summary"]), each["dtstart"].dt.isoformat(), each["dtend"].dt.isoformat())
        for key, each in events.items()
    }
    assert days == {
        "test-is": ("test", "2026-05-09", "2026-05-12"), "test-by": ("Needed by today: test", "2026-05-16", "2026-05-17"),
        "ready-is": ("ready", "2026-05-11", "2026-05-12"), "ready-by": ("Needed by today: ready", "2026-05-19", "2026-05-20"),
    }  # fmt: skip
    done("tasks", "export", str(fair), "police.ics", "--department", "police", "--lang", "zh", cwd=fair)
    text = (fair / "police.ics").read_text("utf-8")
    assert (text.count("BEGIN:VEVENT"), "须完成：test" in text) == (2, True)
    assert "Known: build, police." in refused("tasks", "export", str(fair), "x.ics", "--department", "fire", cwd=fair)


def test_the_path_is_compared_with_a_baseline(fair):
    assert done("tasks", "baseline", str(fair), "april") == f"{fair / 'baselines' / 'april.csv'}\n"
    assert "file.exists" in refused("tasks", "baseline", str(fair), "april")
    found = data("tasks", "path", str(fair), "--baseline", "april", "--set", "tasks.wire.likely_d=8")["baseline"]
    assert (found["later"], [(each["code"], each["later_d"]) for each in found["moved"]]) == (1, [("wire", 4.0)])
    shown = done("tasks", "path", str(fair), "--baseline", "april", "--set", "tasks.wire.likely_d=8")
    assert "1 tasks end later than they were to, 0 earlier, 2 on the day; 0 are new, 0 gone." in shown
    ran = hostcity("tasks", "export", str(fair), "plan.xml", "--baseline", "april", cwd=fair)
    assert ran.returncode == 0
    assert (
        data("tasks", "import", str(fair), str(fair / "plan.xml"), "--apply")["baselines"] == []
    )  # it is there already
    assert "Known: april." in refused("tasks", "path", str(fair), "--baseline", "may")


def test_what_is_no_such_file_is_refused(fair):
    assert "Name a file that ends in .xml or .csv." in refused("tasks", "import", str(fair), "x.mpp")
    assert "Name a file that ends in .xml, .csv or .ics." in refused("tasks", "export", str(fair), "x.mpp")
    (fair / "plan.xml").write_text("<Project/>")
    assert "Known: build, police." in refused(
        "tasks", "import", str(fair), str(fair / "plan.xml"), "--department", "fire"
    )
    assert "csv.sheet" in refused("tasks", "export", str(fair), "nodes.csv", cwd=fair)
    assert "file." in refused("tasks", "import", str(fair), str(fair / "none.xml"))


def test_a_day_that_has_tasks_itself_is_not_written(tmp_path):
    write_workbook(prepared(), tmp_path / "expo.xlsx")
    (tmp_path / "tasks.csv").write_text("code,likely_d\nwire,5\n")
    assert "tasks.books" in refused("tasks", "import", str(tmp_path), str(tmp_path / "tasks.csv"), "--apply")
    done("tasks", "import", str(tmp_path / "expo.xlsx"), str(tmp_path / "tasks.csv"), "--apply")
    assert tasks_of(tmp_path)["wire"].likely_d == 5
