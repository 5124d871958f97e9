"""Passwords, second factors, sessions."""

import re
import time

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from hostcity.core.accounts.adapter import SecondFactors
from hostcity.core.people.services import deactivate_person, reactivate_person
from hostcity.site import settings as site_settings
from tests import people
from tests.people import PASSWORD, signed_in

pytestmark = pytest.mark.django_db
NEW = "a-staple-for-the-horse"


def sign_in(client, login, password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": login, "password": password}, **more)


def is_in(client) -> bool:
    return client.get("/accounts/").status_code == 200


def code_of(secret: str, steps: int = 0) -> str:
    """The code of so many steps ahead."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD + steps))


def with_second_factor(person) -> str:
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


@pytest.mark.parametrize("login", ["anna", "ANNA", "anna@example.org", " Anna@Example.org "])
def test_sign_in_by_name_or_mail(anna, login):
    client = Client()
    assert sign_in(client, login).status_code == 302
    assert is_in(client)


def test_a_password_is_kept_at_the_full_cost_of_the_site(anna, settings):
    """One that was hashed at a lesser cost is hashed anew when it is known, at the sign-in."""
    settings.PASSWORD_HASHERS = site_settings.PASSWORD_HASHERS
    assert sign_in(Client(), "anna").status_code == 302
    anna.refresh_from_db()
    assert anna.password.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    assert anna.check_password(PASSWORD)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nothing_tells_who_is_known(anna, language):
    anna.is_active = False
    anna.save()
    people.person(username="bob")
    answers = set()
    for login, password in (("anna", PASSWORD), ("bob", "wrong"), ("nobody", "wrong"), ("x@example.org", "wrong")):
        page = sign_in(Client(HTTP_ACCEPT_LANGUAGE=language), login, password).content.decode()
        answers.add(re.sub(r'(value|content|nonce)="[^"]*"', "", page))
    assert len(answers) == 1
    assert ("名称或密码" in answers.pop()) is (language == "zh-hans")


def test_too_many_wrong_passwords_are_stopped_and_a_right_one_does_not_count(anna):
    for _try in range(8):
        assert sign_in(Client(), "anna").status_code == 302
    for _try in range(5):
        assert "wrong" in sign_in(Client(), "anna", "no").content.decode()
    assert "Too many tries" in sign_in(Client(), "anna").content.decode()
    assert "Too many tries" in sign_in(Client(), "anna", HTTP_X_FORWARDED_FOR="10.1.2.3").content.decode()


def test_a_sign_in_begins_a_new_session_of_twelve_hours(anna):
    client = Client()
    client.get("/accounts/phone/code/")
    client.post("/accounts/phone/", {"phone": "+8613800000009"})
    before = client.session.session_key
    answer = sign_in(client, "anna")
    assert before
    assert client.session.session_key != before
    assert answer.cookies["session"]["max-age"] == 12 * 3600
    assert answer.cookies["session"]["httponly"]
    assert answer.cookies["session"]["samesite"] == "Lax"
    assert not Session.objects.filter(pk=before).exists()


def test_signing_out_is_a_post(anna):
    client = signed_in(anna)
    assert client.get("/accounts/logout/").status_code == 200
    assert is_in(client)
    assert client.post("/accounts/logout/").status_code == 302
    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions(anna):
    here, there = signed_in(anna), signed_in(anna)
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/accounts/password/", given).status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert sign_in(Client(), "anna", NEW).status_code == 302
    assert sign_in(Client(), "anna").status_code == 200


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"oldpassword": "no", "password1": NEW, "password2": NEW}, "present password is wrong"),
        ({"oldpassword": PASSWORD, "password1": NEW, "password2": NEW + "x"}, "differ"),
        ({"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"}, "too common"),
        ({"oldpassword": PASSWORD, "password1": "short", "password2": "short"}, "too short"),
    ],
)
def test_a_bad_new_password_is_refused(anna, given, said):
    assert said in signed_in(anna).post("/accounts/password/", given).content.decode()
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_long_passwords_are_whole(anna):
    long = "长" * 80 + "a"
    given = {"oldpassword": PASSWORD, "password1": long, "password2": long}
    assert signed_in(anna).post("/accounts/password/", given).status_code == 302
    assert sign_in(Client(), "anna", long).status_code == 302
    assert sign_in(Client(), "anna", long[:-1]).status_code == 200


def test_deactivation_ends_sessions_for_good(edition, anna, boss):
    client = signed_in(anna)
    deactivate_person(edition=edition, person=anna, by=boss)
    assert not is_in(client)
    assert sign_in(Client(), "anna").status_code == 200
    reactivate_person(edition=edition, person=anna, by=boss)
    assert not is_in(client)
    assert sign_in(Client(), "anna").status_code == 302


def test_a_second_factor_is_set_up_asked_for_and_removed(anna):
    client = Client()
    sign_in(client, "anna")
    answer = client.get("/accounts/second-factor/set-up/")
    assert answer.url.startswith("/accounts/confirm/")
    assert client.post(answer.url, {"password": "no"}).status_code == 200
    page = client.post(answer.url, {"password": PASSWORD}, follow=True).content.decode()
    assert "<svg" in page
    assert "anna@example.org" not in page
    secret = re.search(r">([A-Z2-7]{32})<", page).group(1)
    assert client.post("/accounts/second-factor/set-up/", {"code": "000000"}).status_code == 200
    answer = client.post("/accounts/second-factor/set-up/", {"code": code_of(secret)}, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/recovery-codes/"  # which shows them after a button
    answer = client.post("/accounts/recovery-codes/")
    codes = re.findall(r"<li>(\d{8})</li>", answer.content.decode())
    assert len(codes) == 10
    kept = Authenticator.objects.get(user=anna, type="totp").data["secret"]
    assert secret not in kept
    assert SecondFactors().decrypt(kept) == secret

    other = Client()
    assert sign_in(other, "anna").url == "/accounts/second-factor/"
    assert not is_in(other)
    assert other.post("/accounts/second-factor/", {"code": codes[0]}).status_code == 302
    assert is_in(other)
    again = Client()
    sign_in(again, "anna")
    assert again.post("/accounts/second-factor/", {"code": codes[0]}).status_code == 200
    assert not is_in(again)

    assert client.post("/accounts/second-factor/remove/").status_code == 302
    assert sign_in(Client(), "anna").url == "/"


def test_the_code_that_set_the_authenticator_up_is_used(anna):
    client = Client()
    sign_in(client, "anna")
    page = client.post("/accounts/confirm/?next=/accounts/second-factor/set-up/", {"password": PASSWORD}, follow=True)
    secret = re.search(r">([A-Z2-7]{32})<", page.content.decode()).group(1)
    code = code_of(secret)
    assert client.post("/accounts/second-factor/set-up/", {"code": code}).status_code == 302
    other = Client()
    sign_in(other, "anna")
    other.post("/accounts/second-factor/", {"code": code})
    assert not is_in(other)


def test_codes_for_phones_are_offered_where_they_can_be_sent(client, db, settings):
    settings.PHONE_GATEWAY_URL = ""
    assert "/accounts/phone/" not in client.get("/accounts/login/").content.decode()
    settings.PHONE_GATEWAY_URL = "https://gateway.example.org/"
    assert "/accounts/phone/" in client.get("/accounts/login/").content.decode()


def test_a_code_of_the_authenticator_works_once(anna):
    """Also when allauth has forgotten it, after one of the three steps for which it holds."""
    secret = with_second_factor(anna)
    code = code_of(secret)
    used = TOTP(Authenticator.objects.get(user=anna))._get_used_cache_key(code)
    first, second, third = Client(), Client(), Client()
    for client in (first, second, third):
        sign_in(client, "anna")
        client.post("/accounts/second-factor/", {"code": code})
        if client is second:
            assert cache.delete(used)
    assert is_in(first)
    assert not is_in(second)
    assert not is_in(third)


@pytest.mark.parametrize(("steps", "holds"), [(-3, False), (1, True), (3, False)])
def test_a_clock_that_is_half_a_minute_off_does_not_lock_out(anna, steps, holds):
    secret = with_second_factor(anna)
    client = Client()
    sign_in(client, "anna")
    client.post("/accounts/second-factor/", {"code": code_of(secret, steps)})
    assert is_in(client) is holds


def test_guessing_codes_of_the_authenticator_is_stopped(anna):
    secret = with_second_factor(anna)
    client = Client()
    sign_in(client, "anna")
    for _try in range(5):
        client.post("/accounts/second-factor/", {"code": "000000"})
    client.post("/accounts/second-factor/", {"code": code_of(secret)})
    assert not is_in(client)


def test_administrators_of_real_editions_are_urged_to_a_second_factor(edition, anna, boss, settings):
    said = "Set up a second factor"

    def told(login):
        client = Client()
        sign_in(client, login)
        return [str(each) for each in client.get("/accounts/").context["messages"]]

    assert any(said in each for each in told("boss"))
    assert told("anna") == []
    with_second_factor(boss)
    assert sign_in(Client(), "boss").url == "/accounts/second-factor/"
    settings.IS_DEMO = True
    Authenticator.objects.all().delete()
    assert told("boss") == []


def test_without_a_password_one_is_set(anna):
    anna.password = make_password(None)
    anna.save()
    client = signed_in(anna)
    assert client.get("/accounts/password/").url == "/accounts/password/first/"
    assert client.post("/accounts/password/first/", {"password1": NEW, "password2": NEW}).status_code == 302
    assert sign_in(Client(), "anna", NEW).status_code == 302


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "inactive/", "confirm-email/", "social/"])
def test_what_is_not_used_has_no_address(path):
    assert Client().get(f"/accounts/{path}").status_code == 404


def test_another_site_is_no_place_to_go_after_signing_in(anna):
    answer = Client().post("/accounts/login/?next=https://evil.example/", {"login": "anna", "password": PASSWORD})
    assert answer.url == "/"
    answer = Client().post("/accounts/login/?next=/editions/", {"login": "anna", "password": PASSWORD})
    assert answer.url == "/editions/"


def test_another_port_in_the_address_is_no_new_start(anna):
    for port in range(5):
        said = Client(headers={"Host": f"localhost:{8000 + port}"}).post(
            "/accounts/login/", {"login": "anna", "password": "wrong"}
        )
        assert said.status_code == 200
    assert "Too many tries" in sign_in(Client(), "anna").content.decode()
