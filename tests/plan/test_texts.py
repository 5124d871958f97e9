"""Texts of a plan: how long they may be, and which characters show what they are."""

import dataclasses
import json
import re

import pytest

from hostcity.plan import PlanError, plan_from_json, plan_to_json, problems_of
from hostcity.plan.cells import read_cell
from hostcity.plan.columns import columns_of
from hostcity.plan.plan import SHEETS
from hostcity.plan.schema import plan_schema
from tests.fairs import small_fair


@pytest.mark.parametrize(
    ("sheet", "field", "text", "kind"),
    [
        ("levels", "code", "c" * 61, "length"), ("areas", "level", "c" * 61, "length"),
        ("levels", "name_zh", "长" * 201, "length"), ("provenance", "note", "n" * 2001, "length"),
        ("levels", "name_en", "two\nlines", "character"), ("levels", "name_en", "a\tb", "character"),
        ("levels", "name_en", "a\x7fb", "character"), ("levels", "name_en", "\u202eb", "character"),
        ("levels", "code", "\u2066b", "character"), ("provenance", "note", "a\u202db", "character"),
    ],
)  # fmt: skip
def test_texts_are_bounded_and_show_what_they_are(sheet, field, text, kind):
    body = json.loads(plan_to_json(small_fair()))
    rows = body[sheet] or [{"code": "p", "figure": "model.*.x", "mark": "assumed"}]
    rows[0][field] = text
    body[sheet] = rows
    with pytest.raises(PlanError) as error:
        plan_from_json(json.dumps(body))
    assert (f"{sheet}.{field}.{kind}", sheet, 1, field) in {
        (each.code, each.sheet, each.row, each.column) for each in error.value.problems
    }


def test_a_plan_made_in_code_has_the_same_bounds():
    plan = small_fair()
    level = dataclasses.replace(plan.levels[0], name_en="n" * 200, name_zh="\u202e")
    assert [each.code for each in problems_of(plan.replace(levels=(level, *plan.levels[1:])))] == [
        "levels.name_zh.character"
    ]
    field = plan_schema()["properties"]["levels"]["items"]["properties"]["name_en"]["anyOf"][0]
    assert field["maxLength"] == 200
    assert re.search(field["pattern"], level.name_en)
    assert not re.search(field["pattern"], level.name_zh)


def test_notes_have_lines():
    column = columns_of(SHEETS["provenance"])["note"]
    assert read_cell(column, "one\n\ttwo") == "one\n\ttwo"
