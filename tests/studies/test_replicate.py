"""Many runs: what they sum up, in which order, and when they stop."""

import json
import math
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from scipy import stats

from hostcity.engines.day.rehearse import rehearse_day
from hostcity.plan import PlanError, apply_overrides
from hostcity.plan.rows import Uncertainty
from hostcity.report.many import of_many
from hostcity.studies.drawn import drawn_plan
from hostcity.studies.promise import verdict_of
from hostcity.studies.replicate import Target, rank_correlation, replicate_day, target_of
from hostcity.studies.run_figures import figure_names
from hostcity.studies.runs.inline import InlinePool
from hostcity.studies.runs.work import reduced
from tests.fairs import small_fair

SCHEMA = json.loads((Path(__file__).parents[2] / "src/hostcity/report/summary.schema.json").read_text())


class Reversed(InlinePool):
    """Gives back the last run first."""

    def play(self, tasks):
        yield from reversed(list(super().play(tasks)))


@pytest.fixture(scope="module")
def plan():
    demand = Uncertainty(code="demand", kind="factor", figure="streams.*.persons", low=0.7, high=1.3)
    return small_fair(700).replace(uncertainties=(demand,))


@pytest.fixture(scope="module")
def endless(plan):
    """Security so slow that most people never get in."""
    return apply_overrides(plan, ["stations.*-security.service_mean_s=900"])


@pytest.fixture(scope="module")
def many(plan):
    return replicate_day(plan, runs=12, seed=4, pool=InlinePool())


def test_a_run_is_the_day_of_its_drawn_plan(plan, many):
    for run in (0, 7):
        drawn, values = drawn_plan(plan, seed=4, run=run)
        day = rehearse_day(drawn, seed=4, run=run)
        assert many.results[run].results_sha256 == day.results_sha256
        assert many.results[run].drawn == values
        assert many.results[run].kept == verdict_of(drawn, day).kept


def test_estimates_are_those_of_numpy(plan, many):
    estimate = many.estimate("areas.H1.peak_persons")
    values = [rehearse_day(drawn_plan(plan, seed=4, run=run)[0], seed=4, run=run) for run in range(12)]
    peaks = [int(day.area_peak_persons[day.area_codes.index("H1")]) for day in values]
    assert (estimate.mean, estimate.runs) == (np.mean(peaks), 12)
    assert estimate.half_width == pytest.approx(
        stats.t.ppf(0.975, 11) * np.std(peaks, ddof=1) / math.sqrt(12), rel=2e-4
    )
    assert estimate.median.value == sorted(peaks)[5]


def test_the_order_in_which_runs_end_changes_nothing(plan, many):
    turned = replicate_day(plan, runs=12, seed=4, pool=Reversed())
    assert turned.results_sha256 == many.results_sha256
    assert turned.estimates == many.estimates


def test_every_seed_is_another_set_of_days(plan, many):
    assert replicate_day(plan, runs=12, seed=5, pool=InlinePool()).results_sha256 != many.results_sha256


def test_it_stops_at_the_first_run_that_is_exact_enough(plan):
    name = ("day", "", "mean_stay_s")
    all_of_them = replicate_day(plan, runs=40, pool=InlinePool())
    at = figure_names(plan).index(name)
    values = np.array([each.figures[at] for each in all_of_them.results])
    half = {n: stats.t.ppf(0.975, n - 1) * values[:n].std(ddof=1) / math.sqrt(n) for n in range(10, 41)}
    wanted = half[20] * 1.001
    first = min(n for n in half if half[n] <= wanted)
    stopped = replicate_day(plan, runs=40, target=Target(name=name, half_width=wanted), pool=InlinePool())
    assert (stopped.runs, stopped.stopped) == (first, first < 40)
    assert [each.results_sha256 for each in stopped.results] == [
        each.results_sha256 for each in all_of_them.results[:first]
    ]


def test_a_figure_that_has_no_interval_never_stops(endless):
    target = Target(name=("promise", "", "peak_p99_s"), half_width=1e9)
    many = replicate_day(endless, runs=12, target=target, pool=InlinePool())
    assert (many.runs, many.stopped) == (12, False)
    assert math.isnan(many.estimate("promise.peak_p99_s").half_width)


def test_what_drives_the_entry_time_is_named(plan, many):
    (demand,) = many.drivers
    drawn = [each.drawn[0].value for each in many.results]
    peaks = [each.figures[0] for each in many.results]
    assert demand.rank_correlation == pytest.approx(stats.spearmanr(drawn, peaks).statistic)
    assert (demand.least, demand.most) == (min(drawn), max(drawn))


def test_rank_correlation_is_spearmans_with_ties():
    a, b = np.array([1.0, 2, 2, 3, 9, 9]), np.array([5.0, 1, 1, 7, 7, 2])
    assert rank_correlation(a, b) == pytest.approx(stats.spearmanr(a, b).statistic)
    assert math.isnan(rank_correlation(a, np.ones(6)))


def test_it_keeps_to_the_schema_and_carries_no_nan(many, endless):
    schema = {"$defs": SCHEMA["$defs"], **SCHEMA["properties"]["many"]}
    for each in (many, replicate_day(endless, runs=2, pool=InlinePool()), None):
        jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(of_many(each), allow_nan=False)))


def test_curves_are_the_most_at_once_in_five_minutes(plan):
    day = rehearse_day(plan, seed=1)
    small = reduced(plan, day)
    minutes = day.area_persons.shape[1]
    for slot in (0, 30, small.area_persons.shape[1] - 1):
        part = day.area_persons[:, 5 * slot : min(minutes, 5 * slot + 5)]
        assert small.area_persons[:, slot].tolist() == part.max(axis=1).tolist()
    quarter = day.link_density_per_m2[60:75].mean(axis=0)
    assert small.link_per_m2[4] == pytest.approx(quarter, abs=1e-6)


def test_no_run_is_too_few(plan):
    with pytest.raises(ValueError, match="0 runs are too few"):
        replicate_day(plan, runs=0)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("promise.peak_p99_s", ["target.half_width"]),
        ("promise.peak_p99_s=0", ["target.half_width"]),
        ("promise.peak_p99_s=inf", ["target.half_width"]),
        ("peak=x", ["target.figure", "target.half_width"]),
        ("areas.H9.peak_persons=5", ["target.figure"]),
    ],
)
def test_a_target_that_is_none(plan, text, codes):
    with pytest.raises(PlanError) as caught:
        target_of(plan, text)
    assert [each.code for each in caught.value.problems] == codes


def test_a_target_as_it_is_written(plan):
    target = target_of(plan, " areas.H1.peak_persons = 25")
    assert target == Target(name=("areas", "H1", "peak_persons"), half_width=25.0)
    assert str(target) == "areas.H1.peak_persons=25"
