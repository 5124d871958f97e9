"""What a trial of signs says, for programs and the site."""

from __future__ import annotations

from typing import Any

from hostcity.report.clocks import finite
from hostcity.studies.run_figures import OF_WRONG_TURNS
from hostcity.studies.signs.trying import SignTrial

CHANCES = ("newcomer_share", "straight_share", "turn_share", "signed_share", "question_s", "most")


def sign_trial_data(trial: SignTrial) -> dict[str, Any]:
    """Means of each variant, and the planned signs less each other variant, run by run, with 95 % intervals."""
    return {
        "seed": trial.seed, "runs": trial.runs, "plan_hash": trial.plan.sha256, "mark": "assumed",
        "chances": {name: getattr(trial.row, name) for name in CHANCES} | {"know": list(trial.row.know)},
        "variants": [
            {"signs": each.name, "faces": each.faces, "invalid": each.invalid}
            | {name: finite(value, 3) for name, value in zip(OF_WRONG_TURNS, each.means, strict=True)}
            for each in trial.variants
        ],
        "differences": [
            {
                "of": "planned", "less": each.code, "figure": each.figure, "difference": finite(each.difference, 3),
                "half_width": finite(each.half_width, 3), "runs": each.runs, "differing": each.differing, "is_clear": each.is_clear,
            }
            for each in trial.differences
        ],
    }  # fmt: skip
