"""Acts of joining: applying, steps and back, withdrawing, trainings."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hostcity.core.errors import NotAllowed, Several, Stale
from hostcity.core.models import Act, PlanRow
from hostcity.core.models.people import Role
from hostcity.volunteers.joining import services
from hostcity.volunteers.joining.queries import (
    application_by_code,
    applications_of,
    counts_by_state,
    trainings_of,
    twins_of,
)
from hostcity.volunteers.joining.services.stepping import Details
from hostcity.volunteers.models import Application, Consent, State
from tests import people
from tests.volunteers.joining.acts import AT, INTERVIEW, current, refused, step, undo, volunteers
from tests.volunteers.joining.conftest import called, given, training

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scoped")]


def test_an_application_is_kept_with_its_consent(edition, applied):
    row, code = applied
    assert (row.state, row.name, row.phone, row.consent.number) == ("applied", "林晓", "+8613812345678", 1)
    assert application_by_code(edition, code.lower().replace("-", " ")).pk == row.pk
    assert code not in str(vars(row))
    act = Act.objects.get(verb="join.apply")
    assert (act.by_code, act.subject_key, act.body) == ("", row.code, {"consent": 1, "campus": "C1"})


def test_all_that_is_wrong_is_told_at_once(edition, opening):
    wrong = given(
        name=" ", phone="12", campus="C9", languages={"xx": "C1"}, seats=(("D9", "early"),), uniform="8XL", consent=0
    )
    assert refused(services.apply, of=Several, edition=edition, given=wrong) == [
        "joining.campus", "joining.consent", "joining.languages", "joining.name", "joining.phone", "joining.seats", "joining.uniform",
    ]  # fmt: skip
    for more, code in (
        ({"campus": "", "university": ""}, "joining.university"),
        ({"seats": ()}, "joining.seats"),
        ({"consent": 7}, "joining.consent_changed"),
    ):
        assert refused(services.apply, edition=edition, given=given(**more)) == [code]
    assert not Application.objects.exists()


def test_sign_up_ends(edition, coordinator, opening):
    of = {"edition": edition, "given": given()}
    called(edition, coordinator, is_open=False, version=1)
    assert refused(services.apply, **of) == ["joining.closed"]
    called(edition, coordinator, version=2, closes_on=edition.today())
    services.apply(**of)
    type(opening).objects.update(closes_on=date(2020, 1, 1))
    assert refused(services.apply, **of) == ["joining.closed"]


def test_another_text_of_consent_has_the_next_number(edition, coordinator, applied):
    called(edition, coordinator, version=1)  # nothing differs
    assert called(edition, coordinator, version=1, closes_on=date(2027, 10, 2)).consent.number == 1
    assert called(edition, coordinator, version=2, consent_en="Another.").consent.number == 2
    assert refused(called, of=Stale, edition=edition, coordinator=coordinator, version=2) == ["joining.opening_stale"]
    assert (Consent.objects.count(), current(applied[0]).consent.text_en) == (2, "We call you.")
    late = {"edition": edition, "coordinator": coordinator, "version": 3}
    assert refused(called, closes_on=date(2020, 1, 1), **late) == ["joining.closes_on"]
    assert refused(called, closes_on=date(2027, 12, 1), **late) == ["joining.closes_on"]
    assert refused(called, of=Several, consent_en=" ", consent_zh="", **late) == [
        "joining.consent_en",
        "joining.consent_zh",
    ]


def test_steps_go_in_order_and_back(edition, coordinator, applied):
    row = applied[0]
    training(edition, coordinator)
    for name in ("train", "accredit"):
        assert refused(step, row=row, name=name, by=coordinator) == ["joining.state"]
    assert refused(undo, row=row, by=coordinator) == ["joining.cannot_undo"]
    step(row, "interview", coordinator)
    step(row, "interview", coordinator, at=AT, place="Room 6")
    assert current(row).interview_place == "Room 6"
    undo(row, coordinator)
    assert (current(row).interview_place, current(row).state) == ("Room 5", "interview")
    assert refused(undo, row=row, by=coordinator) == ["joining.cannot_undo"]  # the last act is the undoing
    step(row, "train", coordinator)
    step(row, "refuse", coordinator)
    assert trainings_of(edition)[0].left == 2
    undo(row, coordinator)
    assert (current(row).state, trainings_of(edition)[0].left) == ("training", 1)
    assert Act.objects.filter(verb="join.undo").count() == 2


def test_a_version_that_is_old_is_told(edition, coordinator, applied):
    row = applied[0]
    step(row, "interview", coordinator)
    of = {"edition": edition, "chosen": [(row.code, 1)], "by": coordinator}
    assert refused(services.step_applications, of=Stale, step="refuse", details=Details(), **of) == ["joining.stale"]
    assert refused(services.undo_steps, of=Stale, **of) == ["joining.stale"]


def test_many_at_once_all_or_none(edition, coordinator, opening):
    rows = [
        services.apply(edition=edition, given=given(phone=f"1380000{place:04}", name=f"N{place}"))[0]
        for place in range(30)
    ]
    training(edition, coordinator, capacity=29)
    of = {"edition": edition, "by": coordinator}
    acts = services.step_applications(chosen=[(row.code, 1) for row in rows], step="interview", details=INTERVIEW, **of)
    assert [act.subject_key for act in acts] == [row.code for row in rows]
    chosen = [(row.code, 2) for row in rows]
    train = {"step": "train", "details": Details(training="T1"), **of}
    assert refused(services.step_applications, chosen=chosen, **train) == ["joining.places"]
    assert counts_by_state(edition)[State.INTERVIEW] == 30
    services.step_applications(chosen=chosen[:29], **train)
    services.step_applications(
        chosen=[(code, 3) for code, _two in chosen[:29]], step="accredit", details=Details(), **of
    )
    assert counts_by_state(edition) == {
        State.APPLIED: 0, State.INTERVIEW: 1, State.TRAINING: 0, State.ACCREDITED: 29, State.REFUSED: 0, State.WITHDRAWN: 0,
    }  # fmt: skip
    assert len(volunteers(edition)) == 8 + 29
    services.undo_steps(chosen=[(code, 4) for code, _two in chosen[:29]], **of)
    assert len(volunteers(edition)) == 8


def test_details_that_are_wrong_are_refused(edition, coordinator, applied):
    row = applied[0]
    assert refused(step, of=Several, row=row, name="interview", by=coordinator, place=" ") == [
        "joining.at",
        "joining.place",
    ]
    step(row, "interview", coordinator)
    assert refused(step, row=row, name="train", by=coordinator, training="none") == ["joining.training"]
    training(edition, coordinator)
    step(row, "train", coordinator)
    assert refused(step, row=row, name="accredit", by=coordinator, zones=("Z1",)) == ["joining.zones"]
    assert refused(step, row=row, name="none", by=coordinator) == ["joining.step"]
    of = {"edition": edition, "step": "refuse", "details": Details(), "by": coordinator}
    assert refused(services.step_applications, chosen=[], **of) == ["joining.chosen"]
    assert refused(services.step_applications, chosen=[("A-NONE", 1)], **of) == ["joining.unknown"]


def test_who_may_be_there_twice_is_told_and_nothing_is_merged(edition, coordinator, applied):
    row = applied[0]
    by_phone, _code = services.apply(edition=edition, given=given(name="Other", phone="138 1234 5678", campus="C2"))
    by_name, _code = services.apply(edition=edition, given=given(name=" 林 晓", phone="13900000000"))
    other, _code = services.apply(edition=edition, given=given(phone="13900000001", campus="C2"))
    assert [{each.pk for each in twins_of(one)} for one in (row, by_phone, by_name, other)] == [
        {by_phone.pk, by_name.pk}, {row.pk}, {row.pk}, set(),
    ]  # fmt: skip


def test_withdrawing_erases_and_counts(edition, coordinator, applied):
    row, code = applied
    services.withdraw(edition=edition, application=row)
    row = current(row)
    emptied = (
        row.name,
        row.phone,
        row.campus,
        row.languages,
        row.seats,
        row.phone_key,
        row.name_key,
        row.secret_sha256,
    )
    assert emptied == ("", "", "", {}, [], "", "", "")
    assert counts_by_state(edition)[State.WITHDRAWN] == 1
    assert application_by_code(edition, code) is None
    assert refused(services.withdraw, edition=edition, application=row) == ["joining.withdrawn"]
    assert refused(services.renew_code, edition=edition, application=row, by=None) == ["joining.withdrawn"]
    assert refused(undo, row=row, by=coordinator) == ["joining.cannot_undo"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=row.pk).update(name="Lin")


def test_who_was_refused_is_erased_and_still_counted(edition, coordinator, applied):
    row, code = applied

    def erase():
        now = current(row)
        services.erase_applications(edition=edition, chosen=[(now.code, now.version)], by=coordinator)

    assert refused(erase) == ["joining.cannot_erase"]
    step(row, "refuse", coordinator)
    erase()
    now = current(row)
    assert (now.state, now.name, now.phone, now.seats, now.phone_key, application_by_code(edition, code)) == (
        "refused", "", "", [], "", None,
    )  # fmt: skip
    assert counts_by_state(edition)[State.REFUSED] == 1
    assert refused(erase) == ["joining.cannot_erase"]
    assert refused(undo, row=row, by=coordinator) == ["joining.cannot_undo"]


def test_another_code_ends_the_one_before(edition, coordinator, applied):
    row, code = applied
    for by in (None, coordinator):
        fresh = services.renew_code(edition=edition, application=row, by=by)
        assert application_by_code(edition, code) is None
        code = fresh
    assert application_by_code(edition, code).pk == row.pk


def test_trainings_keep_who_is_booked(edition, coordinator, applied):
    row = training(edition, coordinator, code="T1", capacity=1)
    of = {"edition": edition, "by": coordinator, "code": "T1"}
    assert refused(training, edition=edition, coordinator=coordinator) == ["joining.training_twice"]
    wrong = {"code": "no code", "name_en": "", "place": "", "capacity": 0, "post_classes": ["none"]}
    assert refused(training, of=Several, edition=edition, coordinator=coordinator, **wrong) == [
        "joining.capacity", "joining.name_en", "joining.place", "joining.post_classes", "joining.training_code",
    ]  # fmt: skip
    step(applied[0], "interview", coordinator)
    step(applied[0], "train", coordinator)
    said = {
        name: getattr(row, name) for name in ("name_en", "name_zh", "post_classes", "starts_at", "place", "capacity")
    }
    assert refused(services.remove_training, version=1, **of) == ["joining.training_named"]
    assert services.change_training(version=1, **of, **said | {"capacity": 3}).version == 2
    assert refused(services.change_training, of=Stale, version=1, **of, **said) == ["joining.training_stale"]
    assert refused(services.change_training, version=2, **of, **said | {"capacity": 0}) == ["joining.capacity"]
    training(edition, coordinator, code="T2")
    assert refused(services.remove_training, of=Stale, version=2, **of | {"code": "T2"}) == ["joining.training_stale"]
    services.remove_training(version=1, **of | {"code": "T2"})
    assert [each.training.code for each in trainings_of(edition)] == ["T1"]


@pytest.mark.parametrize("role", [each for each in Role if each not in (Role.COORDINATOR, Role.ADMINISTRATOR)])
def test_others_may_not(edition, applied, role):
    by, row = people.person(role, edition), applied[0]
    acts = (
        lambda: called(edition, by),
        lambda: training(edition, by),
        lambda: step(row, "refuse", by),
        lambda: step(row, "accredit", by),
        lambda: services.renew_code(edition=edition, application=row, by=by),
        lambda: services.erase_applications(edition=edition, chosen=[(row.code, 1)], by=by),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert not PlanRow.objects.filter(key=by.code).exists()


def test_twins_are_marked_in_lists(edition, coordinator, applied):
    other, _code = services.apply(edition=edition, given=given(name="Other"))
    services.apply(edition=edition, given=given(name="Third", phone="13900000000"))
    marked = {each.name: each.has_twin for each in applications_of(edition)}
    assert marked == {"林晓": True, "Other": True, "Third": False}
    assert {each.name for each in applications_of(edition, twins=True)} == {"林晓", "Other"}
    step(other, "refuse", coordinator)
    assert not applications_of(edition, twins=True).exists()
