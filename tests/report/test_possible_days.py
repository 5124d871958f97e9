"""Many possible days on the page."""

import dataclasses
import re

import numpy as np
import pytest

from hostcity.report.page import page_of
from hostcity.report.possible_days import possible_days
from hostcity.studies.replicate import Target
from tests.rehearsals import many_rehearsal, small_rehearsal


def changed(**many):
    rehearsal = many_rehearsal()
    return dataclasses.replace(rehearsal, many=dataclasses.replace(rehearsal.many, **many))


@pytest.fixture(scope="module")
def shown():
    return possible_days(many_rehearsal())


@pytest.fixture(scope="module")
def section():
    page = page_of(many_rehearsal())
    return re.search(r'<section id="many".*?</section>', page, re.S)[0]


def test_the_headline_counts_the_days(shown):
    many, kept = many_rehearsal().many, many_rehearsal().many.kept
    assert shown.headline.en == (
        f"The promise is kept on {many.kept_runs} of 6 days: {100 * kept.value:.0f} % "
        f"(95 % interval {100 * kept.low:.0f}–{100 * kept.high:.0f} %)."
    )
    assert shown.kept_at == tuple(round(100 * each, 2) for each in (kept.low, kept.value, kept.high))


def test_the_charts_are_those_of_the_runs(shown):
    results = many_rehearsal().many.results
    clock_s = many_rehearsal().plan.day.clock_starts_at
    for at, low, middle, high in shown.entry.rows:
        quarter = round((int(at[:2]) * 3600 + int(at[3:]) * 60 - clock_s) / 900)
        ordered = sorted(each.entry_p99_s[quarter] / 60 for each in results if each.entry_p99_s[quarter])
        assert (low, high) == (ordered[0], ordered[-1])
        assert middle in ordered
    peak = max(high for *_, high in shown.inside.rows)
    assert peak <= max(each.inside.max() for each in results)


def test_the_promise_stands_first_and_then_the_worst_places(shown):
    names = [each.place.en for each in shown.estimates]
    assert names[0] == "Promise"
    assert names.index("Whole day") < min(at for at, name in enumerate(names) if "(" in name)
    halls = [
        float(each.mean.replace(",", "")) for each in shown.estimates if each.figure.en == "most at once [persons]"
    ]
    assert halls == sorted(halls, reverse=True)
    assert len(halls) <= 5


def test_bars_reach_from_the_middle_to_the_correlation(shown):
    for bar, driver in zip(shown.drivers, many_rehearsal().many.drivers, strict=True):
        end = bar.left + bar.width if driver.rank_correlation > 0 else bar.left
        assert end == pytest.approx(50 + 50 * driver.rank_correlation, abs=0.011)
        assert min(bar.left, 50.0) + bar.width >= bar.width
    what = {each.uncertainty: each.what.en for each in shown.drivers}
    assert what["staff"].startswith("staff missing: lanes of Security")


def test_each_chart_is_named_described_and_has_its_table(section):
    assert section.count('role="img"') == 2
    for name in ("many-entry", "many-inside"):
        assert f'aria-labelledby="{name}-title" aria-describedby="{name}-about"' in section
        assert f'id="{name}-title"' in section
        assert f'id="{name}-about"' in section
        assert f'id="{name}-table"' in section
    assert "<script" not in section
    assert len(re.findall(r'lang="zh-Hans"', section)) > 30


def test_without_runs_there_is_no_section():
    page = page_of(small_rehearsal())
    assert 'id="many"' not in page
    assert '"#many"' not in page
    assert "--runs" not in page[page.index('id="method"') :].split("<script")[0]


def test_the_method_repeats_the_runs():
    page = page_of(many_rehearsal())
    assert '<a href="#many">' in page
    assert "hostcity rehearse plan.json --seed 1 --runs 6 --out again" in page


def test_what_the_figures_lack_is_said():
    many = many_rehearsal().many
    invalid = dataclasses.replace(many.results[0], is_valid=False)
    plan = many.plan.replace(uncertainties=())
    plain = tuple(dataclasses.replace(each, drawn=()) for each in (invalid, *many.results[1:]))
    page = page_of(changed(results=plain, plan=plan))
    assert "Invalid runs among these days: 1." in page
    assert "declares no uncertainties" in page
    assert 'id="many-drivers"' not in page
    assert "One day gives no interval." in page_of(changed(results=many.results[:1]))


@pytest.mark.parametrize(
    ("stopped", "words"), [(True, "Stopped before 50 runs: the half-width of promise.peak_p99_s is at most 30."),
                           (False, "All 50 runs were played: the half-width of promise.peak_p99_s is still above 30.")],
)  # fmt: skip
def test_a_target_is_told(stopped, words):
    target = Target(name=("promise", "", "peak_p99_s"), half_width=30.0)
    assert words in page_of(changed(target=target, stopped=stopped, asked=50))


def test_days_on_which_nobody_queues_have_no_verdict():
    first, *others = many_rehearsal().many.results
    some = changed(results=(dataclasses.replace(first, is_void=True), *others))
    assert (some.many.judged_runs, some.many.kept_runs) == (5, sum(each.kept for each in others))
    none = changed(results=tuple(dataclasses.replace(each, is_void=True) for each in (first, *others)))
    assert "No verdict: nobody joined a queue on any of 6 days." in page_of(none)
    assert 'class="kept-bar"' not in page_of(none)


def test_somebody_who_never_gets_in_is_told_at_the_chart():
    endless = np.full_like(many_rehearsal().many.results[0].entry_p99_s, np.inf)
    results = tuple(dataclasses.replace(each, entry_p99_s=endless) for each in many_rehearsal().many.results)
    page = page_of(changed(results=results))
    assert "somebody never got in" in page
    assert "∞" in page
