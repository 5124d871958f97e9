"""The folder of a report: complete, readable, and never half written."""

import csv
import dataclasses
import errno
import json

import numpy as np
import pytest

import hostcity.report.folder
from hostcity.plan import plan_from_json
from hostcity.report import summary, write_report
from hostcity.report.folder import PARTS, check_folder
from hostcity.report.tables import TABLES, write_tables
from tests.rehearsals import small_rehearsal


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_it_holds_all_its_parts(tmp_path):
    page = write_report(small_rehearsal(), tmp_path / "deep" / "report")
    assert page == tmp_path / "deep" / "report" / "index.html"
    assert {each.name for each in page.parent.iterdir()} == PARTS - {"runs.npz"}  # which only many runs have
    assert json.loads((page.parent / "summary.json").read_text("utf-8")) == summary(small_rehearsal())
    assert plan_from_json((page.parent / "plan.json").read_text("utf-8")) == small_rehearsal().plan
    assert {each.name for each in (page.parent / "csv").iterdir()} == {f"{name}.csv" for name in TABLES}
    assert [each.name for each in (tmp_path / "deep").iterdir()] == ["report"]


def test_arrays_are_read_without_pickle(tmp_path):
    write_report(small_rehearsal(), tmp_path / "report")
    day = small_rehearsal().day
    with np.load(tmp_path / "report" / "results.npz", allow_pickle=False) as arrays:
        assert arrays["area_codes"].tolist() == list(day.area_codes)
        assert int(arrays["seed"]) == day.seed
        np.testing.assert_array_equal(arrays["service_wait_s"], day.service_wait_s)
        np.testing.assert_array_equal(arrays["station_wait_p99_s"], day.station_wait_p99_s)


def test_tables_carry_the_figures(tmp_path):
    write_report(small_rehearsal(), tmp_path / "report")
    rehearsal = small_rehearsal()
    day, folder = rehearsal.day, tmp_path / "report" / "csv"
    for name in TABLES:
        headings, *rows = read_csv(folder / f"{name}.csv")
        is_empty = name in ("clearances", "exits")  # nothing is evacuated
        assert bool(rows) is not is_empty, name
        assert {len(row) for row in rows} <= {len(headings)}, name
    minutes = read_csv(folder / "areas_minutes.csv")
    assert minutes[0][1:-1] == [f"{code} [persons]" for code in day.area_codes]
    got = np.array([[int(each) for each in row[1:-1]] for row in minutes[1:]])
    assert got.T.tolist() == day.area_persons.tolist()
    slots = read_csv(folder / "stations_5min.csv")[1:]
    p99 = [float(row[5]) if row[5] else float("nan") for row in slots]
    np.testing.assert_allclose(p99, day.station_wait_p99_s.ravel(), atol=5e-7)
    streams = read_csv(folder / "streams_5min.csv")
    assert [int(each) for each in streams[-1][1:]] == [each.persons for each in rehearsal.figures.streams]
    assert streams[-1][0] == "20:00:00"


def test_a_text_of_the_plan_is_no_formula_in_a_spreadsheet(tmp_path):
    rehearsal = small_rehearsal()
    areas = tuple(dataclasses.replace(row, name_en="=1+1") for row in rehearsal.plan.areas)
    write_tables(dataclasses.replace(rehearsal, plan=rehearsal.plan.replace(areas=areas)), tmp_path / "csv")
    assert {row[1] for row in read_csv(tmp_path / "csv" / "areas.csv")[1:]} == {"'=1+1"}


def test_an_earlier_report_is_replaced(tmp_path):
    folder = tmp_path / "report"
    write_report(small_rehearsal(), folder)
    (folder / "index.html").write_text("old")
    write_report(small_rehearsal(), folder)
    assert (folder / "index.html").read_text("utf-8").startswith("<!doctype html>")
    assert [each.name for each in tmp_path.iterdir()] == ["report"]


def test_a_folder_with_foreign_files_is_left_alone(tmp_path):
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(FileExistsError, match=r"thesis\.docx"):
        write_report(small_rehearsal(), tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_or_link_in_its_place_is_left_alone(tmp_path):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name, said in (("file", "is not a folder"), ("link", "is a link. Give the folder that it leads to")):
        with pytest.raises(FileExistsError, match=said):
            write_report(small_rehearsal(), tmp_path / name)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "link", "real"]


@pytest.mark.parametrize(
    ("name", "number"),
    [("file/report", errno.ENOTDIR), ("file/deep/report", errno.ENOTDIR), ("x" * 300, errno.ENAMETOOLONG),
     ("x" * 300 + "/report", errno.ENAMETOOLONG), ("/proc/report", errno.EACCES), ("/proc/deep/report", errno.EACCES)],
)  # fmt: skip
def test_a_place_where_nothing_can_be_written_is_told_before_the_day_is_played(tmp_path, name, number):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OSError) as error:  # noqa: PT011 -- whichever kind the system says
        check_folder(tmp_path / name)
    assert (error.value.errno, error.value.filename) == (number, str(tmp_path / name))
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_place_that_is_looked_at_is_left_as_it_was(tmp_path):
    check_folder(tmp_path / "deep" / "report")
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("step", ["page_of", "write_tables", "write_arrays"])
def test_a_failure_leaves_everything_as_it_was(tmp_path, monkeypatch, step, earlier):
    folder = tmp_path / "report"
    if earlier:
        folder.mkdir()
        (folder / "index.html").write_text("old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(hostcity.report.folder, step, fail)
    with pytest.raises(OSError, match="disk full"):
        write_report(small_rehearsal(), folder)
    assert [each.name for each in tmp_path.iterdir()] == (["report"] if earlier else [])
    assert not earlier or (folder / "index.html").read_text() == "old"


def test_the_earlier_report_returns_when_the_new_one_cannot_take_its_place(tmp_path, monkeypatch):
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "index.html").write_text("old")
    rename = type(folder).rename

    def fail_once_there(path, target):
        if target == folder and path.parent == tmp_path:
            raise OSError("no")
        return rename(path, target)

    monkeypatch.setattr(type(folder), "rename", fail_once_there)
    with pytest.raises(OSError, match="no"):
        write_report(small_rehearsal(), folder)
    assert (folder / "index.html").read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["report"]
