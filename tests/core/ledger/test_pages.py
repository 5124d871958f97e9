"""Pages of the ledger."""

import json
import re

import pytest
from django.db import transaction
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django_scopes import scope

from hostcity.core.changes.queries import kinds
from hostcity.core.ledger import hash_of, record
from hostcity.core.ledger_queries import acts_since
from hostcity.core.models import Act, Bureau, LedgerHead, Person
from hostcity.core.models.people import Role
from hostcity.core.registries import registries
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words(monkeypatch):
    monkeypatch.setitem(registries.act_words, "test.paint", lambda act: f"painted a wall {act.body['color']}")
    monkeypatch.setitem(registries.subject_urls, "walls", lambda edition, key: f"/e/{edition.code}/walls/{key}/")


@pytest.fixture
def edition():
    return people.edition()


def acted(edition, color="red", *, by=None, key="a", kind="walls"):
    with transaction.atomic():
        return record("test.paint", edition=edition, by=by, subject=(kind, key), body={"color": color})


def page(edition, role=Role.PLANNER, **asked):
    return people.signed_in(people.person(role, edition)).get(f"/e/{edition.code}/changes/", asked).content.decode()


def test_sentences_with_links_latest_first(edition):
    acted(edition, "red", by=people.person(name="Li Na"), key="a")
    acted(edition, "blue", key="b")
    text = page(edition)
    assert text.index('<a href="/e/fair/walls/b/">painted a wall blue</a>') < text.index("painted a wall red")
    assert "Li Na" in text
    assert "the site" in text


def test_acts_on_people_name_them_to_whoever_may_see_them(edition, django_assert_num_queries):
    boss, guide = people.person(Role.ADMINISTRATOR, edition, name="Ada"), people.person(name="Li Na")
    with scope(edition=edition):
        bureau = Bureau.objects.create(edition=edition, code="doors")
    own = people.person(Role.BUREAU_OWNER, edition, bureau=bureau, name="Wang Wei")
    for person in (guide, own, boss):
        with transaction.atomic():
            record("person.deactivate", edition=edition, by=boss, subject=("person", person.code))
    for role, named in (
        (Role.DRILL_DIRECTOR, ["Li Na", "Wang Wei"]),
        (Role.BUREAU_OWNER, ["Wang Wei"]),
        (Role.PLANNER, []),
    ):
        reader = people.person(role, edition, bureau=bureau if role is Role.BUREAU_OWNER else None)
        client = people.signed_in(reader)
        text = client.get("/e/fair/changes/").content.decode()
        assert re.findall(r"deactivated an account \((.*?)\)", text) == named[::-1]
    said = people.signed_in(boss).get("/e/fair/changes/", headers={"Accept-Language": "zh-hans"}).content.decode()
    assert "（Li Na）" in said
    assert "(Li Na)" not in people.signed_in(boss).get("/e/fair/wall/").content.decode()
    boss = Person.objects.get(pk=boss.pk)
    with scope(edition=edition), django_assert_num_queries(4):  # lines, who acted, roles of the reader, on whom
        acts_since(edition, 0, reader=boss)


def test_no_two_kinds_have_one_name():
    for language in ("en", "zh-hans"):
        with translation.override(language):
            names = [name for _kind, name in kinds()]
        assert sorted(set(names)) == sorted(names)


def test_by_whom_of_what_and_when(edition):
    li = people.person(name="Li Na")
    acted(edition, "red", by=li)
    acted(edition, "blue", by=people.person(name="Wang Wei"), key="b")
    acted(edition, "green", kind="doors")
    for asked, colors in (
        ({"who": "li n"}, ["red"]),
        ({"who": li.code.lower()}, ["red"]),
        ({"who": "nobody such"}, []),
        ({"kind": "walls"}, ["blue", "red"]),
        ({"kind": "walls", "key": "b"}, ["blue"]),
        ({"kind": "nothing"}, []),
        ({"day": edition.today().isoformat()}, ["blue", "green", "red"]),
        ({"day": "2001-01-01"}, []),
        ({"day": "no day"}, ["blue", "green", "red"]),
    ):
        text = page(edition, **asked)
        assert [color for color in ("blue", "green", "red") if f"wall {color}" in text] == colors, asked
    assert "No change fits." in page(edition, who="nobody such")
    assert "Nothing has been done in this edition yet." in page(people.edition("empty"))


def test_pages_follow_one_another_without_loss(edition):
    for number in range(60):
        acted(edition, f"no {number}.")
    client = people.signed_in(people.person(Role.PLANNER, edition))
    first = client.get("/e/fair/changes/").content.decode()
    after = first.split('rel="next" href="?after=')[1].split('"')[0]
    acted(edition, "no 60.")  # which shifts nothing
    second = client.get(f"/e/fair/changes/?after={after}").content.decode()
    assert [number for number in range(61) if f"wall no {number}." in first] == list(range(10, 60))
    assert [number for number in range(61) if f"wall no {number}." in second] == list(range(10))


@pytest.mark.parametrize("count", [1, 3])
def test_a_fixed_number_of_queries(count, edition, django_assert_num_queries):
    for _ in range(count):
        acted(edition, by=people.person())
    client = people.signed_in(people.person(Role.PLANNER, edition))
    client.get("/e/fair/changes/")
    with django_assert_num_queries(7):
        client.get("/e/fair/changes/")


def test_who_comes_to_the_expo_sees_no_ledger(edition):
    client = people.signed_in(people.person(Role.VISITOR, edition))
    assert client.get("/e/fair/changes/").status_code == 403


def test_the_chain_is_for_administrators(edition):
    acted(edition)
    planner = people.signed_in(people.person(Role.PLANNER, edition))
    for path in ("chain/", "ledger.jsonl"):
        assert planner.get(f"/e/fair/changes/{path}").status_code == 403
    assert planner.post("/e/fair/changes/chain/key/").status_code == 403
    assert "Check the ledger" not in page(edition)
    assert "Check the ledger" in page(edition, Role.ADMINISTRATOR)
    client = people.signed_in(people.person(Role.ADMINISTRATOR, edition))
    assert "The chain holds from the first line to number 1" in client.get("/e/fair/changes/chain/").content.decode()


def test_a_broken_chain_is_told(edition):
    acted(edition)
    LedgerHead.objects.filter(edition=edition).update(sha256="f" * 64)
    client = people.signed_in(people.person(Role.ADMINISTRATOR, edition))
    text = client.get("/e/fair/changes/chain/").content.decode()
    assert "The chain breaks at number 1." in text
    assert "ledger.head" in text


def test_the_export_can_be_checked_by_itself(edition):
    for color in ("red", "蓝"):
        acted(edition, color, by=people.person())
    acted(people.edition("other"))
    client = people.signed_in(people.person(Role.ADMINISTRATOR, edition))
    answer = client.get("/e/fair/changes/ledger.jsonl")
    assert answer["Content-Disposition"] == 'attachment; filename="fair-ledger.jsonl"'
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).decode().splitlines()]
    with scope(edition=edition):
        acts = list(Act.objects.order_by("number"))
    assert [line["sha256"] for line in lines] == [hash_of(act) for act in acts]
    assert [(line["number"], line["body"]) for line in lines] == [(1, {"color": "red"}), (2, {"color": "蓝"})]
    assert lines[1]["previous_sha256"] == lines[0]["sha256"]


def test_the_key_of_polls_is_renewed_on_the_page(edition):
    before = LedgerHead.objects.get(edition=edition).poll_key
    people.signed_in(people.person(Role.ADMINISTRATOR, edition)).post("/e/fair/changes/chain/key/")
    assert LedgerHead.objects.get(edition=edition).poll_key != before


def shown(edition, who, kind="walls", key="a"):
    request = RequestFactory().get("/")
    request.edition, request.user = edition, who
    template = Template(f'{{% load ledger %}}{{% history "{kind}" "{key}" %}}')
    with scope(edition=edition):
        return template.render(Context({"request": request}))


def test_the_history_beside_an_object(edition):
    for number in range(12):
        acted(edition, f"no {number}.")
    acted(edition, "other", key="b")
    text = shown(edition, people.person(Role.PLANNER, edition))
    assert [number for number in range(12) if f"wall no {number}." in text] == list(range(2, 12))
    assert "/e/fair/changes/?kind=walls&amp;key=a" in text
    assert "other" not in text
    assert "Nothing has been done to it yet." in shown(edition, people.person(Role.PLANNER, edition), key="none")
    assert shown(edition, people.person(Role.VISITOR, edition)).strip() == ""
