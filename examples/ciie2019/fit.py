"""Fit what is named as fitted: the attraction of the sections and the number of halls that people want to see.

Targets are the hall entries by section of 9 November 2018 (1st edition), scaled to the entries of the day, and 3.6 hall
entries per visitor. Hall peaks, walking times and departures are never looked at: they are held back.

python -m examples.ciie2019.fit
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import yaml

from examples.ciie2019.build import HERE, build_plan, load_figures
from examples.ciie2019.demand import SECTION_HALLS
from hostcity.engines.day import DayResult, rehearse_day
from hostcity.plan import Plan

ROUNDS = 10
STEP = 0.8  # how much of a gap one round closes


def hall_entries(plan: Plan, day: DayResult) -> Counter[str]:
    """Passages into each hall from outside it."""
    area_of = {node.code: node.area for node in plan.nodes}
    entries: Counter[str] = Counter()
    for link, flow in zip(plan.links, day.link_flow, strict=True):
        start, end = area_of[link.start], area_of[link.end]
        if start != end:
            entries[end] += int(flow[0].sum())
            entries[start] += int(flow[1].sum())
    return entries


def fit() -> dict[str, Any]:
    """Play the day until sections and halls per visitor are met."""
    value, _ = load_figures()
    wanted = value["visits.hall_entries_20181109"]
    scale = value["visits.peak_day"] * value["visits.halls_per_visitor"] / sum(wanted.values())
    fitted: dict[str, Any] = {
        "halls_mean": float(value["visits.halls_per_visitor"]),
        "section_weights": {section: entries / 1000 for section, entries in wanted.items()},
    }
    for number in range(ROUNDS):
        plan = build_plan(fitted)
        entries = hall_entries(plan, rehearse_day(plan))
        played = {section: sum(entries[hall] for hall in halls) for section, halls in SECTION_HALLS.items()}
        gap = {section: wanted[section] * scale / played[section] for section in wanted}
        whole = sum(wanted.values()) * scale / sum(played.values())
        print(number, round(whole, 4), {section: round(ratio, 3) for section, ratio in gap.items()})
        weights = {
            section: weight * (gap[section] / whole) ** STEP for section, weight in fitted["section_weights"].items()
        }
        mean = float(np.mean(list(weights.values())))
        fitted = {
            "halls_mean": round(1 + (fitted["halls_mean"] - 1) * whole**STEP, 2),
            "section_weights": {section: round(100 * weight / mean, 1) for section, weight in weights.items()},
        }
    return fitted


if __name__ == "__main__":
    found = fit()
    head = "# Made by `python -m examples.ciie2019.fit`, from hall entries of the 1st edition and halls per visitor only.\n"
    (HERE / "fitted.yaml").write_text(head + yaml.safe_dump(found, sort_keys=False), "utf-8")
    print(found)
