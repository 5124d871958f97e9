"""Requests made by chance of the document: no fault of the site, no status or answer that the document does not know."""

import json
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django_scopes import scope
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hostcity.core import policy
from hostcity.core.api import rates
from hostcity.core.files.services import add_file
from hostcity.core.models import Act, Bureau, Delivery, Job, Organization, Webhook
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.tokens.services import make_token
from hostcity.plan import read_plan
from hostcity.rehearsal.advice.services import start_advice
from hostcity.rehearsal.calibrations.services import start_calibration
from hostcity.rehearsal.services import add_finding, start_rehearsal
from hostcity.site.api.document import document_text
from tests import people
from tests.rehearsal.scenario_files import kept
from tests.rehearsal.test_calibration import GIVEN

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
TINY = Path(__file__).parents[3] / "examples" / "tiny" / "expo.xlsx"
SCHEMA = schemathesis.openapi.from_dict(json.loads(document_text()))
SCHEMA.app = get_wsgi_application()
QUIET = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "derandomize": True,  # a build does not depend on luck; `make test-all` tries more
}


@pytest.fixture
def _open_connection():
    """The connection stays open between requests: the test's transaction is on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(_open_connection, edition, administrator, monkeypatch):
    """Headers of a program that may do everything, and what addresses may name."""
    monkeypatch.setattr(rates, "KNOWN", rates.Rate(burst=10**6, per_s=1e6))
    replace_plan(edition=edition, plan=read_plan(TINY), by=None)
    token, secret = make_token(edition=edition, name="x", actions=list(policy.MATRIX), days=9, by=administrator)
    other, _secret = make_token(edition=edition, name="y", actions=[policy.SEE_PLAN], days=9, by=administrator)
    with scope(edition=edition):
        first = start_rehearsal(edition=edition, by=administrator)
        second = start_rehearsal(edition=edition, by=administrator)
        finding = add_finding(rehearsal=first, by=administrator, title="x")
        Bureau.objects.get_or_create(edition=edition, code="venue", defaults={"name_en": "V"})
        Organization.objects.create(edition=edition, code="venue", name_en="V")
        member = people.person(Role.PLANNER, edition)
        role = member.assignments.get()
        number = Act.objects.order_by("-number").values_list("number", flat=True)[0]
        advice = start_advice(edition=edition, by=administrator, goal="promise.peak_p99_s", budget="lanes=1")
        calibration = start_calibration(edition=edition, by=administrator, **GIVEN)
        scenario = kept(edition, administrator)
        file = add_file(edition=edition, name="note.txt", data=b"A note.", by=administrator)
        webhook = Webhook.objects.create(edition=edition, name="w", url="https://gateway.example/x", number=number)
        delivery = Delivery.objects.create(edition=edition, channel="mail", address="x", body={}, dedupe_key="x")
    job = Job.objects.order_by("pk").first()
    known = {
        "edition": "fair", "sheet": "gates", "key": read_plan(TINY).gates[0].code, "token": str(other.public_id),
        "rehearsal": str(second.public_id), "finding": str(finding.public_id), "job": str(job.public_id),
        "person": member.code, "role": role.pk, "code": "venue", "number": number, "name": "summary.json",
        "plan_sha256": first.snapshot.plan_sha256, "delivery": str(delivery.public_id),
        "advice": str(advice.public_id), "calibration": str(calibration.public_id), "scenario": str(scenario.public_id), "file": str(file.public_id), "webhook": str(webhook.public_id),
    }  # fmt: skip
    return {"Authorization": f"Bearer {secret}"}, known, token


def answered(case, world, number=[0]):  # noqa: B006 -- counts the requests of this process
    """Send a request; two of three name what is there."""
    headers, known, _token = world
    number[0] += 1
    if number[0] % 3:
        case.headers.pop("Idempotency-Key", None)  # one value for all would be "used for another request"
        case.path_parameters = {name: known.get(name, value) for name, value in (case.path_parameters or {}).items()}
    case.call_and_validate(headers=headers, checks=CHECKS)


@SCHEMA.parametrize()
@settings(max_examples=8, **QUIET)
def test_answers_are_as_the_document_says(case, world):
    answered(case, world)


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_many_answers_are_as_the_document_says(case, world):
    answered(case, world)
