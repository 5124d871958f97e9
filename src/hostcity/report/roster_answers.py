"""What is said of a roster's cells, people, repairs and edits, for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from hostcity.engines.rosters import CellWhy, Offer, PersonWhy, Repair, Terms
from hostcity.engines.rosters.from_plan import Force
from hostcity.engines.rosters.planning import Plan as PersonPlan


def cell_data(force: Force, why: CellWhy, post: int) -> dict[str, Any]:
    """Why a cell is as it is; only lines that ask for something there."""
    asked = [at for at, line in enumerate(force.lines) if line.kind != "skill" or force.skill_at(at, post)]
    return {
        "heads": why.heads,
        "lines": [
            {
                "asks_for": force.skill_at(at, post) or force.lines[at].kind, "needed": why.needed[at],
                "expected": round(why.expected[at], 3), "one_more_saves": round(why.price[at], 2),
            }
            for at in asked
        ],
        "people": dict(why.people), "lacking": dict(why.lacking), "calls": [_offer(force, each) for each in why.calls],
        "swaps": [_offer(force, each) for each in why.swaps],
    }  # fmt: skip


def person_data(force: Force, why: PersonWhy) -> dict[str, Any]:
    """Why somebody serves as he does."""
    return {
        "plan": _plan(force, why.plan),
        "best": _plan(force, why.best),
        "idle": round(why.idle, 2),
        "cells": dict(why.cells),
    }


def repair_data(force: Force, mended: Repair, messages: Sequence[str]) -> dict[str, Any]:
    """A day mended, with who is told of what."""
    axes = force.axes
    names = ("before", "without", "after")
    return {
        "short": dict(zip(names, mended.short, strict=True)),
        "harm": {name: round(each, 1) for name, each in zip(names, mended.harm, strict=True)}, "told": mended.told,
        "moves": [
            {
                "kind": move.kind, "volunteer": axes.people[move.person], "band": axes.bands[move.shift],
                "from": axes.posts[move.source] if move.source >= 0 else "", "to": axes.posts[move.target] if move.target >= 0 else "",
            }
            for move in mended.moves
        ],
        "messages": list(messages),
    }  # fmt: skip


def terms_data(terms: Terms) -> dict[str, Any]:
    """Harm, term by term."""
    return {**asdict(terms), "total": terms.total}


def _offer(force: Force, offer: Offer) -> dict[str, Any]:
    source = force.axes.posts[offer.source] if offer.source >= 0 else ""
    return {"volunteer": force.axes.people[offer.person], "from": source, "harm": round(offer.harm, 2)}


def _plan(force: Force, plan: PersonPlan) -> dict[str, Any]:
    axes = force.axes
    served = [
        {"day": axes.days[day], "band": axes.bands[band], "post": axes.posts[post]} for day, band, post in plan.served
    ]
    return {"shifts": served, "reduced": round(plan.reduced, 2), "paid": round(sum(plan.paid), 2)}
