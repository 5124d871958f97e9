"""Signs tried on days under the same draws."""

import dataclasses

import numpy as np
import pytest

from hostcity.plan.rows import Appointment
from hostcity.report.sign_trial import sign_trial_data
from hostcity.studies.run_figures import OF_WRONG_TURNS
from hostcity.studies.runs.inline import InlinePool
from hostcity.studies.signs.trying import CORNERS, HANGING, NONE, PLANNED, try_signs
from hostcity.studies.wrong_turns import erring, wrong_turns_figures
from tests.engines.day.corridors import HOUR_S
from tests.engines.day.grids import ERR, grid


def fair():
    """A grid whose people meet in C, with little time to spare; replays of a fifth, as a plan may ask for."""
    plan = grid(400, step_s=5.0)
    meeting = Appointment(
        code="talk",
        group="all",
        area="C",
        persons=150,
        starts_at=2.5 * HOUR_S,
        lasts_s=1800.0,
        slack_s=30.0,
        missed_after_s=60.0,
    )
    model = tuple(dataclasses.replace(row, replay_share=0.2) for row in plan.model)
    return plan.replace(model=model, appointments=(meeting,), wrong_turns=())


@pytest.fixture(scope="module")
def trial():
    plan = fair().replace(wrong_turns=(dataclasses.replace(ERR, newcomer_share=1.0, happen=False),))
    return try_signs(plan, faces=12, names=4, runs=6, pool=InlinePool())


def test_planned_signs_spare_walking_and_appointments(trial):
    assert [each.name for each in trial.variants] == [PLANNED, CORNERS, NONE]
    assert [each.faces for each in trial.variants][1:] == [trial.variants[0].faces, 0]
    assert not any(each.invalid for each in trial.variants)
    lost = trial.difference(NONE, "lost_s")
    assert lost.is_clear
    assert lost.b < 0.7 * lost.a
    assert trial.difference(NONE, "missed").difference < 0
    assert trial.difference(NONE, "turns").is_clear


def test_differences_are_those_of_the_runs(trial):
    at = OF_WRONG_TURNS.index("lost_s")
    change = trial.values[0, at] - trial.values[2, at]
    told = trial.difference(NONE, "lost_s")
    assert told.difference == pytest.approx(change.mean())
    assert told.half_width == pytest.approx(2.571 * change.std(ddof=1) / np.sqrt(6))
    data = sign_trial_data(trial)
    assert [row["signs"] for row in data["variants"]] == [PLANNED, CORNERS, NONE]
    assert data["mark"] == "assumed"


def test_the_plans_own_faces_are_tried_beside_what_hangs(trial):
    """Those that are approved hang already; the others are only planned."""
    approved = tuple(
        dataclasses.replace(row, state="approved" if at < 3 else "proposed") for at, row in enumerate(trial.plan.faces)
    )
    own = try_signs(trial.plan.replace(faces=approved), own=True, runs=1, pool=InlinePool())
    assert [each.name for each in own.variants] == [PLANNED, CORNERS, HANGING, NONE]
    assert own.variants[2].faces == 3
    assert own.variants[0].means == tuple(trial.values[0, :, 0].tolist())  # the same day as run 0 of the trial
    lost = [each.means[0] for each in own.variants]
    assert lost[0] < lost[2] < lost[3]


def test_a_plan_without_the_sheet_errs_as_usual():
    row = erring(fair()).wrong_turns[0]
    assert (row.happen, row.newcomer_share, row.turn_share, row.most) == (True, 0.5, 0.5, 5)


def test_figures_of_a_day_name_the_places_where_most_is_lost():
    from hostcity.studies.played import play_day

    plan = erring(fair())
    day = play_day(plan)
    found = wrong_turns_figures(plan, day)
    assert wrong_turns_figures(plan.replace(wrong_turns=()), play_day(plan.replace(wrong_turns=()))) is None
    assert found.turns == sum(each.turns for each in found.places) == day.visitor_wrong_turns.sum()
    assert found.lost_s == pytest.approx(sum(each.lost_s for each in found.places))
    assert [each.lost_s for each in found.places] == sorted((each.lost_s for each in found.places), reverse=True)
    assert all(each.turns <= each.passed for each in found.places)
    assert found.questions == sum(each.questions for each in found.desks) == day.visitor_questions.sum()
    assert 0 < found.astray <= found.newcomers
    assert found.lost_each_s == pytest.approx(found.lost_s / found.newcomers)
