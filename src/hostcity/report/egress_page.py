"""Plan cards of halls: where the exits are, how far it is to them and who takes which; a page that prints a card a sheet."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from markupsafe import Markup

from hostcity.engines.egress import Egress
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Opening
from hostcity.report.folder import write_folder
from hostcity.report.page import asset, environment, page_policy
from hostcity.report.words import Both, named, say

PARTS = frozenset({"index.html", "egress.json"})
#: Shares of the limit; what is farther away than the last is over it.
BANDS = (0.5, 1.0)
SPACING_M = 1.0
MARGIN_M = 6.0
LONG_M = 282.0  # of a card on which a mark has its own size


@dataclass(frozen=True, slots=True)
class Label:
    """An exit on the card."""

    number: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Card:
    """One hall, drawn: y goes down, in meters from the north-west corner."""

    found: Egress
    name: Both
    far: Both  # from the farthest place to its exit
    box: tuple[float, float]  # width and height
    outline: str
    stands: str
    bands: tuple[str, ...]
    exits: tuple[str, ...]
    leads: tuple[Both, ...]  # where each exit leads
    labels: tuple[Label, ...]
    farthest: tuple[float, float]

    @property
    def mark(self) -> float:
        """How large marks and numbers are on the card: as on a hall of 270 m, whatever the size of this one."""
        return round(min(1.0, max(self.box) / LONG_M), 3)


def write_egress(plan: Plan, found: Sequence[Egress], folder: Path) -> Path:
    """Write page and figures into a folder, and return the path of the page.

    Raises FileExistsError if the folder holds anything but an earlier one of these.
    """

    def write(aside: Path) -> None:
        text = json.dumps(egress_data(found), ensure_ascii=False, indent=1, allow_nan=False)
        (aside / "egress.json").write_text(text + "\n", "utf-8")
        (aside / "index.html").write_text(egress_page(plan, found), "utf-8")

    return write_folder(folder, write, PARTS) / "index.html"


def egress_data(found: Sequence[Egress]) -> dict[str, Any]:
    """The same for programs; a distance that nobody can walk is null."""
    limits = found[0].limits
    return {
        "limits": {
            "distance_m": limits.distance_m, "persons_per_m2": limits.persons_per_m2, "persons_per_m": limits.persons_per_m,
        },
        "areas": [
            {
                "area": each.area.code, "is_met": each.is_met, "is_near": each.is_near, "is_wide": each.is_wide, "load_persons": each.load_persons,
                "free_m2": round(each.free_m2, 1), "clear_m": round(each.clear_m, 2), "needed_m": round(each.needed_m, 2),
                "farthest_m": _number(each.farthest_m), "farthest_at": [round(place, 2) for place in each.farthest_at],
                "closed": list(each.closed), "over_m2": round(each.over_m2, 1), "unreached_m2": round(each.unreached_m2, 1),
                "assigned_farthest_m": _number(each.assigned_farthest_m), "pass_s": _number(each.pass_s),
                "exits": [
                    {
                        "opening": way.code, "clear_m": way.clear_m, "step_free": way.step_free,
                        "nearest_persons": way.nearest_persons, "assigned_persons": way.assigned_persons,
                        "pass_s": round(way.pass_s, 1),
                    }
                    for way in each.exits
                ],
            }
            for each in found
        ],
    }  # fmt: skip


def egress_page(plan: Plan, found: Sequence[Egress]) -> str:
    """The page as text."""
    name = named(plan.day)
    return environment().get_template("egress.html.j2").render(
        title=say("{name}: exits", name=name),
        name=name,
        edition=plan.day,
        limits=found[0].limits,
        cards=[card_of(plan, each) for each in found],
        style=Markup(asset("player.css")),  # noqa: S704 -- our own bundle
        script=Markup(asset("difference.js")),  # noqa: S704 -- our own bundle
        policy=page_policy("difference.js"),
    )  # fmt: skip


def card_of(plan: Plan, found: Egress) -> Card:
    """One hall as a drawing."""
    corners = np.array(found.area.outline)
    west, north = corners[:, 0].min() - MARGIN_M, corners[:, 1].max() + MARGIN_M
    wide, tall = np.ptp(corners, axis=0) + 2 * MARGIN_M

    def on_card(point: Sequence[float]) -> tuple[float, float]:
        return round(float(point[0] - west), 1), round(float(north - point[1]), 1)

    def path(points: Sequence[Sequence[float]], end: str = "z") -> str:
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in map(on_card, points)) + end

    limit, edges = found.limits.distance_m, (-math.inf, *BANDS)
    bands = [
        _squares(found.points_m[(found.distance_m > low * limit) & (found.distance_m <= high * limit)], on_card)
        for low, high in zip(edges, (*BANDS, math.inf), strict=True)
    ]
    openings = {each.code: each for each in plan.openings}
    lines = [openings[each.code].line for each in found.exits]
    middles = [on_card((np.array(line[0]) + np.array(line[1])) / 2) for line in lines]
    return Card(
        found=found, name=named(found.area), far=_far(found.farthest_m), box=(round(float(wide), 1), round(float(tall), 1)),
        outline=path(found.area.outline),
        stands="".join(path(each.outline) for each in plan.stands if each.area == found.area.code),
        bands=tuple(bands),
        exits=tuple(path(line, "") for line in lines),
        leads=tuple(_leads(plan, found.area.code, openings[each.code]) for each in found.exits),
        labels=tuple(Label(number, x, y) for number, (x, y) in enumerate(middles, 1)),
        farthest=on_card(found.farthest_at),
    )  # fmt: skip


def _leads(plan: Plan, area: str, opening: Opening) -> Both:
    """The area on the other side of an exit."""
    other = opening.other if opening.area == area else opening.area
    return next((named(each) for each in plan.areas if each.code == other), say("outside"))


def _far(value_m: float) -> Both:
    return Both(f"{value_m:.1f} m", f"{value_m:.1f} 米") if math.isfinite(value_m) else say("without a way")


def _squares(points: Any, on_card: Any) -> str:
    """Squares of a meter around points as one path: runs of a row are one piece."""
    rows: dict[float, list[float]] = {}
    for point in points:
        x, y = on_card(point)
        rows.setdefault(y, []).append(x)
    parts = []
    for y, places in sorted(rows.items()):
        places.sort()
        begin = before = places[0]
        for x in (*places[1:], math.inf):
            if x - before > SPACING_M + 0.05:
                parts.append(f"M{begin - 0.5:g} {y - 0.5:g}h{before - begin + 1:g}v1h{begin - before - 1:g}z")
                begin = x
            before = x
    return "".join(parts)


def _number(value: float) -> float | None:
    return round(value, 2) if math.isfinite(value) else None
