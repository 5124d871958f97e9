"""What single visitors may rely on: step-free ways, and their appointments."""

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.results import HOME
from hostcity.plan.rows import Appointment, Event
from tests.engines.day.checked import Checked, passages
from tests.engines.day.corridors import HOUR_S, corridor
from tests.engines.day.mazes import maze
from tests.engines.day.test_closing import with_model
from tests.fairs import small_fair


def stairs_taken(plan, day, group):
    kind = {row.code: row for row in plan.link_kinds}
    steps = [at for at, row in enumerate(plan.links) if not kind[row.kind].step_free]
    seen = passages(day)
    of = day.visitor_group[seen["person"]] == day.group_codes.index(group)
    return int((of & np.isin(seen["way"] >> 1, steps)).sum()), int(of.sum())


@pytest.mark.parametrize("wrong_turn_share", [0.0, 0.3])
def test_wheelchairs_never_take_stairs_not_even_by_mistake(wrong_turn_share):
    plan = with_model(small_fair(1000), replay_share=1.0, step_s=5.0, wrong_turn_share=wrong_turn_share)
    shut = Event(code="e", action="close", target="ramp", starts_at=10 * HOUR_S, ends_at=10.5 * HOUR_S)
    day = Checked(plan.replace(timeline=(shut,)), people_each=200).play()
    assert (day.visitor_end == HOME).all()
    on_stairs, walks = stairs_taken(plan, day, "wheels")
    assert (on_stairs, walks > 300) == (0, True)
    assert stairs_taken(plan, day, "buyers")[0] > 300


def test_wheelchairs_never_take_stairs_in_a_jam():
    tested = 0
    for seed in range(5):
        plan = maze(seed, perimeter_share=1.0, wrong_turn_share=0.2)
        day = Checked(plan, seed=seed).play()
        on_stairs, walks = stairs_taken(plan, day, "wheels")
        assert on_stairs == 0
        tested += walks > 200 and stairs_taken(plan, day, "walkers")[0] > 50
    assert tested >= 3


def talk(**more):
    return Appointment(
        **(
            {"code": "talk", "group": "all", "area": "H", "persons": 50, "starts_at": 3 * HOUR_S, "lasts_s": 1800.0}
            | more
        )
    )


def test_who_has_time_is_at_the_appointment_when_it_begins():
    plan = corridor(300, over_s=HOUR_S, last_s=12 * HOUR_S, group={"dwell_median_s": 1200.0, "stands_mean": 8.0})
    day = rehearse_day(plan.replace(appointments=(talk(),)))
    assert day.appointment_person.size == 50
    assert np.isfinite(day.appointment_late_s).all()
    assert day.appointment_late_s.max() <= 0.0
    assert (day.visitor_left_s[day.appointment_person] >= 3.5 * HOUR_S).mean() > 0.9  # they stay to its end


def test_who_comes_late_stays_to_the_end_and_who_comes_too_late_does_not_go_in():
    """All walk in through a security check that is far too slow, and have nothing else to do."""
    plan = corridor(
        600, over_s=900.0, last_s=12 * HOUR_S, security={"lanes": 1, "service_mean_s": 20.0},
        group={"dwell_median_s": 0.0},
    )  # fmt: skip
    meeting = talk(persons=600, starts_at=4600.0, lasts_s=2400.0, missed_after_s=900.0)
    day = rehearse_day(plan.replace(appointments=(meeting,)))
    late_s, person = day.appointment_late_s, day.appointment_person
    assert np.isfinite(late_s).all()
    left_hall_s = day.visitor_left_s[person] - 160 / 1.34 / 0.9  # the way home, against those who come
    stayed = left_hall_s > 4600.0 + 2400.0 - 60.0
    late, missed = (late_s > 0.0) & (late_s <= 900.0), late_s > 900.0
    assert late.sum() > 30
    assert missed.sum() > 200
    reached_s = 4600.0 + late_s
    assert (day.visitor_left_s[person][late | (late_s <= 0.0)] >= 7000.0).all()
    turned_at_once = day.visitor_left_s[person] - reached_s < 160 / 1.34 / 0.9 + 30.0
    assert turned_at_once[missed].all()
    assert stayed[late].all()


def test_an_appointment_in_a_hall_that_is_evacuated_is_not_kept():
    plan = corridor(300, over_s=HOUR_S, last_s=12 * HOUR_S, group={"dwell_median_s": 600.0})
    plan = plan.replace(
        areas=(*plan.areas, plan.areas[2].__class__(code="R", kind="hall", level="0", gross_m2=100.0)),
        nodes=(*plan.nodes, plan.nodes[2].__class__(code="room", level="0", area="R", x_m=0, y_m=0)),
        links=(*plan.links, plan.links[0].__class__(code="door", start="hall", end="room", length_m=50, width_m=10)),
        appointments=(talk(area="R"),),
    )
    alarm = Event(code="e", action="evacuate", target="R", starts_at=600.0)
    day, usual = rehearse_day(plan.replace(timeline=(alarm,))), rehearse_day(plan)
    assert (usual.appointment_late_s <= 0.0).all()
    assert np.isnan(day.appointment_late_s).mean() > 0.5  # but for who was there before the alarm
    assert (day.visitor_end == HOME).all()
    room = day.area_persons[day.area_codes.index("R")]
    assert room[125:].max() <= 3  # who looks in turns at once
