"""What people change of their own account, and what nobody gets at by that."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from hostcity.core.accounts.codes import use_code, use_phone_code
from hostcity.core.errors import NotAllowed, Refused, Stale
from hostcity.core.models import Act, Assignment, Delivery, SignInCode
from hostcity.core.models.people import Role
from hostcity.core.people import own
from hostcity.core.search.queries import find
from hostcity.core.tokens.services import make_token
from tests import people
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
PATH = "/accounts/details/"


@pytest.fixture(autouse=True)
def _gateway(settings):
    settings.PHONE_GATEWAY_URL = "https://sms.example.cn/"


@pytest.fixture
def browser(anna):
    anna.set_password(PASSWORD)
    anna.save()
    client = Client()
    client.force_login(anna, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def sent_code(address):
    row = Delivery.objects.filter(address=address).latest("id")
    return re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", row.body["text"]).group()


def form_of(anna, **changes):
    kept = {name: getattr(anna, name) for name in ("name", "email", "phone", "language", "version")}
    return kept | changes


def asked_and_confirmed(column, value, by):
    kept = own.ask_for_contact(column=column, value=value, by=by)
    return own.confirm_contact(column=column, value=value, code=sent_code(kept), by=by)


def test_name_and_language_change_at_once(edition, anna, browser):
    answer = browser.post(PATH, form_of(anna, name="王小明", language="zh-hans"))
    assert answer.status_code == 302
    assert answer.cookies["hostcity_language"].value == "zh-hans"
    anna.refresh_from_db()
    assert (anna.name, anna.language, anna.version) == ("王小明", "zh-hans", 2)
    with scope(edition=edition):
        act = Act.objects.latest("number")
        assert (act.verb, act.by_code, act.body) == ("account.change", anna.code, {"fields": ["language", "name"]})
        root = people.person(is_superuser=True)
        assert [each.key for each in find(edition, root, "wxm").hits] == [anna.code]


def test_every_edition_of_theirs_learns_of_it(edition, anna):
    other = people.edition("other")
    with scope(edition=other):
        Assignment.objects.create(edition=other, person=anna, role=Role.VISITOR)
    own.change_own_details(changes={"name": "Ann"}, version=1, by=anna)
    for each in (edition, other):
        with scope(edition=each):
            assert Act.objects.filter(edition=each, verb="account.change").count() == 1


def test_who_changed_meanwhile_is_told(anna):
    own.change_own_details(changes={"name": "Ann"}, version=1, by=anna)
    with pytest.raises(Stale):
        own.change_own_details(changes={"name": "Anne"}, version=1, by=anna)


def test_a_new_contact_by_the_page(edition, anna, browser):
    asked = browser.post(PATH, form_of(anna, email=" New@Example.org "))
    assert asked["Location"].startswith("/accounts/confirm/"), "the password first: one signs in with a mail address"
    assert not Delivery.objects.exists()
    sent = browser.post(asked["Location"], {"password": PASSWORD})
    assert sent["Location"] == f"{PATH}confirm/"
    anna.refresh_from_db()
    assert anna.email == "anna@example.org"
    assert "new@example.org" in browser.get(f"{PATH}confirm/").content.decode()
    assert browser.post(f"{PATH}confirm/", {"column": "email", "code": "AAAA-AAAA"}).status_code == 422
    done = browser.post(f"{PATH}confirm/", {"column": "email", "code": sent_code("new@example.org").lower()})
    assert done["Location"] == PATH
    anna.refresh_from_db()
    assert anna.email == "new@example.org"
    assert Delivery.objects.filter(address="anna@example.org").count() == 1  # the old one is told


@pytest.mark.parametrize(
    ("column", "value", "kept"),
    [("phone", "0086 139-0000 0009", "008613900000009"), ("phone", "＋８６13900000009", "+8613900000009"),
     ("email", "A.B@Example.ORG", "a.b@example.org")],
)  # fmt: skip
def test_contacts_are_kept_in_one_form(anna, column, value, kept):
    asked_and_confirmed(column, value, anna)
    anna.refresh_from_db()
    assert getattr(anna, column) == kept


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("email", "VERA@example.org"),
        ("phone", "138 0000 0002"),
        ("phone", "0086-13800000002"),
        ("phone", "8613800000002"),
    ],
)
def test_nobody_takes_what_another_has(edition, anna, column, value):
    """However it is written, and even by somebody who reads its messages: the account of its owner is not touched."""
    vera = people.person(Role.VOLUNTEER, edition, email="vera@example.org", phone="+8613800000002")
    with pytest.raises(Refused) as refused:
        asked_and_confirmed(column, value, anna)
    assert refused.value.code == f"person.{column}-taken"
    for each, mail in ((anna, "anna@example.org"), (vera, "vera@example.org")):
        each.refresh_from_db()
        assert each.email == mail


def test_asking_tells_nobody_whether_it_is_taken(edition, anna):
    people.person(Role.VOLUNTEER, edition, email="vera@example.org")
    for value in ("vera@example.org", "free@example.org"):
        assert own.ask_for_contact(column="email", value=value, by=anna) == value


def test_a_contact_is_not_slipped_past_the_code(anna):
    for changes in ({"email": "x@example.org"}, {"phone": "+8613900000009"}):
        with pytest.raises(Refused, match=r"account\.unconfirmed"):
            own.change_own_details(changes=changes, version=1, by=anna)
    own.change_own_details(changes={"phone": ""}, version=1, by=anna)
    anna.refresh_from_db()
    assert anna.phone == ""


def test_a_code_is_for_one_person_one_contact_once_and_ten_minutes(edition, anna):
    vera = people.person(Role.VOLUNTEER, edition)
    own.ask_for_contact(column="phone", value="+8613900000009", by=anna)
    code = sent_code("+8613900000009")
    for given in ({"by": vera}, {"value": "+8613900000008"}, {"column": "email", "value": "a@b.cn"}):
        with pytest.raises(Refused, match=r"account\.code"):
            own.confirm_contact(**{"column": "phone", "value": "+8613900000009", "code": code, "by": anna} | given)
    assert use_phone_code("+8613900000009", code) is None, "whoever reads a code sent in error does not sign in with it"
    assert use_code(code) is None
    SignInCode.objects.update(expires_at=timezone.now())
    with pytest.raises(Refused, match=r"account\.code"):
        own.confirm_contact(column="phone", value="+8613900000009", code=code, by=anna)


def test_a_code_under_way_to_the_old_phone_ends(anna):
    from hostcity.core.accounts.codes import send_code_to_phone

    send_code_to_phone("+8613800000001")
    code = re.search(r"\d{6}", Delivery.objects.latest("id").body["text"]).group()
    asked_and_confirmed("phone", "+8613900000009", anna)
    assert use_phone_code("+8613800000001", code) is None


def test_nobody_is_flooded_with_codes(anna):
    cache.clear()
    for number in range(own.MOST_ASKED):
        own.ask_for_contact(column="email", value=f"a{number}@example.org", by=anna)
    with pytest.raises(Refused, match=r"account\.too-often"):
        own.ask_for_contact(column="email", value="b@example.org", by=anna)


def test_a_site_without_a_gateway_says_so(anna, settings):
    settings.PHONE_GATEWAY_URL = ""
    with pytest.raises(Refused, match=r"account\.no-gateway"):
        own.ask_for_contact(column="phone", value="+8613900000009", by=anna)


def test_no_program_changes_it(edition, anna):
    with scope(edition=edition):
        anna.token, _secret = make_token(edition=edition, name="t", actions=["account.own"], days=1, by=anna)
    with pytest.raises(NotAllowed):
        own.change_own_details(changes={"name": "x"}, version=1, by=anna)


def test_who_has_no_role_and_no_password_may_too():
    nobody = people.person(name="")
    nobody.set_unusable_password()
    nobody.save()
    client = Client()
    client.force_login(nobody, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(PATH, form_of(nobody, email="n@example.org"))["Location"] == f"{PATH}confirm/"
    client.post(f"{PATH}confirm/", {"column": "email", "code": sent_code("n@example.org")})
    nobody.refresh_from_db()
    assert nobody.email == "n@example.org"
