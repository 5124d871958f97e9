"""Pages of certificates: issued, revoked, printed, verified by anybody."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.core.models.people import Role
from hostcity.volunteers.certificates.services import issue_certificates, revoke_certificate
from hostcity.volunteers.models import Attendance, ServiceCertificate
from tests import people
from tests.paper import pages_of

pytestmark = pytest.mark.django_db
AT, PUBLIC = "/e/fair/volunteers/certificates/", "/p/fair/certificates/"


@pytest.fixture
def issued(came, coordinator, volunteer):
    volunteer.name = "林小满 Max"
    volunteer.save()
    return issue_certificates(edition=came, by=coordinator)[0]


@pytest.mark.parametrize(("language", "word"), [("en", "Certificates of service"), ("zh-hans", "服务证明")])
def test_pages_are_there_in_both_languages(issued, coordinator, volunteer, language, word):
    browser = people.signed_in(coordinator)
    assert word in browser.get(AT, HTTP_ACCEPT_LANGUAGE=language).content.decode()
    for who, path in ((coordinator, f"{AT}{issued.pk}/"), (volunteer, "/e/fair/volunteers/hours/mine/")):
        shown = people.signed_in(who).get(path, HTTP_ACCEPT_LANGUAGE=language).content.decode()
        assert issued.shown_code in shown
    for path in ("", f"{issued.code}/"):
        assert Client().get(PUBLIC + path, HTTP_ACCEPT_LANGUAGE=language).status_code == 200


def test_anybody_sees_whether_it_holds(issued, coordinator, came):
    def shown(code=issued.code):
        answer = Client().get(f"{PUBLIC}{code}/?lang=en")
        return answer.status_code, answer.content.decode(), answer

    status, page, answer = shown()
    assert (status, "This certificate is valid." in page, "林. M." in page, "4.17" in page, "小满" in page) == (
        200,
        True,
        True,
        True,
        False,
    )
    assert ("no-store" in answer["Cache-Control"], answer["X-Robots-Tag"], "<script" in page.split("<main")[1]) == (
        True,
        "noindex",
        False,
    )
    assert shown(issued.shown_code.lower())[0] == 200
    revoke_certificate(edition=came, certificate=issued, reason="Secret reason", by=coordinator)
    _status, page, _answer = shown()
    assert ("was revoked" in page, "is valid" in page, "Secret" in page) == (True, False, False)
    assert shown("NONE")[0] == 404
    assert Client().get(f"{PUBLIC}?code={issued.shown_code}&lang=en")["Location"] == f"{PUBLIC}{issued.code}/?lang=en"
    assert Client().get(f"{PUBLIC}?code=").status_code == 422
    people.edition("bare")
    assert Client().get("/p/bare/certificates/").status_code == 404


def test_the_paper_is_in_both_languages_and_names_the_page(issued, volunteer, coordinator):
    answer = people.signed_in(volunteer).get(f"{AT}mine/")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    (text,) = pages_of(answer.content)
    said = "".join(text.split())
    for words in (
        "志愿服务证明",
        "Certificate of volunteer service",
        "林小满 Max",
        "The fair",
        "展会 fair",
        "4.17 小时",
        "4.17 hours",
        issued.shown_code,
    ):
        assert "".join(words.split()) in said, words
    assert f"http://testserver{PUBLIC}{issued.code}/" in said
    staff = people.signed_in(coordinator)
    assert [len(pages_of(staff.get(AT + path).content)) for path in (f"{issued.pk}/print/", "print/")] == [1, 1]
    assert staff.get(f"{AT}print/?q=nobody").status_code == 404


def test_a_coordinator_issues_revokes_and_issues_anew(came, coordinator, volunteer):
    browser = people.signed_in(coordinator)
    assert browser.post(f"{AT}issue/", {"least_hours": "9"}).status_code == 422
    assert "1 certificate is issued" in browser.post(f"{AT}issue/", {"least_hours": "4"}, follow=True).content.decode()
    with scope(edition=came):
        first = ServiceCertificate.objects.get()
    assert browser.post(f"{AT}{first.pk}/again/", {"reason": ""}).status_code == 422
    assert "Issued anew" in browser.post(f"{AT}{first.pk}/again/", {"reason": "Name"}, follow=True).content.decode()
    with scope(edition=came):
        second = ServiceCertificate.objects.get(state="valid")
    assert "Revoked" in browser.post(f"{AT}{second.pk}/revoke/", {"reason": "Hours"}, follow=True).content.decode()
    assert browser.get(f"{AT}{second.pk}/print/").status_code == 404
    assert people.signed_in(volunteer).get(f"{AT}mine/").status_code == 404


def test_queries_do_not_grow_with_rows(came, coordinator, volunteer, leader):
    def count():
        browser = people.signed_in(coordinator)
        browser.get(AT)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(AT).status_code == 200
        return len(asked)

    issue_certificates(edition=came, by=coordinator)
    one = count()
    people.person(Role.VOLUNTEER, came, username="v3")
    with scope(edition=came):
        served = Attendance.objects.get(volunteer="V2")
        Attendance.objects.filter(volunteer="V3").update(checked_out_at=served.checked_out_at)
        Attendance.objects.create(
            edition=came, volunteer="V1", day="D1", band="early", post="P1", how="code", by_code="A", checked_in_at=served.checked_in_at,
            checked_out_at=served.checked_out_at,
        )  # fmt: skip
    assert len(issue_certificates(edition=came, by=coordinator)) == 2
    assert count() == one
    assert one <= 22


def test_by_the_api(came, coordinator, volunteer):
    of, staff = "/api/v1/editions/fair/volunteers/certificates", people.signed_in(coordinator)
    given = {"content_type": "application/json"}
    assert (staff.get(of).json()["ready"], staff.get(of).json()["open"]) == (["V2"], ["V3"])
    (made,) = staff.post(of, {}, **given).json()["rows"]
    own = people.signed_in(volunteer).get(f"{of}/own").json()["certificate"]
    assert (own["code"], own["minutes"]) == (made["code"], 250)
    again = staff.post(f"{of}/{made['id']}/again", {"reason": "Name"}, **given).json()
    assert staff.post(f"{of}/{again['id']}/revoke", {"reason": "Hours"}, **given).json()["state"] == "revoked"
    assert [each["state"] for each in staff.get(of).json()["rows"]] == ["revoked", "revoked"]
    assert people.signed_in(volunteer).get(f"{of}/own").json() == {"certificate": None}
    assert people.signed_in(volunteer).get(of).status_code == 403
