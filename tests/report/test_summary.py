"""The summary says what the day says, and keeps to its schema."""

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from hostcity.report import summary
from tests.rehearsals import endless_rehearsal, invalid_rehearsal, small_rehearsal

SCHEMA = json.loads((Path(__file__).parents[2] / "src/hostcity/report/summary.schema.json").read_text())


@pytest.mark.parametrize("rehearsal", [small_rehearsal, invalid_rehearsal, endless_rehearsal])
def test_it_keeps_to_its_schema_and_carries_no_nan(rehearsal):
    text = json.dumps(summary(rehearsal()), allow_nan=False)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(text))


def test_the_schema_is_one_and_describes_every_property():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def undescribed(schema, path):
        for name, each in schema.get("properties", {}).items():
            if "description" not in each and "$ref" not in each:
                yield f"{path}.{name}"
            yield from undescribed(each, f"{path}.{name}")
        for inner in [*([schema["items"]] if "items" in schema else []), *schema.get("oneOf", [])]:
            yield from undescribed(inner, path)

    assert list(undescribed(SCHEMA, "")) == []
    assert list(undescribed(SCHEMA["$defs"]["verdict"], "")) == []


def test_the_schema_refuses_what_is_not_promised():
    said = summary(small_rehearsal())
    said["verdict"]["peak_starts_at"] = "9 o'clock"
    with pytest.raises(jsonschema.ValidationError, match="9 o'clock"):
        jsonschema.validate(said, SCHEMA)


def test_it_says_what_the_day_says():
    rehearsal = small_rehearsal()
    day, said = rehearsal.day, summary(rehearsal)
    assert said["plan_hash"] == rehearsal.plan.sha256
    assert said["results_sha256"] == day.results_sha256
    assert said["verdict"]["entries"] == rehearsal.verdict.entries
    assert [each["code"] for each in said["areas"]] == list(day.area_codes)
    assert [each["peak_persons"] for each in said["areas"]] == day.area_persons.max(axis=1).tolist()
    assert [each["capacity"] for each in said["areas"]] == [None] * 5 + [900]
    streams = {each["code"]: each["arrived"] for each in said["streams"]}
    arrived_by_9 = int(((day.visitor_arrive_s < 9 * 3600) & (day.visitor_stream == 0)).sum())
    assert streams["metro"][(9 - 7) * 12 - 1] == arrived_by_9 > 0
    assert streams["metro"][-1] == int((day.visitor_stream == 0).sum())


def test_waits_of_a_station_are_the_nearest_ranks_of_its_services():
    rehearsal = small_rehearsal()
    day = rehearsal.day
    for at, each in enumerate(summary(rehearsal)["stations"]):
        waits = np.sort(day.service_wait_s[day.service_station == at])
        assert waits.size == each["served"] > 0
        for name, share in (("wait_p50_s", 0.5), ("wait_p95_s", 0.95), ("wait_p99_s", 0.99)):
            assert each[name] == round(float(waits[int(np.ceil(share * waits.size)) - 1]), 3)
        assert each["share_over_600_s"] == round(float((waits > 600).mean()), 6)


def test_an_endless_wait_is_null_and_said():
    said = summary(endless_rehearsal())
    assert said["verdict"]["peak_p99_s"] is None
    assert said["verdict"]["peak_never"] is True
    assert said["verdict"]["other_starts_at"] is None
    assert said["gates"][0]["worst_p99_s"] is None
    assert said["gates"][0]["never"] is True
    assert said["swings"] is None


def test_an_invalid_day_is_marked_with_place_time_and_reason():
    said = summary(invalid_rehearsal())
    assert said["valid"] is False
    assert said["verdict"]["kept"] is None
    assert summary(small_rehearsal())["verdict"]["kept"] is small_rehearsal().verdict.kept
    assert said["overloads"] == [
        {"reason": "link_cap", "place": "door1", "at": "09:30:00", "figure": 4.25, "unit": "persons/m2", "event": ""}
    ]
    assert [(each["code"], each["value"]) for each in said["warnings"]] == [("rotations", 12.0), ("gate_hold", 600.0)]
    assert summary(small_rehearsal())["warnings"] == []
