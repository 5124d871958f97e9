"""Write examples/tiny/counts.csv: synthetic counts, made by playing the tiny fair with figures that its plan does not have.

python -m examples.tiny.counts

Nobody ever counted these: they show what such a file looks like, and what `hostcity calibrate` finds in it.
"""

from __future__ import annotations

from examples.counting import HOUR_S, QUARTER_S, synthetic
from examples.tiny.build import HERE, build_plan
from hostcity.plan.overrides import apply_overrides
from hostcity.studies.counted import ENTRIES, INSIDE, WAIT, Asked

#: What everybody knew of the made-up day: two lanes at security, and nobody of their staff was missing.
KNOWN = ("stations.W-security.lanes=2", "uncertainties.staff.high=0")
#: What nobody knew: more people came than planned, and security took longer.
TRUTH = ("streams.*.persons*=1.08", "stations.W-security.service_mean_s=8")
SEED = 20191106
REMARK = "Synthetic counts of the tiny fair, made by python -m examples.tiny.counts; nobody ever counted these."


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


if __name__ == "__main__":
    day = apply_overrides(build_plan(), (*KNOWN, *TRUTH))
    (HERE / "counts.csv").write_text(synthetic(day, what_is_counted(), SEED, REMARK), "utf-8")
    print(HERE / "counts.csv")
