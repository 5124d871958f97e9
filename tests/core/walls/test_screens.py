"""Screens: the wall without anybody signed in, and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.errors import Refused
from hostcity.core.models import WallScreen
from hostcity.core.models.people import Role
from hostcity.core.walls.queries import screen_of
from hostcity.core.walls.services import MOST_SCREENS, add_screen, revoke_screen
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    return people.edition(name_en="The fair", name_zh="展会")


@pytest.fixture
def boss(fair):
    return people.person(Role.ADMINISTRATOR, fair)


@pytest.fixture
def hung(fair, boss):
    with scope(edition=fair):
        return add_screen(edition=fair, name="Left of the door", language="zh-hans", by=boss)


def test_a_screen_shows_the_wall_day_and_night_in_its_language(hung):
    screen, secret = hung
    client = Client()
    with scope(edition=screen.edition):
        WallScreen.objects.update(created_at=timezone.now() - timedelta(days=400))
    answer = client.get(f"/wall/{secret}/", headers={"accept-language": "en"})
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"].split(",")[0]) == (200, "max-age=0")
    assert 'lang="zh-Hans"' in page
    assert 'class="card wall-countdown"' in page
    assert "data-poll" in page
    assert "<a " not in page.partition("<main")[0]  # nothing leads on
    assert dict(client.cookies) == {}
    assert secret not in str(screen.__dict__)


def test_the_policy_denies_a_screen_everything_but_the_wall(hung, fair, boss):
    _screen, secret = hung
    person = screen_of(secret).person
    allowed = {action for action in policy.MATRIX if policy.may(person, action, fair)}
    cards = {"rehearsal.see", "finding.see", "calendar.see", "ledger.see"}
    assert allowed == {"edition.see", "wall.see"} | cards
    assert not policy.may(person, policy.SEE_WALL, people.edition("other"))
    assert policy.may(boss, policy.CHANGE_EDITION, fair)
    client = Client()
    for route in ("/e/fair/", "/e/fair/wall/", "/e/fair/findings/", f"/e/fair/?secret={secret}"):
        assert client.get(route).status_code == 302
    assert client.post(f"/wall/{secret}/").status_code == 405
    assert client.get("/api/v1/editions/fair", headers={"authorization": f"Bearer {secret}"}).status_code == 401


def test_whoever_made_it_answers_for_it(hung, boss):
    _screen, secret = hung
    boss.is_active = False
    boss.save()
    assert Client().get(f"/wall/{secret}/").status_code == 404


def test_a_revoked_screen_shows_nothing_and_is_told_once(hung, fair, boss):
    screen, secret = hung
    client = people.signed_in(boss)
    path = f"/e/fair/wall/screens/{screen.public_id}/revoke/"
    assert client.post(path).status_code == 302
    assert Client().get(f"/wall/{secret}/").status_code == 404
    with scope(edition=fair):
        number = fair.head.__class__.objects.get(edition=fair).number
        revoke_screen(screen=screen, by=boss)
        assert fair.head.__class__.objects.get(edition=fair).number == number
    assert "revoked" in client.get("/e/fair/wall/screens/").content.decode()


def test_its_address_is_shown_once_and_only_its_hash_is_kept(fair, boss):
    client = people.signed_in(boss)
    page = client.post("/e/fair/wall/screens/", {"name": "Right", "language": "en"}).content.decode()
    secret = page.partition("/wall/")[2] and page.partition("http://testserver/wall/")[2].partition("/")[0]
    assert Client().get(f"/wall/{secret}/").status_code == 200
    assert secret not in client.get("/e/fair/wall/screens/").content.decode()
    with scope(edition=fair):
        assert secret not in str(WallScreen.objects.values().get())


@pytest.mark.parametrize(("minutes", "is_written"), [(9, False), (11, True)])
def test_when_it_was_seen_is_written_every_ten_minutes_only(hung, minutes, is_written):
    screen, secret = hung
    before = timezone.now() - timedelta(minutes=minutes)
    with scope(edition=screen.edition):
        WallScreen.objects.update(seen_at=before)
        screen_of(secret)
        assert (WallScreen.objects.get().seen_at != before) == is_written


def test_what_no_screen_can_be_made_of(fair, boss):
    with scope(edition=fair):
        for given, code in (({"name": " "}, "wall.name"), ({"language": "xx"}, "wall.language")):
            with pytest.raises(Refused) as refused:
                add_screen(**{"edition": fair, "name": "Left", "language": "en", "by": boss} | given)
            assert refused.value.code == code
        WallScreen.objects.bulk_create(
            WallScreen(edition=fair, name="x", person=boss, language="en", sha256=str(n)) for n in range(MOST_SCREENS)
        )
        with pytest.raises(Refused):
            add_screen(edition=fair, name="Left", language="en", by=boss)
        with pytest.raises(policy.NotAllowed):
            add_screen(edition=fair, name="L", language="en", by=people.person(Role.DUTY_OFFICER, fair))
