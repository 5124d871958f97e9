"""What a trial of rosters says, for programs."""

from __future__ import annotations

from typing import Any

from hostcity.report.clocks import finite
from hostcity.studies.manning import FIGURES, RosterTrial

MOST_COSTS = 200  # the dearest


def roster_trial_data(trial: RosterTrial) -> dict[str, Any]:
    """Means by roster and rate of no-shows, the others less the first with 95 % intervals, and what single shifts cost."""
    return {
        "seed": trial.seed, "runs": trial.runs,
        "variants": [
            {"roster": each.name, "no_shows": each.no_shows, "lacking": finite(each.lacking, 3), "invalid": each.invalid}
            | {name: finite(value, 3) for name, value in zip(FIGURES, each.means, strict=True)}
            for each in trial.variants
        ],
        "differences": [
            {
                "roster": each.code, "figure": each.figure, "difference": finite(each.difference, 3),
                "half_width": finite(each.half_width, 3), "runs": each.runs, "differing": each.differing, "is_clear": each.is_clear,
            }
            for each in trial.differences
        ],
        "costs": [
            {
                "roster": each.roster, "no_shows": each.no_shows, "post": each.post, "band": each.band, "station": each.station,
                "lacking": finite(each.lacking, 3), "waited_s": finite(each.waited_s, 1), "half_width_s": finite(each.half_width_s, 1),
            }
            for each in trial.costs[:MOST_COSTS]
        ],
    }  # fmt: skip
