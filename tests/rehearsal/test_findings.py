"""Findings: who may mark, change and settle them; stale versions; undo."""

import re

import pytest

from hostcity.core.errors import NotAllowed, Refused, Stale
from hostcity.core.models import Act, LedgerHead, Notice, SearchDoc
from hostcity.core.models.people import Role
from hostcity.rehearsal.models import Finding, FindingState, Remark
from hostcity.rehearsal.queries import filtered, findings, open_findings, place_name_of
from hostcity.rehearsal.services import add_finding, add_remark, change_finding, start_rehearsal, undo_state
from tests import people


@pytest.fixture
def rehearsal(edition, director):
    return start_rehearsal(edition=edition, by=director)


@pytest.fixture
def finding(rehearsal, director, owner):
    return add_finding(
        rehearsal=rehearsal, by=director, title="Queue at gate West", place="gates.W", from_s=32_400.0, until_s=33_300.0,
        figure="34 min", severity=3, owner=owner,
    )  # fmt: skip


def test_a_finding_has_place_time_figure_severity_owner_and_the_owners_bureau(finding, owner, bureau):
    stored = Finding.objects.get(pk=finding.pk)
    assert (stored.place, stored.from_s, stored.until_s, stored.figure) == ("gates.W", 32_400.0, 33_300.0, "34 min")
    assert (stored.severity, stored.owner, stored.bureau, stored.state) == (3, owner, bureau, "open")
    body = Act.objects.get(verb="finding.add").body
    assert (body["owner"], body["bureau"], body["place"]) == (owner.code, "metro", "gates.W")
    assert "Queue" not in str(body)  # free text may name people


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title": "  "}, "title"), ({"place": "gates.nowhere"}, "place"), ({"place": "W"}, "place"), ({"severity": 4}, "severity"),
     ({"from_s": 100.0, "until_s": 50.0}, "until_s")],
)  # fmt: skip
def test_what_is_wrong_is_refused_at_its_field(rehearsal, director, wrong, field):
    number = LedgerHead.objects.get(edition=rehearsal.edition).number
    with pytest.raises(Refused) as error:
        add_finding(rehearsal=rehearsal, by=director, **{"title": "x", **wrong})
    assert error.value.field == field
    assert not Finding.objects.exists()
    assert LedgerHead.objects.get(edition=rehearsal.edition).number == number


def test_the_owner_is_of_the_staff_and_of_the_bureau(edition, rehearsal, director, owner):
    stranger, visitor = people.person(), people.person(Role.VISITOR, edition)
    for each in (stranger, visitor):
        with pytest.raises(Refused, match="staff"):
            add_finding(rehearsal=rehearsal, by=director, title="x", owner=each)
    people.person(Role.BUREAU_OWNER, edition)  # makes bureau venue
    from hostcity.core.models import Bureau

    with pytest.raises(Refused, match="another bureau"):
        add_finding(rehearsal=rehearsal, by=director, title="x", owner=owner, bureau=Bureau.objects.get(code="venue"))


def test_a_change_is_one_line_with_what_was_and_is(finding, owner):
    changed = change_finding(
        finding=finding, changes={"state": "mended", "note": "Four lanes more"}, version=1, by=owner
    )
    assert (changed.state, changed.version) == ("mended", 2)
    act = Act.objects.latest("number")
    assert (act.verb, act.body) == ("finding.change", {"changes": {"state": ["open", "mended"]}, "texts": ["note"]})


def test_no_change_is_no_line(finding, owner):
    number = LedgerHead.objects.get(edition=finding.edition).number
    assert change_finding(finding=finding, changes={"state": "open"}, version=1, by=owner).version == 1
    assert LedgerHead.objects.get(edition=finding.edition).number == number


def test_a_stale_version_gets_the_differences_and_changes_nothing(finding, director):
    change_finding(finding=finding, changes={"severity": 2}, version=1, by=director)
    with pytest.raises(Stale) as error:
        change_finding(finding=finding, changes={"severity": 1, "title": finding.title}, version=1, by=director)
    assert (error.value.diff, error.value.version) == ((("severity", 2, 1),), 2)
    assert Finding.objects.get(pk=finding.pk).severity == 2


def test_its_owner_settles_it_but_makes_it_no_smaller(finding, owner):
    with pytest.raises(NotAllowed):
        change_finding(finding=finding, changes={"severity": 1}, version=1, by=owner)
    with pytest.raises(NotAllowed):
        change_finding(finding=finding, changes={"state": "mended", "owner": None}, version=1, by=owner)


def test_nobody_elses_owner_settles_it(edition, finding):
    other = people.person(Role.BUREAU_OWNER, edition)
    duty = people.person(Role.DUTY_OFFICER, edition)
    for each in (other, duty, people.person(Role.VISITOR, edition)):
        with pytest.raises(NotAllowed):
            change_finding(finding=finding, changes={"state": "mended"}, version=1, by=each)


def test_whoever_of_the_staff_owns_it_settles_it(edition, rehearsal, director):
    duty = people.person(Role.DUTY_OFFICER, edition)
    finding = add_finding(rehearsal=rehearsal, by=duty, title="x", owner=duty)
    assert change_finding(finding=finding, changes={"state": "accepted"}, version=1, by=duty).state == "accepted"


def test_a_state_is_taken_back_once(finding, owner):
    change_finding(finding=finding, changes={"state": "mended"}, version=1, by=owner)
    act = Act.objects.latest("number")
    undone = undo_state(finding=finding, act=act, version=2, by=owner)
    assert (undone.state, undone.version) == (FindingState.OPEN, 3)
    assert Act.objects.latest("number").body["of"] == act.number
    with pytest.raises(Refused, match="changed since"):
        undo_state(finding=finding, act=act, version=3, by=owner)


def test_only_an_act_on_this_finding_is_taken_back(rehearsal, finding, director):
    other = add_finding(rehearsal=rehearsal, by=director, title="another")
    change_finding(finding=other, changes={"state": "mended"}, version=1, by=director)
    change_finding(finding=finding, changes={"state": "mended"}, version=1, by=director)
    act = Act.objects.filter(subject_key=other.key).latest("number")
    with pytest.raises(Refused):
        undo_state(finding=finding, act=act, version=2, by=director)


def test_lists_know_whose_and_how_bad(edition, rehearsal, finding, director, owner):
    add_finding(rehearsal=rehearsal, by=director, title="small", severity=1)
    settled = add_finding(rehearsal=rehearsal, by=director, title="settled", severity=2)
    change_finding(finding=settled, changes={"state": "accepted"}, version=1, by=director)
    every = findings(edition, owner)
    assert {each.title for each in filtered(every, person=owner, state="open")} == {"Queue at gate West", "small"}
    assert [each.title for each in filtered(every, person=owner, mine=True)] == ["Queue at gate West"]
    assert [each.title for each in filtered(every, person=owner, severity="2")] == ["settled"]
    assert filtered(every, person=owner, state="all").count() == 3
    told = open_findings(edition)
    assert (told.count, told.critical, told.major) == (2, 1, 0)
    assert [each.title for each in told.worst] == ["Queue at gate West", "small"]
    assert not findings(edition, people.person(Role.VISITOR, edition)).exists()


def test_remarks_are_kept_and_their_words_stay_out_of_the_ledger(rehearsal, owner, edition):
    remark = add_remark(rehearsal=rehearsal, text=" Ask Li Wei ", by=owner)
    assert Remark.objects.get().text == "Ask Li Wei"
    act = Act.objects.latest("number")
    assert (act.verb, act.body) == ("rehearsal.remark", {"remark": remark.pk})
    with pytest.raises(Refused):
        add_remark(rehearsal=rehearsal, text=" ", by=owner)
    with pytest.raises(NotAllowed):
        add_remark(rehearsal=rehearsal, text="x", by=people.person(Role.VISITOR, edition))


def test_its_owner_is_told_and_search_finds_it(finding, director, owner, edition):
    notice = Notice.objects.get()
    assert (notice.person, notice.kind, notice.values["title"]) == (owner, "finding.assigned", "Queue at gate West")
    assert notice.path == f"/e/fair/findings/{finding.key}/"
    assert notice.number == Act.objects.get(verb="finding.add").number
    change_finding(finding=finding, changes={"title": "Queue at gate East"}, version=1, by=director)
    document = SearchDoc.objects.get(kind="finding")
    assert (document.key, document.title_en) == (finding.key, "Finding: Queue at gate East")
    assert Notice.objects.count() == 1
    change_finding(finding=finding, changes={"owner": director}, version=2, by=director)
    assert Notice.objects.count() == 1  # who takes it knows


def test_a_finding_says_what_the_plan_calls_its_place(finding, edition, owner):
    browser = people.signed_in(owner)
    for language, name in (("en", "West"), ("zh-hans", "西")):
        browser.cookies["hostcity_language"] = language
        page = browser.get(f"/e/{edition.code}/findings/{finding.public_id}/").content.decode()
        assert re.search(rf"<dd>{name} <span[^>]*>gates\.W</span>", page)
    for unknown in ("gates.gone", "W"):
        finding.place = unknown
        assert place_name_of(finding) == ""
