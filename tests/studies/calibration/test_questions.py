"""A log of questions at information desks: read with every problem, and what it says of the chances of a right turn."""

import dataclasses
from collections import Counter

import numpy as np
import pytest

from hostcity.plan import PlanError
from hostcity.plan.rows import Amenity, Face, FaceLine, Station
from hostcity.studies.calibration import calibrate
from hostcity.studies.calibration.questions import chances_asked, read_questions
from hostcity.studies.counted import QUESTIONS, Asked, counted
from hostcity.studies.played import play_day
from hostcity.studies.runs.inline import InlinePool
from tests.engines.day.corridors import HOUR_S
from tests.engines.day.grids import ERR, grid

TRUTH = {"straight_share": 0.85, "turn_share": 0.45, "signed_share": 0.96}
DESKS = ("1-1", "2-1", "1-2", "3-2", "0-2")
#: Crossing, to which side the face looks, what it names: hung so that arrows lead along short ways.
HUNG = (("1-0", 180.0, "B ahead", "C right", "A ahead"), ("2-0", 270.0, "C ahead", "B left"), ("1-1", 180.0, "B ahead"))


def desked(persons=1500):
    """The grid with five desks and a few faces, people who come within an hour and see three halls."""
    plan = grid(persons, step_s=10.0)
    at = {row.code: (row.x_m, row.y_m) for row in plan.nodes}
    faces, lines = [], []
    for number, (node, bearing, *names) in enumerate(HUNG):
        faces.append(Face(code=f"F{number}", area="hub", x_m=at[node][0], y_m=at[node][1], bearing_deg=bearing))
        for name in names:
            hall, arrow = name.split()
            lines.append(FaceLine(code=f"F{number}-{hall}", face=f"F{number}", name_en=hall, arrow=arrow, area=hall))
    stations = [row for row in plan.stations if row.service != "information"]
    stations += [Station(code=f"desk{at}", node=at, service="information", lanes=1, service_mean_s=5.0) for at in DESKS]
    day = dataclasses.replace(plan.edition[0], closes_at=4 * HOUR_S, last_entry_at=3 * HOUR_S, clock_ends_at=6 * HOUR_S)
    groups = tuple(dataclasses.replace(row, leaves_at=4 * HOUR_S, dwell_median_s=300.0) for row in plan.groups)
    model = tuple(dataclasses.replace(row, replay_share=0.0) for row in plan.model)
    row = dataclasses.replace(ERR, newcomer_share=1.0, straight_share=0.93, turn_share=0.5, signed_share=0.9, most=8)
    return plan.replace(
        edition=(day,), stations=tuple(stations), faces=tuple(faces), face_lines=tuple(lines), groups=groups, model=model, wrong_turns=(row,),
    )  # fmt: skip


def logged(plan, path):
    """What volunteers at the desks would have written on a day of the truth that no calibration plays."""
    truth = plan.replace(wrong_turns=(dataclasses.replace(plan.wrong_turns[0], **TRUTH),))
    day = play_day(truth, seed=77_000)
    rows = ["time,place,destination,count"]
    for desk, goal, slot in zip(*np.nonzero(day.wrong_questions), strict=True):
        at_s = day.clock_start_s + 300.0 * slot
        rows.append(
            f"{int(at_s // 3600):02d}:{int(at_s % 3600 // 60):02d},{day.wrong_desks[desk]},{day.wrong_goals[goal]},{day.wrong_questions[desk, goal, slot]}"
        )
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return day


def test_a_truth_is_recovered_within_the_ranges(tmp_path):
    plan = desked()
    day = logged(plan, tmp_path / "asks.csv")
    counts = read_questions(tmp_path / "asks.csv", plan)
    assert sum(each.value for each in counts.counts) == day.wrong_questions.sum() > 500
    found = calibrate(plan, counts, chances_asked(plan), runs=8, pool=InlinePool())
    fitted = {each.parameter.figure.rpartition(".")[2]: each for each in found.fitted}
    assert list(fitted) == list(TRUTH)
    for name, truth in TRUTH.items():
        assert fitted[name].low <= truth <= fitted[name].high, (name, fitted[name])
    told = [name for name, each in fitted.items() if each.told == "told"]
    assert {"straight_share", "turn_share"} <= set(told), fitted
    assert fitted["turn_share"].high - fitted["turn_share"].low < 0.25
    assert found.chi2_after < found.chi2_before


def test_without_faces_the_log_says_nothing_of_them(tmp_path):
    plan = desked().replace(faces=(), face_lines=())
    logged(plan, tmp_path / "asks.csv")
    found = calibrate(
        plan, read_questions(tmp_path / "asks.csv", plan), chances_asked(plan)[2:], runs=6, pool=InlinePool()
    )
    assert [each.parameter.figure for each in found.unseen] == ["wrong_turns.day.signed_share"]


def test_questions_are_counted_by_desk_goal_and_time():
    plan = desked()
    day = play_day(plan)
    told = Counter()
    for desk in DESKS:
        for goal in day.wrong_goals:
            hours = [Asked(QUESTIONS, "nodes", desk, at * HOUR_S, (at + 1) * HOUR_S, about=goal) for at in range(6)]
            whole = Asked(QUESTIONS, "nodes", desk, 0.0, 6 * HOUR_S, about=goal)
            found = counted(plan, day, (whole, *hours))[:, 0]
            assert found[0] == found[1:].sum()
            told[desk] += int(found[0])
    assert sum(told.values()) == day.visitor_questions.sum() > 100


def test_a_log_as_volunteers_write_it(tmp_path):
    plan = desked()
    named = tuple(
        dataclasses.replace(row, name_en=f"Hall {row.code}", name_zh=f"{row.code} 馆") if row.code in "ABC" else row
        for row in plan.areas
    )
    point = Amenity(code="info", kind="information", area="hub", x_m=95.0, y_m=94.0)
    plan = plan.replace(areas=named, amenities=(point,))
    path = tmp_path / "asks.csv"
    path.write_text(
        "时间;地点;目的地;次数\n# quiet\n01:10;desk1-1;hall a;2\n01:12;1-1;A 馆;\n02:00;info;Food;1\n", "utf-8"
    )
    counts = read_questions(path, plan)
    found = {(each.asked.code, each.asked.about): each.value for each in counts.counts}
    assert found == {
        ("1-1", "areas.A"): 3.0, ("1-1", "amenities.catering"): 0.0, ("3-3", "areas.A"): 0.0, ("3-3", "amenities.catering"): 1.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("time,place,destination\n", ["questions.file.empty"]),
        ("time,place\n01:00,1-1\n", ["questions.column.missing"]),
        ("time,place,destination\n01:00,nowhere,A\n01:00,1-1,Z\n", ["questions.place.unknown", "questions.destination.unknown"]),
        ("time,place,destination,count\n09:00,1-1,A,1\n01:00,1-1,A,0\n", ["questions.time.clock", "questions.count.range"]),
    ],
)  # fmt: skip
def test_everything_that_cannot_be_used_is_told_at_once(rows, codes, tmp_path):
    path = tmp_path / "asks.csv"
    path.write_text(rows, "utf-8")
    with pytest.raises(PlanError) as told:
        read_questions(path, desked())
    assert [problem.code for problem in told.value.problems] == codes
