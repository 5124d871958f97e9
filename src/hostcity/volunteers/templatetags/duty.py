"""Cells in addresses, probabilities in words and colors."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template

from hostcity.volunteers.board import color_of
from hostcity.volunteers.duty.cells import Cell

register = template.Library()


@register.simple_tag
def duty_query(cell: Cell) -> str:
    """How an address names a cell."""
    return urlencode(cell._asdict())


@register.simple_tag
def duty_percent(share: float) -> str:
    """A probability in whole percent; neither 0 nor 100 unless it is."""
    percent = round(100 * share)
    if percent == 0 and share > 0:
        return "<1%"
    return ">99%" if percent == 100 and share < 1 else f"{percent}%"


@register.simple_tag
def duty_color(share: float) -> int:
    """The color of a probability, as the board has it."""
    return color_of(share)
