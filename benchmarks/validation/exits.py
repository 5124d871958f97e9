"""Ways out: how many, which, and what happens when one closes."""

from __future__ import annotations

import math

from benchmarks.validation.check import BEHAVIOR, NIST, RIMEA, VERIFICATION, Check
from benchmarks.validation.places import ALARM_S, evacuated, way
from hostcity.engines.day import DayResult, rehearse_day
from hostcity.engines.day.results import HOME
from hostcity.plan.rows import Event, Link

CORNERS = ("north", "east", "south", "west")


def _clear_s(day: DayResult) -> float:
    """Seconds from the alarm until the last person is out; infinite when somebody is not."""
    return float(day.visitor_left_s.max() - ALARM_S) if (day.visitor_end == HOME).all() else math.inf


def _through(day: DayResult, code: str) -> int:
    return int(day.link_flow[day.link_codes.index(code)].sum())


def rimea_9_half_the_exits() -> Check:
    """1,000 people in a room of four corners, each with an exit of 1 m; then two of the exits are closed."""
    links = [way(f"out-{corner}", corner, "home", 5.0, 20.0, door_m=1.0) for corner in CORNERS]
    links += [
        Link(code=f"side-{a}", start=a, end=b, length_m=15.0, width_m=20.0)
        for a, b in zip(CORNERS, (*CORNERS[1:], CORNERS[0]), strict=True)
    ]
    closed = [
        Event(code=f"no-{code}", action="close", target=f"out-{code}", starts_at=0.0) for code in ("east", "west")
    ]
    four_s, two_s = (
        _clear_s(rehearse_day(evacuated(dict.fromkeys(CORNERS, 250), links, timeline=events, route_update_s=30.0)))
        for events in ((), closed)
    )
    return Check(
        name="rimea_9_half_the_exits", title="Four exits, then two", kind=BEHAVIOR,
        figure=f"{four_s:.0f} s, then {two_s:.0f} s: x {two_s / four_s:.3f}", expectation="x 2", tolerance="± 5 %",
        is_met=abs(two_s / four_s / 2.0 - 1.0) <= 0.05, source=RIMEA.format(9),
        note="RiMEA asks to document, not to exclude; the limit is ours. Routes are renewed every 30 s.",
    )  # fmt: skip


def rimea_10_assigned_exits() -> Check:
    """Two groups of 200, each with an exit of its own that lies behind the other's."""
    links = (
        way("out-a", "a", "home", 40.0, 10.0), way("out-b", "b", "home", 40.0, 10.0),
        Link(code="between", start="a", end="b", length_m=300.0, width_m=10.0),
    )  # fmt: skip
    day = rehearse_day(evacuated({"a": 200, "b": 200}, links))
    took = {code: _through(day, f"out-{code}") for code in "ab"}
    return Check(
        name="rimea_10_assigned_exits", title="Allocated exits", kind=VERIFICATION,
        figure=f"{took['a']} and {took['b']} of 200 each", expectation="200 by each", tolerance="exact",
        is_met=took == {"a": 200, "b": 200}, source=f"{RIMEA.format(10)}; {NIST.format('3.1')}",
        note="A plan allocates exits by making the other way long: there is no table of persons and exits.",
    )  # fmt: skip


def rimea_11_exit_choice() -> Check:
    """1,000 people, one exit of 1.5 m at 10 m and one at 25 m; routes follow the crowding every 10 s."""
    links = (way("near", "room", "home", 10.0, 20.0, door_m=1.5), way("far", "room", "home", 25.0, 20.0, door_m=1.5))
    day = rehearse_day(evacuated({"room": 1000}, links, route_update_s=10.0))
    alone = rehearse_day(evacuated({"room": 1000}, links[:1]))
    near = _through(day, "near")
    return Check(
        name="rimea_11_exit_choice", title="Choice between a near and a far exit", kind=BEHAVIOR,
        figure=f"{near} near, {1000 - near} far; out in {_clear_s(day):.0f} s, by the near one alone in {_clear_s(alone):.0f} s",
        expectation="more by the near one, some by the far one, all sooner", tolerance="order",
        is_met=500 < near < 1000 and _clear_s(day) < _clear_s(alone), source=RIMEA.format(11),
    )  # fmt: skip


def rimea_14_route_choice() -> Check:
    """A short way and one that takes 10 s longer, nobody in the way: the share of the longer is the logit's."""
    links = (way("short", "room", "home", 26.8, 100.0), way("long", "room", "home", 40.2, 100.0))
    persons = 4000
    day = rehearse_day(evacuated({"room": persons}, links, delay_s=600.0))
    share, asked = _through(day, "long") / persons, 1.0 / (1.0 + math.e)
    limit = 1.96 * math.sqrt(asked * (1.0 - asked) / persons)
    return Check(
        name="rimea_14_route_choice", title="Choice between a short and a long way", kind=VERIFICATION,
        figure=f"{100 * share:.2f} % take the long one", expectation=f"{100 * asked:.2f} % (logit, scale 10 s)",
        tolerance=f"± {100 * limit:.2f} (95 %)", is_met=abs(share - asked) <= limit, source=RIMEA.format(14),
        note="RiMEA asks to document which way is taken. That people choose so is assumed.",
    )  # fmt: skip


def nist_4_1_exit_closes() -> Check:
    """The nearer of two exits closes 5 minutes after the alarm, with people on their way to it."""
    closing_s = ALARM_S + 300.0
    links = (way("near", "room", "home", 10.0, 20.0, door_m=1.0), way("far", "room", "home", 60.0, 20.0, door_m=1.0))
    event = Event(code="shut", action="close", target="near", starts_at=closing_s)
    day = rehearse_day(evacuated({"room": 1000}, links, timeline=(event,)))
    at = day.link_codes.index("near")
    slot, minute = int(closing_s / 300.0), int(closing_s / 60.0) - 1
    inside = round(float(day.link_density_per_m2[minute, at]) * 10.0 * 20.0)
    after, near, far = int(day.link_flow[at, 0, slot:].sum()), _through(day, "near"), _through(day, "far")
    return Check(
        name="nist_4_1_exit_closes", title="An exit that closes", kind=VERIFICATION,
        figure=f"{inside} in the exit then, {after} out of it later; {near} near, {far} far, "
        f"{int((day.visitor_end == HOME).sum())} home",
        expectation="who is in it leaves by it, nobody enters, all get home", tolerance="± 2 in it, else exact",
        is_met=abs(inside - after) <= 2 and near + far == 1000 and far > 0 and _clear_s(day) < math.inf,
        source=NIST.format("4.1"), note="Who is in the closed exit walks on: nobody turns back on a link.",
    )  # fmt: skip


QUICK = (
    rimea_9_half_the_exits, rimea_10_assigned_exits, rimea_11_exit_choice, rimea_14_route_choice, nist_4_1_exit_closes,
)  # fmt: skip
SLOW = ()
