"""Counts as people write them: what is read, and every problem at once."""

import dataclasses

import pytest
from examples.tiny.build import build_plan

from hostcity.plan import PlanError
from hostcity.plan.rows import Area
from hostcity.studies.calibration import counts as module
from hostcity.studies.calibration import csv_file, read_counts
from hostcity.studies.counted import ENTRIES, INSIDE, WAIT, Asked

HOUR_S = 3600.0
HEAD = "time,minutes,what,place,value,unit,sd,n,note\n"
PLAN = build_plan()


def read(tmp_path, text, plan=PLAN):
    file = tmp_path / "counts.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_counts(file, plan)


def problems(tmp_path, text, plan=PLAN):
    with pytest.raises(PlanError) as caught:
        read(tmp_path, text, plan)
    return [(each.row, each.column, each.code) for each in caught.value.problems]


def test_what_a_person_writes(tmp_path):
    told = read(
        tmp_path,
        "# my counts\n" + HEAD + "09:00,15,entries,W,182,persons,5,,clicker 3\n9:30,,inside,H1,412,,,,\n"
        "10:00,,wait,W-security,12,min,,4,\n\n10:15,15,passed,W-badge,90,people,,,\n10:30,,occupancy,,900,,,,\n10:45,30,inside,H2,,,,,rain\n",
    )
    assert [each.asked for each in told.counts] == [
        Asked(ENTRIES, "gates", "W", 9 * HOUR_S, 9.25 * HOUR_S),
        Asked(INSIDE, "areas", "H1", 9.5 * HOUR_S, 9.5 * HOUR_S),
        Asked(WAIT, "stations", "W-security", 10 * HOUR_S - 150, 10 * HOUR_S + 150),
        Asked(ENTRIES, "stations", "W-badge", 10.25 * HOUR_S, 10.5 * HOUR_S),
        Asked(INSIDE, "", "", 10.5 * HOUR_S, 10.5 * HOUR_S),
    ]
    assert [(each.line, each.value, each.sd, each.n) for each in told.counts] == [
        (3, 182, 5, 1), (4, 412, None, 1), (5, 720, None, 4), (7, 90, None, 1), (8, 900, None, 1),
    ]  # fmt: skip
    assert told.gaps == 1  # nobody counted in H2


def test_how_finely_a_wait_was_told(tmp_path):
    told = read(
        tmp_path,
        HEAD
        + "".join(
            f"{9 + n}:00,,wait,W-security,{text},,,\n" for n, text in enumerate(("4,min", "4.5,min", "90,s", "2.25,s"))
        ),
    )
    assert [each.step for each in told.counts] == pytest.approx([60, 6, 1, 0.01])


@pytest.mark.parametrize(
    "text",
    [
        "Time;What;Value;Minutes;Place\n09:00;entries;182;15;W\n",
        "时间\t内容\t数值\t分钟数\t地点\n09:00\t入场\t182\t15\tW\n",
        b"\xef\xbb\xbftime,what,value,minutes,place\r\n09:00,entries,182,15,W\r\n",
        "时间,内容,数值,分钟数,地点\n09:00,入场,182,15,W\n".encode("gb18030"),
    ],
)
def test_as_spreadsheets_save_it(tmp_path, text):
    (count,) = read(tmp_path, text).counts
    assert (count.asked, count.value) == (Asked(ENTRIES, "gates", "W", 32_400.0, 33_300.0), 182)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("06:30,15,entries,W,1,,,,", [("time", "time.clock")]),
        ("19:50,15,entries,W,1,,,,", [("minutes", "minutes.clock")]),
        ("nine,15,entries,W,1,,,,", [("time", "time.clock")]),
        (",15,entries,W,1,,,,", [("time", "time.missing")]),
        ("09:00,15,exits,W,1,,,,", [("what", "what.choice")]),
        ("09:00,15,entries,Q,1,,,,", [("place", "place.unknown")]),
        ("09:00,,inside,W-badge,1,,,,", [("place", "place.kind")]),
        ("09:00,,wait,H1,1,s,,,", [("place", "place.kind")]),
        ("09:00,,entries,W,1,,,,", [("minutes", "minutes.missing")]),
        ("09:02,15,entries,H1,1,,,,", [("minutes", "minutes.slots")]),
        ("09:00,15,entries,W,-4,,,,", [("value", "value.range")]),
        ("09:00,15,entries,W,4.5,,,,", [("value", "value.integer")]),
        ("09:00,15,entries,W,many,,,,", [("value", "value.number")]),
        ("09:00,15,entries,W,4,min,,,", [("unit", "unit.kind")]),
        ("09:00,,wait,W,4,persons,,,", [("unit", "unit.kind")]),
        ("09:00,,wait,W,4,,,,", [("unit", "unit.missing")]),
        ("09:00,,wait,W,4,hours,,,", [("unit", "unit.choice")]),
        ("09:00,,wait,W,900,min,,,", [("value", "value.day")]),
        ("09:00,15,entries,W,4,,,3,", [("n", "n.kind")]),
        ("09:00,15,entries,W,1,,,,,5", [("", "row.cells")]),
        ("06:00,,entries,Q,-1,furlongs,,,", [("value", "value.range"), ("unit", "unit.choice"), ("place", "place.unknown")]),
        ("06:00,,entries,Q,1,s,,2,", [("unit", "unit.kind"), ("n", "n.kind"), ("time", "time.clock"),
                                      ("minutes", "minutes.missing"), ("place", "place.unknown")]),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used(tmp_path, row, found):
    rows = HEAD + "08:00,15,entries,W,1,,,,\n" + row + "\n"
    codes = [(3, column, f"counts.{code}") for column, code in found]
    cells = [(3, "", "counts.row.cells")] if found[0][1] == "row.cells" else codes
    assert problems(tmp_path, rows) == cells


def test_everything_wrong_is_told_at_once(tmp_path):
    rows = "09:00,15,entries,W,7,,,,\n09:10,15,entries,W,8,,,,\n09:10,15,entries,W,8,,,,\n05:00,,inside,H1,-1,,,,\n10:00,,wait,W,5,,,,\n"
    assert problems(tmp_path, HEAD + rows) == [
        (5, "value", "counts.value.range"),
        (6, "unit", "counts.unit.missing"),
        (3, "", "counts.row.overlap"),
        (4, "", "counts.row.duplicate"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file.empty"),
        (HEAD, "file.empty"),
        (HEAD + "09:00,15,entries,W,,,,,\n", "file.empty"),
        (b"PK\x03\x04 a workbook", "file.kind"),
        (b"\x00\x01", "file.kind"),
        (b"\xff\xff\xff", "file.encoding"),
        (HEAD + '"09:00,15\n', "file.kind"),
        ("time,what,place\n", "column.missing"),
        ("time,what,value,plaice\n", "column.unknown"),
        ("time,what,value,time\n", "column.duplicate"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path, text, code):
    assert [each[2] for each in problems(tmp_path, text)] == [f"counts.{code}"]


def test_no_file_and_too_much(tmp_path, monkeypatch):
    with pytest.raises(PlanError, match=r"counts\.file\.not_found"):
        read_counts(tmp_path / "none.csv", PLAN)
    with pytest.raises(PlanError, match=r"counts\.file\.not_found"):
        read_counts(tmp_path, PLAN)
    monkeypatch.setattr(module, "MOST_COUNTS", 1)
    rows = "09:00,15,entries,W,7,,,,\n09:15,15,entries,W,8,,,,\n"
    assert problems(tmp_path, HEAD + rows) == [(0, "", "counts.file.size")]
    monkeypatch.setattr(csv_file, "MOST_BYTES", 10)
    assert problems(tmp_path, HEAD + rows) == [(0, "", "counts.file.size")]


def test_a_place_is_looked_up_though_the_row_cannot_be_read(tmp_path):
    rows = "nine,,inside,Nowhere,812,m,,,\nnine,,joy,Nowhere,1,,,,\nnine,,inside,,1,,,,\n"
    assert problems(tmp_path, HEAD + rows) == [
        (2, "time", "counts.time.clock"), (2, "unit", "counts.unit.choice"), (2, "place", "counts.place.unknown"),
        (3, "time", "counts.time.clock"), (3, "what", "counts.what.choice"), (4, "time", "counts.time.clock"),
    ]  # fmt: skip


def test_a_code_that_two_sheets_have(tmp_path):
    outside = next(row for row in PLAN.areas if row.code == "gate")
    plan = PLAN.replace(areas=(*PLAN.areas, dataclasses.replace(outside, code="W", outline=())))
    assert isinstance(plan.areas[-1], Area)
    assert problems(tmp_path, HEAD + "09:00,15,entries,W,7,,,,\n", plan) == [(2, "place", "counts.place.ambiguous")]
    (count,) = read(tmp_path, HEAD + "09:00,15,entries,areas.W,7,,,,\n", plan).counts
    assert (count.asked.sheet, count.asked.code) == ("areas", "W")
