"""What each kind of evidence has to have, so that it shows anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hostcity.core.plan_rows.words import choice_name


@dataclass(frozen=True, slots=True)
class Demand:
    """What must be handed in."""

    file: bool = False
    is_picture: bool = False
    place: bool = False
    value: bool = False
    result: bool = False  # whether it was passed
    by_hand: bool = True  # False: a capability pushes it


DEMANDS: Mapping[str, Demand] = {
    "none": Demand(),
    "photo": Demand(file=True, is_picture=True, place=True),
    "reading": Demand(value=True, place=True),
    "delivery_note": Demand(file=True, value=True),
    "document": Demand(file=True),
    "signature": Demand(file=True),
    "test_run": Demand(file=True, result=True),
    "drill_result": Demand(file=True, result=True),
    "rehearsal": Demand(result=True, by_hand=False),
}


def kinds_by_hand() -> list[tuple[str, str]]:
    """Kinds that people hand in, with their names."""
    return [(kind, choice_name(kind)) for kind, demand in DEMANDS.items() if demand.by_hand and kind != "none"]
