"""The cards of the first screen, in the order that suits whoever looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hostcity.core import policy
from hostcity.core.models.people import Role
from hostcity.core.registries import HomeCard, registries

#: What a role looks at first; the other cards follow in their own order. A role that is not here sees that order.
FIRST: dict[Role, tuple[str, ...]] = {
    Role.DUTY_OFFICER: ("open-findings", "calendar", "changes"),
    Role.DRILL_DIRECTOR: ("last-rehearsal", "open-findings"),
    Role.BUREAU_OWNER: ("notices", "open-findings"),
    Role.PLANNER: ("next-steps", "last-rehearsal", "changes"),
    Role.VOLUNTEER: ("notices", "calendar"),
    Role.EXHIBITOR: ("notices", "calendar"),
    Role.BUYER: ("notices", "calendar"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A card with its values."""

    kind: HomeCard
    values: Mapping[str, Any]

    @property
    def code(self) -> str:
        """Names it in the style sheet."""
        return self.kind.code

    @property
    def template(self) -> str:
        """What shows it."""
        return self.kind.template


def cards_of(request: Any, *, is_wall: bool = False) -> list[Card]:
    """The cards that the person may see and that have something to show; on the wall in one order for all."""
    first = () if is_wall else _first_of(request)
    return list(_looked_up(request, sorted(registries.home_cards, key=lambda each: _rank(each, first)), is_wall))


def _looked_up(request: Any, kinds: list[HomeCard], is_wall: bool) -> Iterator[Card]:
    for each in kinds:
        if (is_wall and not each.on_wall) or not policy.may(request.user, each.action, request.edition):
            continue
        request.is_wall = is_wall  # many pass by: a card may say less there
        values = each.look_up(request)
        if values is not None:
            yield Card(each, values)


def _first_of(request: Any) -> tuple[str, ...]:
    roles = policy.roles_of(request.user, request.edition)
    return next((FIRST[role] for role in Role if role in roles and role in FIRST), ())


def _rank(card: HomeCard, first: tuple[str, ...]) -> tuple[int, int]:
    """The countdown stands first for everybody."""
    if card.code == "countdown":
        return -1, 0
    return (first.index(card.code), 0) if card.code in first else (len(first), card.order)
