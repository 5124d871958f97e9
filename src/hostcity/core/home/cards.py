"""The cards of the first screen, in order, for whoever looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hostcity.core import policy
from hostcity.core.registries import registries


@dataclass(frozen=True, slots=True)
class Card:
    """A card with its values."""

    code: str
    template: str
    values: Mapping[str, Any]


def cards_of(request: Any, *, is_wall: bool = False) -> list[Card]:
    """The cards that the person may see and that have something to show."""
    found = []
    for each in sorted(registries.home_cards, key=lambda card: card.order):
        if (is_wall and not each.on_wall) or not policy.may(request.user, each.action, request.edition):
            continue
        values = each.look_up(request)
        if values is not None:
            found.append(Card(each.code, each.template, values))
    return found
