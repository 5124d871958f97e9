"""Write examples/ciie2019/synthetic-counts.csv: synthetic counts, from a day that has other figures than the plan.

python -m examples.ciie2019.counts

Nobody ever counted these. They try `hostcity calibrate` at full size: docs/how-to/calibrate.md says what it finds.
"""

from __future__ import annotations

from pathlib import Path

from examples.counting import HOUR_S, QUARTER_S, synthetic
from hostcity.plan import read_plan
from hostcity.plan.overrides import apply_overrides
from hostcity.studies.calibration import asked_parameters
from hostcity.studies.calibration.parameters import without_fitted
from hostcity.studies.counted import ENTRIES, INSIDE, WAIT, Asked
from hostcity.studies.drawn import drawn_plan

HERE = Path(__file__).parent
#: Figures that are to be found, and what they are on the made-up day.
FIT = ("streams.*.persons*=0.9..1.1", "stations.*-security.service_mean_s", "groups.*.dwell_median_s")
TRUTH = ("streams.*.persons*=1.04", "stations.*-security.service_mean_s*=1.06", "groups.*.dwell_median_s*=0.96")
SEED = 20191106
REMARK = "Synthetic counts of a day of ciie2019, made by python -m examples.ciie2019.counts; nobody ever counted these."


def what_is_counted() -> tuple[Asked, ...]:
    """Who passes each entrance by the quarter, who is inside by the half hour, and waits at four security checks."""
    quarters = [7 * HOUR_S + QUARTER_S * number for number in range(40)]
    return (
        *(Asked(ENTRIES, "gates", code, at, at + QUARTER_S) for code in "WNES" for at in quarters[:24]),
        *(Asked(INSIDE, "", "", at, at) for at in quarters[4::2]),
        *(
            Asked(WAIT, "stations", f"{code}-security", at, at + QUARTER_S)
            for code in ("W2", "N", "E", "S")
            for at in quarters[6:14]
        ),
    )


if __name__ == "__main__":
    plan = read_plan(HERE)
    day, _ = drawn_plan(apply_overrides(without_fitted(plan, asked_parameters(plan, FIT)), TRUTH), seed=SEED, run=0)
    (HERE / "synthetic-counts.csv").write_text(synthetic(day, what_is_counted(), SEED, REMARK), "utf-8")
    print(HERE / "synthetic-counts.csv")
