"""A face goes forward one step at a time, back with a reason, and is checked with a photo."""

import pytest
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused, Several, Stale
from hostcity.core.models import StoredFile
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import acts_on
from hostcity.core.plan_rows.services import change_row
from hostcity.core.plan_rows.undo import undo_act
from hostcity.venue.signs.services import check_face, mend_face, move_faces, report_fault
from hostcity.venue.signs.services.states import MOST_FACES
from tests import people
from tests.venue.signs.conftest import png, state_of


def codes_of(error):
    return [each.code for each in error.refusals] if isinstance(error, Several) else [error.code]


def refused(act, **of):
    with pytest.raises(Refused) as told:
        act(**of)
    return codes_of(told.value)


def photos(edition):
    with scope(edition=edition):
        return list(StoredFile.objects.all())


def last_act(edition, key):
    return acts_on(edition, "faces", key).order_by("-number").first()


@pytest.mark.parametrize(("key", "to"), [("F1", "approved"), ("F2", "made"), ("F3", "installed")])
def test_one_step_forward(signed, planner, key, to):
    move_faces(edition=signed, keys=[key], to=to, by=planner)
    assert state_of(signed, key) == (to, "none")


@pytest.mark.parametrize(
    ("keys", "to", "found"),
    [
        (["F1"], "made", ["signs.step"]), (["F1"], "proposed", ["signs.same"]), (["F4"], "checked", ["signs.photo"]),
        (["F4"], "made", ["signs.reason"]), (["F6"], "proposed", ["signs.reason"]), (["F1"], "lost", ["signs.state"]),
        ([], "made", ["signs.number"]), (["F1"] * (MOST_FACES + 1), "approved", ["signs.number"]), (["F9"], "approved", ["plan.row_gone"]),
        (["F1", "F2", "F4"], "installed", ["signs.step", "signs.step", "signs.same"]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_of_every_face_and_nothing_is_written(signed, planner, keys, to, found):
    assert refused(move_faces, edition=signed, keys=keys, to=to, by=planner) == found
    assert [state_of(signed, key)[0] for key in ("F1", "F2", "F4")] == ["proposed", "approved", "installed"]


def test_back_with_a_reason_that_its_history_tells_and_undone(signed, planner):
    move_faces(edition=signed, keys=["F4"], to="approved", reason=" fell \n down ", by=planner)
    act = last_act(signed, "F4")
    assert (act.body["reason"], act.body["fields"]) == ("fell down", {"state": ["installed", "approved"]})
    undo_act(edition=signed, act=act, by=planner)
    assert state_of(signed, "F4") == ("installed", "none")
    assert refused(move_faces, edition=signed, keys=["F4"], to="made", reason="x" * 301, by=planner) == [
        "signs.reason_long"
    ]


def test_a_face_is_checked_with_a_photo_that_is_kept_at_it(signed, planner):
    of = {"edition": signed, "key": "F4", "by": planner}
    assert refused(check_face, name="a.png", data=b"", **of) == ["signs.photo"]
    assert refused(check_face, name="a.txt", data=b"text", **of) == ["signs.photo_kind"]
    assert refused(check_face, name="a.png", data=b"text", **of) == ["files.damaged"]
    with pytest.raises(Stale):
        check_face(name="a.png", data=png(), version=7, **of)
    check_face(name="a.png", data=png(), version=1, **of)
    (photo,) = photos(signed)
    assert (photo.subject_kind, photo.subject_key) == ("plan.faces", "F4")
    assert last_act(signed, "F4").body["photo"] == str(photo.public_id)
    assert state_of(signed, "F4") == ("checked", "none")


def test_what_is_not_installed_or_has_a_fault_is_not_checked(signed, planner):
    of = {"edition": signed, "name": "a.png", "data": png(), "by": planner}
    assert refused(check_face, key="F3", **of) == ["signs.step"]
    assert refused(check_face, key="F6", **of) == ["signs.open_fault"]
    assert photos(signed) == []


def test_a_fault_is_reported_and_mended_and_the_face_checked_again(signed, planner):
    press = people.person(Role.PRESS_OFFICER, signed)
    report_fault(edition=signed, key="F5", fault="unlit", note="dark", photo=("a.png", png()), by=press)
    assert state_of(signed, "F5") == ("checked", "unlit")
    assert set(last_act(signed, "F5").body) == {"fields", "note", "photo"}
    mend_face(edition=signed, key="F5", note="new lamp", by=planner)
    assert state_of(signed, "F5") == ("installed", "none")
    assert refused(mend_face, edition=signed, key="F5", by=planner) == ["signs.no_fault"]
    assert refused(report_fault, edition=signed, key="F1", fault="missing", by=press) == ["signs.not_made"]
    assert refused(report_fault, edition=signed, key="F5", fault="none", by=press) == ["signs.fault"]


def test_who_may(signed):
    owner, press = (people.person(role, signed) for role in (Role.BUREAU_OWNER, Role.PRESS_OFFICER))
    move_faces(edition=signed, keys=["F2"], to="made", by=owner)
    for act, of in (
        (move_faces, {"keys": ["F1"], "to": "approved", "by": owner}),
        (move_faces, {"keys": ["F2"], "to": "proposed", "reason": "no", "by": owner}),
        (move_faces, {"keys": ["F3"], "to": "installed", "by": press}),
        (mend_face, {"key": "F6", "by": press}),
        (check_face, {"key": "F4", "name": "a.png", "data": png(), "by": press}),
    ):
        with pytest.raises(NotAllowed):
            act(edition=signed, **of)


def test_state_and_fault_are_changed_by_these_acts_alone(signed, planner):
    for field, value in (("state", "approved"), ("fault", "missing")):
        of = {"edition": signed, "sheet": "faces", "key": "F1", "changes": {field: value}, "version": 1, "by": planner}
        assert refused(change_row, **of) == ["plan.by_acts"]
    change_row(edition=signed, sheet="faces", key="F1", changes={"letter_mm": 200}, version=1, by=planner)
