"""JSON that no plan should come in."""

import json

import jsonschema
import pytest
from examples.ciie2019.build import build_plan as ciie2019

from hostcity.plan import PlanError, plan_from_json, plan_to_json, read_plan
from hostcity.plan import files as files_module
from hostcity.plan.plan import SHEETS
from hostcity.plan.schema import plan_schema
from tests.fairs import small_fair


def body_of() -> dict:
    return json.loads(plan_to_json(small_fair()))


def refused(text: str) -> list[tuple[str, str, int, str]]:
    with pytest.raises(PlanError) as error:
        plan_from_json(text)
    assert all(each.what and each.mend for each in error.value.problems)
    return [(each.code, each.sheet, each.row, each.column) for each in error.value.problems]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "json.syntax"), ("{", "json.syntax"), ("{'a': 1}", "json.syntax"), ("[" * 100_000, "json.syntax"),
        ('{"a":' * 100_000, "json.syntax"), ("9" * 5_000, "json.syntax"), ("[]", "json.shape"), ("null", "json.shape"),
        ('"plan"', "json.shape"), ("NaN", "json.shape"), ('{"nodes": {}}', "json.shape"), ('{"nodes": [1]}', "json.shape"),
    ],
)  # fmt: skip
def test_not_a_plan(text, code):
    assert refused(text)[0][0] == code


@pytest.mark.parametrize(
    ("sheet", "field", "value", "kind"),
    [
        ("stations", "lanes", float("nan"), "number"), ("stations", "lanes", float("inf"), "number"),
        ("stations", "lanes", True, "number"), ("stations", "lanes", [3], "number"), ("stations", "lanes", {"n": 3}, "number"),
        ("stations", "lanes", "three", "number"), ("stations", "lanes", "1_000", "number"), ("stations", "lanes", 2.5, "integer"),
        ("stations", "lanes", 10**400, "number"), ("stations", "lanes", 1e300, "range"), ("stations", "lanes", "", "empty"),
        ("stations", "code", ["a"], "text"), ("stations", "code", {"a": 1}, "text"), ("stations", "code", "a;b", "code"),
        ("stations", "code", "a\nb", "code"), ("stations", "code", "a=b", "code"), ("stations", "code", "W@9", "code"),
        ("stations", "code", float("nan"), "text"), ("stations", "node", ["a"], "text"),
        ("stations", "service", "Security", "choice"), ("stations", "service", ["security"], "text"),
        ("areas", "inside", "perhaps", "flag"), ("areas", "inside", 2, "flag"), ("areas", "inside", [True], "text"),
        ("areas", "outline", [[1, 2, 3]], "outline"), ("areas", "outline", ["12"], "outline"),
        ("areas", "outline", [[1, float("inf")]], "outline"), ("areas", "outline", [[1, 10**400]], "outline"),
        ("areas", "outline", 7, "outline"), ("areas", "outline", [[True, False]], "outline"),
        ("edition", "opens_at", 34_200, "clock"), ("edition", "opens_at", "9", "clock"), ("edition", "opens_at", "09:60", "clock"),
        ("edition", "opens_at", "48:01", "range"), ("edition", "opens_at", "-1:00", "clock"), ("edition", "opens_at", [9], "clock"),
        ("edition", "opens_at", float("nan"), "clock"), ("edition", "date", "6 November", "date"), ("edition", "date", 43_775, "date"),
        ("edition", "date", "2019-02-30", "date"), ("timeline", "to", [{"a": 1}], "text"), ("timeline", "to", 1.5e400, "text"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind(sheet, field, value, kind):
    body = body_of()
    body[sheet][0][field] = value
    assert refused(json.dumps(body)) == [(f"{sheet}.{field}.{kind}", sheet, 1, field)]


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_required_field_is_asked_for(sheet):
    body = body_of()
    needed = plan_schema()["properties"][sheet]["items"]["required"]
    body[sheet] = [{}]
    found = refused(json.dumps(body))
    assert [each for each in found if each[0].endswith(".empty")] == [
        (f"{sheet}.{name}.empty", sheet, 1, name) for name in needed
    ]


def test_a_name_twice_in_one_object():
    text = plan_to_json(small_fair()).replace('"name_en": "West gate"', '"code": "gate-2", "name_en": "West gate"')
    assert refused(text) == [("json.twice", "", 0, "")]
    assert refused('{"nodes": [], ' + plan_to_json(small_fair())[1:]) == [("json.twice", "", 0, "")]


def test_sheets_and_columns_that_there_are_not():
    body = body_of()
    body["Nodes"] = []
    body["gates"].append({"code": "E", "colour": 1, "codes": 2})
    body["gates"].append({"code": "N", "colour": 1})
    assert refused(json.dumps(body)) == [
        ("sheet.unknown", "Nodes", 0, ""), ("gates.colour.unknown", "gates", 2, "colour"),
        ("gates.codes.unknown", "gates", 2, "codes"), ("gates.code.security", "gates", 2, "code"),
        ("gates.code.security", "gates", 3, "code"),
    ]  # fmt: skip


def test_codes_with_spaces_and_in_chinese_are_codes(tmp_path):
    text = plan_to_json(small_fair()).replace('"security"', '"安检 一号 (West) [1]"').replace('"service": "安检 一号 (West) [1]"', '"service": "security"')  # fmt: skip
    plan = plan_from_json(text)
    assert plan.stations[0].node == "安检 一号 (West) [1]"
    assert plan_from_json(plan_to_json(plan)) == plan


def test_more_rows_than_a_plan_has():
    body = body_of()
    body["sources"] = [{} for _ in range(250_001)]
    assert refused(json.dumps(body)) == [("sources.rows", "sources", 0, "")]


def test_a_file_too_large_to_read(tmp_path):
    path = tmp_path / "plan.json"
    with path.open("wb") as file:
        file.truncate(100 * 1000**2)
    with pytest.raises(PlanError) as error:
        read_plan(path)
    assert [each.code for each in error.value.problems] == ["json.size"]
    assert files_module.MOST_JSON_BYTES < 100 * 1000**2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"\xff\xfe{}", "json.encoding"),
        (b"\x89PNG\r\n", "json.encoding"),
        (b"", "json.syntax"),
        (bytes(10), "json.syntax"),
    ],
)
def test_a_file_that_is_no_json(tmp_path, body, code):
    path = tmp_path / "plan.json"
    path.write_bytes(body)
    with pytest.raises(PlanError) as error:
        read_plan(path)
    assert [each.code for each in error.value.problems] == [code]


def test_a_file_with_a_mark_of_byte_order(tmp_path):
    path = tmp_path / "plan.JSON"
    path.write_bytes(b"\xef\xbb\xbf" + plan_to_json(small_fair()).encode())
    assert read_plan(path) == small_fair()


# The schema


@pytest.fixture(scope="module")
def schema():
    return plan_schema()


def test_the_schema_is_one(schema):
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("build", [small_fair, ciie2019])
def test_the_schema_accepts_what_is_written(schema, build):
    jsonschema.Draft202012Validator(schema).validate(json.loads(plan_to_json(build())))


@pytest.mark.parametrize(
    ("sheet", "field", "value"),
    [
        ("stations", "lanes", -1), ("stations", "lanes", 501), ("stations", "lanes", 1.5), ("stations", "lanes", "3"),
        ("stations", "lanes", None), ("stations", "service", "sauna"), ("stations", "colour", "red"), ("stations", "code", 3),
        ("edition", "opens_at", 34_200), ("edition", "opens_at", "9 o'clock"), ("edition", "opens_at", "09:60"),
        ("areas", "outline", [[1, 2, 3]]), ("areas", "inside", "yes"), ("timeline", "to", "W"), ("nodes", "floor_m2", 0.5),
    ],
)  # fmt: skip
def test_the_schema_refuses(schema, sheet, field, value):
    body = body_of()
    body[sheet][0][field] = value
    assert not jsonschema.Draft202012Validator(schema).is_valid(body)


def test_the_schema_refuses_a_missing_sheet_and_one_too_many(schema):
    validator = jsonschema.Draft202012Validator(schema)
    for sheet in schema["required"]:
        assert not validator.is_valid({name: rows for name, rows in body_of().items() if name != sheet})
    assert not validator.is_valid({**body_of(), "Notes": []})


def test_every_field_of_the_schema_is_explained(schema):
    for sheet in schema["properties"].values():
        assert sheet["items"]["description"]
        for field in sheet["items"]["properties"].values():
            assert field["title"]
            assert field["description"]


def badly(change) -> list[str]:
    """Codes of the problems of the small fair with two unknown names, and a change to it."""
    body = body_of()
    body["stations"][0]["node"], body["streams"][0]["profile"] = "nowhere", "never"
    change(body)
    return [each[0] for each in refused(json.dumps(body))]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda body: body["edition"][0].update(date="soon"), "edition.date.date"),
        (lambda body: body["stations"][1].update(lanes=-1), "stations.lanes.range"),
        (lambda body: body["links"][0].update(width_m="wide"), "links.width_m.number"),
        (lambda body: body.pop("levels"), "levels.missing"),
        (lambda body: body.update(links=[]), ""),
    ],
)  # fmt: skip
def test_a_wrong_figure_hides_no_unknown_name(change, code):
    assert {"stations.node.unknown", "streams.profile.unknown", code} - {""} <= set(badly(change))


def test_a_wrong_figure_does_not_hide_that_nobody_gets_there():
    body = body_of()
    body["stations"][1]["lanes"] = -1
    body["links"] = [link for link in body["links"] if link["code"] != "door1"]
    found = [each[0] for each in refused(json.dumps(body))]
    assert found[0] == "stations.lanes.range"
    assert "areas.unreachable" in found


def test_a_missing_sheet_hides_nothing_of_another():
    body = body_of()
    del body["attractions"]
    body["stations"][1]["lanes"] = -1
    assert {"stations.lanes.range", "groups.code.attractions"} == {each[0] for each in refused(json.dumps(body))}


def test_what_a_row_that_cannot_be_read_may_be_is_not_called_unknown():
    body = body_of()
    body["areas"][0]["level"] = [1, 2]
    assert [each[0] for each in refused(json.dumps(body))] == ["areas.level.text"]
