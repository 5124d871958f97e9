"""How a calibration's figures are said, on screen and page."""

from __future__ import annotations

from hostcity.report.words import Both, say
from hostcity.studies.calibration import Fitted, Parameter
from hostcity.studies.calibration.findings import SEEN_ALONE, UNSEEN, UNTOLD
from hostcity.studies.counted import ENTRIES, INSIDE, QUESTIONS


def what_of(what: str) -> Both:
    """What was counted."""
    if what == ENTRIES:
        return say("entries")
    if what == QUESTIONS:
        return say("questions")
    return say("persons inside") if what == INSIDE else say("wait")


def value_text(parameter: Parameter, value: float) -> str:
    """A value in the unit of its figure, or a factor."""
    if parameter.is_factor:
        return f"×{value:.3f}"
    return f"{value:,.0f}" if parameter.is_whole or abs(value) >= 1000 else f"{value:.4g}"


def values_text(parameter: Parameter, low: float, high: float) -> str:
    """A range; that of a whole number may end between two."""
    if parameter.is_whole:
        return f"{low:.3g}–{high:.3g}"
    return f"{value_text(parameter, low)}–{value_text(parameter, high)}"


def said_of(each: Fitted) -> Both:
    """What is to be known of a fitted figure."""
    if each.told == UNSEEN and not each.is_counted:
        return say("not seen: nothing was counted at its place, and nothing elsewhere depends on it")
    if each.told == UNSEEN:
        return say("not seen: it changes nothing that was counted, at the times when it was")
    if each.told == SEEN_ALONE:
        return say("not fitted: the counts see others better")
    if each.told == UNTOLD and each.alike:
        return say("not told apart from {figures}: declared range kept", figures=", ".join(each.alike))
    if each.told == UNTOLD:
        return say("the counts say no more than its declared range")
    if each.at_end:
        return say("at the end of its declared range: look whether that is too narrow")
    return say("fitted")
