"""Recovery codes are shown after a button, and reading writes nothing."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
PATH = "/accounts/recovery-codes/"


@pytest.fixture
def codes(anna):
    anna.set_password(PASSWORD)  # hashed as the site hashes, so that checking it changes no hash
    anna.save()
    TOTP.activate(anna, generate_totp_secret())
    return RecoveryCodes.activate(anna).get_unused_codes()


@pytest.fixture
def browser(anna, codes):
    client = Client()
    client.force_login(anna, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def confirmed(client, path):
    client.post(f"/accounts/confirm/?next={path}", {"password": PASSWORD})
    return client


def test_a_get_shows_and_writes_nothing(browser, codes):
    before = list(Authenticator.objects.values())
    for client in (browser, confirmed(browser, PATH)):
        page = client.get(PATH)
        assert page.status_code == 200
        assert not [each for each in codes if each in page.content.decode()]
        assert client.get(f"{PATH}download/").status_code == 405
    assert list(Authenticator.objects.values()) == before


def test_a_button_asks_for_the_password_and_then_shows_them(browser, codes):
    asked = browser.post(PATH)
    assert asked["Location"].startswith("/accounts/confirm/")
    shown = browser.post(asked["Location"], {"password": PASSWORD})
    assert all(each in shown.content.decode() for each in codes)
    file = browser.post(f"{PATH}download/")
    assert file["Content-Disposition"].startswith("attachment")
    assert all(each in file.content.decode() for each in codes)


def test_who_has_none_finds_none(anna):
    client = Client()
    client.force_login(anna, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(PATH).status_code == client.post(PATH).status_code == 404
