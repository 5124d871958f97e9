"""Workbook and JSON keep every row as it is, whatever the author wrote.

Rows by chance hardly ever fit one another, so here they are read as rows only, as `plan_of` does before it checks.
"""

import json
import math
from decimal import Decimal

import jsonschema
import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hostcity.plan import Plan, PlanError, plan_from_json, plan_to_json, read_plan, write_workbook
from hostcity.plan.cells import clock_seconds, clock_text, write_cell
from hostcity.plan.columns import columns_of
from hostcity.plan.plan import SHEETS
from hostcity.plan.rows import Level
from hostcity.plan.schema import plan_schema
from hostcity.plan.template import empty_plan
from tests.fairs import small_fair
from tests.plan.rows_by_chance import HARD_TEXTS, sheets, values
from tests.whole import tries


@pytest.fixture(autouse=True, scope="module")
def _rows_need_not_fit():
    """Read rows without asking whether they fit one another."""
    patch = pytest.MonkeyPatch()
    patch.setattr("hostcity.plan.check.problems_of", lambda _plan, _row_of=None: ())
    yield
    patch.undo()


def plan_by(sheets_by_name: dict) -> Plan:
    filled = dict(sheets_by_name)
    if not filled["model"]:
        del filled["model"]  # an empty sheet model stands for the usual day
    return Plan(**filled)


@settings(
    max_examples=tries(8, 25), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(sheets())
def test_json_and_workbook_keep_every_row(tmp_path_factory, by_name):
    plan = plan_by(by_name)
    assert plan_from_json(plan_to_json(plan)) == plan
    path = tmp_path_factory.getbasetemp() / "by-chance.xlsx"
    write_workbook(plan, path)
    read = read_plan(path)
    for (name, wrote), (_, got) in zip(plan.sheets(), read.sheets(), strict=True):
        assert got == wrote, name
    assert read.sha256 == plan.sha256


@settings(
    max_examples=tries(6, 15), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(sheets())
def test_what_is_written_fits_the_schema(by_name):
    body = json.loads(plan_to_json(plan_by(by_name)))
    validator = jsonschema.Draft202012Validator(plan_schema())
    assert [error.message for error in validator.iter_errors(body)] == []


@pytest.mark.parametrize("text", [text for text in HARD_TEXTS if not set(text) & set(";=@\n")])
def test_a_hard_code_survives_the_workbook(text, tmp_path):
    plan = small_fair().replace(levels=(Level(code=text, name_en=text, elevation_m=0.0),))
    write_workbook(plan, tmp_path / "expo.xlsx")
    assert read_plan(tmp_path).levels == plan.levels


@given(st.floats(0.0, 172_800.0))
@example(34_201.1)
@example(86_399.99999999999)
@example(5e-324)
@example(math.nextafter(60.0, 0.0))
@example(math.nextafter(172_800.0, 0.0))
def test_every_clock_comes_back(seconds):
    text = clock_text(seconds)
    assert clock_seconds(text) == seconds
    minutes, _, _ = text.partition(":")
    assert int(minutes) == int(seconds // 3600)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "00:00"), (34_200.0, "09:30"), (34_201.0, "09:30:01"), (91_800.0, "25:30"), (34_200.1, "09:30:00.1"),
     (34_200.125, "09:30:00.125"), (172_800.0, "48:00")],
)  # fmt: skip
def test_clocks_read_well(seconds, text):
    assert clock_text(seconds) == text


@given(values(columns_of(Level)["elevation_m"]))
@example(0.1 + 0.2)
@example(33_333.333_333_333_336 / 1000)
def test_numbers_keep_all_their_digits_in_the_file_itself(number):
    cell = write_cell(columns_of(Level)["elevation_m"], number)
    assert Decimal(cell) == Decimal(number)


def test_the_seventeenth_digit_is_in_the_workbook(tmp_path):
    plan = small_fair().replace(levels=(Level(code="0", elevation_m=0.1 + 0.2),))
    write_workbook(plan, tmp_path / "expo.xlsx")
    assert read_plan(tmp_path).levels[0].elevation_m == 0.30000000000000004


def test_line_ends_are_those_of_xml(tmp_path):
    body = json.loads(plan_to_json(small_fair()))
    body["provenance"] = [{"code": "p", "figure": "model.*.x", "mark": "assumed", "note": "Ground\r\nfloor\rhere"}]
    plan = plan_from_json(json.dumps(body))
    assert plan.provenance[0].note == "Ground\nfloor\nhere"
    write_workbook(plan, tmp_path / "expo.xlsx")
    assert read_plan(tmp_path) == plan


def test_a_template_is_read_as_it_was_written(tmp_path):
    write_workbook(empty_plan(), tmp_path / "expo.xlsx")
    assert read_plan(tmp_path) == empty_plan()


def test_a_template_helps_in_both_languages(tmp_path):
    write_workbook(empty_plan(), tmp_path / "expo.xlsx")
    book = openpyxl.load_workbook(tmp_path / "expo.xlsx")
    assert book.sheetnames == ["read me", *SHEETS]
    for sheet, row_type in SHEETS.items():
        for cell, (name, column) in zip(book[sheet][1], columns_of(row_type).items(), strict=True):
            assert cell.value == name
            note = book[sheet].cell(2, cell.column)
            assert column.heading_zh in note.value
            assert column.help_en in note.comment.text
            assert column.help_zh in note.comment.text


def test_a_template_offers_the_choices(tmp_path):
    write_workbook(empty_plan(), tmp_path / "expo.xlsx")
    rules = openpyxl.load_workbook(tmp_path / "expo.xlsx")["links"].data_validations.dataValidation
    assert {rule.formula1 for rule in rules} == {'"level,stairs,escalator,ramp,lift,door"', '"yes,no"', "60"}


def test_texts_that_a_workbook_cannot_hold_are_refused_at_once():
    body = json.loads(plan_to_json(small_fair()))
    body["levels"][0]["name_en"] = "bell \x07"
    body["levels"][1]["name_en"] = "half a pair \ud83c"
    body["areas"][0]["name_zh"] = "长" * 40_000
    body["areas"][1]["outline"] = [[1 / 3, 2 / 3]] * 2_000
    body["areas"][2]["name_en"] = "\ufffe"
    with pytest.raises(PlanError) as error:
        plan_from_json(json.dumps(body))
    assert [(each.code, each.row) for each in error.value.problems] == [
        ("levels.name_en.character", 1), ("levels.name_en.character", 2), ("areas.name_zh.length", 1),
        ("areas.outline.length", 2), ("areas.name_en.character", 3),
    ]  # fmt: skip
    str(error.value).encode()  # can be printed


def test_empty_entries_of_a_list_say_nothing():
    body = json.loads(plan_to_json(small_fair()))
    body["timeline"] = [
        {"code": "d", "action": "advise", "target": "metro", "starts_at": "09:00", "value": 0.5, "to": ["", "W", None]}
    ]
    assert plan_from_json(json.dumps(body)).timeline[0].to == ("W",)


def test_equal_plans_have_equal_hashes():
    """A number of a plan made in code may be an int, and zero may have a sign."""
    plan = small_fair()
    whole = Level(code="1", elevation_m=8, name_en="Upper", name_zh="上层")
    signed = Level(code="0", elevation_m=-0.0, name_en="Ground", name_zh="地面层")
    other = plan.replace(levels=(signed, whole))
    assert other == plan
    assert other.sha256 == plan.sha256
    assert other.sha256 != plan.replace(levels=(signed,)).sha256
