"""Sheets as CSV: what spreadsheet programs save and paste, in and out, and what is no such thing."""

import dataclasses

import pytest

from hostcity.plan import PlanError
from hostcity.plan.by_key import Counts, counts_of, fitting, put_in
from hostcity.plan.csv_form import read_csv, read_csv_text, sheet_named, write_csv
from hostcity.plan.rows import TaskLink
from tests.plan.preparations import GOOD, READY, TEST, WIRE, prepared

PLAN = prepared()


def put(text, sheet="tasks", plan=PLAN, remove=()):
    return fitting(put_in(plan, read_csv_text(text, sheet, "tasks.csv"), remove), "tasks.csv")


def told(text, sheet="tasks", plan=PLAN):
    with pytest.raises(PlanError) as refused:
        put(text, sheet, plan)
    return [(each.row, each.code) for each in refused.value.problems]


def test_every_sheet_of_a_preparation_comes_back_as_it_was(tmp_path):
    formulas = dataclasses.replace(WIRE, name_en="=1+1", name_zh="'=1+1", done_en="@sum\n-2", done_zh="-3, 好")
    plan = prepared(
        tasks=(formulas, TEST, READY),
        task_links=(*GOOD["task_links"], TaskLink(code="-a", before="wire", after="ready", lag_d=-1)),
    )
    for sheet in GOOD:
        file = tmp_path / f"{sheet}.csv"
        file.write_text(write_csv(plan, sheet), "utf-8", newline="")
        contents = read_csv(file)
        assert fitting(put_in(plan, contents), file.name) == plan
        assert fitting(put_in(plan.replace(**{sheet: ()}), contents), file.name) == plan


def test_no_cell_goes_out_as_a_formula():
    names = ("=cmd()", "+1", "-1", "@x", "'=x", "plain")
    plan = prepared(
        tasks=tuple(dataclasses.replace(READY, code=f"t{at}", name_en=name) for at, name in enumerate(names)),
        task_links=(),
    )
    lines = write_csv(plan, "tasks").splitlines()[1:]
    assert [line.split(",")[1] for line in lines] == ["'=cmd()", "'+1", "'-1", "'@x", "''=x", "plain"]
    link = write_csv(prepared(task_links=(TaskLink(code="a", before="wire", after="test", lag_d=-1),)), "task_links")
    assert link.splitlines()[1] == "a,wire,test,FS,-1"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("head", ["code|likely_d|directives", "Code|likely|directives", "代码|最可能工期 |对应指示"])
def test_columns_are_known_by_any_of_their_names(separator, head):
    columns = {"Code": "code", "代码": "code"}
    names = [columns.get(each, each) for each in head.split("|")]
    text = separator.join(names) + "\r\n" + separator.join(["wire", "5", '"d1;"']) + "\r\n"
    made = put(text)
    assert made == PLAN.replace(tasks=(dataclasses.replace(WIRE, likely_d=5.0), TEST, READY))


def test_columns_that_are_not_there_say_nothing_and_rows_may_be_new():
    text = (
        "code,workstream,department,kind,name_zh\nready,halls,build,milestone,就绪\nmore,halls,police,milestone,又一\n"
    )
    made = put(text)
    contents = read_csv_text(text, "tasks", "x")
    assert made.tasks[2] == dataclasses.replace(READY, name_zh="就绪")
    assert counts_of(PLAN, made, contents) == {"tasks": Counts(added=1, changed=1, removed=0, not_named=2)}
    assert put(text, plan=made) == made


def test_other_rows_are_removed_when_asked():
    text = "code,before,after\nl2,test,ready\n"
    assert [each.code for each in put(text, "task_links", remove=("task_links",)).task_links] == ["l2"]


def test_a_paste_of_2000_rows_with_40_faults_tells_all_of_them():
    rows = [f"n{at}\thalls\tbuild\t{1 + at % 5}\t" for at in range(2_000)]
    faults = {}
    for at in range(0, 2_000, 50):
        wrong = ("four", "-1", "5000")[at // 50 % 3]
        rows[at] = f"n{at}\thalls\tbuild\t{wrong}\t"
        faults[at + 2] = f"tasks.likely_d.{'number' if wrong == 'four' else 'range'}"
    text = "code\tworkstream\tdepartment\tlikely_d\tneed_by\n" + "\n".join(rows)
    assert len(faults) == 40
    assert told(text) == list(faults.items())


def test_bad_rows_of_every_kind_are_told_at_once():
    text = (
        "code,workstream,department,crew,likely_d,earliest_start,need_by\n"
        "a,halls,build,nobody,2,,\nb,halls,build,,-2,,\nc,halls,build,,2,2026-05-15,2026-05-05\nd,halls,build,,2,,,7\na,halls,build,,1,,\n"
    )
    assert sorted(told(text)) == [
        (2, "tasks.crew.unknown"), (3, "tasks.likely_d.range"), (4, "tasks.need_by.order"), (5, "tasks.cells"), (6, "tasks.code.twice"),
    ]  # fmt: skip
    assert told("code,before,after\nx,ready,wire\n", "task_links") == [
        (0, "task_links.after.circle")
    ]  # told at a link of the plan


def test_columns_that_are_wrong_are_told():
    assert told("code,nmae_en,code\nwire,x,wire\n") == [(1, "tasks.nmae_en.unknown"), (1, "tasks.code.twice")]
    assert told("wire,x\n") == [(1, "tasks.wire.unknown"), (1, "tasks.x.unknown"), (1, "tasks.code.missing")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("code,name_zh\nwire,布线\n".encode("gbk"), "csv.encoding"),
        ("code,name_zh\nwire,布线\n".encode("utf-16"), "csv.encoding"),
        (b"code\n\xff\xff\n", "csv.encoding"),
        (b"PK\x03\x04", "csv.kind"),
        (b"code\n\0\n", "csv.kind"),
        (b'code,"name\nwire', "csv.syntax"),
    ],
)
def test_what_is_no_csv_in_utf_8_is_refused(tmp_path, data, code):
    file = tmp_path / "tasks.csv"
    file.write_bytes(data)
    with pytest.raises(PlanError) as refused:
        read_csv(file)
    assert [each.code for each in refused.value.problems] == [code]
    assert ("GBK" in str(refused.value)) == (data == "code,name_zh\nwire,布线\n".encode("gbk"))


def test_the_mark_of_utf_8_is_read_over_and_the_size_is_limited(tmp_path):
    file = tmp_path / "2026-05 task_links.csv"
    file.write_bytes(b"\xef\xbb\xbfcode,before,after\n")
    assert read_csv(file).rows == {"task_links": ()}
    with file.open("wb") as long:
        long.truncate(100 * 1024**2)
    with pytest.raises(PlanError, match=r"csv\.size"):
        read_csv(file)


def test_the_name_of_a_file_says_its_sheet(tmp_path):
    names = {
        "tasks.csv": "tasks",
        "June task_links.csv": "task_links",
        "crew_days.csv": "crew_days",
        "mytasks.csv": "",
        "x.csv": "",
    }
    assert {name: sheet_named(tmp_path / name) for name in names} == names
    with pytest.raises(PlanError, match=r"csv\.sheet"):
        read_csv(tmp_path / "x.csv")
