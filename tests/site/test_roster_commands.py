"""The roster as its coordinator makes it, checks it and mends it: a dozen people at two posts of the small fair."""

import json

import openpyxl
import pytest

from hostcity.plan import read_plan, write_workbook
from hostcity.plan.force_book import BOOK, BOOK_SHEETS, read_with_force
from hostcity.plan.rows import Campus, Need, Post, Shift, Volunteer
from tests.fairs import small_fair
from tests.plan.test_roster_sheets import DOOR, GUIDE, MEDIC, manned
from tests.site.commands import data, done, hostcity, refused

CROWD = tuple(
    Volunteer(code=f"V{n}", team="T1", trained_for=("guidance",), skills=("en-B2",) if n % 2 else (), uniform="M") for n in range(12)
)  # fmt: skip
NEEDS = (
    Need(code="N1", post="door", bands=("A",), heads=3, heads_least=2),
    Need(code="N2", post="spare", bands=("A",), heads=1),
    Need(code="N3", post="tent", bands=("A",), heads=1),
)
SPARE = Post(code="spare", post_class="guidance", zone="north", is_standby=True)
TENT = Post(code="tent", post_class="medical", zone="north")
FORCE = {
    "volunteers": CROWD, "posts": (DOOR, SPARE, TENT), "needs": NEEDS, "pairs": (), "shifts": (), "certificates": (),
    "post_classes": (GUIDE, MEDIC), "campuses": (Campus(code="C1", bus_seats=2),), "sources": (), "provenance": (), "reported": (),
}  # fmt: skip


def folder_of(place, **sheets) -> str:
    write_workbook(small_fair(), place / "expo.xlsx")
    write_workbook(manned(**{**FORCE, **sheets}), place / BOOK, BOOK_SHEETS)
    return str(place)


@pytest.fixture(scope="module")
def fair(tmp_path_factory):
    return folder_of(tmp_path_factory.mktemp("force"))


@pytest.fixture(scope="module")
def rostered(tmp_path_factory):
    """Six shifts: V0 and V1 and V2 at the door on both days."""
    shifts = tuple(
        Shift(code=f"{day}{n}", volunteer=f"V{n}", day=day, band="A", post="door")
        for day in ("D1", "D2")
        for n in range(3)
    )
    return folder_of(tmp_path_factory.mktemp("rostered"), shifts=shifts)


def test_a_roster_is_made_and_what_is_written_is_checked(fair, tmp_path):
    out = tmp_path / "out"
    ran = hostcity("roster", "plan", fair, "--seconds", "0", "--out", str(out))
    assert ran.returncode == 0
    assert "careful by hand" in ran.stdout
    assert "[needs.post.nobody]" in ran.stderr
    found = json.loads((out / "roster.json").read_text("utf-8"))
    assert found["roster"]["violations"] == 0
    assert found["bound"] <= found["objective"] <= min(found["first_come"]["objective"], found["by_hand"]["objective"])
    assert {each["post"] for each in found["shifts"]} == {"door", "spare"}
    assert len(read_with_force(out).plan.shifts) == len(found["shifts"])
    assert read_plan(out) == small_fair()
    assert data("roster", "check", str(out))["objective"] == pytest.approx(found["objective"], abs=0.1)
    lists = openpyxl.load_workbook(out / "lists.xlsx")
    buses = list(lists["buses 班车"].values)[1:]
    assert all(row[4] == -(-row[3] // 2) for row in buses)
    assert sum(row[3] for row in buses) == len(found["shifts"])


def test_the_same_seed_gives_the_same_roster_and_chinese_says_it(fair):
    one = data("roster", "plan", fair, "--seconds", "0")
    assert {**one, "cpu_s": 0} == {**data("roster", "plan", fair, "--seconds", "0"), "cpu_s": 0}
    assert "先到先得" in done("roster", "plan", fair, "--seconds", "0", "--lang", "zh")


def test_a_roster_that_breaks_rules_ends_with_2(tmp_path):
    folder = folder_of(tmp_path, shifts=(Shift(code="S", volunteer="V0", day="D1", band="A", post="tent"),))
    ran = hostcity("roster", "check", folder)
    assert ran.returncode == 2
    assert "sheet shifts, row 3, column post: D1, A: V0 is not trained, certified or accredited for tent." in ran.stdout


def test_locks_that_contradict_are_refused(tmp_path):
    folder = folder_of(
        tmp_path, shifts=(Shift(code="S", volunteer="V0", day="D1", band="A", post="tent", is_locked=True),)
    )
    assert "[shifts.is_locked.trained]" in refused("roster", "plan", folder)


def test_a_post_and_a_person_are_explained(rostered):
    assert "not trained, certified or accredited" in done("roster", "explain", rostered, "tent", "D1", "A")
    cell = data("roster", "explain", rostered, "door", "D1", "A")
    assert (cell["heads"], cell["people"]["serves here"]) == (3, 3)
    assert [each["asks_for"] for each in cell["lines"]] == ["heads", "least", "en-B2"]
    assert data("roster", "explain", rostered, "--volunteer", "V0")["plan"]["shifts"][0] == {
        "day": "D1",
        "band": "A",
        "post": "door",
    }
    assert "现有班次" in done("roster", "explain", rostered, "--volunteer", "V5", "--lang", "zh")


def test_what_is_not_in_the_plan_is_told_with_what_is(rostered):
    assert "Did you mean door? [roster.posts]" in refused("roster", "explain", rostered, "dor", "D1", "A")
    assert "no code of sheet service_days is given" in refused("roster", "explain", rostered)
    assert "[roster.volunteers]" in refused("roster", "repair", rostered, "--day", "D1", "--absent", "V0,X9")


def test_a_day_is_mended_with_a_line_for_each_who_is_told(rostered, tmp_path):
    (tmp_path / "gone.txt").write_text("V0\nV1\n", "utf-8")
    out = tmp_path / "out"
    found = data("roster", "repair", rostered, "--day", "D1", "--absent", str(tmp_path / "gone.txt"), "--out", str(out))
    assert found["short"]["without"] > found["short"]["after"]
    assert len(found["messages"]) == found["told"]
    assert all(": D1, A: please come to door, though you were off." in each for each in found["messages"])
    written = read_with_force(out).plan.shifts
    assert {each.volunteer for each in written if each.day == "D1"} & {"V0", "V1"} == set()
    assert "people are told" in done("roster", "repair", rostered, "--day", "D1", "--absent", "V0", "--most", "1")
    assert "[roster.now]" in refused("roster", "repair", rostered, "--day", "D1", "--absent", "V0", "--now", "soon")


def test_who_comes_is_drawn(rostered):
    found = data("roster", "simulate", rostered, "--runs", "50")
    assert (found["draws"], found["demand"]) == (50, 8)
    assert found["missing"]["mean"] >= 2
    assert "50 draws of who comes" in done("roster", "simulate", rostered, "--runs", "50")


def test_edits_are_tried(rostered):
    found = data("roster", "what-if", rostered, "V3@D1@A=tent", "V0@D1@A=")
    assert found["change"]["total"] == pytest.approx(sum(found["change"]["traits"]) + sum(v for k, v in found["change"].items() if k not in ("traits", "total")))  # fmt: skip
    assert [each["code"] for each in found["problems"]] == ["shifts.post.trained"]
    assert "No rule is broken that was kept before." in done("roster", "what-if", rostered, "V3@D1@A=spare")
    assert "[roster.edit]" in refused("roster", "what-if", rostered, "V3=door")


def test_commands_on_a_roster_need_one(fair):
    assert "[shifts.none]" in refused("roster", "simulate", fair)


def test_a_template_of_the_force_has_its_sheets_alone(tmp_path):
    done("template", "--volunteers", cwd=tmp_path)
    assert openpyxl.load_workbook(tmp_path / BOOK).sheetnames == ["read me", *BOOK_SHEETS]
