"""Pages of joining: for applicants without an account, for coordinators; and the API."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.core.models import Delivery
from hostcity.core.models.people import Role
from hostcity.volunteers.joining import services
from hostcity.volunteers.joining.views import public
from hostcity.volunteers.models import Application, Opening
from tests import people
from tests.volunteers.joining.acts import INTERVIEW
from tests.volunteers.joining.conftest import called, given, made, training

pytestmark = pytest.mark.django_db
JOIN, STAFF, API = "/p/fair/join/", "/e/fair/volunteers/joining/", "/api/v1/editions/fair/volunteers/joining"
SAID = {
    "name": "林晓", "phone": "138 1234 5678", "campus": "C1", "university": "", "language_en": "B2", "language_fr": "", "seats": ["D1/.*", "D2/late"],
    "uniform": "M", "consent": "on", "consent_number": "1",
}  # fmt: skip
CODE = re.compile(r"Your code: ([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})")


def rows(edition):
    with scope(edition=edition):
        return list(Application.objects.order_by("pk"))


def text(answer):
    return answer.content.decode()


def sign_up(edition, **more):
    browser = Client()
    return browser, CODE.search(text(browser.post(JOIN, SAID | more, follow=True)))[1]


def test_before_a_call_there_is_no_page(edition):
    browser = Client()
    for path in ("", "mine/", "mine/withdraw/"):
        assert browser.get(JOIN + path).status_code == 404
    assert browser.post(JOIN, SAID).status_code == 404


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ("Become a volunteer", "We call you.")), ("zh", ("成为志愿者", "我们会给您打电话。"))]
)
def test_sign_up_is_in_both_languages(edition, opening, lang, words):
    shown = text(Client().get(JOIN, {"lang": lang}))
    assert all(each in shown for each in (*words, 'name="csrfmiddlewaretoken"', "<form"))


def test_somebody_applies_sees_it_and_withdraws(edition, opening):
    browser, code = sign_up(edition)
    (row,) = rows(edition)
    assert (row.name, row.phone, row.languages) == ("林晓", "13812345678", {"en": "B2"})
    assert (row.seats, row.away) == ([["D1", "early"], ["D1", "late"], ["D2", "late"]], [["D2", "early"]])
    assert code not in text(browser.get(f"{JOIN}mine/"))  # it was shown once
    other = Client()
    assert "林晓" not in text(other.get(f"{JOIN}mine/"))
    shown = other.post(f"{JOIN}mine/", {"code": code.lower()}, follow=True)
    assert "林晓" in text(shown)
    assert "no-store" in shown.headers["Cache-Control"]
    other.post(f"{JOIN}mine/close/")
    assert "林晓" not in text(other.get(f"{JOIN}mine/"))
    assert "erased" in text(browser.get(f"{JOIN}mine/withdraw/"))
    assert "Withdrawn" in text(browser.post(f"{JOIN}mine/withdraw/", follow=True))
    assert [(each.state, each.name) for each in rows(edition)] == [("withdrawn", "")]
    assert other.post(f"{JOIN}mine/", {"code": code}).status_code == 422


def test_a_code_is_made_anew_by_who_has_it(edition, opening):
    browser, code = sign_up(edition)
    fresh = CODE.search(text(browser.post(f"{JOIN}mine/code/", follow=True)))[1]
    assert Client().post(f"{JOIN}mine/", {"code": code}).status_code == 422
    assert Client().post(f"{JOIN}mine/", {"code": fresh}).status_code == 302
    assert Client().post(f"{JOIN}mine/code/").status_code == 302
    assert len(rows(edition)) == 1


def test_what_is_wrong_stands_beside_its_field(edition, opening):
    answer = Client().post(JOIN, {"name": "", "phone": "12", "campus": "", "consent_number": "1"})
    shown = text(answer)
    assert answer.status_code == 422
    for name in ("name", "university", "seats", "consent"):
        assert f'href="#id_{name}' in shown, name
    answer = Client().post(JOIN, SAID | {"phone": "12", "consent_number": "7"})
    assert (answer.status_code, "has been changed meanwhile" in text(answer)) == (422, True)
    assert rows(edition) == []


def test_forms_of_other_sites_are_refused(edition, opening):
    browser = Client(enforce_csrf_checks=True)
    assert {browser.post(JOIN + path, SAID).status_code for path in ("", "mine/", "mine/withdraw/")} == {403}


def test_a_closed_sign_up_says_so(edition, coordinator, opening):
    browser, _code = sign_up(edition)
    called(edition, coordinator, is_open=False, version=1)
    assert "Sign-up is closed." in text(Client().get(JOIN))
    assert Client().post(JOIN, SAID | {"phone": "13800000000"}).status_code == 422
    assert browser.get(f"{JOIN}mine/").status_code == 200


def test_how_often_is_limited(edition, opening):
    for number in range(5):
        assert Client().post(JOIN, SAID | {"name": f"N{number}"}).status_code == 302
    assert Client().post(JOIN, SAID).status_code == 422
    public.APPLYING.forget()
    statuses = [
        Client().post(JOIN, SAID | {"phone": f"1380000{number:04}", "seats": []}).status_code for number in range(3)
    ]
    assert statuses == [422] * 3
    for _try in range(public.APPLYING.burst):
        public.APPLYING.wait_s("127.0.0.1")
    assert Client().post(JOIN, SAID | {"phone": "13900000000"}).status_code == 429


def test_wrong_codes_are_counted(edition, opening):
    for _try in range(30):
        Client().post(f"{JOIN}mine/", {"code": "AAAA-BBBB-CCCC"})
    _browser, code = sign_up(edition)
    answer = Client().post(f"{JOIN}mine/", {"code": code})
    assert (answer.status_code, "Too many tries" in text(answer)) == (422, True)


def test_the_code_goes_to_the_phone_too(edition, opening, settings):
    settings.PHONE_GATEWAY_URL = "https://sms.example/"
    _browser, code = sign_up(edition)
    sent = Delivery.objects.get()
    assert (sent.address, code in sent.body["text"]) == ("13812345678", True)
    services.withdraw(edition=edition, application=rows(edition)[0])
    sent.refresh_from_db()
    assert (sent.address, sent.body) == ("", {})


def test_public_pages_lead_to_sign_up_while_it_is_open(edition, coordinator):
    type(edition).objects.update(is_public=True)
    browser = Client()
    first = browser.get("/p/fair/")
    assert JOIN not in text(first)
    called(edition, coordinator)
    then = browser.get("/p/fair/", headers={"if-none-match": first.headers["ETag"]})
    assert (then.status_code, JOIN in text(then)) == (200, True)
    with scope(edition=edition):
        Opening.objects.update(closes_on=date(2020, 1, 1))
    assert JOIN not in text(browser.get("/p/fair/"))


def test_queries_do_not_grow_with_rows(edition, coordinator, opening):
    def counts():
        row, found = rows(edition)[0], []
        for path in ("", f"applications/{row.code}/", "trainings/", "opening/"):
            browser = people.signed_in(coordinator)
            browser.get(STAFF + path)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(STAFF + path).status_code == 200
            found.append(len(asked))
        return found

    training(edition, coordinator, capacity=9)
    row, _code = services.apply(edition=edition, given=given())
    services.renew_code(edition=edition, application=row, by=coordinator)  # its history names somebody
    one = counts()
    for number in (2, 3):
        services.apply(edition=edition, given=given(name=f"N{number}"))
        training(edition, coordinator, code=f"T{number}")
    _to_training(edition, coordinator)
    services.step_applications(
        edition=edition, chosen=_chosen(edition)[:2], step="accredit", details=services.stepping.Details(without_phone=True), by=coordinator
    )  # fmt: skip
    assert [now - then for now, then in zip(counts(), one, strict=True)] == [0, 0, 0, 0]
    assert max(one) <= 20


def _chosen(edition):
    return [(each.code, each.version) for each in rows(edition)]


def _to_training(edition, by):
    of = {"edition": edition, "by": by}
    services.step_applications(chosen=_chosen(edition), step="interview", details=INTERVIEW, **of)
    details = services.stepping.Details(training="T1")
    services.step_applications(chosen=_chosen(edition), step="train", details=details, **of)


def test_a_coordinator_goes_through_all_steps(edition, coordinator, opening):
    for number in range(3):
        services.apply(edition=edition, given=given(name=f"N{number}", phone=f"1380000000{number}"))
    training(edition, coordinator, capacity=3)
    browser = people.signed_in(coordinator)

    def step(name, **more):
        chosen = [f"{code}:{version}" for code, version in _chosen(edition)]
        asked = browser.post(f"{STAFF}steps/", {"chosen": chosen, "step": name})
        assert (asked.status_code, "3 applications" in text(asked)) == (200, True)
        done = browser.post(f"{STAFF}steps/", {"chosen": chosen, "step": name, "go": "1"} | more, follow=True)
        return text(done)

    taken = "3 applications have taken the step."
    assert "This field is required" in step("interview", place="Room 5")
    assert taken in step("interview", at="2027-10-02T09:00", place="Room 5")
    assert {str(each.interview_at) for each in rows(edition)} == {"2027-10-02 01:00:00+00:00"}
    assert taken in step("train", training="T1")
    assert taken in step("undo")
    assert taken in step("train", training="T1")
    assert taken in step("accredit", zones=["Z2"])
    assert {each.state for each in rows(edition)} == {"accredited"}
    assert "N1" in text(browser.get(STAFF, {"state": "accredited", "text": "N1"}))
    assert "Nobody is found." in text(browser.get(STAFF, {"state": "refused"}))
    assert browser.get(f"{STAFF}steps/").url == STAFF
    stale = browser.post(f"{STAFF}steps/", {"chosen": [f"{rows(edition)[0].code}:1"], "step": "refuse", "go": "1"})
    assert stale.status_code == 409


def test_a_lost_code_is_made_anew_by_the_coordinator(edition, coordinator, applied):
    row, code = applied
    answer = people.signed_in(coordinator).post(f"{STAFF}applications/{row.code}/code/")
    fresh = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", text(answer))[0]
    assert fresh != code
    assert "no-store" in answer.headers["Cache-Control"]
    assert Client().post(f"{JOIN}mine/", {"code": fresh}).status_code == 302


def test_the_call_is_changed_on_its_page(edition, coordinator):
    browser, path = people.signed_in(coordinator), f"{STAFF}opening/"
    said = {"is_open": "on", "closes_on": "2027-10-01", "consent_en": "A", "consent_zh": "甲", "version": "0"}
    assert browser.post(path, said).status_code == 302
    assert browser.post(path, said | {"consent_en": "B"}).status_code == 409
    assert browser.post(path, said | {"closes_on": "2020-01-01", "version": "1"}).status_code == 422
    assert JOIN in text(browser.get(path))


def test_trainings_on_their_pages(edition, coordinator):
    browser, path = people.signed_in(coordinator), f"{STAFF}trainings/"
    said = {
        "code": "T1",
        "name_en": "Guides",
        "starts_at": "2027-10-05T09:00",
        "place": "Hall 1",
        "capacity": "40",
        "post_classes": ["guide"],
    }
    assert browser.post(path, said).status_code == 302
    assert browser.post(path, said).status_code == 422
    assert "Guides" in text(browser.get(path))
    assert browser.post(f"{path}T1/", said | {"capacity": "41", "version": "1"}).status_code == 302
    assert browser.post(f"{path}T1/", said | {"capacity": "42", "version": "1"}).status_code == 409
    assert "Removed." in text(browser.post(f"{path}T1/remove/", {"version": "2"}, follow=True))
    assert browser.get(f"{path}T1/").status_code == 404


def test_another_edition_does_not_see_them(edition, coordinator, applied):
    other = made(code="other")
    by = people.person(Role.COORDINATOR, other)
    row = applied[0]
    called(other, by)
    path = f"/e/other/volunteers/joining/applications/{row.code}/"
    assert people.signed_in(by).get(path).status_code == 404
    assert people.signed_in(by).get(f"{STAFF}applications/{row.code}/").status_code == 404
    assert Client().post("/p/other/join/mine/", {"code": applied[1]}).status_code == 422


def test_by_the_api(edition, coordinator, applied):
    browser, of = people.signed_in(coordinator), {"content_type": "application/json"}
    opening = browser.get(f"{API}/opening").json()
    assert (opening["is_open"], opening["consent_number"]) == (True, 1)
    del opening["consent_number"]
    changed = browser.put(f"{API}/opening", opening | {"closes_on": "2027-10-03"}, **of).json()
    assert changed["version"] == 2
    planned = {
        "code": "T1",
        "name_en": "Guides",
        "starts_at": "2027-10-05T09:00:00+08:00",
        "place": "Hall 1",
        "capacity": 1,
    }
    assert browser.post(f"{API}/trainings", planned, **of).json()["left"] == 1
    (row,) = browser.get(f"{API}/applications", {"state": "applied"}).json()["rows"]
    assert (row["name"], row["has_twin"], "phone" in row) == ("林晓", False, False)
    one = browser.get(f"{API}/applications/{row['code']}").json()
    assert (one["phone"], one["twins"]) == ("+8613812345678", [])
    for version, body in enumerate(
        (
            {"step": "interview", "at": "2027-10-02T09:00:00+08:00", "place": "Room 5"},
            {"step": "train", "training": "T1"},
            {"step": "accredit"},
        ),
        start=1,
    ):
        chosen = {"applications": [{"code": row["code"], "version": version}]}
        assert len(browser.post(f"{API}/steps", body | chosen, **of).json()["numbers"]) == 1
        assert browser.post(f"{API}/steps", body | chosen, **of).status_code == 409
    assert browser.get(f"{API}/counts").json()["accredited"] == 1
    assert browser.get(f"{API}/applications/{row['code']}").json()["volunteer"].startswith("P-")
    undone = {"applications": [{"code": row["code"], "version": 4}]}
    assert browser.post(f"{API}/steps/undo", undone, **of).status_code == 200
    assert browser.get(f"{API}/trainings").json()["rows"][0]["left"] == 0
    put = {name: planned[name] for name in planned if name != "code"} | {"capacity": 5}
    assert browser.put(f"{API}/trainings/T1", put | {"version": 1}, **of).json()["left"] == 4
    assert browser.delete(f"{API}/trainings/T1?version=2").status_code == 422
    for path, body, version in (("steps", {"step": "refuse"}, 5), ("erase", {}, 6)):
        chosen = {"applications": [{"code": row["code"], "version": version}]}
        assert browser.post(f"{API}/{path}", body | chosen, **of).status_code == 200
    fresh = browser.post(f"{API}/applications/{row['code']}/code", **of).json()["code"]
    assert Client().post(f"{JOIN}mine/", {"code": fresh}).status_code == 302
