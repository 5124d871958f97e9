"""One-time codes: from lists and by phone."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from hostcity.core.accounts import codes
from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.models import Act, Delivery, Person, SignInCode
from hostcity.core.models.people import Role
from hostcity.core.people.services import change_person, give_role
from tests import people
from tests.people import signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def enter(code, client=None):
    client = client or Client()
    answer = client.post("/accounts/code/", {"code": code})
    return answer.status_code == 302 and client.get("/accounts/").status_code == 200


def one_code(edition, person, by, lasts=DAY):
    (fresh,) = codes.make_codes(edition=edition, people=[person], lasts=lasts, by=by)
    return fresh.code


def sent_code(delivery):
    return re.search(r"\d{6}", delivery.body["text"]).group()


def test_a_code_works_once_and_only_its_hash_is_kept(edition, anna, boss):
    code = one_code(edition, anna, boss)
    kept = SignInCode.objects.get()
    assert code.replace("-", "") not in str(vars(kept))
    assert re.fullmatch(r"[0-9a-f]{64}", kept.sha256)
    assert enter(code.lower().replace("-", " "))
    assert not enter(code)


def test_an_old_code_does_not_work(edition, anna, boss):
    code = one_code(edition, anna, boss)
    SignInCode.objects.update(expires_at=timezone.now())
    assert not enter(code)


def test_new_codes_replace_unused_ones(edition, anna, boss):
    first = one_code(edition, anna, boss)
    second = one_code(edition, anna, boss)
    assert not enter(first)
    assert enter(second)


def test_who_is_deactivated_does_not_come_in(edition, anna, boss):
    code = one_code(edition, anna, boss)
    anna.is_active = False
    anna.save()
    assert not enter(code)


def test_a_second_factor_is_asked_for_after_a_code_too(edition, anna, boss):
    from tests.core.accounts.test_sign_in import with_second_factor

    with_second_factor(anna)
    client = Client()
    answer = client.post("/accounts/code/", {"code": one_code(edition, anna, boss)})
    assert answer.url == "/accounts/second-factor/"


def test_guessing_is_stopped_but_a_crowd_is_not(edition, boss):
    crowd = [people.person(Role.VOLUNTEER, edition) for _each in range(40)]
    fresh = codes.make_codes(edition=edition, people=crowd, lasts=DAY, by=boss)
    assert all(enter(each.code) for each in fresh)  # all behind one address
    code = one_code(edition, crowd[0], boss)
    said = [Client().post("/accounts/code/", {"code": f"AAAA-{number:04}"}).content.decode() for number in range(31)]
    assert "does not work" in said[29]
    assert "Too many tries" in said[30]
    assert not enter(code)
    assert enter(code, Client(REMOTE_ADDR="10.0.0.7"))  # nobody is shut out by somebody else


def test_the_ledger_carries_codes_of_people_only(edition, anna, boss):
    code = one_code(edition, anna, boss)
    with scope(edition=edition):
        act = Act.objects.get(verb="code.make")
    assert act.body == {"people": [anna.code], "hours": 24.0}
    assert code not in str(vars(act))


def test_nobody_makes_a_code_for_who_is_above(edition, anna, boss):
    root = people.person(Role.PLANNER, edition, is_superuser=True)
    elsewhere = people.edition("other")
    guest = people.person(Role.PLANNER, edition)
    with scope(edition=elsewhere):
        from hostcity.core.models import Assignment

        Assignment.objects.create(edition=elsewhere, person=guest, role=Role.ADMINISTRATOR)
    for person, by in ((root, boss), (guest, boss), (boss, anna), (anna, anna)):
        with pytest.raises(NotAllowed):
            codes.make_codes(edition=edition, people=[person], lasts=DAY, by=by)
    assert SignInCode.objects.count() == 0
    assert codes.make_codes(edition=edition, people=[root, guest], lasts=DAY, by=root)


@pytest.mark.parametrize("lasts", [timedelta(seconds=1), timedelta(days=40)])
def test_codes_last_neither_too_short_nor_too_long(edition, anna, boss, lasts):
    with pytest.raises(Refused, match=r"codes\.lasts"):
        one_code(edition, anna, boss, lasts)


def test_the_list_is_printed_and_saved(edition, anna, boss):
    people.person(Role.VOLUNTEER, edition, username="v1", name="=HYPERLINK(1)")
    client = signed_in(boss)
    page = client.post(f"/e/{edition.code}/people/codes/", {"hours": 72, "form": "page"})
    found = re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", page.content.decode())
    assert len(found) == 3
    assert "no-store" in page["Cache-Control"]
    answer = client.post(f"/e/{edition.code}/people/codes/", {"hours": 72, "form": "csv", "role": "volunteer"})
    (heading, row) = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert heading[:3] == ["username", "name", "code"]
    assert row[:2] == ["v1", "'=HYPERLINK(1)"]
    assert enter(row[2])


def test_a_phone_gets_a_code(anna):
    client = Client()
    assert client.post("/accounts/phone/", {"phone": "+86 138-0000-0001"}).url == "/accounts/phone/code/"
    delivery = Delivery.objects.get()
    code = sent_code(delivery)
    assert (delivery.channel, delivery.address) == ("phone", anna.phone)
    assert re.fullmatch(r"\d{6}", code)
    assert client.post("/accounts/phone/code/", {"code": "000000" if code != "000000" else "1"}).status_code == 422
    other = Client()  # the code is worth nothing without the phone
    assert not enter(code, other)
    assert client.post("/accounts/phone/code/", {"code": code}).status_code == 302
    assert client.get("/accounts/").status_code == 200
    again = Client()
    again.post("/accounts/phone/", {"phone": anna.phone})
    assert again.post("/accounts/phone/code/", {"code": code}).status_code == 422


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("+8613800000001", "13800000001"),
        ("+8613800000001", "0086 138 0000 0001"),
        ("13800000001", "+86 13800000001"),
        ("+4915112345678", "004915112345678"),
    ],
)
def test_a_phone_is_found_however_it_is_written(anna, kept, typed):
    Person.objects.filter(pk=anna.pk).update(phone=kept)
    client = Client()
    client.post("/accounts/phone/", {"phone": typed})
    delivery = Delivery.objects.get()
    assert delivery.address == kept
    assert client.post("/accounts/phone/code/", {"code": sent_code(delivery)}).status_code == 302


def sent_to(phone):
    """How many codes are sent to who asks with this number."""
    before = Delivery.objects.count()
    Client().post("/accounts/phone/", {"phone": phone})
    return Delivery.objects.count() - before


@pytest.fixture
def coordinator(edition):
    return people.person(Role.COORDINATOR, edition, username="coordinator")


@pytest.fixture
def volunteer(edition):
    return people.person(Role.VOLUNTEER, edition, username="vera", phone="+8613800000002")


MINE = "+8613800000666"


def change_phone(edition, person, by):
    change_person(edition=edition, person=person, changes={"phone": MINE}, version=person.version, by=by)


def test_a_number_that_somebody_else_wrote_into_an_account_in_use_is_no_way_in(edition, boss, volunteer, coordinator):
    assert enter(one_code(edition, volunteer, boss))
    volunteer.refresh_from_db()
    change_phone(edition, volunteer, coordinator)
    assert sent_to(MINE) == 0
    assert sent_to("+8613800000002") == 0


def test_a_number_in_a_fresh_account_is_a_way_in_until_its_owner_came_another_way(edition, boss, volunteer):
    change_phone(edition, volunteer, boss)
    assert sent_to(MINE) == 1
    assert enter(one_code(edition, volunteer, boss))
    assert sent_to(MINE) == 0


def test_who_is_given_more_confirms_the_number_first(edition, boss, volunteer):
    change_phone(edition, volunteer, boss)
    give_role(edition=edition, person=volunteer, role=Role.PLANNER, by=boss)
    assert sent_to(MINE) == 0


def test_a_code_on_its_way_ends_with_the_number(edition, boss, volunteer):
    client = Client()
    client.post("/accounts/phone/", {"phone": volunteer.phone})
    code = sent_code(Delivery.objects.get())
    change_phone(edition, volunteer, boss)
    assert client.post("/accounts/phone/code/", {"code": code}).status_code == 422


def test_the_owner_confirms_the_number(edition, boss, volunteer, settings):
    settings.PHONE_GATEWAY_URL = "https://gateway.example.org/"
    assert enter(one_code(edition, volunteer, boss))
    volunteer.refresh_from_db()
    volunteer.set_password("long enough 4 this")
    volunteer.save()
    client = Client()
    client.post("/accounts/login/", {"login": volunteer.username, "password": "long enough 4 this"})
    assert "not confirmed" in client.get("/accounts/").content.decode()
    client.post("/accounts/confirm/", {"password": "long enough 4 this"})
    assert client.post("/accounts/details/", {"confirm": "phone"}).url == "/accounts/details/confirm/"
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", Delivery.objects.get().body["text"]).group()
    assert client.post("/accounts/details/confirm/", {"column": "phone", "code": code}).status_code == 302
    assert "not confirmed" not in client.get("/accounts/").content.decode()
    assert sent_to(volunteer.phone) == 1


def test_an_unknown_phone_is_answered_alike(anna):
    answers = set()
    for phone in (anna.phone, "+8613999999999"):
        client = Client()
        answer = client.post("/accounts/phone/", {"phone": phone})
        page = client.get(answer.url).content.decode()
        wrong = client.post(answer.url, {"code": "12"}).content.decode()
        answers.add(
            (answer.status_code, answer.url, *(re.sub(r'(value|nonce)="[^"]*"', "", each) for each in (page, wrong)))
        )
    assert len(answers) == 1
    assert Delivery.objects.count() == 1


def test_messages_to_one_phone_are_limited(anna):
    answers = [
        Client(REMOTE_ADDR=f"10.0.0.{number}").post("/accounts/phone/", {"phone": anna.phone}) for number in range(5)
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 422, 422]
    assert Delivery.objects.count() == 3


def test_guessing_a_phone_code_is_stopped(anna):
    client = Client()
    client.post("/accounts/phone/", {"phone": anna.phone})
    code = sent_code(Delivery.objects.get())
    for number in range(5):
        client.post("/accounts/phone/code/", {"code": f"99{number}"})
    assert client.post("/accounts/phone/code/", {"code": code}).status_code == 422


@pytest.mark.parametrize("phone", ["", "12", "call me", "+86138000000010000000000", "1; drop"])
def test_what_is_no_phone_number_is_refused(phone):
    assert Client().post("/accounts/phone/", {"phone": phone}).status_code == 422
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(("is_superuser", "where"), [(True, "/accounts/password/first/"), (False, "/")])
def test_who_may_change_much_chooses_a_password_after_a_code(edition, is_superuser, where):
    person = people.person(Role.VOLUNTEER, edition, username="new", is_superuser=is_superuser)
    person.set_unusable_password()
    person.save()
    code = codes.make_code_of_the_house(person, lasts=DAY)
    assert Client().post("/accounts/code/", {"code": code}).url == where
