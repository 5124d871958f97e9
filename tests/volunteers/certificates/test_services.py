"""Certificates: who gets one, what revokes it, that nobody has two that hold."""

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.models import Act, Notice
from hostcity.core.models.people import Role
from hostcity.core.people.services import erase_person
from hostcity.volunteers.certificates import services
from hostcity.volunteers.certificates.due import due_in
from hostcity.volunteers.certificates.queries import certificates_of, initials_of, own_certificate
from hostcity.volunteers.duty.services import check_in_by_hand
from hostcity.volunteers.hours.services import Witnessed, close_band
from hostcity.volunteers.models import Attendance, ServiceCertificate
from tests import people

pytestmark = pytest.mark.django_db


def refused(act, **given):
    with pytest.raises(Refused) as caught:
        act(**given)
    return caught.value.code


@pytest.fixture
def issue(came, coordinator, volunteer):
    def done(**more):
        return services.issue_certificates(**{"edition": came, "by": coordinator} | more)

    return done


def test_who_has_served_and_left_gets_one(came, issue, coordinator, volunteer, clock):
    (made,) = issue()
    shown = (made.volunteer, made.person, made.minutes, made.shifts, made.first_date.isoformat(), made.hours)
    assert shown == ("V2", volunteer, 250, 1, "2026-05-05", 4.17)
    assert (len(made.code), len(made.shown_code)) == (12, 14)
    with scope(edition=came):
        act = Act.objects.get(verb="certificate.issue")
        assert (act.body, act.by_code) == ({"count": 1, "volunteers": ["V2"]}, coordinator.code)
        assert Notice.objects.get(kind="certificate.issued").person == volunteer
    assert refused(issue) == "certificate.nobody"


def test_who_gets_none_is_told_apart(came, issue, coordinator, leader, clock):
    clock.set("09:00:00")
    check_in_by_hand(edition=came, volunteer="V1", day="D1", band="early", by=coordinator)
    clock.set("18:00:00")
    with scope(edition=came):
        due = due_in(came, 251)
        assert (due.ready, due.open, due.few, due.unnamed) == ([], ["V1", "V3"], ["V2"], [])
        close_band(edition=came, day="D1", band="early", witnessed=Witnessed("Forgotten", leader.code), by=coordinator)
        due = due_in(came, 1)
        assert ([of.volunteer for of, _person in due.ready], due.unnamed) == (["V1", "V2"], ["V3"])
    assert [each.volunteer for each in issue(volunteers=["V1", "V3", "V9"])] == ["V1"]
    with scope(edition=came):
        assert due_in(came, 1).have == ["V1"]


def test_a_revoked_one_is_followed_by_another(came, issue, coordinator):
    (first,) = issue()
    of = {"edition": came, "by": coordinator}
    assert refused(services.revoke_certificate, certificate=first, reason=" ", **of) == "certificate.reason"
    row = services.revoke_certificate(certificate=first, reason="Wrong hours", **of)
    assert (row.state, row.revoked_at is not None) == ("revoked", True)
    assert refused(services.revoke_certificate, certificate=first, reason="Again", **of) == "certificate.revoked"
    second = services.reissue_certificate(certificate=first, reason="", **of)
    third = services.reissue_certificate(certificate=second, reason="Name", **of)
    assert refused(services.reissue_certificate, certificate=first, reason="", **of) == "certificate.not_now"
    with scope(edition=came):
        assert [(each.certificate.code, each.certificate.state) for each in certificates_of(came)] == [
            (third.code, "valid"),
            (second.code, "revoked"),
            (first.code, "revoked"),
        ]
        assert own_certificate(came, third.person) == third
        assert [each.verb for each in Act.objects.filter(verb__startswith="certificate.").order_by("number")] == [
            "certificate.issue", "certificate.revoke", "certificate.reissue", "certificate.reissue",
        ]  # fmt: skip


def test_what_is_refused_revokes_nothing(came, issue, coordinator):
    (first,) = issue()
    with scope(edition=came):
        first.person.name = ""
        first.person.save()
    of = {"edition": came, "by": coordinator, "certificate": first, "reason": "Name"}
    assert refused(services.reissue_certificate, **of) == "certificate.not_now"
    first.refresh_from_db()
    assert first.state == "valid"


def test_hours_that_were_corrected_since_are_told(came, issue, coordinator, clock):
    issue()
    with scope(edition=came):
        assert [each.differs for each in certificates_of(came)] == [False]
        Attendance.objects.filter(volunteer="V2").update(is_corrected=True)
        assert [(each.differs, each.minutes_now) for each in certificates_of(came)] == [(True, 280)]


def test_nobody_has_two_that_hold(came, issue):
    (made,) = issue()
    other = {
        name: getattr(made, name) for name in ("edition", "person", "minutes", "shifts", "first_date", "last_date")
    }
    for volunteer in ("V2", "V9"):
        with scope(edition=came), pytest.raises(IntegrityError), transaction.atomic():
            ServiceCertificate.objects.create(code="OTHER", volunteer=volunteer, by_code="A", **other)


def test_erased_people_have_no_name_on_it(came, issue, volunteer):
    (made,) = issue()
    administrator = people.person(Role.ADMINISTRATOR, came)
    erase_person(edition=came, person=volunteer, by=administrator)
    made.person.refresh_from_db()
    assert initials_of(made.person.name) == ""


def test_coordinators_alone_issue(issue, planner, volunteer):
    for by in (planner, volunteer):
        with pytest.raises(NotAllowed):
            issue(by=by)


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Max Weber", "M. W."), ("林小满", "林＊＊"), ("Vera", "V."), ("", ""), ("陈 一诺", "陈. 一.")],
)
def test_initials_say_little(name, initials):
    assert initials_of(name) == initials
