"""Acts of joining: applying, steps and back, accrediting, withdrawing."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from hostcity.core.errors import NotAllowed, Refused, Several, Stale
from hostcity.core.ledger_verify import verify_ledger
from hostcity.core.models import Act, Assignment, Notice, Person, PlanRow, SearchDoc
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.volunteers.joining import services
from hostcity.volunteers.joining.queries import application_by_code, counts_by_state, trainings_of, twins_of
from hostcity.volunteers.joining.services.stepping import Details
from hostcity.volunteers.models import Application, Consent, Pin, State
from tests import people
from tests.volunteers import force
from tests.volunteers.joining.conftest import called, given, training

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scoped")]
AT = datetime(2027, 10, 2, 1, tzinfo=UTC)
INTERVIEW = Details(at=AT, place="Room 5")


def refused(act, *, of=Refused, **more):
    with pytest.raises(of) as caught:
        act(**more)
    return sorted(each.code for each in getattr(caught.value, "refusals", [caught.value]))


def current(row):
    return Application.objects.select_related("person", "training").get(pk=row.pk)


def step(row, name, by, **details):
    row = current(row)
    usual = {"interview": INTERVIEW, "train": Details(training="T1")}.get(name, Details())
    of = Details(**details) if details else usual
    chosen = [(row.code, row.version)]
    return services.step_applications(edition=row.edition, chosen=chosen, step=name, details=of, by=by)


def undo(row, by):
    row = current(row)
    return services.undo_steps(edition=row.edition, chosen=[(row.code, row.version)], by=by)


def accredited(row, by, **details):
    if not trainings_of(row.edition):
        training(row.edition, by)
    for name in ("interview", "train"):
        step(row, name, by)
    step(row, "accredit", by, **details)
    return current(row)


def volunteers(edition):
    return {each.code: each for each in plan_of(edition).volunteers}


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


def test_from_applied_to_the_force(edition, coordinator, applied):
    row = accredited(applied[0], coordinator, zones=("Z2",))
    person = row.person
    assert (row.state, row.name, row.phone, person.name, person.phone) == (
        "accredited",
        "",
        "",
        "林晓",
        "+8613812345678",
    )
    assert Assignment.objects.get(person=person).role == Role.VOLUNTEER
    added = volunteers(edition)[person.code]
    assert (added.campus, added.trained_for, added.skills, added.zones) == ("C1", ("guide",), ("en-C1",), ("Z2",))
    assert (added.uniform, added.not_days, added.not_bands) == ("M", (), ())
    verbs = [act.verb for act in Act.objects.of("application", row.code).order_by("number")]
    assert verbs == ["join.apply", "join.interview", "join.train", "join.accredit"]
    assert {"林晓", "13812345678"} & {word for act in Act.objects.all() for word in str(act.body).split("'")} == set()
    assert SearchDoc.objects.filter(key=person.code).exists()
    assert verify_ledger(edition).is_whole


def test_times_become_days_bands_and_seats_kept_free(edition, coordinator, opening):
    for phone, seats, days, bands, free in (
        ("13800000001", (("D1", "early"), ("D1", "late")), ("D2",), (), set()),
        ("13800000002", (("D1", "late"), ("D2", "late")), (), ("early",), set()),
        ("13800000003", (("D1", "early"), ("D1", "late"), ("D2", "late")), (), (), {("D2", "early")}),
    ):
        row, _code = services.apply(edition=edition, given=given(phone=phone, name=phone, seats=seats))
        person = (
            accredited(row, coordinator).person if phone.endswith(("1", "2")) else _third(edition, row, coordinator)
        )
        added = volunteers(edition)[person.code]
        assert (added.not_days, added.not_bands) == (days, bands)
        assert set(Pin.objects.filter(volunteer=person.code, post="").values_list("day", "band")) == free


def _third(edition, row, by):
    """The training of the first two is full."""
    training(edition, by, code="T2")
    step(row, "interview", by)
    step(row, "train", by, training="T2")
    step(row, "accredit", by)
    return current(row).person


def test_languages_become_the_highest_skill_that_is_not_above(edition, coordinator, opening):
    training(edition, coordinator, code="T1", capacity=5)
    for place, (spoken, skills) in enumerate(
        (({"en": "B2", "fr": "A1"}, {"en-B2"}), ({"en": "C2", "fr": "C1"}, {"en-C1", "fr-A2"}), ({"en": "A2"}, set()))
    ):
        row, _code = services.apply(edition=edition, given=given(phone=f"1390000000{place}", languages=spoken))
        person = accredited(row, coordinator).person
        assert set(volunteers(edition)[person.code].skills) == skills


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


def test_accrediting_is_undone_while_nobody_signed_in(edition, coordinator, applied):
    row = accredited(applied[0], coordinator)
    before, code = plan_of(edition), row.person.code
    undo(row, coordinator)
    row = current(row)
    assert (row.state, row.name, row.phone, row.person) == ("training", "林晓", "+8613812345678", None)
    assert code not in volunteers(edition)
    gone = Person.objects.get(code=code)
    assert (gone.name, gone.phone, gone.is_active, gone.assignments.count()) == ("", "", False, 0)
    step(row, "accredit", coordinator)
    row = current(row)
    assert row.person.code != code
    assert len(volunteers(edition)) == len(before.volunteers)
    Person.objects.filter(pk=row.person_id).update(last_login=AT)
    assert refused(undo, row=row, by=coordinator) == ["joining.in_use"]


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


def test_a_phone_that_an_account_has_is_told(edition, coordinator, applied):
    people.person(Role.VOLUNTEER, edition, phone="13812345678")
    row = applied[0]
    training(edition, coordinator)
    step(row, "interview", coordinator)
    step(row, "train", coordinator)
    assert refused(step, row=row, name="accredit", by=coordinator) == ["joining.phone_taken"]
    step(row, "accredit", coordinator, without_phone=True)
    assert current(row).person.phone == ""


def test_two_of_one_phone_are_not_accredited_at_once(edition, coordinator, applied):
    other, _code = services.apply(edition=edition, given=given(name="Other"))
    training(edition, coordinator)
    for each in (applied[0], other):
        step(each, "interview", coordinator)
        step(each, "train", coordinator)
    chosen = [(each.code, 3) for each in (applied[0], other)]
    of = {"edition": edition, "chosen": chosen, "step": "accredit", "details": Details(), "by": coordinator}
    assert refused(services.step_applications, **of) == ["joining.phone_taken"]


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


def test_who_withdraws_as_a_volunteer_loses_account_and_row(edition, coordinator, applied):
    row = accredited(applied[0], coordinator)
    code = row.person.code
    services.withdraw(edition=edition, application=row)
    assert code not in volunteers(edition)
    gone = Person.objects.get(code=code)
    assert (gone.name, gone.phone, gone.is_active) == ("", "", False)
    assert not Notice.objects.exists()


def test_whose_shifts_stand_is_told_to_coordinators(edition, coordinator, applied):
    row = accredited(applied[0], coordinator)
    code = row.person.code
    plan = plan_of(edition)
    shifts = (*plan.shifts, force.shift(code, day="D2"))
    replace_plan(edition=edition, plan=plan.replace(shifts=shifts), by=None)
    services.withdraw(edition=edition, application=row)
    assert code in volunteers(edition)
    notice = Notice.objects.get()
    assert (notice.person, notice.kind, notice.values) == (coordinator, "joining.left", {"volunteer": code})


def test_an_account_of_more_than_a_volunteer_stays(edition, coordinator, applied):
    row = accredited(applied[0], coordinator)
    Assignment.objects.create(edition=edition, person=row.person, role=Role.PLANNER)
    assert refused(undo, row=row, by=coordinator) == ["joining.in_use"]
    person = row.person
    services.withdraw(edition=edition, application=row)
    person.refresh_from_db()
    assert (person.name, person.is_active) == ("林晓", True)
    assert [each.role for each in person.assignments.all()] == [Role.PLANNER]


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
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert not PlanRow.objects.filter(key=by.code).exists()
