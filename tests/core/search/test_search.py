"""What is found, by whom, in which order; on either database the same."""

import pytest
from django.db import connection, transaction
from django.utils import translation
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.ledger import record
from hostcity.core.models import Assignment, Bureau, Organization, SearchDoc
from hostcity.core.models.people import Role
from hostcity.core.people.parties import add_party, change_party
from hostcity.core.people.services import add_person, change_person, erase_person, give_role, take_role
from hostcity.core.registries import Document, registries
from hostcity.core.search import queries, services
from hostcity.core.search.queries import find
from hostcity.core.search.services import forget, index, rebuild
from tests import people

pytestmark = pytest.mark.django_db


def document(key, title_en="", title_zh="", *, action=policy.SEE_PLAN, words="", kind="plan"):
    path = f"/e/fair/{kind}/{key}/"
    return Document(kind=kind, key=key, action=action, title_en=title_en, title_zh=title_zh, path=path, words=words)


GATES = [
    document("stations/W-security", "Security lanes at the west gate", "西门安检通道", words="lanes of the expo"),
    document("stations/W-security-2", "Spare lanes", "备用通道", words="W-security 西门"),
    document("gates/W", "West gate", "西门"),
    document("gates/E", "East gate", "东门"),
    document("halls/8", "Hall 8", "八号馆", words="应急 emergency"),
    document("plans/1", "Emergency plan", "展会应急预案"),
]


@pytest.fixture
def edition():
    made = people.edition()
    index(made, GATES)
    return made


@pytest.fixture
def planner(edition):
    return people.person(Role.PLANNER, edition)


def keys(edition, person, question):
    return [hit.key for hit in find(edition, person, question).hits]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("应急", ["plans/1", "halls/8"]),  # title before body
        ("西门", ["gates/W", "stations/W-security", "stations/W-security-2"]),  # the title itself first
        ("yingji", ["plans/1"]),
        ("yj", ["plans/1"]),
        ("zhan", ["plans/1"]),
        ("ximen", ["gates/W", "stations/W-security"]),
        ("w-security", ["stations/W-security", "stations/W-security-2"]),  # the code itself first
        ("wsecurity", ["stations/W-security", "stations/W-security-2"]),
        ("west ga", ["gates/W", "stations/W-security"]),
        ("GATE", ["gates/E", "gates/W", "stations/W-security"]),
        ("hall 8", ["halls/8"]),
        ("8", ["halls/8"]),
        ("门", ["gates/E", "gates/W", "stations/W-security", "stations/W-security-2"]),
        ("emerg plan", ["plans/1"]),
        ("安检 lanes", ["stations/W-security"]),
        ("nothing such", []),
        ("", []),
        ("!? '\" * : (", []),
        ("NOT gate OR", []),
    ],
)
def test_best_first(edition, planner, question, found):
    assert keys(edition, planner, question) == found


def test_three_queries_at_most(edition, planner, django_assert_max_num_queries):
    find(edition, planner, "warm")
    with django_assert_max_num_queries(3):
        find(edition, planner, "gate")


def test_nobody_finds_what_they_may_not_see(edition, planner):
    index(edition, [document("P-1", "Wang Xiaoming", "王小明", action=policy.SEE_PEOPLE, kind="person")])
    visitor = people.person(Role.VISITOR, edition)
    assert keys(edition, people.person(Role.COORDINATOR, edition), "王小明") == ["P-1"]
    assert keys(edition, planner, "王小明") == []
    assert keys(edition, visitor, "gate") == []
    assert keys(edition, people.person(), "gate") == []
    assert keys(edition, people.person(is_superuser=True), "xiaoming") == ["P-1"]


def test_what_reaches_ones_own_only_is_not_found(edition):
    index(edition, [document("n1", "Notice about gates", action=policy.SEE_NOTICES, kind="notice")])
    assert "n1" not in keys(edition, people.person(Role.PLANNER, edition), "notice")


def test_another_edition_is_another_world(edition, planner):
    other = people.edition("other")
    index(other, [document("gates/N", "North gate", words=f"@{edition.pk} !plan.see e{edition.pk}")])
    assert "gates/N" not in keys(edition, planner, "gate")
    assert keys(other, people.person(Role.PLANNER, other), "gate") == ["gates/N"]


def test_changed_and_forgotten(edition, planner):
    index(edition, [document("gates/W", "Gate of the sea", "海门")])
    assert keys(edition, planner, "海门") == ["gates/W"]
    assert keys(edition, planner, "west ga") == ["stations/W-security"]
    forget(edition, "plan", "gates/W", "gates/E")
    assert keys(edition, planner, "海门") == []
    assert keys(edition, planner, "east") == []


def test_what_is_undone_is_not_found(edition, planner):
    class UndoneError(Exception):
        pass

    with pytest.raises(UndoneError), transaction.atomic():  # noqa: PT012
        index(edition, [document("gates/N", "North gate")])
        assert keys(edition, planner, "north") == ["gates/N"]
        raise UndoneError
    assert keys(edition, planner, "north") == []


def test_only_the_first_of_very_many_are_ranked(edition, planner, monkeypatch):
    monkeypatch.setattr(queries, "CANDIDATES", 10)
    index(edition, [document(f"posts/{count:03}", f"Post {count}", "岗位", words="expo") for count in range(60)])
    found = find(edition, planner, "岗位", limit=5)
    assert (len(found.hits), found.has_more) == (5, True)
    assert keys(edition, planner, "expo 059") == ["posts/059"]
    assert keys(edition, planner, "059") == ["posts/059"]


def test_titles_are_in_the_readers_language(edition, planner):
    with translation.override("zh-hans"):
        hit = find(edition, planner, "east").hits[0]
    assert (hit.title, hit.other_title) == ("东门", "East gate")
    with translation.override("en"):
        hit = find(edition, planner, "east").hits[0]
    assert (hit.title, hit.other_title) == ("East gate", "东门")


def only(monkeypatch, source):
    for kind in list(registries.search_sources):
        monkeypatch.delitem(registries.search_sources, kind)
    monkeypatch.setitem(registries.search_sources, "plan", source)


def stored(edition):
    with scope(edition=edition):
        return set(
            SearchDoc.objects.values_list("kind", "key", "title_en", "title_zh", "path", "title_tokens", "tokens")
        )


def test_made_anew_it_is_what_was_kept_step_by_step(edition, planner, monkeypatch):
    now = [*GATES, document("gates/S", "South gate", "南门")]
    only(monkeypatch, lambda _edition: iter(now))
    index(edition, [now[-1]])
    kept = stored(edition)
    assert rebuild(edition) == 7
    assert stored(edition) == kept
    with scope(edition=edition):
        SearchDoc.objects.filter(key="gates/S").delete()
        SearchDoc.objects.filter(key="gates/W").update(title_zh="错")
    index(edition, [document("gates/gone", "Gone")])
    assert rebuild(edition) == 7
    assert stored(edition) == kept
    assert keys(edition, planner, "南门") == ["gates/S"]
    assert keys(edition, planner, "gone") == []


def test_what_is_done_meanwhile_is_in_the_index_made_anew(edition, planner, monkeypatch):
    """Somebody renames a gate in every round, after it was read: the last round holds the ledger and reads it."""
    rounds = []

    def source(_edition):
        yield document("gates/W", f"Gate {len(rounds)}")
        if not connection.in_atomic_block or len(rounds) < services.QUIET_ROUNDS:
            rounds.append(1)
            with transaction.atomic():
                index(edition, [document("gates/W", f"Gate {len(rounds)}")])
                record("plan.change", edition=edition, by=None, subject=("gates", "W"))

    only(monkeypatch, source)
    rebuild(edition)
    assert stored(edition).pop()[2] == "Gate 3"


def test_bureaus_organizations_and_people_are_found_as_soon_as_they_are_there(edition, planner):
    boss = people.person(Role.ADMINISTRATOR, edition)
    bureau = add_party(Bureau, edition=edition, code="traffic", name_en="Traffic bureau", name_zh="交通保障组", by=boss)
    add_party(Organization, edition=edition, code="acme", name_en="Acme", name_zh="顶点公司", by=boss)
    assert keys(edition, planner, "jiaotong") == ["traffic"]
    assert keys(edition, planner, "顶点") == ["acme"]
    with scope(edition=edition):
        change_party(party=bureau, changes={"name_zh": "车辆组"}, version=1, by=boss)
    assert keys(edition, planner, "jiaotong") == []
    assert keys(edition, planner, "cheliang") == ["traffic"]
    person = add_person(edition=edition, username="wang.xm", role=Role.PLANNER, name="王小明", by=boss)
    assert keys(edition, boss, "wangxiao") == keys(edition, boss, "小明") == [person.code]
    change_person(edition=edition, person=person, changes={"name": "王大明"}, version=person.version, by=boss)
    assert (keys(edition, boss, "小明"), keys(edition, boss, "大明")) == ([], [person.code])
    kept = stored(edition)
    rebuild(edition)
    assert {row for row in stored(edition) if row[0] != "plan" and row[1] not in (boss.code, planner.code)} == {
        row for row in kept if row[0] != "plan"
    }
    erase_person(edition=edition, person=person, by=boss)
    assert keys(edition, boss, "大明") == []
    assert keys(edition, boss, person.code) == []


def test_who_lost_their_last_role_is_not_found_here(edition):
    boss = people.person(Role.ADMINISTRATOR, edition)
    other = people.edition("other")
    there = people.person(Role.ADMINISTRATOR, other)
    person = add_person(edition=edition, username="wang.xm", role=Role.PLANNER, name="王小明", by=boss)
    give_role(edition=other, person=person, role=Role.PLANNER, by=people.person(is_superuser=True))
    assert keys(edition, boss, "小明") == keys(other, there, "小明") == [person.code]
    with scope(edition=edition):
        assignment = Assignment.objects.get(person=person)
        take_role(edition=edition, assignment=assignment, by=people.person(is_superuser=True))
    assert (keys(edition, boss, "小明"), keys(other, there, "小明")) == ([], [person.code])
