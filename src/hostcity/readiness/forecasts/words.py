"""Rules by which tasks get people, as pages name them: no probability is told without its rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from hostcity.core.sayings import is_chinese

#: In the order of the study.
RULES: Mapping[str, Any] = {
    "unlimited": gettext_lazy("nobody's hands counted"),
    "order": gettext_lazy("hands in the plan's order"),
    "dispatch": gettext_lazy("whoever can begins"),
}


def percent(share: float) -> str:
    """A probability: never 0 or 100 where it is neither."""
    if 0 < share < 0.005:
        return f"< {_percent(1)}"
    if 0.995 <= share < 1:
        return f"> {_percent(99)}"
    return _percent(round(100 * share))


def _percent(number: int) -> str:
    """The sign stands close in Chinese."""
    return f"{number}%" if is_chinese() else f"{number} %"


def span_said(span: Any) -> str:
    """A bracket: one figure where both ends are told alike."""
    low, high = percent(span[0]), percent(span[1])
    if low == high:
        return low
    return f"{low.removesuffix('%').rstrip()}–{high}" if low[0].isdigit() and high[0].isdigit() else f"{low} – {high}"


def points(share: float, digits: int = 0) -> str:
    """A change of a probability in points, with its sign."""
    value = round(100 * share, digits)
    return f"{value:+.{digits}f}".replace("-", "−") if value else "±0"
