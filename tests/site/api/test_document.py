"""The OpenAPI document and the reference made of it."""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from pydantic import BaseModel

from hostcity.core import policy
from hostcity.core.api.problems import Problem
from hostcity.site.api.document import described, document_text

ROOT = Path(__file__).parents[3]
SAID = json.loads(document_text())
OPERATIONS = [
    (method, path, operation) for path, operations in SAID["paths"].items() for method, operation in operations.items()
]
NAMES = [operation["operationId"] for _method, _path, operation in OPERATIONS]


def test_the_committed_document_is_that_of_the_operations():
    sys.path.insert(0, str(ROOT / "tools"))
    from openapi import PAGE

    assert PAGE.read_text("utf-8") == document_text(), "run: python tools/openapi.py"


def test_it_is_openapi():
    assert SAID["openapi"] == "3.1.0"
    assert len(NAMES) == len(set(NAMES))


def models_below(base):
    """All of the house's that are made of one."""
    for each in base.__subclasses__():
        if each.__module__.startswith("hostcity."):
            yield each
        yield from models_below(each)


def test_no_two_models_have_one_name():
    """The document would show the second in the place of the first."""
    names = Counter(each.__name__ for each in set(models_below(BaseModel)))
    assert len(names) > 100
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=NAMES)
def test_every_operation_says_what_it_is(method, path, operation):
    verb, _, noun = operation["operationId"].partition("_")
    assert verb
    assert noun
    assert operation["summary"][0].isupper()
    assert operation.get("description")
    assert path.startswith("/api/v1/")
    if "{edition}" in path:
        assert operation["x-action"] in policy.MATRIX
    assert {each["name"] for each in operation["parameters"] if each["in"] == "path"} == {
        part[1:-1] for part in path.split("/") if part.startswith("{")
    }
    for status, answer in operation["responses"].items():
        if status >= "4":
            assert answer["$ref"].endswith(f"Status{status}")


def test_problems_are_described_as_they_are():
    assert set(SAID["components"]["schemas"]["Problem"]["properties"]) == set(Problem.model_fields)


def test_references_lead_somewhere():
    text = json.dumps(SAID)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(SAID["components"]["schemas"])


@pytest.mark.django_db
def test_anybody_may_read_the_document():
    answer = Client().get("/api/v1/openapi.json")
    assert answer.json() == SAID


def test_the_reference_lists_every_operation():
    told = [each["id"] for tag in described(SAID) for each in tag["operations"]]
    assert sorted(told) == sorted(NAMES)
