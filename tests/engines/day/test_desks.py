"""Registration before security, and information desks inside."""

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.entrance import approach, pass_gates
from hostcity.engines.day.rehearse import prepare
from hostcity.plan import apply_overrides
from tests.fairs import fair_with_desks

#: So wide, and so unlike a fair, that nobody is held up on the way: the gates by themselves are then exact.
UNDISTURBED = (
    "links.*.width_m=400", "nodes.*.floor_m2=", "model.day.counter_flow_loss=0", "model.day.perimeter_share=1",
    "model.day.step_s=0.5", "model.day.route_spread_s=0", "streams.metro.headway_s=0",
)  # fmt: skip


def test_those_who_register_do_so_before_security():
    day = rehearse_day(fair_with_desks(2000))
    desk, security = (day.station_codes.index(code) for code in ("desk", "W-security"))
    joined = {
        station: dict(zip(day.service_person[of].tolist(), day.service_joined_s[of].tolist(), strict=True))
        for station, of in ((each, day.service_station == each) for each in (desk, security))
    }
    assert 60 < len(joined[desk]) < 140  # 5 % of the buyers among 2,000
    assert set(joined[desk]) <= set(joined[security])
    assert all(joined[desk][person] < joined[security][person] for person in joined[desk])


def test_entry_time_begins_after_registration():
    day = rehearse_day(fair_with_desks(2000))
    desk, security = (day.station_codes.index(code) for code in ("desk", "W-security"))
    registered = day.service_person[day.service_station == desk]
    of_security = day.service_station == security
    joined_s = np.full(day.visitor_arrive_s.size, np.nan)
    joined_s[day.service_person[of_security]] = day.service_joined_s[of_security]
    assert day.visitor_entry_joined_s[registered].tolist() == joined_s[registered].tolist()


def test_people_want_to_ask_as_often_as_the_plan_says():
    plan = apply_overrides(fair_with_desks(5000), ["groups.*.information_visits_mean=0.5"])
    asks = prepare(plan, seed=1).people.stop["station"] == [row.code for row in plan.stations].index("questions")
    # Each of some six stays is followed by a question with the same chance, so the number is about Poisson.
    assert abs(int(asks.sum()) - 2500) < 4 * 2500**0.5


def test_nobody_goes_to_desks_that_nobody_needs():
    plan = apply_overrides(
        fair_with_desks(), ["groups.buyers.registration_share=0", "groups.buyers.information_visits_mean=0"]
    )
    day = rehearse_day(plan)
    desks = [day.station_codes.index(code) for code in ("desk", "questions")]
    assert not np.isin(day.service_station, desks).any()


@pytest.mark.parametrize("lanes", [1, 3])
def test_the_gates_by_themselves_know_registration(lanes):
    plan = apply_overrides(
        fair_with_desks(250), [*UNDISTURBED, f"stations.desk.lanes={lanes}", "groups.buyers.registration_share=0.5"]
    )
    day = rehearse_day(plan, seed=2)
    gates = pass_gates(plan, approach(plan, seed=2))
    late_s = np.abs(gates.joined_s - day.visitor_entry_joined_s)
    registered = day.service_person[day.service_station == day.station_codes.index("desk")]
    assert registered.size > 80
    # Arrivals at one point closer together than 0.05 s leave one after the other on the day.
    assert np.nanmedian(late_s) < 1e-6
    assert np.nanmax(late_s[registered]) < 1.0
