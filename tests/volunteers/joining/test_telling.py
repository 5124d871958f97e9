"""Applicants are told what happened: on their page, by phone, by a notice."""

import pytest
from django.test import Client

from hostcity.core.models import Delivery, Notice
from tests.volunteers.joining.acts import accredited, step, undo
from tests.volunteers.joining.conftest import training

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scoped")]
MINE = "/p/fair/join/mine/"


def page(code):
    browser = Client()
    browser.post(f"{MINE}?lang=en", {"code": code})
    return browser.get(f"{MINE}?lang=en").content.decode()


def test_the_page_lists_every_step_the_latest_first(applied, coordinator):
    row, code = applied
    assert page(code).split("What happened")[1].count("<li>") == 1
    step(row, "interview", coordinator)
    undo(row, coordinator)
    shown = page(code).split("What happened")[1]
    said = ("The last step was taken back.", "You were invited to an interview.", "You applied.")
    places = [shown.index(each) for each in said]
    assert places == sorted(places)
    assert coordinator.code not in shown


def test_each_step_goes_to_the_phone_where_the_site_can(applied, coordinator, settings):
    row, _code = applied
    step(row, "interview", coordinator)
    assert not Delivery.objects.filter(channel="phone").exists()
    settings.PHONE_GATEWAY_URL = "https://gateway.example.org/"
    training(row.edition, coordinator)
    step(row, "train", coordinator)
    undo(row, coordinator)
    told = Delivery.objects.filter(channel="phone").order_by("pk")
    assert {each.address for each in told} == {row.phone}
    assert [("training" in each.body["text"], "taken back" in each.body["text"]) for each in told] == [
        (True, False),
        (False, True),
    ]


def test_who_is_accredited_finds_a_notice(applied, coordinator):
    row = accredited(applied[0], coordinator)
    (notice,) = Notice.objects.filter(kind="joining.accredited")
    assert (notice.person, notice.path) == (row.person, "/e/fair/volunteers/mine/")
