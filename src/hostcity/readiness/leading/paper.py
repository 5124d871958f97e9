"""The leader's screen on A4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from hostcity.core.home.cards import Card
from hostcity.core.home.own_cards import countdown_on_paper
from hostcity.core.registries import HomeCard, OnPaper
from hostcity.core.sayings import Joined
from hostcity.core.templatetags.shell import gap
from hostcity.readiness import policy
from hostcity.readiness.forecasts.words import RULES, percent, points, span_said
from hostcity.readiness.leading.overview import Overview

MOST_ON_PAPER = 15  # departments, so that all stands on one sheet


def cards_of(told: Overview) -> list[Card]:
    """The parts of the brief, in their order."""
    parts = (readiness, costs, departments, drills)
    own = [_card(part.__name__, lambda values, part=part: part(values["told"]), {"told": told}) for part in parts]
    return [_card("countdown", countdown_on_paper, {"countdown": told.countdown}), *own]


def _card(code: str, on_paper: Any, values: Mapping[str, Any]) -> Card:
    kind = HomeCard(
        code=code, template="", look_up=lambda _request: None, action=policy.LEAD, order=0, on_paper=on_paper
    )
    return Card(kind, values)


def readiness(told: Overview) -> OnPaper:
    """The bracket with its rules, and how it changed."""
    heading = _("Ready for the opening")
    if not told.forecast:
        return OnPaper(heading=heading, lines=(_("No forecast has been made yet."),))
    said = _("{span} likely, with the crews that there are").format(span=span_said(told.told["span"]))
    rows = [(percent(share), RULES[rule]) for rule, share in told.told["chance"].items()]
    lines = (said, change_said(told), age_said(told), *_colors_said(told))
    return OnPaper(heading=heading, lines=lines, rows=rows, is_large=True, shares=(0.15, 0.85))


def change_said(told: Overview) -> str:
    """How the bracket changed in a week, by the rules that count hands."""
    if not told.change:
        return _("There is no forecast of a week ago to compare it with.")
    by = told.change.by
    text = _("Since {day}: {order} points in the plan's order, {dispatch} where whoever can begins.")
    return text.format(day=told.change.since.isoformat(), order=points(by["order"]), dispatch=points(by["dispatch"]))


def age_said(told: Overview) -> str:
    """Of which day it is."""
    return _("Forecast as of {day}").format(day=told.day.isoformat() if told.day else "–")


def _colors_said(told: Overview) -> tuple[str, ...]:
    if not told.colors:
        return ()
    parts = Joined(f"{name} {count:,}" for _code, name, count in told.colors)
    said = _("Tasks by status:")
    return (f"{said}{gap()}{parts}",)


def costs(told: Overview) -> OnPaper:
    """Tasks whose delay costs most, with who answers and the phone."""
    heading = _("Five tasks whose delay costs most")
    rows = [
        (
            f"{each.name} ({each.code})", each.department, "; ".join(" ".join(filter(None, (str(who), who.phone))) for who in each.people) or _("nobody answers"),
            f"{points(-each.order, 1)} / {points(-each.dispatch, 1)}",
        )
        for each in told.slips
    ]  # fmt: skip
    line = _("Points of the probability for a week's delay: in the plan's order / whoever can begins.")
    return OnPaper(heading=heading, lines=(line,), rows=rows, shares=(0.34, 0.22, 0.28, 0.16))


def departments(told: Overview) -> OnPaper:
    """Departments, the worst first."""
    rows = [(each.line.name, span_said(each.line.span), f"{each.line.tasks:,}") for each in told.tiles[:MOST_ON_PAPER]]
    more = len(told.tiles) - MOST_ON_PAPER
    lines = [_("Probability that all their tasks are done by their need-by dates; open tasks.")]
    if more > 0:
        lines.append(_("and {count} more").format(count=more))
    return OnPaper(heading=_("Departments, the worst first"), lines=lines, rows=rows, shares=(0.6, 0.25, 0.15))


def drills(told: Overview) -> OnPaper:
    """The next drills."""
    rows = [(each.starts.isoformat() if each.starts else "–", each.name, each.department) for each in told.drills]
    lines = () if rows else (_("No drill is ahead."),)
    return OnPaper(heading=_("Next drills"), lines=lines, rows=rows)
