"""The events of the day in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hostcity.plan.plan import Plan
from hostcity.report.clocks import minutes_text
from hostcity.report.quantities import joined
from hostcity.report.terms import TERMS
from hostcity.report.words import Both, named, say

if TYPE_CHECKING:  # names of places are asked for without the compiled engine behind them
    from hostcity.studies import Rehearsal
    from hostcity.studies.figures import EventFigure


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One event as a person reads it."""

    figure: EventFigure
    target: Both
    what: Both
    out_95: Both | None  # after how long 95 of 100 were out; None = nothing to empty
    out_all: Both | None


def events_of(rehearsal: Rehearsal) -> tuple[Told, ...]:
    """Every event that took place, by time."""
    plan = rehearsal.plan
    return tuple(
        Told(
            figure=each,
            target=target_name(plan, each.action, each.target),
            what=event_text(plan, each),
            out_95=_out(each, each.out_95_s),
            out_all=_out(each, each.out_all_s),
        )
        for each in rehearsal.figures.events
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
    if event.action == "delay":
        return say("comes {n} minutes later", n=f"{value / 60:g}")
    if event.action == "divert":
        streams = {row.code: named(row) for row in plan.streams}
        return say("its arrival point is closed; its people come with: {names}", names=_names(streams, event.to))
    if event.action == "advise":
        gates = {row.code: named(row) for row in plan.gates}
        names = _names(gates, event.to)
        return say("{n} % of its people follow the advice to use: {names}", n=f"{100 * value:g}", names=names)
    return say("evacuated: people leave, and nobody enters while it lasts")


def target_name(plan: Plan, action: str, code: str) -> Both:
    """What an event happens to, by name and code."""
    if action in ("lanes", "service", "fail"):
        return station_name(plan, code)
    if action in ("width", "close"):
        return link_name(plan, code)
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


def _area_of(plan: Plan, node: str) -> Both:
    area = next(row.area for row in plan.nodes if row.code == node)
    return next(named(row) for row in plan.areas if row.code == area)


def _names(names: dict[str, Both], codes: tuple[str, ...]) -> Both:
    return joined(names.get(code, Both(code, code)) for code in codes)


def _out(event: EventFigure, seconds: float) -> Both | None:
    if not event.persons_before:
        return None
    if math.isnan(seconds):
        return say("not while it was closed")
    return say("{n} min", n=minutes_text(seconds))
