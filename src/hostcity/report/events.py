"""The events of the day in words."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hostcity.plan.closings import closes
from hostcity.plan.plan import Plan
from hostcity.report.clocks import minutes_text
from hostcity.report.curves import curve_of
from hostcity.report.quantities import joined
from hostcity.report.terms import TERMS
from hostcity.report.words import Both, named, say

if TYPE_CHECKING:  # names of places are asked for without the compiled engine behind them
    from hostcity.report.curves import Curve
    from hostcity.studies import Rehearsal
    from hostcity.studies.clearances import Clearance
    from hostcity.studies.figures import EventFigure


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One event as a person reads it."""

    figure: EventFigure
    target: Both
    what: Both
    out_50: Both | None  # after how long half of them were out; None = nothing to empty
    out_95: Both | None
    out_all: Both | None
    curve: Curve | None  # how an area emptied
    exits: tuple[tuple[Both, int], ...]  # by name, the most used first


def events_of(rehearsal: Rehearsal) -> tuple[Told, ...]:
    """Every event that took place, by time."""
    plan = rehearsal.plan
    return tuple(
        Told(
            figure=each,
            target=target_name(plan, each.action, each.target),
            what=event_text(plan, each),
            out_50=_out(each.clearance, "out_50_s"),
            out_95=_out(each.clearance, "out_95_s"),
            out_all=_out(each.clearance, "out_all_s"),
            curve=curve_of(each.clearance) if each.clearance else None,
            exits=tuple((link_name(plan, link), persons) for link, persons in each.clearance.exits)
            if each.clearance
            else (),
        )
        for each in rehearsal.figures.events
    )


def together_of(rehearsal: Rehearsal) -> Told | None:
    """All areas that were evacuated at once; None when that was one or none."""
    cleared = rehearsal.figures.cleared
    first = next((each for each in rehearsal.figures.events if each.clearance), None)
    if not cleared or not first:
        return None
    return Told(
        figure=dataclasses.replace(first, clearance=cleared),
        target=say("all evacuated areas together"),
        what=Both("", ""),
        out_50=_out(cleared, "out_50_s"),
        out_95=_out(cleared, "out_95_s"),
        out_all=_out(cleared, "out_all_s"),
        curve=curve_of(cleared),
        exits=tuple((link_name(rehearsal.plan, link), persons) for link, persons in cleared.exits),
    )


def event_text(plan: Plan, event: EventFigure) -> Both:
    """What an event does to its target."""
    value = event.value or 0.0
    if event.action == "lanes":
        return say("{n} lanes open", n=f"{value:g}")
    if event.action == "service":
        return say("every service takes {n} times as long", n=f"{value:g}")
    if event.action == "fail":
        return say("fails: no lane serves")
    if event.action == "width":
        return say("{n} % of its width is left", n=f"{100 * value:g}")
    if event.action == "close":
        return say("closed: nobody enters it")
    if event.action == "shut":
        if any(closes(event.target, row.code) for row in plan.links):
            return say("out of service: nobody passes it")
        return say("out of service; no walkway has its code, so nobody's way changes on this day")
    if event.action == "delay":
        return say("comes {n} minutes later", n=f"{value / 60:g}")
    if event.action == "divert":
        streams = {row.code: named(row) for row in plan.streams}
        return say("its arrival point is closed; its people come with: {names}", names=_names(streams, event.to))
    if event.action == "advise":
        gates = {row.code: named(row) for row in plan.gates}
        names = _names(gates, event.to)
        return say("{n} % of its people follow the advice to use: {names}", n=f"{100 * value:g}", names=names)
    if event.to:
        return say(
            "evacuated by {names} only: people leave, and nobody enters while it lasts",
            names=joined(_exit_names(plan, event.to)),
        )
    if any(row.code == event.code and row.exits == "nearest" for row in plan.timeline):
        return say("evacuated by the nearest exits: people leave, and nobody enters while it lasts")
    return say("evacuated: people leave, and nobody enters while it lasts")


def _exit_names(plan: Plan, codes: tuple[str, ...]) -> Iterator[Both]:
    """Links, areas and nodes by which people leave, by name where they have one."""
    links, areas = {row.code for row in plan.links}, {row.code: named(row) for row in plan.areas}
    for code in codes:
        yield link_name(plan, code) if code in links else areas.get(code, Both(code, code))


def target_name(plan: Plan, action: str, code: str) -> Both:
    """What an event happens to, by name and code."""
    if action in ("lanes", "service", "fail"):
        return station_name(plan, code)
    if action in ("width", "close"):
        return link_name(plan, code)
    if action == "shut":
        return drawn_name(plan, code)
    rows = plan.areas if action == "evacuate" else plan.streams
    return next((named(row) for row in rows if row.code == code), Both(code, code))


def station_name(plan: Plan, code: str) -> Both:
    """A station by its service, its gate or area, and its code."""
    station = next((row for row in plan.stations if row.code == code), None)
    if station is None:
        return Both(code, code)
    place = next((named(row) for row in plan.gates if row.code == station.gate), None) or _area_of(plan, station.node)
    return say("{service}, {place} ({code})", service=say(TERMS[station.service]), place=place, code=code)


def link_name(plan: Plan, code: str) -> Both:
    """A walkway by its kind, the areas that it joins, and its code."""
    link = next((row for row in plan.links if row.code == code), None)
    if link is None:
        return Both(code, code)
    start, end = _area_of(plan, link.start), _area_of(plan, link.end)
    place = start if start == end else Both(f"{start.en} – {end.en}", f"{start.zh} – {end.zh}")
    return say("{service}, {place} ({code})", service=say(TERMS[link.kind]), place=place, code=code)


def drawn_name(plan: Plan, code: str) -> Both:
    """An opening or a connector by its kind, the areas that it joins, and its code."""
    for opening in plan.openings:
        if opening.code == code:
            return _between(plan, "door", (opening.area, opening.other), code)
    for connector in plan.connectors:
        if connector.code == code:
            return _between(plan, connector.kind, (connector.start, connector.end), code)
    return Both(code, code)


def _between(plan: Plan, kind: str, areas: tuple[str, str], code: str) -> Both:
    names = [named(row) for each in dict.fromkeys(areas) for row in plan.areas if row.code == each]
    place = Both(" – ".join(each.en for each in names), " – ".join(each.zh for each in names))
    return say("{service}, {place} ({code})", service=say(TERMS[kind]), place=place, code=code)


def _area_of(plan: Plan, node: str) -> Both:
    area = next(row.area for row in plan.nodes if row.code == node)
    return next(named(row) for row in plan.areas if row.code == area)


def _names(names: dict[str, Both], codes: tuple[str, ...]) -> Both:
    return joined(names.get(code, Both(code, code)) for code in codes)


def _out(cleared: Clearance | None, name: str) -> Both | None:
    if not cleared or not cleared.persons_before:
        return None
    seconds = getattr(cleared, name)
    if math.isnan(seconds):
        return say("not while it was closed")
    return say("{n} min", n=minutes_text(seconds))
