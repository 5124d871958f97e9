"""Editions: opened, changed, published."""

from datetime import date, timedelta

import pytest
from django_scopes import scope

from hostcity.core.editions.services import change_edition, open_edition
from hostcity.core.errors import NotAllowed, Refused, Several, Stale
from hostcity.core.models import Act, Edition, Expo
from hostcity.core.models.people import Role
from tests import people
from tests.people import signed_in

pytestmark = pytest.mark.django_db
NEW = {
    "expo": "ciie", "code": "ciie-2027", "name_en": "10th CIIE", "name_zh": "第十届进博会", "city_en": "Shanghai",
    "time_zone": "Asia/Shanghai", "opens_on": date(2027, 11, 5), "closes_on": date(2027, 11, 10),
}  # fmt: skip


def test_a_superuser_opens_an_edition():
    edition = open_edition(**NEW, by=people.person(is_superuser=True))
    assert not edition.is_public
    with scope(edition=edition):
        assert Act.objects.get().verb == "edition.open"
    with pytest.raises(Refused, match=r"edition\.twice"):
        open_edition(**NEW, by=None)
    assert Expo.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"closes_on": date(2027, 11, 4)}, "edition.closes_on"),
        ({"time_zone": "Mars/Olympus"}, "edition.time_zone"),
        ({"name_en": " "}, "edition.name_en"),
        ({"code": "x y"}, "edition.code"),
        ({"expo": "-"}, "edition.expo"),
    ],
)
def test_what_makes_no_edition_is_refused(wrong, code):
    with pytest.raises(Refused) as refused:
        open_edition(**NEW | wrong, by=None)
    assert refused.value.code == code
    assert not Edition.objects.exists()


def test_nobody_else_opens_one():
    edition = people.edition()
    boss = people.person(Role.ADMINISTRATOR, edition)
    with pytest.raises(NotAllowed):
        open_edition(**NEW, by=boss)
    client = signed_in(boss)
    assert client.get("/editions/open/").status_code == 403
    assert client.post("/editions/open/", NEW).status_code == 403


def test_a_change_is_recorded_and_a_stale_one_refused():
    edition = people.edition()
    boss = people.person(Role.ADMINISTRATOR, edition)
    change_edition(edition=edition, changes={"is_public": True, "opens_on": date(2027, 11, 4)}, version=1, by=boss)
    assert (edition.is_public, edition.version) == (True, 2)
    with scope(edition=edition):
        assert Act.objects.get().body == {"is_public": [False, True], "opens_on": ["2027-11-05", "2027-11-04"]}
    with pytest.raises(Stale) as stale:
        change_edition(edition=edition, changes={"name_en": "New"}, version=1, by=boss)
    assert stale.value.diff == (("name_en", "The fair", "New"),)
    with pytest.raises(NotAllowed):
        change_edition(edition=edition, changes={}, version=2, by=people.person(Role.DRILL_DIRECTOR, edition))


def test_the_settings_page_changes_it():
    edition = people.edition()
    client = signed_in(people.person(Role.ADMINISTRATOR, edition))
    page = client.get("/e/fair/settings/")
    form = {name: value for name, value in page.context["form"].initial.items() if name != "is_public"}
    assert (
        client.post("/e/fair/settings/", form | {"name_zh": "新展会", "is_demo": "on", "code": "x"}).status_code == 302
    )
    edition.refresh_from_db()
    assert (edition.name_zh, edition.is_demo, edition.code) == ("新展会", False, "fair")
    assert client.post("/e/fair/settings/", form | {"name_zh": "旧"}).status_code == 409
    assert client.post("/e/fair/settings/", form | {"version": 2, "closes_on": "2020-01-01"}).status_code == 422


WRONG = {
    "expo": "No code!", "code": "fair", "name_en": "", "time_zone": "Moon/Tycho", "opens_on": "2027-11-05",
    "closes_on": "2027-11-04",
}  # fmt: skip


def test_the_form_tells_everything_that_is_wrong_at_once():
    people.edition()
    root = signed_in(people.person(is_superuser=True))
    page = root.post("/editions/open/", WRONG)
    assert (page.status_code, set(page.context["form"].errors)) == (422, set(WRONG) - {"opens_on"})
    page = root.post("/editions/open/", WRONG | {"opens_on": "9999-12-31", "closes_on": "9999-12-31"})
    assert {"opens_on", "closes_on"} <= set(page.context["form"].errors)


def test_a_form_takes_no_text_that_shows_what_it_is_not():
    people.edition()
    root = signed_in(people.person(is_superuser=True))
    page = root.post("/editions/open/", WRONG | {"name_en": "\u202eoxe", "name_zh": "a\nb"})
    assert {"name_en", "name_zh"} <= set(page.context["form"].errors)
    assert "U+202E" in page.content.decode()


def test_the_service_tells_everything_that_is_wrong_at_once():
    edition, boss = people.edition(), people.person(is_superuser=True)
    changes = {"name_en": " ", "time_zone": "Moon/Tycho", "closes_on": date(2020, 1, 1)}
    with pytest.raises(Several) as several:
        change_edition(edition=edition, changes=changes, version=1, by=boss)
    assert [each.field for each in several.value.refusals] == list(changes)


def test_one_sees_the_own_editions():
    mine, _other = people.edition("mine"), people.edition("other")
    found = signed_in(people.person(Role.VISITOR, mine)).get("/editions/").context["editions"]
    assert [each.code for each in found] == ["mine"]
    found = signed_in(people.person(is_superuser=True)).get("/editions/").context["editions"]
    assert len(found) == 2


def test_signing_in_leads_to_what_was_seen_last_else_to_what_comes_next():
    past, second, first = (people.edition(code) for code in ("past", "second", "first"))
    for edition, days in ((past, -400), (second, 300), (first, 5)):
        edition.opens_on = edition.today() + timedelta(days=days)
        edition.closes_on = edition.opens_on + timedelta(days=3)
        edition.save()
    who = people.person(Role.PLANNER, past)
    for edition in (second, first):
        with scope(edition=edition):
            people.Assignment.objects.create(edition=edition, person=who, role=Role.VISITOR)
    browser = signed_in(who)
    assert browser.get("/")["Location"] == "/e/first/"
    browser.get("/e/past/")
    assert browser.get("/")["Location"] == "/e/past/"
    other = signed_in(people.person(Role.PLANNER, second))  # of whom the cookie of the browser says nothing
    other.cookies["hostcity_edition"] = "past"
    assert other.get("/")["Location"] == "/e/second/"


def test_signing_in_leads_to_the_first_screen_of_the_only_edition():
    one, two = people.edition("one"), people.edition("two")
    who = people.person(Role.PLANNER, one)
    answer = signed_in(who).get("/", follow=True)
    assert (answer.redirect_chain, answer.status_code) == ([("/e/one/", 302)], 200)
    with scope(edition=two):
        people.Assignment.objects.create(edition=two, person=who, role=Role.VISITOR)
    assert 'href="/editions/"' in signed_in(who).get("/e/one/").content.decode()
    assert signed_in(people.person()).get("/", follow=True).status_code == 200
