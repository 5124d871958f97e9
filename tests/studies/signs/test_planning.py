"""Trips of a day, and the faces that are planned for them."""

import io
from dataclasses import dataclass, field

import numpy as np
import openpyxl
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.results import MOVE_HOME, MOVE_LINK, MOVE_QUEUE, MOVE_STAY
from hostcity.plan import PlanError, problems_of
from hostcity.plan.rows import ARROWS, Provenance, Stand
from hostcity.report.signs import plan_with_signs, sign_workbook, signs_data
from hostcity.studies.signs import audit_faces, demand_of, plan_faces
from hostcity.studies.signs.hanging import with_only_faces
from hostcity.studies.signs.names import TURNED
from hostcity.studies.signs.network import network_of
from hostcity.studies.signs.sight import nodes_seen
from tests.fairs import small_fair
from tests.studies.signs.crossing import LINKS, PLACES, crossing, face


@dataclass
class Day:
    """Two visitors followed of four: one to A, then to toilets, then home; the other to C, around in it, and home."""

    node_codes: tuple = tuple(PLACES)
    link_codes: tuple = LINKS
    visitor_stream: np.ndarray = field(default_factory=lambda: np.zeros(4, np.int16))
    link_density_per_m2: np.ndarray = field(default_factory=lambda: np.zeros((2, len(LINKS)), np.float32))
    moves: tuple = (
        (1, 0, MOVE_LINK, "gate-mid"), (1, 50, MOVE_LINK, "mid-west"), (1, 99, MOVE_STAY, "west"), (1, 3600, MOVE_LINK, "west-mid"), (1, 3700, MOVE_QUEUE, "side"),
        (1, 7200, MOVE_LINK, "side-north"), (1, 7300, MOVE_HOME, "gate"),
        (3, 10, MOVE_LINK, "gate-mid"), (3, 99, MOVE_STAY, "far"), (3, 400, MOVE_STAY, "far"), (3, 500, MOVE_HOME, "gate"),
    )  # fmt: skip

    def __post_init__(self):
        moves = sorted(self.moves, key=lambda move: move[1])
        self.replay_person = np.array([move[0] for move in moves], np.int32)
        self.replay_at_s = np.array([move[1] for move in moves], np.float32)
        self.replay_kind = np.array([move[2] for move in moves], np.uint8)
        self.replay_place = np.array([self.place(*move[2:]) for move in moves], np.int32)

    def place(self, kind, name):
        if kind != MOVE_LINK:
            return self.node_codes.index(name)
        back = "-".join(reversed(name.split("-")))
        return 2 * LINKS.index(name) if name in LINKS else 2 * LINKS.index(back) + 1


def trips(demand):
    nodes = tuple(PLACES)
    return {
        (nodes[node], demand.destinations[name]): demand.trips[name, node] for name, node in zip(*np.nonzero(demand.trips), strict=True)
    }  # fmt: skip


def test_trips_are_from_where_somebody_was_to_where_they_are_next():
    """Each of the two stands for two; from place to place in C nobody needs a sign."""
    demand = demand_of(crossing(), Day())
    assert trips(demand) == {
        ("gate", "areas.A"): 2.0, ("west", "amenities.toilets"): 2.0, ("side", "areas.in"): 2.0,
        ("gate", "areas.C"): 2.0, ("far", "areas.in"): 2.0,
    }  # fmt: skip
    assert (demand.followed, demand.browsing, demand.hours) == (2, 2.0, pytest.approx(2.0, rel=1e-3))


def test_ways_are_the_shortest_and_links_side_by_side_are_one():
    network = network_of(crossing(), ("areas.C", "amenities.toilets", "nodes.gate"))
    at = network.node_of
    assert network.distance_m[:, at["gate"]].tolist() == [200.0, 150.0, 0.0]
    assert network.ways.tail.size == 2 * len(LINKS)
    assert network.ways.head[network.towards[0, at["mid"]]] == at["north"]
    assert network.towards[2, at["gate"]] == -1


def test_a_high_stand_hides_a_crossing_from_the_next():
    high = Stand(code="S", area="hub", outline=((-3.0, 20.0), (3.0, 20.0), (3.0, 30.0), (-3.0, 30.0)), height_m=6.0)
    for stands, is_seen in (((), True), ((high,), False)):
        network = network_of(crossing(stands=stands), ("areas.A",))
        seen = nodes_seen(network, 60.0, 3.5)
        at = network.node_of
        assert bool(seen[at["gate"], at["mid"]]) is is_seen
        assert seen[at["mid"], at["north"]]
        assert not seen[at["gate"], at["north"]]  # too far to read


@pytest.mark.parametrize("bound_s", [0.0, 2.0])
def test_nobody_walks_less_than_nothing_in_vain_however_little_time_the_bound_has(bound_s):
    plan = crossing()
    study = plan_faces(plan, demand_of(plan, Day()), faces=8, names=4, bound_s=bound_s)
    assert study.found.score <= study.bound.score <= -study.found.shortest_m


def test_the_faces_of_a_small_crossing_are_those_where_one_must_turn():
    plan = crossing()
    study = plan_faces(plan, demand_of(plan, Day()), faces=8, names=4, bound_s=2.0)
    assert study.found.detour_m <= study.corners.detour_m + 1e-9
    assert study.found.detour_m < study.floor.detour_m
    assert study.found.score <= study.bound.score
    first = study.faces[0]
    assert first.lost_without_h >= study.faces[-1].lost_without_h
    told = {
        (each.node, each.row.bearing_deg, line.destination): line.arrow for each in study.faces for line in each.lines
    }
    assert told["mid", 180.0, "areas.A"] == "left"
    assert told["north", 180.0, "areas.C"] == "right"
    hung = plan_with_signs(plan, study)
    assert not [problem for problem in problems_of(hung) if problem.sheet in ("faces", "face_lines")]
    found = {problem.code for problem in audit_faces(hung)}
    assert not found & {
        "face_lines.arrow.dead",
        "face_lines.arrow.astray",
        "face_lines.arrow.contradicts",
        "faces.bearing_deg.unread",
    }


def test_what_is_approved_stays_and_what_is_proposed_or_broken_is_planned_anew():
    plan = crossing(
        face("OLD", "A left", "B right", state="installed"),
        face("IDEA", "A left", state="proposed"),
        face("BAD", "C right", x_m=0.0, y_m=100.0, state="installed", fault="missing"),
    )
    demand = demand_of(plan, Day())
    study = plan_faces(plan, demand, faces=2, names=1, bound_s=1.0)
    kept = [each for each in study.faces if not each.is_new]
    assert [(each.row.code, len(each.lines)) for each in kept] == [("OLD", 2)]
    assert study.most_faces == 3
    assert study.as_it_hangs.faces.size == 1
    assert {face.code for face in plan_with_signs(plan, study).faces} == {"OLD", "BAD", "F0001", "F0002"}
    afresh = plan_faces(plan, demand, faces=2, names=1, bound_s=1.0, afresh=True)
    assert all(each.is_new for each in afresh.faces)
    assert {face.state for face in plan_with_signs(plan, afresh).faces} == {"proposed"}


def test_every_arrow_means_a_direction():
    assert {*TURNED, "up", "down"} == set(ARROWS)


def test_without_recovery_the_share_that_is_guided_counts():
    plan = crossing()
    study = plan_faces(plan, demand_of(plan, Day()), faces=3, names=2, recovers=False, bound_s=5.0)
    data = signs_data(study)
    assert data["model"] == "no_recovery"
    assert data["unsigned"] < data["found"]["value"] <= data["bound"]["value"] + 1e-6
    assert data["bound"]["is_optimal"] is (data["bound"]["gap"] <= 1e-6)


def test_the_workbook_has_each_line_and_what_is_to_be_made():
    plan = crossing(face("=1+1", "A left", state="made"))
    study = plan_faces(plan, demand_of(plan, Day()), faces=2, names=2, bound_s=0.5)
    book = openpyxl.load_workbook(io.BytesIO(sign_workbook(study)))
    schedule, quantities = book.worksheets[1:]
    assert schedule.max_row - 1 == sum(len(each.lines) for each in study.faces)
    assert {cell.data_type for cell in schedule["A"][1:]} == {"s"}
    new = [each for each in study.faces if each.is_new]
    total = [cell.value for cell in quantities[quantities.max_row]]
    assert total == ["total 合计", None, None, len(new), sum(len(each.lines) for each in new), 1]


@pytest.mark.parametrize(
    ("asked", "code"), [({"faces": 0}, "signs.faces"), ({"faces": 1, "names": 21}, "signs.names"), ({"faces": 1, "letter_mm": 1}, "signs.letters")]
)  # fmt: skip
def test_what_cannot_be_planned(asked, code):
    plan = crossing()
    with pytest.raises(PlanError) as told:
        plan_faces(plan, demand_of(plan, Day()), **asked)
    assert [problem.code for problem in told.value.problems] == [code]


def test_a_network_that_is_too_fine(monkeypatch):
    plan = crossing()
    demand = demand_of(plan, Day())
    monkeypatch.setattr("hostcity.studies.signs.planning.MOST_NODES", 7)
    with pytest.raises(PlanError, match=r"has 8 rows.*\[signs.nodes\]"):
        plan_faces(plan, demand, faces=1)


def test_a_played_day_has_trips_to_every_hall_and_home():
    plan = small_fair()
    demand = demand_of(plan, rehearse_day(plan, seed=1))
    assert {each.partition(".")[0] for each in demand.destinations} >= {"areas", "nodes"}
    study = plan_faces(plan, demand, faces=4, names=3, bound_s=0.5)
    assert 0 < study.found.detour_m <= study.corners.detour_m + 1e-9
    assert study.bound.gap >= 0


def test_what_is_said_of_faces_that_are_gone_goes_with_them():
    plan = crossing(face("OLD", "A left"), face("NEW", "B right"))
    figures = ("faces.*.*", "faces.OLD.x_m", "face_lines.OLD-1.arrow", "nodes.*.x_m")
    plan = plan.replace(
        provenance=tuple(Provenance(code=f"p{at}", figure=each, mark="assumed") for at, each in enumerate(figures))
    )
    without_old = with_only_faces(plan, plan.faces[1:], plan.face_lines[1:])
    assert [row.figure for row in without_old.provenance] == ["faces.*.*", "nodes.*.x_m"]
    assert [row.figure for row in with_only_faces(plan, (), ()).provenance] == ["nodes.*.x_m"]
