"""The calendar: days, entries by who may see them, the feed under a secret address."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django_scopes import scope
from icalendar import Calendar

from hostcity.core.calendar import queries, services
from hostcity.core.models import Act, Assignment, CalendarAddress, PlanRow
from hostcity.core.models.people import Role
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return people.edition(city_en="Shanghai", city_zh="上海")


def plan_day(edition, **event):
    with scope(edition=edition):
        body = {"code": "x", "date": "2027-11-06", "gates_open_at": "07:30", "closes_at": "17:00"}
        PlanRow.objects.create(edition=edition, sheet="edition", key="x", position=0, body=body)
        if event:
            PlanRow.objects.create(edition=edition, sheet="timeline", key=event["code"], position=0, body=event)


def entries(edition, who):
    with scope(edition=edition):
        return queries.entries_of(edition, who)


def test_moments_of_the_planned_day_are_in_the_zone_of_the_expo(edition):
    plan_day(edition, code="t1", action="close", target="stairs", starts_at="10:15", ends_at="26:00")
    planner = people.person(Role.PLANNER, edition)
    zone = edition.zone
    assert [(each.key, each.starts_at, each.ends_at) for each in entries(edition, planner)] == [
        ("edition-open", datetime(2027, 11, 5, tzinfo=zone), datetime(2027, 11, 11, tzinfo=zone)),
        ("plan-gates_open_at", *[datetime(2027, 11, 6, 7, 30, tzinfo=zone)] * 2),
        ("timeline-t1", datetime(2027, 11, 6, 10, 15, tzinfo=zone), datetime(2027, 11, 7, 2, tzinfo=zone)),
        ("plan-closes_at", *[datetime(2027, 11, 6, 17, tzinfo=zone)] * 2),
    ]


@pytest.mark.parametrize(("really", "day"), [(date(2027, 3, 5), 6), (None, 5)])
def test_a_demonstration_moves_the_planned_day_with_its_dates_and_says_so(edition, really, day):
    edition.is_demo, edition.really_opened_on = True, really
    plan_day(edition)
    with scope(edition=edition):
        PlanRow.objects.update(body={"date": "2027-03-06", "closes_at": "17:00"})
    _open, closing = entries(edition, people.person(Role.PLANNER, edition))
    assert closing.starts_at == datetime(2027, 11, day, 17, tzinfo=edition.zone)
    assert closing.title == "Halls close (assumed: the plan is of 6 March 2027)"
    edition.is_demo = False
    closing, _open = entries(edition, people.person(Role.PLANNER, edition))
    assert (closing.title, closing.starts_at.month) == ("Halls close", 3)


def test_where_nothing_stands_today_it_is_said_what_comes_next(edition):
    edition.opens_on = edition.today() + timedelta(days=60)
    edition.closes_on = edition.opens_on
    edition.save()
    client = people.signed_in(people.person(Role.VISITOR, edition))
    for page in ("", "calendar/"):
        text = client.get(f"/e/fair/{page}").content.decode()
        assert "The fair is open" in text
        assert str(edition.opens_on.year) in text


def test_who_may_not_see_the_plan_sees_the_open_days_only(edition):
    plan_day(edition)
    assert [each.key for each in entries(edition, people.person(Role.VISITOR, edition))] == ["edition-open"]


def test_an_entry_stands_on_every_day_it_touches(edition):
    who = people.person(Role.VISITOR, edition)
    since, until = date(2027, 11, 4), date(2027, 11, 7)
    with scope(edition=edition):
        days = queries.days_of(
            edition, queries.entries_of(edition, who, since=since, until=until), since=since, until=until
        )
    assert [day.on.day for day in days] == [5, 6, 7]


def test_what_is_over_before_the_first_day_is_left_out(edition):
    who = people.person(Role.VISITOR, edition)
    with scope(edition=edition):
        assert queries.entries_of(edition, who, since=date(2027, 11, 11)) == []
        assert len(queries.entries_of(edition, who, since=date(2027, 11, 10))) == 1


def test_a_plan_without_a_date_yet_has_no_moments(edition):
    with scope(edition=edition):
        PlanRow.objects.create(edition=edition, sheet="edition", key="x", position=0, body={"code": "x", "date": ""})
    assert [each.key for each in entries(edition, people.person(Role.PLANNER, edition))] == ["edition-open"]


@pytest.mark.parametrize(
    ("written", "at"), [("07:00:00.5", datetime(2027, 11, 6, 7, 0, 0, 500_000)), ("noon", None), ("", None)]
)
def test_a_time_of_a_plan_in_work_never_breaks_the_calendar(edition, written, at):
    with scope(edition=edition):
        body = {"code": "x", "date": "2027-11-06", "gates_open_at": written}
        PlanRow.objects.create(edition=edition, sheet="edition", key="x", position=0, body=body)
    found = {each.key: each for each in entries(edition, people.person(Role.PLANNER, edition))}
    assert found.keys() == {"edition-open"} | ({"plan-gates_open_at"} if at else set())
    if at:
        assert found["plan-gates_open_at"].starts_at == at.replace(tzinfo=edition.zone)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number_of_events(edition, rows, django_assert_num_queries):
    plan_day(edition)
    with scope(edition=edition):
        for at in range(rows):
            body = {"code": f"t{at}", "action": "fail", "target": "s1", "starts_at": "10:00", "ends_at": None}
            PlanRow.objects.create(edition=edition, sheet="timeline", key=f"t{at}", position=at, body=body)
    browser = people.signed_in(people.person(Role.PLANNER, edition))
    with django_assert_num_queries(8):
        answer = browser.get(f"/e/{edition.code}/calendar/?from=2027-11-06")
    assert answer.content.decode().count("Planned: s1 fails") == rows


def test_the_feed_is_read_without_signing_in(edition):
    plan_day(edition)
    planner = people.person(Role.PLANNER, edition, language="zh-hans")
    browser = people.signed_in(planner)
    page = browser.post(f"/e/{edition.code}/calendar/renew/")
    address = page.context["address"]
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    calendar = Calendar.from_ical(answer.content)
    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == ["展会 fair举办期间", "安检开放", "闭馆"]
    opened = calendar.walk("VEVENT")[0]
    assert (opened.decoded("DTSTART"), opened.decoded("DTEND")) == (date(2027, 11, 5), date(2027, 11, 11))
    assert [event.get("DTEND") for event in calendar.walk("VEVENT")[1:]] == [None, None]  # moments have no end
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert browser.get(f"/e/{edition.code}/calendar/").context["address"] == ""  # shown once


def test_only_the_latest_secret_works_and_only_its_hash_is_kept(edition):
    who = people.person(Role.VISITOR, edition)
    with scope(edition=edition):
        first, second = (services.renew_address(edition=edition, by=who) for _ in range(2))
        assert CalendarAddress.objects.get().sha256 not in (first, second)
        assert [act.verb for act in Act.objects.order_by("number")] == ["calendar.renew"] * 2
    assert [Client().get(f"/calendar/{secret}.ics").status_code for secret in (first, second, "x")] == [404, 200, 404]
    people.signed_in(who).post(f"/e/{edition.code}/calendar/revoke/")
    assert Client().get(f"/calendar/{second}.ics").status_code == 404


def test_who_leaves_the_edition_takes_no_calendar_along(edition):
    who = people.person(Role.VISITOR, edition)
    with scope(edition=edition):
        secret = services.renew_address(edition=edition, by=who)
        Assignment.objects.filter(person=who).delete()
    assert Client().get(f"/calendar/{secret}.ics").status_code == 404
