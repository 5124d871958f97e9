"""Many coordinators issue at once: one certificate a person; on either database."""

from collections import Counter
from datetime import datetime

import pytest
from django_scopes import scope

from hostcity.core.errors import Refused
from hostcity.core.models import Act
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.volunteers.certificates import services
from hostcity.volunteers.models import Attendance, ServiceCertificate
from tests import people
from tests.site.test_races import at_once
from tests.volunteers import force

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(transactional_db):
    made = people.edition()
    replace_plan(edition=made, plan=force.plan(), by=None)
    return made


def test_of_many_issues_one_counts(edition, clock):
    begins = datetime.fromisoformat("2026-05-05T08:00:00+08:00")
    coordinator = people.person(Role.COORDINATOR, edition)
    people.person(Role.VOLUNTEER, edition, username="v2")
    with scope(edition=edition):
        Attendance.objects.create(
            edition=edition, volunteer="V2", day="D1", band="early", post="P1", how="code", by_code="A", checked_in_at=begins,
            checked_out_at=begins.replace(hour=13),
        )  # fmt: skip

    def issue(_number):
        try:
            return len(services.issue_certificates(edition=edition, by=coordinator))
        except Refused as refused:
            return refused.code

    assert Counter(at_once(issue, 6)) == {1: 1, "certificate.nobody": 5}

    def again(_number):
        with scope(edition=edition):
            first = ServiceCertificate.objects.earliest("pk")
        try:
            services.reissue_certificate(edition=edition, certificate=first, reason="Name", by=coordinator)
        except Refused as refused:
            return refused.code
        return "done"

    assert Counter(at_once(again, 6)) == {"done": 1, "certificate.not_now": 5}
    with scope(edition=edition):
        assert ServiceCertificate.objects.filter(state="valid").count() == 1
        assert Act.objects.filter(verb="certificate.reissue").count() == 1
