"""What the microscope shows, in both languages, as data that pages show without the engine. Only the job imports this."""

from __future__ import annotations

from typing import Any

from hostcity.rehearsal.compared import both
from hostcity.report.microscope_words import (
    assumptions_of,
    beside_name,
    beside_note,
    beside_text,
    minutes_text,
    offer_text,
    place_text,
    unit_text,
    verdict_text,
)
from hostcity.report.page import page_policy
from hostcity.studies.microscope import Seen
from hostcity.studies.microscope.beside import FIGURES

#: Figures that lists show.
SHORT = ("flow_per_m_per_s", "density_per_m2")


def told(seen: Seen) -> dict[str, Any]:
    """Place, figures side by side, the offer and what is assumed."""
    offer = seen.offer
    return {
        "place": both(place_text(seen.plan, seen.asked)),
        "minutes": minutes_text(seen.asked),
        "rows": _rows(seen, tuple(FIGURES)),
        "tried": both(offer_text(seen.plan, offer)) if offer else None,
        "offered": both(verdict_text(offer)) if offer else None,
        "assumptions": [both(each) for each in assumptions_of(seen)],
        "policy": page_policy("microscope.js"),
    }


def in_short(seen: Seen) -> dict[str, Any]:
    """For lists: the place, the greatest density and the flow of both, and the override if one is offered."""
    return {
        "place": both(place_text(seen.plan, seen.asked)),
        "minutes": minutes_text(seen.asked),
        "persons": seen.played.came,
        "rows": _rows(seen, SHORT),
        "change": seen.offer.override if seen.offer else "",
    }


def _rows(seen: Seen, figures: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {
            "figure": row.figure,
            "name": both(beside_name(row)),
            "unit": both(unit_text(row)),
            "day": beside_text(row, row.day),
            "plane": beside_text(row, row.cut_out),
            "note": both(beside_note(seen.plan, row)),
        }
        for row in seen.beside
        if row.figure in figures
    ]
