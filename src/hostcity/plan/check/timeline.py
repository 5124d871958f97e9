"""What happens during the day: targets, values and whom it names."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from hostcity.plan.cells import number_text
from hostcity.plan.check.finding import (
    DEPARTURES,
    FILL_IN,
    MOST_COMPARED,
    TURNED_ROUND,
    RowOf,
    problem_at,
    unknown_code,
)
from hostcity.plan.evacuations import evacuation_problems
from hostcity.plan.event_clashes import beyond_the_clock, event_clashes
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.rows import Event
from hostcity.plan.sentences import Sentence

WHOLE = Sentence("Write a whole number.")
_TARGETS = {
    "lanes": "stations", "service": "stations", "fail": "stations", "width": "links", "close": "links",
    "delay": "streams", "divert": "streams", "evacuate": "areas", "advise": "streams", "shut": "openings",
}  # fmt: skip
#: Lanes, factor on service times, shares, seconds.
_VALUES = {
    "lanes": (0.0, 500.0), "service": (0.01, 100.0), "width": (0.0, 1.0), "advise": (0.0, 1.0),
    "delay": (0.0, 86_400.0), "evacuate": (0.0, 7200.0),
}  # fmt: skip
_NEED_VALUE = {"lanes", "service", "width", "delay"}
_TO = {"divert": "streams", "advise": "gates"}


def events(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Targets, values and times of what happens."""
    codes = {sheet: {row.code: None for row in getattr(plan, sheet)} for sheet in {*_TARGETS.values(), *_TO.values()}}
    codes["openings"] |= {row.code: None for row in plan.connectors}  # both can be shut
    for index, event in enumerate(plan.timeline):
        row = row_of("timeline", index)
        if event.action in _TARGETS:
            yield from _event_problems(codes, event, row)
        held = _checks_in(plan, event.target) if event.action == "evacuate" else ""
        if held:
            what = Sentence("{area} holds {station}, whose queue would go on.", area=event.target, station=held)
            mend = Sentence("Let that station fail instead.")
            yield problem_at("timeline", row, "target", "checks", what, mend)
        yield from evacuation_problems(plan, event, row)
        yield from _beyond_the_clock(plan, event, row)
    yield from event_clashes(plan, row_of)


def _event_problems(codes: dict[str, dict[str, None]], event: Event, row: int) -> Iterator[Problem]:
    sheet = _TARGETS[event.action]
    if event.target not in codes[sheet]:
        yield _unknown_target(event, row, sheet, codes[sheet])
    if event.ends_at is not None and event.ends_at <= event.starts_at:
        yield problem_at("timeline", row, "ends_at", "order", *TURNED_ROUND)
    if event.action in _NEED_VALUE and event.value is None:
        what = Sentence("is empty, but {action} needs one.", action=event.action)
        yield problem_at("timeline", row, "value", "needed", what, FILL_IN)
    low, high = _VALUES.get(event.action, (0.0, float("inf")))
    if event.value is not None and not low <= event.value <= high:
        what = Sentence("is {value}.", value=number_text(event.value))
        mend = Sentence(
            "{action} takes {low} to {high}.", action=event.action, low=number_text(low), high=number_text(high)
        )
        yield problem_at("timeline", row, "value", "range", what, mend)
    if event.action == "lanes" and event.value is not None and event.value % 1 > 0.0:
        yield problem_at(
            "timeline", row, "value", "integer", Sentence("is {value}.", value=number_text(event.value)), WHOLE
        )
    if event.action in _TO:
        if not event.to:
            what = Sentence("is empty, but {action} needs it.", action=event.action)
            mend = Sentence("Name rows of sheet {sheet}, separated by ;.", sheet=_TO[event.action])
            yield problem_at("timeline", row, "to", "needed", what, mend)
        known = codes[_TO[event.action]]
        for code in event.to:
            if code not in known:
                yield unknown_code("timeline", row, "to", code, _TO[event.action], known)


def _unknown_target(event: Event, row: int, sheet: str, known: dict[str, None]) -> Problem:
    if event.action != "shut":
        return unknown_code("timeline", row, "target", event.target, sheet, known)
    near = difflib.get_close_matches(event.target, known, 1) if len(known) <= MOST_COMPARED else []
    what = Sentence("names {value}, which is neither an opening nor a connector.", value=event.target)
    mend = (
        Sentence("Did you mean {near}?", near=near[0])
        if near
        else Sentence("Give the code of a row of sheet openings or connectors; close shuts a link.")
    )
    return problem_at("timeline", row, "target", "unknown", what, mend)


def _beyond_the_clock(plan: Plan, event: Event, row: int) -> Iterator[Problem]:
    """An event of which nothing happens: the day would be shown as one on which it did."""
    if event.ends_at is not None and event.ends_at <= event.starts_at:
        return  # told already
    ends_at = float("inf") if event.ends_at is None else event.ends_at
    beyond = beyond_the_clock(plan, event.starts_at, ends_at)
    if beyond:
        column, kind, what, mend = beyond
        yield problem_at("timeline", row, column, kind, what, mend)


def _checks_in(plan: Plan, area: str) -> str:
    """A check or departure of an area, "" = none."""
    nodes = {node.code for node in plan.nodes if node.area == area}
    kept = ("security", "badge", "registration", *DEPARTURES)
    return next((each.code for each in plan.stations if each.node in nodes and each.service in kept), "")
