"""A coordinator lets a crowd in, and comes no further by that."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django_scopes import scope

from hostcity.core.accounts import codes
from hostcity.core.errors import NotAllowed
from hostcity.core.models import Assignment, Person, SignInCode
from hostcity.core.models.people import Role
from hostcity.core.people.services import give_role, take_role, undo_taken_role
from tests import people
from tests.people import PASSWORD, signed_in
from tests.site.api.programs import program

pytestmark = pytest.mark.django_db
STAFF_AND_COMPANIES = [role for role in Role if role not in (Role.VOLUNTEER, Role.VISITOR)]


@pytest.fixture(autouse=True)
def _scoped(edition):
    with scope(edition=edition):
        yield


def code_for(edition, by, *whom):
    return codes.make_codes(edition=edition, people=whom, lasts=timedelta(days=3), by=by)[0].code


def comes_in(code):
    client = Client()
    client.post("/accounts/code/", {"code": code})
    return client if client.get("/accounts/").status_code == 200 else None


def test_a_coordinator_lets_volunteers_and_visitors_in(edition, coordinator, volunteer):
    visitor = people.person(Role.VISITOR, edition)
    both = people.person(Role.VISITOR, edition)
    Assignment.objects.create(edition=edition, person=both, role=Role.VOLUNTEER)
    for each in (volunteer, visitor, both):
        assert comes_in(code_for(edition, coordinator, each))


def test_a_volunteer_who_comes_every_year_is_let_in(edition, coordinator, volunteer):
    before = people.edition("before")
    Assignment.objects.create(edition=before, person=volunteer, role=Role.VOLUNTEER)
    assert comes_in(code_for(edition, coordinator, volunteer))


@pytest.mark.parametrize("role", STAFF_AND_COMPANIES)
@pytest.mark.parametrize("where", ["here", "there"])
def test_nobody_with_another_role_in_any_edition(edition, coordinator, volunteer, role, where):
    there = people.edition("there")
    people.person(role, there if where == "there" else edition, username="x")
    whom = Person.objects.get(username="x")
    Assignment.objects.create(edition=edition, person=whom, role=Role.VISITOR)
    for wanted in ([whom], [volunteer, whom]):
        with pytest.raises(NotAllowed):
            code_for(edition, coordinator, *wanted)
    assert not SignInCode.objects.exists()


def test_nobody_of_another_edition_nor_who_runs_the_site(edition, coordinator):
    there = people.edition("there")
    root = people.person(Role.VOLUNTEER, edition, is_superuser=True)
    for whom in (people.person(Role.VOLUNTEER, there), people.person(), root, coordinator):
        with pytest.raises(NotAllowed):
            code_for(edition, coordinator, whom)


def test_pages_and_api_ask_the_same(edition, coordinator, volunteer, anna):
    client = signed_in(coordinator)
    given = {"hours": 12, "form": "csv", "role": "", "bureau": "", "text": ""}
    told = client.post(f"/e/{edition.code}/people/codes/", given).content.decode()
    assert "vera" in told
    assert "anna" not in told
    forged = client.post(f"/e/{edition.code}/people/codes/?person={anna.code}", given)
    assert forged.status_code == 422
    assert "codes/?person" in client.get(f"/e/{edition.code}/people/{volunteer.code}/").content.decode()
    assert "codes/?person" not in client.get(f"/e/{edition.code}/people/{anna.code}/").content.decode()
    api = program(coordinator, edition)
    path = f"/editions/{edition.code}/people/codes"
    assert api.post(path, {"people": [volunteer.code]}).status_code == 201
    assert api.post(path, {"people": [volunteer.code, anna.code]}).status_code == 403


@pytest.mark.parametrize("role", STAFF_AND_COMPANIES)
def test_a_code_kept_back_opens_nothing_after_a_promotion(edition, boss, coordinator, volunteer, role):
    """The coordinator keeps a volunteer's code, or comes in as the volunteer, and waits for a greater role."""
    kept = code_for(edition, coordinator, volunteer)
    promote(edition, volunteer, role, boss)
    assert comes_in(kept) is None


@pytest.mark.parametrize("role", STAFF_AND_COMPANIES)
def test_a_session_opened_before_ends_with_the_promotion(edition, boss, coordinator, volunteer, role):
    inside = comes_in(code_for(edition, coordinator, volunteer))
    promote(edition, volunteer, role, boss)
    assert inside.get("/accounts/").status_code == 302


def test_a_password_set_before_opens_nothing_that_staff_may(edition, boss, coordinator, volunteer):
    volunteer.set_unusable_password()
    volunteer.save()
    inside = comes_in(code_for(edition, coordinator, volunteer))
    inside.post("/accounts/password/first/", {"password1": "attacker-has-it-1", "password2": "attacker-has-it-1"})
    volunteer.refresh_from_db()
    assert volunteer.has_usable_password()
    TOTP.activate(volunteer, generate_totp_secret())
    promote(edition, volunteer, Role.PLANNER, boss)
    later = Client()
    later.post("/accounts/login/", {"login": "vera", "password": "attacker-has-it-1"})
    assert later.get("/accounts/").status_code == 302
    assert comes_in(code_for(edition, boss, volunteer)), (
        "the administrator's code does, without a factor of somebody else"
    )


def test_a_role_given_back_ends_them_too(edition, boss, coordinator, volunteer):
    given = give_role(edition=edition, person=volunteer, role=Role.PLANNER, by=boss)
    act = take_role(edition=edition, assignment=given, by=boss)
    volunteer.refresh_from_db()
    kept = code_for(edition, coordinator, volunteer)
    undo_taken_role(edition=edition, number=act.number, by=boss)
    assert comes_in(kept) is None


def test_who_is_staff_already_stays_signed_in(edition, boss, anna):
    client = Client()
    client.post("/accounts/login/", {"login": "anna", "password": PASSWORD})
    give_role(edition=edition, person=anna, role=Role.DUTY_OFFICER, by=boss)
    give_role(edition=edition, person=anna, role=Role.VOLUNTEER, by=boss)
    assert client.get("/accounts/").status_code == 200


def promote(edition, whom, role, by):
    bureau = None
    if role == Role.BUREAU_OWNER:
        from hostcity.core.models import Bureau

        bureau = Bureau.objects.create(edition=edition, code="b", name_en="B")
    give_role(edition=edition, person=whom, role=role, bureau=bureau, by=by)
