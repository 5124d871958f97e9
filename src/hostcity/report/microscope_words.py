"""How the figures of the microscope are said: names, values, what is assumed, what is offered."""

from __future__ import annotations

import math

from hostcity.plan.cells import clock_text
from hostcity.plan.plan import Plan
from hostcity.report.events import link_name
from hostcity.report.words import Both, named, say, unit_name
from hostcity.studies.microscope import Asked, Beside, Offer, Seen
from hostcity.studies.microscope.asked import LINKS
from hostcity.studies.microscope.beside import FIGURES

PERSONS, SECONDS, AREA, DENSITY, FLOW = "persons", "s", "m2", "persons/m2", "persons/(m s)"
DIGITS = {PERSONS: 0, SECONDS: 1, AREA: 0, DENSITY: 2, FLOW: 3}


def beside_name(row: Beside) -> Both:
    """What a figure is called."""
    return {
        "persons": say("persons in view"),
        "gone": say("of them gone when the minutes end"),
        "way_s": say("mean time in view"),
        "served": say("served at the check"),
        "until_served_s": say("from coming into view until being served, mean"),
        "queue_persons": say("most persons in queues at once"),
        "queue_m2": say("floor that they take"),
        "queue_per_m2": say("persons on a square meter of it"),
        "flow_per_m_per_s": say("flow through the busiest opening"),
        "flow_peak_per_m_per_s": say("the same in its busiest minute"),
        "density_per_m2": say("greatest density"),
    }[row.figure]


def beside_text(row: Beside, value: float) -> str:
    """A value with as many digits as it is worth; – when there is none."""
    return "–" if math.isnan(value) else f"{value:,.{DIGITS[FIGURES[row.figure]]}f}"


def beside_note(plan: Plan, row: Beside) -> Both:
    """What the two figures are, where they are not made alike."""
    nothing = Both("", "")
    return {
        "queue_m2": say("day: persons over the cap of the floor; plane: Voronoi cells, cut off at 1 m"),
        "queue_per_m2": say("day: the cap itself; plane: also where lines stand apart"),
        "flow_per_m_per_s": say("both ways together; what came, not what could pass"),
        "density_per_m2": say("day: of a whole link or floor; plane: Voronoi density of 2 m by 2 m"),
        "way_s": say("who came into view in these minutes and is gone in both"),
        "until_served_s": say("who came into view in these minutes and was served in both"),
    }.get(row.figure, nothing)


def unit_text(row: Beside) -> Both:
    """The unit of a figure as people read it."""
    unit = unit_name(FIGURES[row.figure])
    return Both(unit.en.replace("m2", "m²"), unit.zh)


def place_text(plan: Plan, asked: Asked) -> Both:
    """The place that was looked at."""
    if asked.sheet == LINKS:
        return link_name(plan, asked.code)
    area = next(node.area for node in plan.nodes if node.code == asked.code)
    return say("{place} ({code})", place=next(named(row) for row in plan.areas if row.code == area), code=asked.code)


def minutes_text(asked: Asked) -> str:
    """From when until when."""
    return f"{clock_text(asked.starts_s)}–{clock_text(asked.ends_s)}"


def offer_text(plan: Plan, offer: Offer) -> Both:
    """What the trial of the opening gave, and what follows."""
    flows = offer.trial.flow_per_m_per_s
    values = {
        "link": link_name(plan, offer.link), "persons": offer.trial.persons, "n": len(flows), "opening": f"{offer.trial.opening_m:g}",
        "flow": f"{offer.trial.mean:.2f}", "low": f"{min(flows):.2f}", "high": f"{max(flows):.2f}",
        "plan": f"{offer.plan_flow_per_m_per_s:.2f}",
    }  # fmt: skip
    if len(flows) == 1:
        return say(
            "{link}: {persons} waiting persons went through an opening of {opening} m in one trial: {flow} persons/(m s). "
            "The plan has {plan}.",
            **values,
        )
    return say(
        "{link}: {persons} waiting persons went through an opening of {opening} m in {n} trials: {flow} persons/(m s), from "
        "{low} to {high}. The plan has {plan}.",
        **values,
    )


def verdict_text(offer: Offer) -> Both:
    """Whether an override is offered."""
    if not offer.override:
        return say("Both agree as well as the trials do among themselves: nothing is offered.")
    low, high = offer.range_m
    return say(
        "With an opening of {door} m (from {low} to {high}) in place of {opening} m the day's link lets through as many. "
        "The trial is the model's own: measured crowds let through 1.2 to 1.9.",
        door=f"{offer.door_m:g}", low=f"{low:g}", high=f"{high:g}", opening=f"{offer.opening_m:g}",
    )  # fmt: skip


def assumptions_of(seen: Seen) -> list[Both]:
    """What is assumed of the place and its people, in order of what it may change."""
    cut, arms = seen.cut, [arm for arm in seen.cut.cut_out.arms if arm.code]
    found = [
        say("Walls are made from the plan's widths, lengths, openings and coordinates; nothing else is known of them.")
    ]
    if cut.cut_out.lanes:
        row = cut.cut_out.lanes[0]
        found.append(
            say(
                "Lanes of {station} stand {pitch} m apart before the link that most go on by; who comes takes the lane with "
                "the fewest people and stays with it. In the day all stand in one line. Service times contain the step forward.",
                station=row.code, pitch=f"{row.pitch_m:.1f}",
            )
        )  # fmt: skip
    if cut.floor.turned_rad > math.radians(1):
        found.append(
            say(
                "Links were turned apart by up to {angle}°, for at their bearings they would overlap.",
                angle=f"{math.degrees(cut.floor.turned_rad):.0f}",
            )
        )
    if cut.longer_m > 0.5:
        found.append(
            say(
                "The node takes room: ways are up to {length} m longer than in the plan, or shown further than 25 m.",
                length=f"{cut.longer_m:.0f}",
            )
        )
    if any(arm.opening_m < arm.width_m for arm in arms):
        found.append(say("Narrowest openings stand where the link meets the node; of a link by itself, in its middle."))
    if len(arms) < len(cut.cut_out.arms):
        found.append(
            say("Who stays here, waits or is served by anything but the check goes into a bay and comes out of it.")
        )
    if seen.asked.sheet != LINKS:
        found.append(say("People walk straight across the node; the day leads them by its one point."))
    found.append(
        say("Who comes and who goes keep to the right, each on a part of the width according to their number.")
    )
    if seen.asked.sheet == LINKS:
        found.append(say("All floor is level; people walk at the speed of the link's kind."))
    else:
        found.append(say("All floor is level: stairs and escalators are walked like floors."))
    if seen.played.held_out:
        found.append(
            say(
                "Up to {n} persons waited at the edge of the picture, for there was no room to step in.",
                n=seen.played.held_out,
            )
        )
    return found
