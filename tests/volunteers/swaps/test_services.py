"""Shifts are given away and traded as far as the engine's check allows, by the rule, in one act that can be undone."""

import dataclasses

import pytest
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused, RowsMovedOn, Stale
from hostcity.core.models import Act, Notice
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan.rows import Pair
from hostcity.volunteers.duty.services import check_in_by_hand
from hostcity.volunteers.swaps import services
from hostcity.volunteers.swaps.queries import offers_for, own_offers, waiting_offers
from tests.volunteers import force
from tests.volunteers.force import shift

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(edition, account):
    """An offer of a volunteer's shift."""

    def make(code="V2", day="D1", band="early", **more):
        return services.offer_shift(edition=edition, day=day, band=band, by=account(code), **more)

    return make


@pytest.fixture
def take(edition, account):
    def make(offer, code="V6", **more):
        return services.take_offer(edition=edition, offer=offer, by=account(code), **more)

    return make


@pytest.fixture
def offered(edition, account, clock):
    """Shifts that a volunteer could take."""

    def found(code):
        with scope(edition=edition):
            told = offers_for(edition, account(code), clock.now)
        return [(each.offer.giver, each.giver, [tuple(cell) for cell, _said in each.backs]) for each in told]

    return found


def seats(edition):
    return {(each.volunteer, each.day, each.band): each.post for each in plan_of(edition).shifts}


def told(edition, act_number):
    with scope(edition=edition):
        return {each.person.username: each.kind for each in Notice.objects.filter(number=act_number)}


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def plan_with(edition, **sheets):
    replace_plan(edition=edition, plan=force.plan(**sheets), by=None)


def test_a_shift_is_given_in_one_act_and_the_giver_is_told(edition, offer, take):
    was, made = plan_of(edition), offer()
    done = take(made)
    assert (done.state, done.taker, done.rises) == ("done", "V6", [])
    assert seats(edition) == {
        **{key: post for key, post in _seats(was).items() if key[0] != "V2"},
        ("V6", "D1", "early"): "P1",
    }
    with scope(edition=edition):
        act = Act.objects.order_by("-number").first()
    assert (act.number, act.verb, act.body["kind"], act.body["swap"]) == (
        done.act_number,
        "plan.rows",
        "roster.swapped",
        made.pk,
    )
    assert "Name of" not in str(act.body)
    assert told(edition, act.number) == {"v2": "roster.changed"}, "who took it knows"


def _seats(plan):
    return {(each.volunteer, each.day, each.band): each.post for each in plan.shifts}


def test_others_see_what_they_could_take_and_no_more(edition, offer, offered):
    offer()
    assert offered("V6") == [("V2", "Name of V2", [])]
    assert offered("V2") == [], "one's own"
    assert offered("V1") == [], "serves then"
    # V4 serves that afternoon: a second shift of a day is one too many; it is locked, too.
    assert offered("V4") == []
    assert offered("V9") == [], "no volunteer of the plan"


@pytest.mark.parametrize(
    "sheets",
    [
        {"volunteers": tuple(dataclasses.replace(each, trained_for=("desk",)) if each.code == "V6" else each for each in force.plan().volunteers)},
        {"volunteers": tuple(dataclasses.replace(each, not_days=("D1",)) if each.code == "V6" else each for each in force.plan().volunteers)},
        {"volunteers": tuple(dataclasses.replace(each, shifts_most=0) if each.code == "V6" else each for each in force.plan().volunteers)},
        {"pairs": (Pair(code="A", kind="apart", volunteers=("V1", "V6")),)},
        {"pairs": (Pair(code="B", kind="together", volunteers=("V6", "V7")),)},
        {"shifts": (*force.plan().shifts, shift("V6", post="", is_locked=True))},
    ],
    ids=["not trained", "away", "all shifts", "apart", "together", "kept free"],
)  # fmt: skip
def test_what_the_check_forbids_is_neither_shown_nor_taken(edition, offer, take, offered, sheets):
    made = offer()
    plan_with(edition, **sheets)
    was = plan_of(edition)
    assert offered("V6") == []
    assert code_of(lambda: take(made)) in ("swap.rules", "swap.busy")
    assert plan_of(edition) == was


def test_too_little_rest_is_no_matter_of_approval(edition, offer, take, offered):
    bands = tuple(
        dataclasses.replace(each, end_s=23 * force.HOUR_S) if each.code == "late" else each
        for each in force.plan().bands
    )
    plan_with(edition, bands=bands, shifts=(shift("V2", day="D2"), shift("V6", band="late")))
    made = offer(day="D2")
    with pytest.raises(Refused) as refused:
        take(made)
    assert (refused.value.code, str(refused.value.what)) == (
        "swap.rules",
        "This would break rules: too little rest between two days.",
    )
    assert (offered("V6"), offered("V7")) == ([], [("V2", "Name of V2", [])])


def test_a_rule_that_is_broken_anyway_does_not_count(edition, offer, take):
    everybody = force.plan().volunteers
    plan_with(
        edition,
        volunteers=tuple(
            dataclasses.replace(each, trained_for=("guide",)) if each.code == "V3" else each for each in everybody
        ),
    )
    assert take(offer("V3"), "V6").state == "done", "V3 should never have been at the desk"


def test_to_one_by_code(edition, offer, take, offered):
    made = offer(named="V7")
    assert (offered("V6"), offered("V7")) == ([], [("V2", "Name of V2", [])])
    assert code_of(lambda: take(made)) == "swap.gone"
    assert told(edition, 2) == {}, "V7 had no account yet"
    assert take(made, "V7").taker == "V7"


def test_who_is_named_is_told_and_codes_are_not_tried_out(edition, account, offer):
    account("V7")
    offer(named="V7")
    with scope(edition=edition):
        assert [(each.person.username, each.kind) for each in Notice.objects.all()] == [("v7", "swap.named")]
    found = [code_of(lambda: offer("V1", named="V99")) for _ in range(11)]
    assert found == ["swap.named"] * 10 + ["swap.tries"]
    assert offer("V1").state == "open", "to anybody there is no limit"


def test_a_trade_is_for_a_shift_that_would_do(edition, offer, take, offered):
    plan_with(
        edition, shifts=(*force.plan().shifts, shift("V6", day="D2", post="P2"), shift("V7", day="D2", band="late"))
    )
    made = offer(wanted=[("D2", "early")])
    assert offered("V6") == [("V2", "Name of V2", [("P2", "D2", "early")])]
    assert offered("V7") == offered("V8") == []
    assert code_of(lambda: take(made)) == code_of(lambda: take(made, "V7", back=("D2", "late"))) == "swap.back"
    done = take(made, back=("D2", "early"))
    assert (done.state, done.back_post) == ("done", "P2")
    now = seats(edition)
    assert (now["V6", "D1", "early"], now["V2", "D2", "early"]) == ("P1", "P2")
    assert not {("V2", "D1", "early"), ("V6", "D2", "early")} & now.keys()


def test_posts_of_one_band_are_traded(edition, offer, take):
    done = take(offer(wanted=[("D1", "early")]), "V3", back=("D1", "early"))
    assert done.state == "done"
    assert (seats(edition)["V2", "D1", "early"], seats(edition)["V3", "D1", "early"]) == ("P2", "P1")


def test_a_post_that_gets_too_risky_waits_for_the_coordinator(edition, coordinator, offer, take, clock):
    everybody = force.plan().volunteers
    plan_with(
        edition,
        volunteers=tuple(dataclasses.replace(each, attends=0.6) if each.code == "V6" else each for each in everybody),
    )
    was, waits = plan_of(edition), take(offer())
    # Two needed of two: short is 1 - 0.9 x 0.9 before, 1 - 0.9 x 0.6 after.
    (rise,) = waits.rises
    assert (waits.state, rise[:3], [round(each, 6) for each in rise[3:]]) == (
        "waiting",
        ["D1", "early", "P1"],
        [0.19, 0.46],
    )
    assert plan_of(edition) == was
    with scope(edition=edition):
        assert [each.offer.pk for each in waiting_offers(edition, clock.now)] == [waits.pk]
        assert [each.kind for each in Notice.objects.filter(person=coordinator)] == ["swap.waits"]
    assert code_of(lambda: take(waits, "V7")) == "swap.gone"
    done = services.approve_swap(edition=edition, offer=waits, by=coordinator)
    assert (done.state, told(edition, done.act_number)) == ("done", {"v2": "roster.changed", "v6": "roster.changed"})
    assert seats(edition)["V6", "D1", "early"] == "P1"


def test_a_role_that_gets_too_few_waits_too(edition, offer, take):
    waits = take(offer("V1"))
    assert (waits.state, [(*each[2:3], round(each[3], 6), each[4]) for each in waits.rises]) == (
        "waiting",
        [("P1", 0.1, 1.0)],
    )


def test_the_rule_is_data(edition, coordinator, offer, take):
    services.change_swap_rule(edition=edition, is_automatic=False, most_short=0.05, version=0, by=coordinator)
    with pytest.raises(Stale) as stale:
        services.change_swap_rule(edition=edition, is_automatic=True, most_short=0.5, version=0, by=coordinator)
    assert stale.value.version == 1
    waits = take(offer())
    assert (waits.state, waits.rises) == ("waiting", [])
    services.decline_swap(edition=edition, offer=waits, by=coordinator)
    services.change_swap_rule(edition=edition, is_automatic=True, most_short=1.0, version=1, by=coordinator)
    assert take(offer("V1")).state == "done", "even without a leader"
    assert code_of(lambda: services.change_swap_rule(edition=edition, is_automatic=True, most_short=1.1, version=2, by=coordinator)) == "swap.most_short"  # fmt: skip


def test_approval_judges_again_and_declining_leaves_all(edition, coordinator, offer, take):
    first, second = take(offer("V1")), None
    was = plan_of(edition)
    plan_with(edition, shifts=(*was.shifts, shift("V6", band="late")))
    assert code_of(lambda: services.approve_swap(edition=edition, offer=first, by=coordinator)) == "swap.rules"
    second = services.decline_swap(edition=edition, offer=first, by=coordinator)
    assert second.state == "declined"
    with scope(edition=edition):
        act = Act.objects.order_by("-number").first()
    assert (act.verb, told(edition, act.number)) == ("swap.decline", {"v1": "swap.declined", "v6": "swap.declined"})
    assert code_of(lambda: services.approve_swap(edition=edition, offer=first, by=coordinator)) == "swap.gone"


def test_it_can_be_undone_until_somebody_changes_it_or_it_begins(edition, account, coordinator, offer, take, clock):
    was, done = plan_of(edition), take(offer())
    undone = services.undo_swap(edition=edition, offer=done, by=coordinator)
    assert undone.state == "undone"
    assert plan_of(edition) == was
    assert code_of(lambda: services.undo_swap(edition=edition, offer=done, by=coordinator)) == "swap.gone"
    again = take(offer())
    passed_on = take(services.offer_shift(edition=edition, day="D1", band="early", by=account("V6")), "V7")
    with pytest.raises(RowsMovedOn):
        services.undo_swap(edition=edition, offer=again, by=coordinator)
    clock.set("05", "08:00")
    assert code_of(lambda: services.undo_swap(edition=edition, offer=passed_on, by=coordinator)) == "swap.begun"


def test_undoing_breaks_no_rule_either(edition, coordinator, offer, take):
    done = take(offer())
    plan_with(edition, shifts=(*plan_of(edition).shifts, shift("V2", band="late")))
    assert code_of(lambda: services.undo_swap(edition=edition, offer=done, by=coordinator)) == "swap.rules"


def test_what_is_not_theirs_begun_locked_or_offered_is_not_offered(edition, account, offer, clock):
    assert code_of(lambda: offer("V6")) == "swap.not_yours"
    assert code_of(lambda: offer("V4", band="late")) == "swap.rules", "it is locked"
    offer()
    assert code_of(offer) == "swap.twice"
    assert code_of(lambda: offer("V3", wanted=[("D2", "none")])) == "swap.wanted"
    clock.set("05", "08:00")
    assert code_of(lambda: offer("V3")) == "swap.begun"


def test_people_who_serve_side_by_side_are_not_parted(edition, offer):
    plan_with(edition, pairs=(Pair(code="B", kind="together", volunteers=("V1", "V2")),))
    with pytest.raises(Refused) as refused:
        offer()
    assert "side by side" in str(refused.value.what)


def test_it_ends_when_the_shift_begins_is_moved_or_somebody_came(edition, coordinator, offer, take, offered, clock):
    made = offer()
    clock.set("05", "07:59")
    assert offered("V6")
    check_in_by_hand(edition=edition, volunteer="V2", day="D1", band="early", by=coordinator)
    assert (offered("V6"), code_of(lambda: take(made))) == ([], "swap.came")
    other = offer("V3")
    plan_with(edition, shifts=(shift("V2"), shift("V3", post="P1")))
    assert code_of(lambda: take(other)) == "swap.gone", "it is at another post now"
    assert offer("V3").post == "P1", "and can be offered anew"
    clock.set("05", "08:00")
    assert offered("V6") == []
    assert code_of(lambda: take(made)) == "swap.begun"


def test_one_takes_back_ones_own_offer_and_nobody_elses(edition, account, offer, take, clock):
    made = offer()
    with pytest.raises(NotAllowed):
        services.withdraw_offer(edition=edition, offer=made, by=account("V6"))
    services.withdraw_offer(edition=edition, offer=made, by=account("V2"))
    assert code_of(lambda: take(made)) == "swap.gone"
    with scope(edition=edition):
        assert [(each.offer.state, each.can_happen) for each in own_offers(edition, account("V2"), clock.now)] == [("withdrawn", False)]  # fmt: skip


def test_planners_and_volunteers_decide_nothing(edition, planner, account, offer, take):
    waits = take(offer("V1"))
    for by in (planner, account("V6")):
        for act in (services.approve_swap, services.decline_swap, services.undo_swap):
            with pytest.raises(NotAllowed):
                act(edition=edition, offer=waits, by=by)
