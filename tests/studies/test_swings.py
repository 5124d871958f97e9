"""Which assumed figures carry the verdict."""

import pytest

from hostcity.engines.day.entrance import approach, pass_gates
from hostcity.plan import apply_overrides
from hostcity.plan.rows import Provenance
from hostcity.studies.promise import verdict_of_gates
from hostcity.studies.swings import swings_of
from tests.fairs import small_fair


def known(figure: str, low: float | None = 0.8, high: float | None = 1.25) -> Provenance:
    return Provenance(code=figure, figure=figure, mark="assumed", low_factor=low, high_factor=high)


def fair(*rows: Provenance):
    plan = apply_overrides(small_fair(3000), ["stations.W-security.lanes=5", "stations.W-security.service_mean_s=18"])
    return plan.replace(provenance=rows)


def alone(plan, *changes: str):
    """The gates by themselves, from the beginning."""
    changed = apply_overrides(plan, changes)
    return verdict_of_gates(changed, pass_gates(changed, approach(changed)))


FIGURES = {
    "stations.*-security.lanes": -1, "stations.W-security.service_mean_s": 1, "stations.*.service_mean_s": 1,
    "streams.*.persons": 1, "stations.*-security.service_cv": 0, "groups.*.speed_mean_m_per_s": 0, "profiles.am-9.weight": 1,
    "approaches.*.weight": 0, "mixes.*-buyers.weight": 0,
}  # fmt: skip


@pytest.fixture(scope="module")
def swings():
    return swings_of(fair(*(known(figure) for figure in FIGURES)), usual=False)


def test_the_base_is_the_gates_by_themselves(swings):
    assert swings.base == alone(fair())
    assert swings.not_varied == ()


def test_every_figure_is_varied_by_itself(swings):
    assert {each.figure for each in swings.swings} == set(FIGURES)
    for each in swings.swings:
        assert each.low == alone(fair(), f"{each.figure}*=0.8"), each.figure
        assert each.high == alone(fair(), f"{each.figure}*=1.25"), each.figure


def test_ends_stand_where_they_must(swings):
    for each in swings.swings:
        sign = FIGURES[each.figure]
        if sign:
            ends = (each.low.peak_p99_s, swings.base.peak_p99_s, each.high.peak_p99_s)
            assert list(ends) == sorted(ends, reverse=sign < 0), each.figure
            assert ends[0] != ends[2]


def test_the_widest_stands_first(swings):
    widths = [each.width_s for each in swings.swings]
    assert widths == sorted(widths, reverse=True)
    assert swings.swings[-1].width_s < 60 < swings.swings[0].width_s


@pytest.mark.parametrize(
    "figure",
    [
        "stations.food.lanes",
        "links.*.width_m",
        "groups.*.halls_mean",
        "attractions.*.weight",
        "stations.trains.headway_s",
    ],
)
def test_figures_behind_the_check_are_not_varied(figure):
    swings = swings_of(fair(known(figure)), usual=False)
    assert swings.swings == ()
    assert swings.not_varied == (figure,)


@pytest.mark.parametrize(
    "row", [known("stations.W-security.lanes", None), known("stations.W-security.lanes", 0.8, None)]
)
def test_a_figure_without_both_factors_is_not_tried(row):
    swings = swings_of(fair(row), usual=False)
    assert swings.swings == swings.not_varied == ()


@pytest.mark.parametrize(
    "row",
    [known("stations.W-security.lanes", 1.0, 200.0), known("streams.*.*"), known("stations.*-security.distribution")],
)
def test_a_figure_that_cannot_be_scaled_so_far_is_told(row):
    assert swings_of(fair(row), usual=False).not_varied == (row.figure,)


def test_factors_of_one_change_nothing():
    (swing,) = swings_of(fair(known("stations.*-security.lanes", 1.0, 1.0)), usual=False).swings
    assert swing.low == swing.high == alone(fair())
    assert swing.width_s == 0.0


def test_no_lane_at_all_lets_nobody_in():
    (swing,) = swings_of(fair(known("stations.W-security.lanes", 0.0, 1.0)), usual=False).swings
    assert not swing.low.kept
    assert swing.low.entries == 0
    assert swing.low.other_p99_s == float("inf")


def test_assumed_figures_without_a_range_are_tried_between_the_usual_factors():
    plan = small_fair(1000).replace(provenance=())
    swings = swings_of(plan)
    assert all(swing.is_usual and swing.tried == ("×0.8", "×1.25") for swing in swings.swings)
    assert {swing.figure for swing in swings.swings} == {
        "stations.W-security.lanes", "stations.W-security.service_mean_s", "stations.W-badge.lanes",
        "stations.W-badge.service_mean_s", "streams.metro.persons", "streams.coach.persons",
    }  # fmt: skip
    assert swings.not_tried == ()


def test_what_is_reported_is_not_tried_without_a_range():
    known_well = Provenance(code="w", figure="stations.*.*", mark="reported", source="here")
    swings = swings_of(small_fair().replace(provenance=(known_well,)))
    assert {swing.figure.split(".")[0] for swing in swings.swings} == {"streams"}
