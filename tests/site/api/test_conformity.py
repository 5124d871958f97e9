"""Requests made by chance of the document: no fault of the site, no status or answer that the document does not know.

Half of the operations on SQLite, the others on PostgreSQL; all on both, with the examples of the document too, by `make test-all`.
"""

import itertools
import json
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from django_scopes import scope
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.generation.meta import TestPhase
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
from hostcity.rehearsal.models import Look
from hostcity.rehearsal.services import add_finding, start_rehearsal
from hostcity.site.api.document import document_text
from tests import people
from tests.databases import shuffled
from tests.rehearsal.scenario_files import kept
from tests.rehearsal.test_calibration import GIVEN
from tests.whole import IS_WHOLE

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
OPERATIONS = [each.ok() for each in SCHEMA.get_all_operations()]
QUIET = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "derandomize": True,  # a build does not depend on luck; `make test-all` tries more
}
EVERY = [HypothesisTestMode.EXAMPLES, HypothesisTestMode.COVERAGE, HypothesisTestMode.FUZZING]
NAMES = [each.label for each in OPERATIONS]
#: Of the operations, and of the values at the document's limits, which half this database is asked.
HALF = 1 if connection.vendor == "postgresql" else 0
TRIED = set(NAMES if IS_WHOLE else shuffled(NAMES, "tried")[HALF::2])
#: Examples of the document are sent with all else alone: each takes a search of its own for what it leaves open.
MODES = EVERY if IS_WHOLE else EVERY[1:]


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """One transaction for all tests of this module, undone in the end; the connection stays open between requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def first_world(db):
    """Headers of a program that may do everything, and what addresses may name."""
    edition = people.edition()
    administrator = people.person(Role.ADMINISTRATOR, edition)
    replace_plan(edition=edition, plan=read_plan(TINY), by=None)
    _token, secret = make_token(edition=edition, name="x", actions=list(policy.MATRIX), days=9, by=administrator)
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
        look = Look.objects.create(edition=edition, rehearsal=first, at="security", starts="09:30", by=administrator)
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
        "advice": str(advice.public_id), "calibration": str(calibration.public_id), "look": str(look.public_id), "scenario": str(scenario.public_id), "file": str(file.public_id), "webhook": str(webhook.public_id),
    }  # fmt: skip
    return {"Authorization": f"Bearer {secret}"}, known


@pytest.fixture
def world(first_world, monkeypatch):
    """The same for every test: what its requests did is undone."""
    monkeypatch.setattr(rates, "KNOWN", rates.Rate(burst=10**6, per_s=1e6))
    with transaction.atomic():
        yield first_world
        transaction.set_rollback(True)


def check(operation, world, modes, half=None, **how):
    """Send an operation's requests: examples of the document, values at its limits, and others by chance."""
    headers, known = world
    sent, at_limits = itertools.count(), itertools.count()

    @settings(**how)
    def answered(case):
        if case.meta.phase.name is TestPhase.COVERAGE and half is not None and next(at_limits) % 2 != half:
            return
        if next(sent) % 3:  # two of three name what is there
            case.headers.pop("Idempotency-Key", None)  # one value for all would be "used for another request"
            named = case.path_parameters or {}
            case.path_parameters = {name: known.get(name, value) for name, value in named.items()}
        case.call_and_validate(headers=headers, checks=CHECKS)

    # `SCHEMA.parametrize()` would make all of this when tests are collected, and give all operations one name.
    config = HypothesisTestConfig(project=SCHEMA.config, modes=modes)
    create_test(operation=operation, test_func=answered, config=config)()


@pytest.mark.parametrize(
    "operation", [each for each in OPERATIONS if each.label in TRIED], ids=lambda operation: operation.label
)
def test_answers_are_as_the_document_says(operation, world):
    check(operation, world, MODES, HALF, max_examples=8, **QUIET)


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_many_answers_are_as_the_document_says(operation, world):
    check(operation, world, EVERY, max_examples=80, **QUIET | {"derandomize": False})
