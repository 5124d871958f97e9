"""Sentences that carry figures."""

from __future__ import annotations

import math
from dataclasses import dataclass

from hostcity.engines.day import Overload
from hostcity.plan.plan import Plan
from hostcity.report.clocks import limit_text, minute, minutes_text
from hostcity.report.figure_names import figure_name
from hostcity.report.quantities import joined
from hostcity.report.terms import OF_DENSITY, TERMS
from hostcity.report.words import Both, named, say
from hostcity.studies import Rehearsal
from hostcity.studies.promise import Verdict

HOUR_S = 3600.0
UNMEASURED = ("assumed", "derived")
MOST_NAMED = 4  # figures in one sentence
HELD_SHARE = 0.01  # of all who come: from so many on it is a warning that they are held outside


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """One half of the promise beside what was played, for a bar. Shares are percent of the bar."""

    what: Both
    took_s: float
    limit_s: float
    took_share: float
    limit_share: float

    @property
    def is_kept(self) -> bool:
        """Whether this half holds."""
        return self.took_s <= self.limit_s


def verdict_sentence(verdict: Verdict) -> Both:
    """The verdict with the figures behind it."""
    values = {
        "from": minute(verdict.peak_starts_s),
        "to": minute(verdict.peak_starts_s + HOUR_S),
        "peak": _got_in(verdict.peak_p99_s, verdict.peak_limit_s),
        "limit": limit_text(verdict.peak_limit_s),
        "other": _within(verdict.other_p99_s, verdict.other_limit_s),
        "other_from": minute(verdict.other_starts_s),
        "other_limit": limit_text(verdict.other_limit_s),
    }
    if math.isnan(verdict.other_starts_s):
        return say(
            "In the busiest hour, {from}–{to}, {peak} (promised: {limit}); nobody came at any other time.",
            **values,
        )
    return say(
        "In the busiest hour, {from}–{to}, {peak} (promised: {limit}); "
        "in the worst other quarter of an hour, from {other_from}, {other} (promised: {other_limit}).",
        **values,
    )


def _got_in(seconds: float, limit_s: float) -> Both:
    if math.isinf(seconds):
        return say("more than 1 in 100 visitors never got in")
    return say("99 of 100 visitors got in within {n} minutes", n=minutes_text(seconds, limit_s))


def _within(seconds: float, limit_s: float) -> Both:
    if math.isinf(seconds):
        return say("more than 1 in 100 never got in")
    return say("within {n} minutes", n=minutes_text(seconds, limit_s))


def wait_text(seconds: float, limit_s: float = math.nan) -> Both:
    """A wait in minutes, beside a limit on its side of it, or that it never ends."""
    return say("never") if math.isinf(seconds) else say("{n} min", n=minutes_text(seconds, limit_s))


def limits_of(verdict: Verdict) -> tuple[Limit, Limit]:
    """Both halves of the promise on one scale."""
    pairs = (
        (say("Busiest hour"), verdict.peak_p99_s, verdict.peak_limit_s),
        (say("Worst other quarter of an hour"), verdict.other_p99_s, verdict.other_limit_s),
    )
    most_s = 1.08 * max(60.0, *(each for _, *both in pairs for each in both if math.isfinite(each)))

    def share(seconds: float) -> float:
        return round(100 * min(1.0, seconds / most_s), 2)

    peak, other = (
        Limit(what=what, took_s=took_s, limit_s=limit_s, took_share=share(took_s), limit_share=share(limit_s))
        for what, took_s, limit_s in pairs
    )
    return peak, other


def overload_text(overload: Overload) -> Both:
    """Where and when a day went beyond what can be trusted, and by how much."""
    if overload.reason in OF_DENSITY:
        figure = say("{n} persons/m²", n=f"{overload.figure:.2f}")
    else:
        figure = say("{n} persons", n=f"{overload.figure:,.0f}")
    values = {"at": minute(overload.at_s), "reason": say(TERMS[overload.reason]), "figure": figure}
    if not overload.place:
        return say("at {at}: {reason} ({figure})", **values)
    if overload.event:
        values |= {"place": overload.place, "event": overload.event}
        return say("{place} at {at}: {reason} ({figure}), by event {event} of the plan", **values)
    return say("{place} at {at}: {reason} ({figure})", place=overload.place, **values)


def deciding_sentence(rehearsal: Rehearsal) -> Both | None:
    """Which figures that nobody measured turn the verdict when they are wrong by their range; None without any."""
    swings = rehearsal.swings
    deciding = [each for each in swings.swings if each.decides and each.mark in UNMEASURED] if swings else []
    if not swings or not deciding or not rehearsal.day.is_valid:
        return None
    names = joined(figure_name(rehearsal.plan, each.figure) for each in deciding[:MOST_NAMED])
    if len(deciding) > MOST_NAMED:
        names = say("{names} and {n} more", names=names, n=len(deciding) - MOST_NAMED)
    if swings.base.kept != rehearsal.verdict.kept:
        return say(
            "Whether the gates played by themselves keep the promise hangs on each of these assumed or derived figures, "
            "when it alone is wrong by its range: {names}.",
            names=names,
        )
    if rehearsal.verdict.kept:
        return say(
            "Each of these assumed or derived figures would break the promise if it alone were wrong by its range: "
            "{names}.",
            names=names,
        )
    return say(
        "Each of these assumed or derived figures would mend the promise if it alone were wrong by its range: {names}.",
        names=names,
    )


def warnings_as_text(rehearsal: Rehearsal) -> list[Both]:
    """What a reader must know of a run that is valid all the same."""
    day, figures = rehearsal.day, rehearsal.figures
    found = []
    if day.rotations:
        found.append(
            say(
                "{n} persons changed places in jams that could not dissolve otherwise: the walkways were overloaded.",
                n=f"{day.rotations:,}",
            )
        )
    if day.gate_hold_s > 0:
        found.append(
            say("Security held people for {n} minutes because it was too full inside.", n=f"{day.gate_hold_s / 60:.0f}")
        )
    held = held_sentence(rehearsal)
    if held and figures.held.most_persons > HELD_SHARE * day.visitor_end.size:
        found.append(held)
    return [*found, *still_there(rehearsal)]


def still_there(rehearsal: Rehearsal) -> list[Both]:
    """Who was not home when the clock ended."""
    figures, found = rehearsal.figures, []
    if figures.still_inside:
        found.append(say("{n} persons were still inside when the clock ended.", n=f"{figures.still_inside:,}"))
    if figures.still_outside:
        found.append(
            say("{n} persons were still outside, and not home, when the clock ended.", n=f"{figures.still_outside:,}")
        )
    return found


def held_sentence(rehearsal: Rehearsal) -> Both | None:
    """How many were held outside at most, when, and where most of them were; None when nobody was."""
    held, plan = rehearsal.figures.held, rehearsal.plan
    if not held.most_persons:
        return None
    area = next(named(row) for row in plan.areas if row.code == held.area)
    values = {"n": f"{held.most_persons:,}", "at": minute(held.at_s), "area": area, "node": held.node}
    return say("Most held outside {n} at {at} ({area}, {node}).", **values)


def left_out_sentence(rehearsal: Rehearsal) -> Both | None:
    """Who is not judged, and how long they took; None when all count as entries."""
    left, plan = rehearsal.figures.uncounted, rehearsal.plan
    if not left.persons:
        return None
    groups = joined(named(row) for row in plan.groups if row.code in left.groups)
    values = {"n": f"{left.persons:,}", "groups": groups, "took": wait_text(left.worst_p99_s)}
    if math.isinf(left.worst_p99_s):
        return say(
            "Not judged: {n} who don't count as entries ({groups}); in their worst quarter of an hour more than 1 in 100 never got in.",
            **values,
        )
    if not left.worst_p99_s:
        return say("Not judged: {n} who don't count as entries ({groups}); none of them queued.", **values)
    return say(
        "Not judged: {n} who don't count as entries ({groups}); in their worst quarter of an hour 99 of 100 within {took}.",
        **values,
    )


def caveats(plan: Plan) -> list[Both]:
    """What the method cannot say, and what it assumes."""
    return [
        say("The model is mesoscopic: every visitor has a day of their own, but walks along links whose speed follows from how full they are. Nobody has a body, and pushing, falling and pressure waves are not in it."),
        say("The density of a walkway is the mean over its whole length and width. A knot of people at a door can be denser than the figure shown."),
        say("Nobody enters a walkway above {link} persons/m² or a floor above {floor}: these caps are rules put into the model, not results. A figure near a cap means that people were held back elsewhere; look at the queues.", link=f"{plan.rules.link_cap_per_m2:g}", floor=f"{plan.rules.area_cap_per_m2:g}"),
        say("One run is one draw of chance. The seed fixes it; another seed gives slightly different figures. Compare plans under the same seeds, and several of them."),
        say("The swings play the gates alone, without the walkways behind them, and vary one figure at a time. Figures that only act behind the badge check are not varied, and joint errors can be larger than any bar."),
        say("The promise is judged from joining the first queue at security to leaving the badge check, and what people are held before that, since the way there is full or closed, is added; only groups that count among the entries are judged. Every visitor chooses a gate by the plan's shares. People who give up queueing, or who change gates on seeing a queue, are not in the model unless the plan says so."),
        say("Every five minutes' wait is told by when people joined the queue, not by when they were served."),
        say("A figure of the plan that no row of sheet provenance speaks of counts as assumed."),
        say("Predicted agrees with reported when they differ by at most 10 %, or lie on the stated side of a bound. Figures that the plan was fitted to cannot confirm it; only those held back can."),
        say("The dots are a fixed sample of visitors; the figures, charts and tables count everyone."),
    ]  # fmt: skip
