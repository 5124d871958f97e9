"""Every rule that a plan must keep has an example that breaks it, and is told for that and nothing else."""

import ast
import dataclasses
import inspect
import time

import pytest
from examples.ciie2019.build import build_plan as ciie2019

from hostcity.plan import SHEETS, Plan, check, problems_of, reach
from hostcity.plan.check.rows import MOST_PERSONS, MOST_STATIONS
from hostcity.plan.check.venue import MOST_WAYS_OUT
from hostcity.plan.rows import (
    Appointment,
    Approach,
    Area,
    Attraction,
    Event,
    Gate,
    Group,
    LaneTime,
    Link,
    Mix,
    Model,
    Node,
    ProfileSlot,
    Provenance,
    Station,
    Stream,
)  # fmt: skip
from tests.fairs import small_fair

NINE, TEN = 9 * 3600.0, 10 * 3600.0


def change(sheet: str, code: str, **fields):
    """The small fair with some fields of one row changed."""

    def act(plan: Plan) -> Plan:
        rows = getattr(plan, sheet)
        assert any(row.code == code for row in rows), code
        return plan.replace(
            **{sheet: tuple(dataclasses.replace(row, **fields) if row.code == code else row for row in rows)}
        )

    return act


def add(sheet: str, *rows):
    """The small fair with more rows."""
    return lambda plan: plan.replace(**{sheet: getattr(plan, sheet) + rows})


def drop(sheet: str, *codes: str):
    """The small fair without some rows, or without any of a sheet."""
    return lambda plan: plan.replace(
        **{sheet: tuple(row for row in getattr(plan, sheet) if codes and row.code not in codes)}
    )


def both(*acts):
    def act(plan: Plan) -> Plan:
        for each in acts:
            plan = each(plan)
        return plan

    return act


def event(action: str, target: str, **more):
    return add("timeline", Event(code="e", action=action, target=target, **{"starts_at": NINE, "ends_at": TEN, **more}))


RULES = [
    # One row, some rows, not too many
    (drop("edition"), ["edition.rows"]),
    (drop("model"), ["model.rows"]),
    (add("model", Model(code="night")), ["model.rows"]),
    (add("edition", small_fair().edition[0]), ["edition.rows", "edition.code.twice"]),
    (change("streams", "metro", persons=MOST_PERSONS), ["streams.rows"]),
    (
        lambda plan: plan.replace(stations=tuple(
            dataclasses.replace(plan.stations[2], code=f"s{number}") for number in range(MOST_STATIONS + 1 - 4)
        ) + plan.stations[:2] + plan.stations[3:]),
        ["stations.rows"],
    ),
    # Ranges and choices of a plan made in code
    (change("stations", "food", lanes=-4), ["stations.lanes.range", "stations.lanes.none"]),
    (change("stations", "food", lanes=501), ["stations.lanes.range"]),
    (change("links", "walk", length_m=float("nan")), ["links.length_m.number"]),
    (change("links", "walk", width_m=0.0), ["links.width_m.range"]),
    (change("links", "walk", kind="bridge"), ["links.kind.choice"]),
    (change("nodes", "west", floor_m2=float("inf")), ["nodes.floor_m2.number"]),
    # Codes and references
    (add("gates", Gate(code="W")), ["gates.code.twice"]),
    (change("nodes", "west", area="piazza"), ["nodes.area.unknown"]),
    (change("nodes", "west", level="9"), ["nodes.level.unknown"]),
    (change("areas", "H1", level="9"), ["areas.level.unknown"]),
    (change("links", "walk", start="nowhere"), ["links.start.unknown"]),
    (change("stations", "food", node="kitchen"), ["stations.node.unknown"]),
    (change("stations", "W-badge", gate="X"), ["stations.gate.unknown"]),
    (change("streams", "metro", profile="pm"), ["streams.profile.unknown", "streams.code.profiles"]),
    (change("streams", "metro", leaves_by="boat"), ["streams.leaves_by.unknown"]),
    (change("approaches", "metro-W", gate="X"), ["approaches.gate.unknown"]),
    (change("mixes", "metro-staff", group="robots"), ["mixes.group.unknown"]),
    (change("attractions", "H2", area="H3"), ["attractions.area.unknown"]),
    (change("reported", "peak", source="hearsay"), ["reported.source.unknown"]),
    (add("lanes", LaneTime(code="l", station="X", starts_at=NINE, ends_at=TEN, lanes=1)), ["lanes.station.unknown"]),
    # Times
    (change("edition", "tiny", opens_at=7.5 * 3600), ["edition.opens_at.order"]),
    (change("edition", "tiny", clock_ends_at=16 * 3600.0), ["edition.clock_ends_at.order"]),
    (change("edition", "tiny", gates_open_at=6 * 3600.0), ["edition.gates_open_at.order"]),
    (change("edition", "tiny", time_zone="Mars/Olympus"), ["edition.time_zone.unknown"]),
    (change("edition", "tiny", time_zone="../../etc/passwd"), ["edition.time_zone.unknown"]),
    (change("edition", "tiny", time_zone=""), ["edition.time_zone.unknown"]),
    (both(drop("appointments"), lambda plan: plan.replace(edition=(dataclasses.replace(plan.day, **dict.fromkeys(
        ("clock_starts_at", "gates_open_at", "opens_at", "last_entry_at", "closes_at", "clock_ends_at"), NINE)),))), ["edition.clock_ends_at.short"]),
    # Links and outlines
    (change("links", "walk", end="arrival"), ["links.end.loop"]),
    (change("links", "walk", width_m=2.0, door_m=2.01), ["links.door_m.wider"]),
    (change("links", "walk", width_m=2.0, door_m=2.0), []),
    (
        add("links", *(Link(code=f"l{n}", start="west", end="east", length_m=40.0, width_m=1.0) for n in range(MOST_WAYS_OUT))),
        ["nodes.code.ways", "nodes.code.ways"],
    ),
    (change("areas", "H1", outline=((0.0, 0.0), (1.0, 1.0))), ["areas.outline.corners"]),
    # Stations
    (change("stations", "trains", headway_s=None), ["stations.headway_s.needed"]),
    (change("stations", "trains", batch_persons=None), ["stations.batch_persons.needed"]),
    (change("stations", "food", headway_s=60.0), ["stations.headway_s.not_used"]),
    (change("stations", "food", batch_persons=60), ["stations.batch_persons.not_used"]),
    (change("stations", "W-security", gate=""), ["stations.gate.needed", "gates.code.security"]),
    (change("stations", "W-badge", gate=""), ["stations.gate.needed"]),
    (change("stations", "food", lanes=0), ["stations.lanes.none"]),
    (change("stations", "food", lanes_most=3), ["stations.lanes_most.exceeded"]),
    (
        both(change("stations", "food", lanes_most=5), add("lanes", LaneTime(code="l", station="food", starts_at=NINE, ends_at=TEN, lanes=6))),
        ["stations.lanes_most.exceeded"],
    ),
    (both(change("stations", "food", lanes_most=5), event("lanes", "food", value=6.0)), ["stations.lanes_most.exceeded"]),
    (add("gates", Gate(code="E")), ["gates.code.security"]),
    (change("stations", "toilets", node="security"), ["stations.node.entrance"]),
    (change("nodes", "security", area="H1"), ["nodes.area.entrance"]),
    # Windows
    (add("lanes", LaneTime(code="l", station="food", starts_at=TEN, ends_at=NINE, lanes=1)), ["lanes.ends_at.order"]),
    (add("lanes", LaneTime(code="l", station="food", starts_at=1.0, ends_at=2.0, lanes=1)), ["lanes.ends_at.clock"]),
    (add("lanes", LaneTime(code="l", station="food", starts_at=86300.0, ends_at=86400.0, lanes=1)), ["lanes.starts_at.clock"]),
    (
        add("lanes", *(LaneTime(code=code, station="food", starts_at=at, ends_at=at + 3600, lanes=1) for code, at in (("a", NINE), ("b", NINE + 60)))),
        ["lanes.starts_at.overlap"],
    ),
    (
        add("lanes", *(LaneTime(code=code, station="food", starts_at=start, ends_at=end, lanes=1) for code, start, end in (("a", NINE, 5 * NINE), ("b", NINE + 60, TEN), ("c", TEN + 60, TEN + 120)))),
        ["lanes.starts_at.overlap", "lanes.starts_at.overlap"],
    ),
    (add("profiles", ProfileSlot(code="p", profile="am", starts_at=NINE, ends_at=TEN, weight=1.0)), ["profiles.starts_at.overlap"]),
    # People who would come while the clock does not run; slots without weight bring nobody
    (change("profiles", "am-8", starts_at=6.5 * 3600), ["profiles.starts_at.clock"]),
    (change("profiles", "am-13", ends_at=20.5 * 3600), ["profiles.ends_at.clock"]),
    (both(change("profiles", "am-13", ends_at=20.5 * 3600, weight=0.0)), []),
    (event("delay", "metro", value=10 * 3600.0 + 1), ["timeline.value.clock"]),
    (event("delay", "metro", value=10 * 3600.0), []),
    (event("delay", "metro", ends_at=None, value=6 * 3600.0 + 1), ["timeline.value.clock"]),
    # Events of which nothing happens: the clock runs from 07:00 to 20:00
    (event("fail", "food", starts_at=2 * 3600.0, ends_at=7 * 3600.0), ["timeline.ends_at.clock"]),
    (event("fail", "food", starts_at=2 * 3600.0, ends_at=7 * 3600.0 + 1), []),
    (event("fail", "food", starts_at=20 * 3600.0, ends_at=None), ["timeline.starts_at.clock"]),
    (event("fail", "food", starts_at=20 * 3600.0 - 1, ends_at=None), []),
    # People
    (drop("approaches", "metro-W"), ["streams.code.approaches"]),
    (change("approaches", "metro-W", weight=0.0), ["streams.code.approaches"]),
    (drop("mixes", "metro-buyers", "metro-wheels", "metro-staff"), ["streams.code.mixes"]),
    (lambda plan: plan.replace(profiles=tuple(dataclasses.replace(slot, weight=0.0) for slot in plan.profiles)), ["streams.code.profiles"] * 2),
    (change("streams", "metro", leaves_by="food"), ["streams.leaves_by.service"]),
    (drop("attractions"), ["groups.code.attractions"] * 3),
    (both(change("attractions", "H1", weight=0.0), change("attractions", "H2", weight=0.0)), ["groups.code.attractions"] * 3),
    (
        add("attractions", Attraction(code="x1", area="H1", group="wheels", weight=0.0), Attraction(code="x2", area="H2", group="wheels", weight=0.0)),
        ["groups.code.attractions"],
    ),
    (change("groups", "staff", meal_starts_at=15 * 3600.0), ["groups.meal_ends_at.order"]),
    (change("appointments", "talk", starts_at=8 * 3600.0), ["appointments.starts_at.closed"]),
    (add("areas", Area(code="H3", kind="hall", level="0", gross_m2=1.0)), []),
    (both(add("areas", Area(code="H3", kind="hall", level="0", gross_m2=1.0)), add("attractions", Attraction(code="H3", area="H3", weight=1.0))), ["attractions.area.nodes"]),
    (both(add("areas", Area(code="H3", kind="hall", level="0", gross_m2=1.0)), change("appointments", "talk", area="H3")), ["appointments.area.nodes"]),
    # Events
    (event("lanes", "W-secrity", value=1.0), ["timeline.target.unknown"]),
    (event("close", "food"), ["timeline.target.unknown"]),
    (event("evacuate", "H9"), ["timeline.target.unknown"]),
    (event("delay", "W", value=60.0), ["timeline.target.unknown"]),
    (event("evacuate", "gate"), ["timeline.target.checks"]),
    (event("service", "food", value=1e-9), ["timeline.value.range"]),
    (event("lanes", "food", value=2.5), ["timeline.value.integer"]),
    (event("lanes", "food", value=2e9), ["timeline.value.range"]),
    (change("reported", "peak", quantity="areas.H9.peak_persons"), ["reported.quantity.unknown"]),
    (change("reported", "peak", quantity="entries.by@25"), ["reported.quantity.unknown"]),
    (change("groups", "buyers", registration_share=0.1), ["groups.registration_share.service"]),
    (change("groups", "buyers", information_visits_mean=0.1), ["groups.information_visits_mean.service"]),
    (event("fail", "food", ends_at=NINE), ["timeline.ends_at.order"]),
    *((event(action, target), ["timeline.value.needed"]) for action, target in (("lanes", "food"), ("service", "food"), ("width", "walk"), ("delay", "metro"))),
    (event("width", "walk", value=1.5), ["timeline.value.range"]),
    (event("advise", "metro", value=1.5, to=("W",)), ["timeline.value.range"]),
    (event("advise", "metro", value=0.5), ["timeline.to.needed"]),
    (event("divert", "metro"), ["timeline.to.needed"]),
    (event("divert", "metro", to=("boat",)), ["timeline.to.unknown"]),
    (event("advise", "metro", to=("X", "W")), ["timeline.to.unknown"]),
    (
        both(add("streams", Stream(code="ferry", mode="walk", node="arrival", persons=0, profile="am")), event("divert", "metro", to=("ferry",))),
        ["streams.code.approaches", "streams.code.mixes"],
    ),
    (add("streams", Stream(code="ferry", mode="walk", node="arrival", persons=0, profile="am")), []),
    # Provenance
    *(
        (add("provenance", Provenance(code="p", figure=figure, mark="assumed")), ["provenance.figure.unknown"])
        for figure in ("lanes", "stations.lanes", "rooms.*.lanes", "stations.*.colour", "stations.X-*.lanes", "stations..lanes", "")
    ),
    # Ways
    (change("links", "walk", one_way=True), []),  # home is by train
    (change("links", "lane", one_way=True), ["areas.no_way_home", "areas.no_way_home", "stations.no_way_home", "stations.no_way_home"] * 2),
    (drop("links", "walk"), ["streams.node.no_way", "streams.node.no_way_step_free"]),
    (drop("links", "in"), ["areas.unreachable"] * 2 + ["stations.unreachable"] * 2 + ["areas.unreachable_step_free"] * 2 + ["stations.unreachable_step_free"] * 2),
    (drop("links", "gate"), ["stations.unreachable", "areas.unreachable", "areas.unreachable", "stations.unreachable", "stations.unreachable",
                             "stations.unreachable_step_free", "areas.unreachable_step_free", "areas.unreachable_step_free", "stations.unreachable_step_free", "stations.unreachable_step_free"]),
    (drop("links", "ramp"), ["areas.unreachable_step_free"]),
    (drop("links", "stairs", "ramp"), ["areas.unreachable", "areas.unreachable_step_free"]),
    (drop("links", "aisle2"), ["areas.unreachable", "areas.unreachable_step_free"]),
    (drop("links", "down"), ["areas.no_way_home"] * 2 + ["stations.no_way_home"] * 2 + ["areas.no_way_home"] * 2 + ["stations.no_way_home"] * 2),
    (change("links", "aisle1", one_way=True), ["areas.no_way_home"] * 4),
    (
        both(
            add("nodes", Node(code="island", level="0", area="gate", x_m=0.0, y_m=0.0)), add("gates", Gate(code="E")),
            add("stations", Station(code="E-security", node="island", service="security", gate="E", lanes=1, service_mean_s=1.0)),
            add("approaches", Approach(code="coach-E", stream="coach", gate="E", weight=1.0)),
        ),
        ["streams.node.no_way", "areas.unreachable", "areas.unreachable", "stations.unreachable", "stations.unreachable",
         "streams.node.no_way_step_free", "areas.unreachable_step_free", "areas.unreachable_step_free",
         "stations.unreachable_step_free", "stations.unreachable_step_free"],
    ),
    (
        both(
            add("nodes", Node(code="yard", level="0", area="gate", x_m=0.0, y_m=0.0)), add("gates", Gate(code="E")),
            add("stations", Station(code="E-security", node="yard", service="security", gate="E", lanes=1, service_mean_s=1.0)),
            event("advise", "coach", value=0.1, to=("E",)),
            add("links", Link(code="yard", start="yard", end="security", length_m=9.0, width_m=9.0, one_way=True)),
        ),
        ["streams.node.no_way", "streams.node.no_way_step_free"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("act", "codes"), RULES, ids=[str(number) for number in range(len(RULES))])
def test_a_rule(act, codes):
    found = problems_of(act(small_fair()))
    assert [problem.code for problem in found] == codes
    for problem in found:
        assert problem.what.endswith(".")
        assert problem.mend.endswith((".", "?"))
        assert problem.sheet in SHEETS


def test_no_rule_is_without_an_example():
    """Codes that the checks can say, as far as their text tells, are all among the examples."""
    said = {code for _, codes in RULES for code in codes}
    kinds = {code.rsplit(".", 1)[1] for code in said}
    for module in (check.rows, check.venue, check.people, check.timeline, check.provenance, reach):
        for call in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("problem_at", "_at"):
                kind = call.args[3]
                if isinstance(kind, ast.Constant):
                    assert kind.value in kinds, ast.unparse(call)
    assert kinds >= {"rows", "no_way", "unreachable", "unreachable_step_free", "no_way_home", "no_way_step_free"}


@pytest.mark.parametrize("build", [small_fair, ciie2019])
def test_the_examples_keep_every_rule(build):
    assert problems_of(build()) == ()


def test_rows_are_those_that_the_author_sees():
    plan = drop("links", "ramp")(small_fair())
    problem = problems_of(plan, lambda sheet, index: {"areas": 100}.get(sheet, 0) + index)[0]
    assert (problem.sheet, problem.row) == ("areas", 105)


def test_a_misspelled_reference_is_given_the_right_word():
    problem = problems_of(change("links", "walk", start="arival")(small_fair()))[0]
    assert str(problem) == (
        "sheet links, row 1, column start: names arival, which is not in sheet nodes. Did you mean arrival? "
        "[links.start.unknown]"
    )


HALL_LOST = ["areas.unreachable", "areas.unreachable_step_free"]  # H2, of which both ways are gone


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (change("stations", "toilets", node="kitchen"), "stations.node.unknown"),
        (change("links", "aisle1", end="H1-bb"), "links.end.unknown"),
        (change("links", "walk", start="nowhere"), "links.start.unknown"),
        (change("links", "walk", end="arrival"), "links.end.loop"),
        (add("provenance", Provenance(code="p", figure="lanes", mark="assumed")), "provenance.figure.unknown"),
        (change("streams", "coach", leaves_by="boat"), "streams.leaves_by.unknown"),
    ],
)  # fmt: skip
def test_a_hall_that_is_cut_off_is_told_beside_a_wrong_name(act, code):
    """And nothing that only follows from the name, such as that nobody comes from where the link began."""
    plan = drop("links", "stairs", "ramp")(small_fair())
    assert [each.code for each in problems_of(act(plan))] == [code, *HALL_LOST]


def test_figures_out_of_range_are_told_with_all_their_digits_and_in_their_unit():
    plan = both(change("streams", "metro", persons=5_000_001), change("edition", "tiny", opens_at=-1800.0))(
        small_fair()
    )
    told = {each.code: f"{each.what} {each.mend}" for each in problems_of(plan)}
    assert told["streams.persons.range"] == "is 5,000,001 persons. Give at most 5,000,000 persons."
    assert told["edition.opens_at.range"] == "is -00:30. Give at least 00:00."


def test_many_of_a_kind_are_counted():
    plan = small_fair()
    links = tuple(dataclasses.replace(plan.links[0], code=f"l{n}", start="nowhere") for n in range(500))
    found = [each for each in problems_of(plan.replace(links=plan.links + links)) if each.sheet != "nodes"]
    assert [problem.code for problem in found] == ["links.start.unknown"] * 51
    assert found[-1].what == "450 more problems of this kind."


# A very large plan


def large(nodes: int, halls: int = 200, stations: int = 4_000) -> Plan:
    """A grid of many halls behind the small fair's plaza, with stations, windows and events in each."""
    plan = small_fair()
    side = int((nodes - len(plan.nodes)) ** 0.5)
    count = side * side
    areas = tuple(Area(code=f"hall {n}", kind="hall", level="0", gross_m2=1e4) for n in range(halls))
    grid = tuple(
        Node(code=f"n{n}", level="0", area=f"hall {n * halls // count}", x_m=float(n % side), y_m=float(n // side), floor_m2=9.0)
        for n in range(count)
    )  # fmt: skip
    links = [Link(code="into", start="east", end="n0", length_m=9.0, width_m=9.0)]
    for n in range(count):
        if n % side:
            links.append(Link(code=f"r{n}", start=f"n{n - 1}", end=f"n{n}", length_m=9.0, width_m=9.0))
        if n >= side:
            links.append(Link(code=f"u{n}", start=f"n{n - side}", end=f"n{n}", length_m=9.0, width_m=9.0))
    food = tuple(
        Station(code=f"food {n}", node=f"n{n * count // stations}", service="catering", lanes=3, service_mean_s=30.0)
        for n in range(stations)
    )
    streams = tuple(dataclasses.replace(plan.streams[0], code=f"stream {n}", persons=10) for n in range(300))
    return plan.replace(
        areas=plan.areas + areas, nodes=plan.nodes + grid, links=plan.links + tuple(links), stations=plan.stations + food,
        lanes=tuple(LaneTime(code=f"w{n}", station=f"food {n}", starts_at=NINE, ends_at=TEN, lanes=2) for n in range(stations)),
        timeline=tuple(
            Event(code=f"e{n}", action="lanes", target=f"food {n}", starts_at=NINE, ends_at=TEN, value=2.0) for n in range(stations)
        ),
        attractions=plan.attractions + tuple(Attraction(code=f"a{n}", area=f"hall {n}", weight=1.0) for n in range(halls // 10)),
        streams=plan.streams + streams,
        groups=plan.groups + tuple(Group(code=f"g{n}") for n in range(300)),
        approaches=plan.approaches + tuple(Approach(code=f"s{n}", stream=f"stream {n}", gate="W", weight=1.0) for n in range(300)),
        mixes=plan.mixes + tuple(Mix(code=f"m{n}", stream=f"stream {n}", group=f"g{n}", weight=1.0) for n in range(300)),
        appointments=plan.appointments + tuple(
            Appointment(code=f"t{n}", group=f"g{n}", area=f"hall {n % halls}", persons=1, starts_at=TEN, lasts_s=60.0) for n in range(300)
        ),
        provenance=plan.provenance + tuple(
            Provenance(code=f"p{n}", figure=f"nodes.n{count - 1 - n}.floor_m2", mark="assumed") for n in range(300)
        ),
    )  # fmt: skip


def cpu_s(plan: Plan) -> float:
    best = float("inf")
    for _ in range(2):
        began = time.process_time()
        assert {problem.code for problem in problems_of(plan)} <= {"nodes.rows"}  # too large to play, not to check
        best = min(best, time.process_time() - began)
    return best


def test_the_time_of_a_check_grows_with_the_plan_not_with_its_square():
    small, big = cpu_s(large(8_000, 50, 1_000)), cpu_s(large(32_000))
    assert big < 8 * small  # four times as many rows; the square would be sixteen times
    assert big < 5.0


def test_a_large_plan_that_is_all_wrong_is_told_in_seconds():
    plan = large(32_000)
    wrong = plan.replace(nodes=tuple(dataclasses.replace(node, code=f"x{node.code}") for node in plan.nodes))
    began = time.process_time()
    found = problems_of(wrong)
    assert time.process_time() - began < 5.0
    assert len(found) < 400
