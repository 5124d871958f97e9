"""Write examples/tiny/counts.csv: synthetic counts, made by playing the tiny fair with figures that its plan does not have.

python -m examples.tiny.counts

Nobody ever counted these: they show what such a file looks like, and what `hostcity calibrate` finds in it.
"""

from __future__ import annotations

import csv
import io
import math

import numpy as np

from examples.tiny.build import HERE, build_plan
from hostcity.engines.day.rehearse import rehearse_day
from hostcity.plan.cells import clock_text
from hostcity.plan.overrides import apply_overrides
from hostcity.plan.plan import Plan
from hostcity.studies.counted import ENTRIES, INSIDE, WAIT, Asked, counted

HOUR_S = 3600.0
QUARTER_S = 900.0
#: What everybody knew of the made-up day: two lanes at security, and nobody of their staff was missing.
KNOWN = ("stations.W-security.lanes=2", "uncertainties.staff.high=0")
#: What nobody knew: more people came than planned, and security took longer.
TRUTH = ("streams.*.persons*=1.08", "stations.W-security.service_mean_s=8")
TIMED = 5  # persons timed in a quarter of an hour
SEED = 20191106
HEAD = "# Synthetic counts of the tiny fair, made by python -m examples.tiny.counts; nobody ever counted these.\n"


def what_is_counted() -> tuple[Asked, ...]:
    """Who passes the gate by the quarter, who is inside by the half hour, and waits timed at both checks."""
    quarters = [8 * HOUR_S + QUARTER_S * number for number in range(20)]
    return (
        *(Asked(ENTRIES, "gates", "W", at, at + QUARTER_S) for at in quarters),
        *(Asked(INSIDE, "", "", at, at) for at in quarters[::2]),
        *(
            Asked(WAIT, "stations", code, at, at + QUARTER_S)
            for code in ("W-security", "W-badge")
            for at in quarters[2:14]
        ),
    )


def synthetic(plan: Plan, truth: tuple[str, ...], seed: int) -> str:
    """A file of counts of a day on which ``truth`` holds: clickers miss a few, and few persons are timed."""
    noise = np.random.default_rng(seed)
    asked = what_is_counted()
    played = counted(plan, rehearse_day(apply_overrides(plan, truth), seed=seed), asked)
    out = io.StringIO()
    out.write(HEAD)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("time", "minutes", "what", "place", "value", "unit", "n"))
    for each, (value, spread) in zip(asked, played, strict=True):
        minutes = f"{(each.ends_s - each.starts_s) / 60:g}" if each.ends_s > each.starts_s else ""
        drawn = noise.normal()
        if each.what == WAIT:
            timed = max(0, round(value + drawn * spread / math.sqrt(TIMED)))
            writer.writerow((clock_text(each.starts_s), minutes, WAIT, each.code, timed, "s", TIMED))
        else:
            clicked = max(0, round(value + drawn * max(1.0, 0.03 * value)))
            writer.writerow((clock_text(each.starts_s), minutes, each.what, each.code, clicked, "persons", ""))
    return out.getvalue()


if __name__ == "__main__":
    (HERE / "counts.csv").write_text(synthetic(apply_overrides(build_plan(), KNOWN), TRUTH, SEED), "utf-8")
    print(HERE / "counts.csv")
