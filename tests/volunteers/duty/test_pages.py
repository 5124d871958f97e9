"""Pages of coming to a shift: who is missing, the code of a post, a volunteer's phone."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.volunteers.duty import services
from hostcity.volunteers.duty.cells import Cell, cells_of
from hostcity.volunteers.duty.codes import code_of, secret_of, step_of, token_of
from hostcity.volunteers.duty.queries import posts_in
from hostcity.volunteers.models import Attendance
from tests import people
from tests.volunteers import force

pytestmark = pytest.mark.django_db
HERE = Cell("P1", "D1", "early")
OF_HERE = "post=P1&day=D1&band=early"
AT = "/e/fair/volunteers/duty/"


def page(who, path, **more):
    answer = people.signed_in(who).get(path, **more)
    assert answer.status_code == 200, path
    return answer.content.decode()


def by_hand(edition, by, volunteer="V2"):
    services.check_in_by_hand(edition=edition, volunteer=volunteer, day="D1", band="early", by=by)


@pytest.mark.parametrize(("language", "word"), [("en", "On duty"), ("zh-hans", "到岗")])
def test_pages_are_there_in_both_languages(coordinator, volunteer, edition, language, word):
    assert word in page(coordinator, AT, HTTP_ACCEPT_LANGUAGE=language)
    for path in ("post/", "code/"):
        page(coordinator, f"{AT}{path}?{OF_HERE}", HTTP_ACCEPT_LANGUAGE=language)
    for path in (f"{AT}come/", "/e/fair/volunteers/mine/"):
        page(volunteer, path, HTTP_ACCEPT_LANGUAGE=language)


def test_those_at_risk_stand_first_and_critical_ones_above(edition, coordinator, clock):
    def lines():
        with scope(edition=edition):
            found = posts_in(cells_of(edition), "D1", "early", clock.now)
        return [(each.cell.post, each.there, each.missing, round(each.short, 4)) for each in found]

    # P1 needs two of V1 and V2 at 0.9 each; P2 one, V3; the pool S1 has nobody.
    assert lines() == [("S1", 0, [], 1.0), ("P1", 0, ["V1", "V2"], 0.19), ("P2", 0, ["V3"], 0.1)]
    by_hand(edition, coordinator)
    assert lines()[1] == ("P1", 1, ["V1"], 0.1)
    plan = force.plan()
    posts = tuple(dataclasses.replace(each, is_critical=each.code == "P2") for each in plan.posts)
    replace_plan(edition=edition, plan=plan.replace(posts=posts), by=None)
    assert [post for post, *_more in lines()] == ["P2", "S1", "P1"]
    by_hand(edition, coordinator, "V1")
    by_hand(edition, coordinator, "V3")
    assert lines() == [("S1", 0, [], 1.0), ("P1", 2, [], 0.0), ("P2", 1, [], 0.0)]
    services.check_out_by_hand(edition=edition, volunteer="V3", day="D1", band="early", by=coordinator)
    assert lines()[0] == ("P2", 0, [], 1.0)
    clock.set("13:00:00")
    assert {short for *_more, short in lines()} == {0.0}


def test_of_a_band_that_is_over_no_probability_is_told(coordinator, edition, clock):
    paths = (f"{AT}?day=D1&band=early", f"{AT}post/?{OF_HERE}")
    assert ["%" in page(coordinator, path).split("<main")[1] for path in paths] == [True, True]
    clock.set("13:00:00")
    assert ["%" in page(coordinator, path).split("<main")[1] for path in paths] == [False, False]


def test_the_band_of_now_is_shown(edition, coordinator, clock):
    for at, day, band in (
        (("05:00:00", "01"), "D1", "early"),
        (("11:59:59", "05"), "D1", "early"),
        (("12:00:00", "05"), "D1", "late"),
        (("23:00:00", "05"), "D2", "early"),
        (("23:00:00", "09"), "D2", "late"),
    ):
        with scope(edition=edition):
            assert cells_of(edition).band_of(clock.set(*at)) == (day, band)


def test_queries_do_not_grow_with_rows(edition, coordinator, clock):
    def counts():
        found = []
        for path in ("", f"post/?{OF_HERE}"):
            browser = people.signed_in(coordinator)
            browser.get(f"{AT}{path}")
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(f"{AT}{path}").status_code == 200
            found.append(len(asked))
        return found

    plan = force.plan()
    replace_plan(edition=edition, plan=plan.replace(shifts=(force.shift("V1"),)), by=None)
    by_hand(edition, coordinator, "V1")
    one = counts()
    replace_plan(
        edition=edition, plan=plan.replace(shifts=tuple(force.shift(each) for each in ("V1", "V2", "V5"))), by=None
    )
    by_hand(edition, coordinator, "V2")
    by_hand(edition, coordinator, "V5")
    assert counts() == one
    assert max(one) <= 16


def test_a_volunteer_types_the_code_and_leaves(edition, volunteer, clock):
    browser, mine = people.signed_in(volunteer), "/e/fair/volunteers/mine/"
    assert 'name="code"' in browser.get(mine).content.decode()
    given = {"code": code_of(secret_of(edition), HERE, step_of(clock.now))}
    for word in ("You are checked in since 07:30", "You have checked in already, at 07:30"):
        assert word in browser.post(f"{AT}come/", given, follow=True).content.decode()
    assert 'name="code"' not in browser.get(mine).content.decode()
    clock.set("12:10:00")
    seat = {"day": "D1", "band": "early"}
    assert "On duty from 07:30 to 12:10" in browser.post(f"{AT}leave/", seat, follow=True).content.decode()
    assert "Checked in at 07:30" in browser.post(f"{AT}leave/", seat | {"undo": "1"}, follow=True).content.decode()
    wrong = browser.post(f"{AT}come/", {"code": "12"})
    assert (wrong.status_code, "A code has 6 digits" in wrong.content.decode()) == (422, True)


def test_a_scan_leads_to_a_button(edition, volunteer, clock):
    browser = people.signed_in(volunteer)
    shown = browser.get(f"{AT}come/", {"t": token_of(edition, HERE, step_of(clock.now))}).content.decode()
    assert "North door" in shown
    with scope(edition=edition):
        assert not Attendance.objects.exists()  # opening an address writes nothing
    clock.set("07:32:00")
    form = {"token": shown.split('name="token" value="')[1].split('"')[0]}
    assert browser.post(f"{AT}come/", form).status_code == 302
    stale = browser.get(f"{AT}come/", {"t": token_of(edition, HERE, step_of(clock.now) - 2)})
    assert (stale.status_code, "expired" in stale.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("minutes", "words"), [(120, "120 minutes ahead"), (-6, "6 minutes behind"), (4, ""), (None, "")]
)
def test_a_phone_whose_clock_is_wrong_is_told(edition, volunteer, clock, minutes, words):
    given = {"code": code_of(secret_of(edition), HERE, step_of(clock.now))}
    if minutes is not None:
        given["device_ms"] = str(int((clock.now.timestamp() + 60 * minutes) * 1000))
    shown = people.signed_in(volunteer).post(f"{AT}come/", given, follow=True).content.decode()
    assert ("clock is" in shown, words in shown) == (bool(words), True)
    with scope(edition=edition):
        assert Attendance.objects.get().checked_in_at == clock.now


def test_the_code_renews_itself(edition, leader, clock):
    digits = code_of(secret_of(edition), HERE, step_of(clock.now))
    whole, part = (page(leader, f"{AT}code/?{OF_HERE}{more}") for more in ("", "&part=1"))
    assert f"{digits[:3]} {digits[3:]}" in part
    assert "hx-get" in part
    assert "<html" not in part
    assert '<noscript><meta http-equiv="refresh"' in whole


def test_leaders_see_their_post_alone(edition, leader, volunteer, planner):
    assert "V2" in page(leader, f"{AT}post/?{OF_HERE}")
    for who, query in ((leader, "post=P2&day=D1&band=early"), (volunteer, OF_HERE), (planner, OF_HERE)):
        for path in ("post/", "code/"):
            assert people.signed_in(who).get(f"{AT}{path}?{query}").status_code == 403
    assert people.signed_in(leader).get(f"{AT}post/?post=P1&day=D9&band=early").status_code == 404
    assert people.signed_in(volunteer).get(AT).status_code == 403


def test_people_are_checked_by_hand_and_back(edition, leader, clock):
    browser, of = people.signed_in(leader), {"post": "P1", "day": "D1", "band": "early", "volunteer": "V2"}
    for act, words in (
        ("in", "V2 is checked in."),
        ("out", "V2 is checked out."),
        ("undo-out", "Taken back: V2 has not left."),
        ("undo-in", "Taken back: V2 has not come."),
        ("out", "Nobody is checked in there."),
    ):
        assert words in browser.post(f"{AT}post/check/", of | {"act": act}, follow=True).content.decode()
    assert browser.post(f"{AT}post/check/", of | {"act": "none"}).status_code == 404


def test_by_the_api(edition, coordinator, volunteer, clock):
    of = "/api/v1/editions/fair/volunteers/duty"
    staff, own = people.signed_in(coordinator), people.signed_in(volunteer)
    shown = staff.get(f"{of}/code?{OF_HERE}").json()
    assert shown["seconds"] == 20
    given = {"content_type": "application/json"}
    done = own.post(f"{of}/check-in", {"code": shown["code"]}, **given).json()
    assert (done["is_new"], done["attendance"]["post"]) == (True, "P1")
    assert own.post(f"{of}/check-in", {"token": shown["token"]}, **given).json()["is_new"] is False
    band = staff.get(of).json()
    assert [(each["post"], each["came"]) for each in band["posts"]] == [("S1", 0), ("P1", 1), ("P2", 0)]
    people_there = staff.get(f"{of}/post?{OF_HERE}").json()["people"]
    assert [(each["volunteer"], each["is_there"]) for each in people_there] == [("V1", False), ("V2", True)]
    (mine,) = own.get(f"{of}/own").json()["rows"]
    assert (mine["post"], mine["is_open"], mine["attendance"]["how"]) == ("P1", True, "code")
    seat = {"day": "D1", "band": "early"}
    assert own.post(f"{of}/check-out", seat, **given).json()["attendance"]["checked_out_at"] is not None
    assert own.post(f"{of}/check-out/undo", seat, **given).status_code == 200
    hand = seat | {"volunteer": "V1"}
    statuses = [
        staff.post(f"{of}/hand/{act}", hand | more, **given).status_code
        for act, more in (
            ("check-in", {}),
            ("check-out", {}),
            ("undo", {"what": "out"}),
            ("undo", {"what": "in"}),
            ("undo", {"what": "in"}),
        )
    ]
    assert statuses == [200, 200, 200, 200, 422]


def test_who_has_another_role_has_no_part(edition, clock):
    visitor = people.person(Role.VISITOR, edition)
    assert {people.signed_in(visitor).get(f"{AT}{path}").status_code for path in ("", "come/", f"post/?{OF_HERE}")} == {
        403
    }
