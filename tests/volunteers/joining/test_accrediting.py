"""From applied to the force, and out of it again."""

import pytest

from hostcity.core.ledger_verify import verify_ledger
from hostcity.core.models import Act, Assignment, Notice, Person, SearchDoc
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.plan_rows.undo import undo_act
from hostcity.plan.rows import Pair
from hostcity.volunteers.joining import services
from hostcity.volunteers.joining.services.stepping import Details
from hostcity.volunteers.models import Offer, Pin
from tests import people
from tests.volunteers import force
from tests.volunteers.joining.acts import AT, accredited, current, refused, step, undo, volunteers
from tests.volunteers.joining.conftest import given, training

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scoped")]


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


def test_offers_of_who_withdraws_end_and_who_waited_is_told(edition, coordinator, applied):
    row, day = accredited(applied[0], coordinator), {"day": "D2", "band": "early", "post": "P1", "by_code": "A"}
    code, giver = row.person.code, people.person(Role.VOLUNTEER, edition, username="v2")
    waits = Offer.objects.create(edition=edition, giver="V2", taker=code, state="waiting", **day)
    theirs = Offer.objects.create(edition=edition, giver=code, **day)
    others = Offer.objects.create(edition=edition, giver="V3", **day)
    services.withdraw(edition=edition, application=row)
    assert [Offer.objects.get(pk=each.pk).state for each in (waits, theirs, others)] == [
        "declined",
        "withdrawn",
        "open",
    ]
    assert [each.person for each in Notice.objects.filter(kind="swap.declined")] == [giver]
    assert [each.verb for each in Act.objects.filter(verb__startswith="swap.").order_by("number")] == [
        "swap.decline",
        "swap.withdraw",
    ]


def test_an_account_of_more_than_a_volunteer_stays(edition, coordinator, applied):
    row = accredited(applied[0], coordinator)
    Assignment.objects.create(edition=edition, person=row.person, role=Role.PLANNER)
    assert refused(undo, row=row, by=coordinator) == ["joining.in_use"]
    person = row.person
    services.withdraw(edition=edition, application=row)
    person.refresh_from_db()
    assert (person.name, person.is_active) == ("林晓", True)
    assert [each.role for each in person.assignments.all()] == [Role.PLANNER]


def test_rows_that_go_together_come_back_where_they_were(edition, coordinator, opening):
    training(edition, coordinator, capacity=3)
    rows = [services.apply(edition=edition, given=given(name=f"N{at}", phone=f"1380000000{at}"))[0] for at in range(3)]
    for each in rows:
        accredited(each, coordinator)
    before = [each.code for each in plan_of(edition).volunteers]
    number = Act.objects.order_by("-number").first().number
    services.undo_steps(edition=edition, chosen=[(each.code, 4) for each in rows], by=coordinator)
    assert len(plan_of(edition).volunteers) == 8
    planner = people.person(Role.PLANNER, edition)
    for act in Act.objects.filter(number__gt=number, verb="plan.remove").order_by("-number"):
        undo_act(edition=edition, act=act, by=planner)
    assert [each.code for each in plan_of(edition).volunteers] == before


def test_who_is_named_elsewhere_is_taken_off_first(edition, coordinator, applied):
    row = accredited(applied[0], coordinator)
    code, plan = row.person.code, plan_of(edition)
    pair = Pair(code="PA", kind="apart", volunteers=("V1", code))
    replace_plan(edition=edition, plan=plan.replace(pairs=(pair,)), by=None)
    assert refused(undo, row=row, by=coordinator) == ["joining.rostered"]
    services.withdraw(edition=edition, application=row)
    assert code in volunteers(edition)
