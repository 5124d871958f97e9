"""People who would come while the clock does not run, or to where there is no room for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence


def arrivals_beyond_the_clock(plan: Plan, row_of: Callable[[str, int], int]) -> Iterator[Problem]:
    """Who comes before the clock starts or after it ends: the day would crowd them into its first or last second."""
    if len(plan.edition) != 1 or plan.day.clock_ends_at - plan.day.clock_starts_at < 3600:
        return  # the clock itself is to be mended first
    day = plan.day
    latest: dict[str, float] = {}
    for index, slot in enumerate(plan.profiles):
        if slot.weight <= 0:
            continue
        latest[slot.profile] = max(latest.get(slot.profile, 0.0), slot.ends_at)
        for column, beyond, what in (
            ("starts_at", slot.starts_at < day.clock_starts_at, Sentence("is before clock_starts_at.")),
            ("ends_at", slot.ends_at > day.clock_ends_at, Sentence("is after clock_ends_at.")),
        ):
            if beyond:
                mend = Sentence("Let people come while the clock runs, or let it run longer.")
                yield _clock("profiles", row_of("profiles", index), column, what, mend)
    profile_of = {stream.code: stream.profile for stream in plan.streams}
    for index, event in enumerate(plan.timeline):
        last_s = latest.get(profile_of.get(event.target, ""), 0.0)
        last_s = last_s if event.ends_at is None else min(last_s, event.ends_at)
        late = event.starts_at < last_s <= day.clock_ends_at < last_s + (event.value or 0.0)
        if event.action == "delay" and late:
            mend = Sentence("Give a shorter delay, or let the clock run longer.")
            yield _clock(
                "timeline", row_of("timeline", index), "value", Sentence("brings people after clock_ends_at."), mend
            )


def arrivals_on_bounded_floors(plan: Plan, row_of: Callable[[str, int], int]) -> Iterator[Problem]:
    """Streams that arrive on a bounded floor: nobody can be kept from arriving, so it must hold whoever comes."""
    bounded = {node.code for node in plan.nodes if node.floor_m2 is not None}
    for index, stream in enumerate(plan.streams):
        if stream.node in bounded:
            what = Sentence(
                "{stream} arrives at {node}, whose standing floor is bounded.", stream=stream.code, node=stream.node
            )
            mend = Sentence("Leave the standing floor of {node} empty: it must hold whoever comes.", node=stream.node)
            yield Problem(
                code="streams.node.floor", sheet="streams", row=row_of("streams", index), column="node",
                what=what, mend=mend,
            )  # fmt: skip


def _clock(sheet: str, row: int, column: str, what: Sentence, mend: Sentence) -> Problem:
    return Problem(code=f"{sheet}.{column}.clock", sheet=sheet, row=row, column=column, what=what, mend=mend)
