"""First screens: countdown, cards by role, wall, brief, public page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation
from django_scopes import scope

from hostcity.core.home.cards import cards_of
from hostcity.core.home.countdown import countdown_of
from hostcity.core.ledger import record
from hostcity.core.models import Job, Notice, PlanRow
from hostcity.core.models.people import Role
from hostcity.report.paper.fonts import marked_up
from hostcity.site.api import summary
from tests import people
from tests.paper import pages_of

pytestmark = pytest.mark.django_db

CIIE = {"opens_on": date(2019, 11, 5), "closes_on": date(2019, 11, 10)}


@pytest.fixture
def fair():
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()  # days are counted where the expo is
    return people.edition(opens_on=today + timedelta(days=31), closes_on=today + timedelta(days=36))


def codes_of(page):
    return re.findall(r'<section class="card (?:home|wall)-([a-z-]+)">', page)


@pytest.mark.parametrize(
    ("day", "number", "english", "chinese"),
    [
        ((2019, 7, 27), 100, "100 days left until the opening", "距开幕还有 100 天"),
        ((2019, 11, 3), 1, "1 day left until the opening", "距开幕还有 1 天"),
        ((2019, 11, 4), None, "Opens tomorrow", "明日开幕"),
        ((2019, 11, 5), None, "Opens today", "今日开幕"),
        ((2019, 11, 6), None, "Day 2 of 6", "展期第 2 天，共 6 天"),
        ((2019, 11, 10), None, "Day 6 of 6", "展期第 6 天，共 6 天"),
        ((2019, 11, 11), None, "Closed on 10 November 2019", "已于2019年11月10日闭幕"),
    ],
)
def test_the_countdown_before_on_and_after_the_days(day, number, english, chinese):
    ciie = people.edition("ciie", **CIIE)
    now = datetime(*day, 2, tzinfo=UTC)
    for language, said in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            told = countdown_of(ciie, now)
        assert (told.number, told.sentence) == (number, said)
        if number is not None:
            assert " ".join(filter(None, (told.before, str(number), told.after))) == said


@pytest.mark.parametrize(
    ("last", "english", "chinese"),
    [
        ((2019, 11, 10), "5 to 10 November 2019", "2019年11月5日至10日"),
        ((2019, 12, 1), "5 November 2019 to 1 December 2019", "2019年11月5日至2019年12月1日"),
        ((2019, 11, 5), "5 November 2019", "2019年11月5日"),
    ],
)
def test_its_days_are_said_as_short_as_they_can_be(last, english, chinese):
    ciie = people.edition("ciie", **CIIE | {"closes_on": date(*last)})
    for language, said in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert countdown_of(ciie).dates == said


def test_a_day_begins_at_the_expo_not_in_greenwich():
    ciie = people.edition("ciie", **CIIE)
    assert countdown_of(ciie, datetime(2019, 7, 26, 15, 59, tzinfo=UTC)).number == 101
    assert countdown_of(ciie, datetime(2019, 7, 26, 16, 1, tzinfo=UTC)).number == 100


def test_each_role_finds_first_what_it_needs_first(fair):
    for role, first in (
        (Role.PLANNER, ["countdown", "next-steps"]),
        (Role.DUTY_OFFICER, ["countdown"]),
        (Role.VISITOR, ["countdown", "calendar"]),
    ):
        shown = codes_of(people.signed_in(people.person(role, fair)).get("/e/fair/").content.decode())
        assert shown[: len(first)] == first
    assert {"changes", "jobs", "next-steps"}.isdisjoint(shown)  # a visitor's screen has no ledger and no plan


def test_unread_notices_come_first_for_a_volunteer(fair):
    who = people.person(Role.VOLUNTEER, fair)
    client = people.signed_in(who)
    assert "notices" not in codes_of(client.get("/e/fair/").content.decode())
    with scope(edition=fair):
        Notice.objects.create(edition=fair, person=who, kind="tested", values={}, number=1)
        Notice.objects.create(edition=fair, person=people.person(), kind="of another", values={}, number=1)
    page = client.get("/e/fair/").content.decode()
    assert codes_of(page)[:2] == ["countdown", "notices"]
    assert "tested" in page
    assert "of another" not in page


def test_what_was_done_since_yesterday_stands_on_the_first_screen(fair):
    planner = people.person(Role.PLANNER, fair, name="Ada")
    with scope(edition=fair):
        PlanRow.objects.create(edition=fair, sheet="gates", key="W", body={}, position=1)
        with transaction.atomic():
            record("untold.verb", edition=fair, by=planner, subject=("thing", "T-1"))
    page = people.signed_in(planner).get("/e/fair/").content.decode()
    assert "untold.verb" in page
    assert "Ada" in page
    assert "next-steps" not in codes_of(page)


def test_open_work_of_this_edition_is_shown_while_it_runs(fair):
    client = people.signed_in(people.person(Role.PLANNER, fair))
    Job.objects.create(edition=people.edition("other"), kind="elsewhere")
    assert "jobs" not in codes_of(client.get("/e/fair/").content.decode())
    job = Job.objects.create(edition=fair, kind="some.work", state="running", progress=0.4)
    page = client.get("/e/fair/").content.decode()
    assert 'value="0.400"' in page
    assert "elsewhere" not in page
    Job.objects.filter(pk=job.pk).update(state="done")
    assert "some.work" not in client.get("/e/fair/").content.decode()


def test_the_wall_has_no_menu_and_only_cards_for_walls(fair):
    page = people.signed_in(people.person(Role.PLANNER, fair)).get("/e/fair/wall/").content.decode()
    assert "<nav" not in page
    assert codes_of(page)[0] == "countdown"
    assert {"next-steps", "jobs", "notices"}.isdisjoint(codes_of(page))
    assert people.signed_in(people.person(Role.VISITOR, fair)).get("/e/fair/wall/").status_code == 403


# The brief


def test_the_brief_of_the_api_is_made_in_the_zone_of_the_expo_too(fair, monkeypatch):
    zones = []

    def brief(*_given, **_more):
        zones.append(timezone.get_current_timezone_name())
        return b""

    monkeypatch.setattr(summary, "brief_of", brief)
    people.signed_in(people.person(Role.PLANNER, fair)).get("/api/v1/editions/fair/brief")
    assert zones == [fair.time_zone]


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [("en", "The fair", "30 days left until the opening"), ("zh", "展会 fair", "距开幕还有 30 天")],
)
def test_the_brief_is_a_sheet_in_either_language_with_its_type_inside(fair, language, title, words):
    answer = people.signed_in(people.person(Role.PLANNER, fair)).get(f"/e/fair/brief.pdf?lang={language}")
    assert answer.headers["Content-Type"] == "application/pdf"
    pdf = answer.content
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) in (1, 2)
    assert b"NotoSansSC" in pdf
    assert b"/FontFile2" in pdf  # embedded
    assert len(pdf) < 200_000
    told = " ".join(pages_of(pdf))
    assert title in told
    assert words in told


def test_the_brief_is_for_staff(fair):
    assert people.signed_in(people.person(Role.BUYER, fair)).get("/e/fair/brief.pdf").status_code == 403


def test_a_character_that_the_type_lacks_is_set_in_another():
    assert marked_up("推演 <b> & 30", is_chinese=False) == "推演 &lt;b&gt; &amp; 30"
    assert marked_up("“a”", is_chinese=False) == '"a"'
    assert marked_up("“甲”", is_chinese=True) == "“甲”"
    assert marked_up("a → b", is_chinese=False) == 'a <font name="STSong-Light">→</font> b'


def test_marks_of_a_name_are_no_markup(fair):
    from django.test import RequestFactory

    from hostcity.core.home.brief import brief_of

    fair.name_en = "<b>Fair</b> & <i>Co"
    request = RequestFactory().get("/")
    request.user, request.edition = people.person(Role.PLANNER, fair), fair
    with scope(edition=fair):
        pdf = brief_of(fair, cards_of(request), at=datetime(2027, 1, 1, tzinfo=UTC))
    assert BytesIO(pdf).read(5) == b"%PDF-"


# The public page


def test_the_public_page_is_there_only_when_it_is_meant_to_be(fair):
    anybody = Client()
    assert anybody.get("/p/fair/").status_code == 404
    assert anybody.get("/p/none/").status_code == 404
    fair.is_public = True
    fair.save()
    page = anybody.get("/p/fair/").content.decode()
    assert "<strong>30</strong>" in page
    assert "The fair" in page
    assert "展会 fair" in page
    assert "<script" not in page
    assert '<html lang="zh-Hans">' in anybody.get("/p/fair/?lang=zh").content.decode()


def test_the_public_page_may_be_kept_by_caches(fair, django_assert_num_queries):
    people.Edition.objects.filter(pk=fair.pk).update(is_public=True)
    anybody = Client()
    with django_assert_num_queries(2):
        answer = anybody.get("/p/fair/")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.cookies == {}
    assert "Accept-Language" in answer.headers["Vary"]
    again = anybody.get("/p/fair/", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert anybody.get("/p/fair/?lang=zh").headers["ETag"] != answer.headers["ETag"]
    people.Edition.objects.filter(pk=fair.pk).update(version=2)
    assert anybody.get("/p/fair/", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200
    assert anybody.post("/p/fair/").status_code == 405


def test_dates_moved_for_a_demonstration_say_so_wherever_the_countdown_stands(fair):
    fair.really_opened_on = date(2019, 11, 5)
    fair.is_public = True
    fair.save()
    client = people.signed_in(people.person(Role.DUTY_OFFICER, fair))
    for path in ("/e/fair/", "/e/fair/wall/", "/p/fair/"):
        assert "really opened on 5 November 2019" in client.get(path).content.decode()
    request = client.get("/e/fair/").wsgi_request
    with scope(edition=fair):
        countdown = next(card for card in cards_of(request) if card.code == "countdown")
    assert any("really opened" in line for line in countdown.kind.on_paper(countdown.values).lines)
