"""Workbook, JSON and overrides: without loss, and every problem at once."""

import zipfile

import openpyxl
import pytest

from hostcity.plan import (
    Plan,
    PlanError,
    apply_overrides,
    plan_from_json,
    plan_to_json,
    problems_of,
    read_plan,
    write_workbook,
)
from hostcity.plan.cells import clock_text, read_cell
from hostcity.plan.columns import columns_of
from hostcity.plan.rows import Edition
from tests.fairs import small_fair


def lines(error: pytest.ExceptionInfo[PlanError]) -> list[str]:
    return [str(problem) for problem in error.value.problems]


def refused(path) -> list[str]:
    with pytest.raises(PlanError) as error:
        read_plan(path)
    return lines(error)


def edit(path, sheet: str, cell: str, value) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def test_the_fair_has_no_problems():
    assert problems_of(small_fair()) == ()


def test_workbook_and_back(workbook):
    assert read_plan(workbook) == small_fair()


def test_json_and_back():
    assert plan_from_json(plan_to_json(small_fair())) == small_fair()


def test_same_plan_same_bytes(workbook, tmp_path):
    again = tmp_path / "again.xlsx"
    write_workbook(small_fair(), again)
    assert again.read_bytes() == workbook.read_bytes()


def test_the_hash_tells_plans_apart():
    plan = small_fair()
    assert plan.sha256 == small_fair().sha256
    assert plan.sha256 != apply_overrides(plan, ["stations.W-security.lanes=9"]).sha256


@pytest.mark.parametrize("seconds", [0.0, 34_200.0, 34_201.0, 91_800.0, 34_200.125, 1.1, 86_399.999])
def test_clocks_come_back(seconds):
    assert read_cell(columns_of(Edition)["opens_at"], clock_text(seconds)) == seconds


def test_all_problems_at_once(workbook):
    edit(workbook, "stations", "E3", -4)
    edit(workbook, "links", "B4", "nowhere")
    edit(workbook, "levels", "A4", "2")
    edit(workbook, "nodes", "B11", "0")
    edit(workbook, "stations", "E4", None)
    assert refused(workbook) == [
        "sheet stations, row 3, column lanes: is -4 lanes. Give at least 0 lanes. [stations.lanes.range]",
        "sheet stations, row 4, column lanes: is empty. Fill in: Lanes open when the lane schedule says nothing. "
        "[stations.lanes.empty]",
        "sheet areas, row 8, column level: names 1, which is not in sheet levels. Levels: 0, 2. [areas.level.unknown]",
        "sheet nodes, row 12, column level: names 1, which is not in sheet levels. Levels: 0, 2. [nodes.level.unknown]",
        "sheet links, row 4, column start: names nowhere, which is not in sheet nodes. "
        "Nodes: arrival, coaches, security, badge, west, east, H1-a, H1-b, .... [links.start.unknown]",
    ]


def test_a_row_that_could_not_be_read_may_be_the_one_that_is_named(workbook):
    edit(workbook, "nodes", "D5", "far")
    assert refused(workbook) == [
        "sheet nodes, row 5, column x_m: is 'far'. Write a plain number, without unit or thousands separator. "
        "[nodes.x_m.number]"
    ]


def test_rows_that_do_not_fit(workbook):
    edit(workbook, "links", "B4", "security-W")
    edit(workbook, "levels", "A4", "0")
    assert [line.split("[")[-1] for line in refused(workbook)] == [
        "levels.code.twice]",
        "areas.level.unknown]",
        "nodes.level.unknown]",
        "nodes.level.unknown]",
        "links.start.unknown]",
    ]


def test_a_wrong_unit(workbook):
    edit(workbook, "links", "F2", "width 宽度 [cm]")
    assert refused(workbook) == [
        "sheet links, row 2, column width_m: is in [cm]. Give it in [m] and write that into row 2. [links.width_m.unit]"
    ]


def test_a_missing_sheet(workbook):
    book = openpyxl.load_workbook(workbook)
    del book["nodes"]
    book.save(workbook)
    assert refused(workbook) == [
        "sheet nodes: is missing. Add the sheet; `hostcity template` shows it. [nodes.missing]"
    ]


def test_a_formula(workbook):
    edit(workbook, "stations", "E3", "=1+2")
    assert (
        "sheet stations, row 3, column lanes: is a formula. Copy the cell and paste it as a value. [workbook.formula]"
        in (refused(workbook))
    )


def test_a_hall_nobody_can_reach():
    plan = small_fair()
    cut = plan.replace(links=tuple(link for link in plan.links if link.code not in ("stairs", "ramp")))
    assert {problem.code for problem in problems_of(cut)} == {"areas.unreachable", "areas.unreachable_step_free"}


def test_a_service_on_no_lanes():
    plan = apply_overrides(small_fair(), ["stations.food.lanes=0"])
    assert [str(problem) for problem in problems_of(plan)] == [
        "sheet stations, row 3, column lanes: food serves on 0 lanes all day. "
        "Give it at least 1 lane, or remove the station. [stations.lanes.none]"
    ]


def test_not_a_workbook_at_all(tmp_path):
    path = tmp_path / "expo.xlsx"
    path.write_text("hello")
    assert refused(path) == [
        "is not an Excel workbook (.xlsx). Save the plan as an Excel workbook (.xlsx). [workbook.not_xlsx]"
    ]


def test_a_small_file_that_unpacks_to_a_million_cells(tmp_path, workbook):
    path = tmp_path / "bomb.xlsx"
    row = "<row>" + '<c t="n"><v>1</v></c>' * 1000 + "</row>"
    with zipfile.ZipFile(workbook) as good, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            if name == "xl/worksheets/sheet2.xml":
                bad.writestr(name, "<worksheet><sheetData>" + row * 3500 + "</sheetData></worksheet>")
            else:
                bad.writestr(name, good.read(name))
    assert path.stat().st_size < 370_000
    assert [line.split("[")[-1] for line in refused(path)] == ["workbook.bomb]"]


def test_rows_keep_the_numbers_of_the_spreadsheet(workbook):
    book = openpyxl.load_workbook(workbook)
    book["stations"].insert_rows(3, 4)
    book.save(workbook)
    edit(workbook, "stations", "E7", -1)
    assert refused(workbook)[0].startswith("sheet stations, row 7, column lanes: is -1 lanes.")


def test_a_plan_made_of_nothing():
    with pytest.raises(PlanError) as error:
        plan_from_json("{}")
    assert [problem.code for problem in error.value.problems] == [
        f"{sheet}.missing" for sheet in ("edition", "levels", "areas", "nodes", "links")
    ]


def test_overrides_say_what_they_do():
    plan = apply_overrides(small_fair(), ["stations.W-security.lanes=9", "stations.*-security.service_mean_s*=2"])
    station = plan.stations[0]
    assert (station.lanes, station.service_mean_s) == (9, 14.4)
    timed = apply_overrides(small_fair(), ["stations.W-security.lanes@09:00-11:00=5"]).timeline[-1]
    assert (timed.action, timed.target, timed.starts_at, timed.ends_at, timed.value) == (
        "lanes", "W-security", 32_400.0, 39_600.0, 5.0,
    )  # fmt: skip


def test_overrides_that_name_nothing():
    with pytest.raises(PlanError) as error:
        apply_overrides(
            small_fair(),
            ["stations.W-secrity.lanes=1", "stations.W-security.lane=1", "lanes", "areas.H1.kind@09:00-10:00=hall"],
        )
    assert [problem.code for problem in error.value.problems] == [
        "override.key", "override.field", "override.form", "override.window",
    ]  # fmt: skip


def test_plans_are_frozen():
    with pytest.raises(AttributeError):
        small_fair().edition = ()
    assert isinstance(small_fair(), Plan)
