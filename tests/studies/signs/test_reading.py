"""What faces show to who: where they are read, onto which ways they lead."""

import numpy as np
import pytest

from hostcity.engines.day.turns import wrong_turns_of
from hostcity.plan.rows import Stand, WrongTurns
from hostcity.studies.played import shown_on
from hostcity.studies.signs import shown_by_faces
from hostcity.studies.signs.crowds import hidden_m2
from tests.studies.signs.crossing import LINKS, crossing, face


def told(plan):
    """(goal, way on which one comes, way that is shown), ways as "from-to"."""
    shown = shown_by_faces(plan)

    def way(along):
        ends = LINKS[along >> 1].split("-")
        return "-".join(ends if along % 2 == 0 else ends[::-1])

    rows = zip(shown.goal.tolist(), shown.behind.tolist(), shown.way.tolist(), strict=True)
    return {(shown.goals[goal], way(behind), way(on)) for goal, behind, on in rows}


def test_a_face_is_read_on_the_way_to_its_crossing_and_shows_its_arrows():
    plan = crossing(face("F", "A left", "B right", "C ahead"))
    assert told(plan) == {
        ("areas.A", "gate-mid", "mid-west"), ("areas.B", "gate-mid", "mid-east"), ("areas.C", "gate-mid", "mid-north"),
    }  # fmt: skip


def test_large_letters_are_read_at_the_crossing_before_and_mean_straight_on_there():
    high = Stand(code="S", area="hub", outline=((-3.0, 70.0), (3.0, 70.0), (3.0, 80.0), (-3.0, 80.0)), height_m=6.0)
    far = face("F", "C right", y_m=100.0, letter_mm=360.0)
    assert told(crossing(far)) == {("areas.C", "mid-north", "north-corner"), ("areas.C", "gate-mid", "mid-north")}
    assert told(crossing(face("F", "C right", y_m=100.0))) == {("areas.C", "mid-north", "north-corner")}  # 30 m
    assert told(crossing(far, stands=(high,))) == {("areas.C", "mid-north", "north-corner")}  # hidden from mid


@pytest.mark.parametrize(
    "more",
    [{"fault": "turned"}, {"letter_mm": 20.0, "height_m": 6.0}, {"bearing_deg": 0.0, "y_m": -20.0}, {"x_m": 150.0}],
)
def test_who_is_shown_nothing(more):
    """A fault, letters that are too small from where they must be read, nobody who comes towards it, no crossing near."""
    assert told(crossing(face("F", "A left", **more))) == set()


def test_heads_hide_low_faces_and_of_two_the_less_hidden_counts():
    high, low = (face(f"F{height}", "A left", height_m=height) for height in (3.5, 1.7))
    hides = [shown_by_faces(crossing(*faces)).hides_m2.tolist() for faces in ((high,), (low,), (high, low))]
    assert hides == [[np.float32(hidden_m2(height))] for height in (3.5, 1.7, 3.5)]


def test_an_arrow_where_no_way_is_shows_none_and_a_proposed_face_counts():
    assert told(crossing(face("F", "A up", "wc ahead", state="proposed"))) == {
        ("amenities.toilets", "gate-mid", "mid-north")
    }


def test_faces_are_read_once_for_days_of_one_plan_and_not_at_all_where_nobody_errs():
    plan = crossing(face("F", "A left"))
    assert wrong_turns_of(plan) is None
    assert shown_on(plan) is None
    errs = plan.replace(wrong_turns=(WrongTurns(code="day"),))
    first = shown_on(errs)
    assert first is shown_on(errs.replace(timeline=()))
    assert first is not shown_on(errs.replace(faces=()))
    assert shown_on(errs.replace(faces=())).way.size == 0
