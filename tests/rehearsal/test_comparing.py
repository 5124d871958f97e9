"""Two rehearsals side by side, from what is stored and played again."""

import pytest

from hostcity.core.errors import Refused
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act
from hostcity.plan import apply_overrides, read_plan
from hostcity.rehearsal.compared import figures_of, plan_lines, rows_of
from hostcity.rehearsal.services import compare_rehearsals
from hostcity.report import summary
from hostcity.report.difference_map import difference_map
from hostcity.report.words import in_chinese  # noqa: F401 -- the catalog is there
from hostcity.studies import rehearse
from hostcity.studies.compare import compare_plans
from hostcity.studies.run_figures import figure_names, run_figures
from tests.people import signed_in
from tests.rehearsal.conftest import TINY
from tests.rehearsals import endless_rehearsal, small_rehearsal


def test_figures_of_a_summary_are_those_that_the_study_compares():
    played = rehearse(read_plan(TINY), seed=1, with_swings=False)
    studied = dict(zip(figure_names(played.plan), run_figures(played.plan, played.day)[1].tolist(), strict=True))
    stored = dict(figures_of(summary(played)))
    assert set(stored) <= set(studied)
    assert {key[0] for key in stored} == {key[0] for key in studied}
    for key, value in stored.items():
        tolerance = 0.5 if key[2] == "last_out_s" else 0.06 if key[2] == "mean_stay_s" else 1e-3
        assert value == pytest.approx(studied[key], abs=tolerance, nan_ok=True), key


def test_whoever_never_gets_in_waits_for_ever():
    figures = dict(figures_of(summary(endless_rehearsal())))
    assert figures["promise", "", "peak_p99_s"] == float("inf")
    rows = rows_of(small_rehearsal().plan, summary(small_rehearsal()), summary(endless_rehearsal()))
    peak = next(row for row in rows if row.figure["en"].startswith("99 of 100 in within, busiest"))
    assert (peak.b, peak.change, peak.differs) == ("∞", "+∞", True)


def test_equal_days_differ_in_nothing(play):
    day = play().result.summary
    rows = rows_of(read_plan(TINY), day, day)
    assert {row.what for row in rows} == {"promise", "day"}
    assert not any(row.differs for row in rows)


def test_plans_are_told_apart_row_by_row():
    a = read_plan(TINY)
    b = apply_overrides(a, ["stations.W-security.lanes=1"]).replace(sources=a.sources[1:])
    lines = {(line.verb, line.sheet): line for line in plan_lines(a, b)}
    changed = lines["change", "stations"]
    assert (changed.key, changed.fields[0][0]["zh"], changed.fields[0][2]) == ("W-security", "通道数", 1)
    assert ("remove", "sources") in lines or not a.sources
    assert plan_lines(a, read_plan(TINY)) == []


def test_played_again_under_the_same_draws(play, director):
    a, b = play(), play(overrides=["stations.*-security.lanes=1"])
    comparison = compare_rehearsals(a=a, b=b, runs=2, seed=3, by=director)
    run_now(comparison.job)
    comparison.refresh_from_db()
    told = comparison.result.summary
    plan = read_plan(TINY)
    studied = compare_plans(plan, apply_overrides(plan, b.overrides), seed=3, runs=2)
    by_name = {(each["what"], each["code"], each["name"]): each for each in told["differences"]}
    for each in studied.differences:
        shown = by_name.get((each.what, each.code, each.figure))
        assert (shown is not None) == (each.what in ("promise", "day") or each.is_clear)
        if shown and shown["difference"] is not None:
            assert shown["difference"] == pytest.approx(each.difference, abs=1e-6)
    assert (told["a"]["kept"], told["b"]["kept"]) == (studied.a_kept, studied.b_kept)
    drawn = difference_map(plan, studied.links)
    assert (told["map"]["clocks"], told["map"]["colors"]) == (list(drawn.clocks), list(drawn.colors))
    assert [len(each["lines"]) for each in told["map"]["levels"]] == [len(each.lines) for each in drawn.levels]
    page = signed_in(director).get(f"/e/{a.edition.code}/rehearsals/comparisons/{comparison.key}/").content.decode()
    assert page.count("data-link=") == sum(len(each.lines) for each in drawn.levels)
    assert "Where it gets fuller, where emptier" in page
    assert Act.objects.latest("number").verb == "comparison.end"


def test_two_of_the_same_plan_are_refused(play, director):
    with pytest.raises(Refused, match="same plan"):
        compare_rehearsals(a=play(seed=1), b=play(seed=2), by=director)
    with pytest.raises(Refused, match="out of range"):
        compare_rehearsals(a=play(), b=play(overrides=["stations.*-security.lanes=1"]), runs=51, by=director)


def test_the_form_begins_with_the_last_two_or_with_the_one_that_asks_as_b(play, director, edition):
    first, second, third = (play(seed=seed) for seed in (1, 2, 3))
    browser = signed_in(director)

    def chosen(query):
        form = browser.get(f"/e/{edition.code}/rehearsals/compare/{query}").context["form"]
        return form["a"].value(), form["b"].value()

    assert chosen("") == (str(second.public_id), str(third.public_id))
    assert chosen(f"?b={first.public_id}") == (str(third.public_id), str(first.public_id))
    assert chosen(f"?b={third.public_id}") == (str(second.public_id), str(third.public_id))
    assert f"?b={first.public_id}" in browser.get(f"/e/{edition.code}/rehearsals/{first.public_id}/").content.decode()
