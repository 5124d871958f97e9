"""Probabilities, brackets and changes of them."""

from __future__ import annotations

from typing import Any

from django import template

from hostcity.readiness.forecasts.words import percent, points, span_said

register = template.Library()


@register.filter
def chance(share: float) -> str:
    """A probability."""
    return percent(share)


@register.filter
def span(both: Any) -> str:
    """A bracket."""
    return span_said(both)


@register.filter
def in_points(share: float, digits: int = 0) -> str:
    """A change of a probability in points, with its sign."""
    return points(share, digits)


@register.filter
def error(share: float) -> str:
    """A standard error in points."""
    return f"{100 * share:.1f}"


@register.filter
def lost(share: float) -> str:
    """What a delay costs, in points: below 0."""
    return points(-share, 1)
