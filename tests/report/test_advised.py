"""Advice in words: places by their names, units once, and no change shown as nothing that is one."""

import pytest
from examples.tiny.build import build_plan

from hostcity.plan.rows import Option
from hostcity.report.advised import effect_texts, goal_unit, package_words
from hostcity.report.compared import FIGURES, change_texts, compared_name, compared_text, compared_unit
from hostcity.report.words import Both
from hostcity.studies.advice import Goal
from hostcity.studies.advice.moves import Move, hourly, moves_of
from hostcity.studies.advice.trials import Effect

PLAN = build_plan(500)


def words_of(*options: Option, code: str, count: int = 1) -> Both:
    plan = PLAN.replace(options=options)
    moves = {each.code: each for each in moves_of(plan)}
    moves |= {each.code: each for move in moves_of(plan) for each in hourly(plan, move)}
    (words,) = package_words(plan, ((code, count),), moves)
    return words


def test_checks_have_names():
    assert words_of(code="add W-badge") == (
        "1 more lane at Badge check, West (W-badge)",
        "证件核验·西（W-badge）增开 1 条通道",
    )
    assert words_of(code="add W-security@09:00-10:00", count=3) == (
        "3 more lanes at Security, West (W-security), 09:00-10:00",
        "安检·西（W-security）增开 3 条通道，09:00-10:00",
    )


def test_lanes_that_are_moved_go_from_name_to_name():
    move = Move(code="s", changes=(), uses={}, most=2, kind="shift", stations=("W-security", "W-badge"))
    assert package_words(PLAN, (("s", 2),), {"s": move}) == (
        (
            "2 lanes from Security, West (W-security) to Badge check, West (W-badge)",
            "2 条通道由安检·西（W-security）移至证件核验·西（W-badge）",
        ),
    )


def test_an_option_is_called_what_the_planner_calls_it():
    named = Option(code="a", name_zh="加宽广场", changes="links.plaza.width_m=9", most=2)
    assert words_of(named, code="a", count=2) == ("2 × 加宽广场", "2 × 加宽广场")


def test_an_option_without_a_name_is_told_by_the_places_that_it_changes():
    bare = Option(code="wide@noon", changes="links.plaza.width_m=9 stations.food.lanes=5 stations.*.lanes=5")
    assert words_of(bare, code="wide@noon") == (
        "wide@noon: Level walkway, Plaza (plaza); Catering, Plaza (food)",
        "wide@noon：平面通道·广场（plaza）、餐饮·广场（food）",
    )
    letters = Option(code="letters", changes="profiles.am-9.weight*=0.8")
    assert words_of(letters, code="letters") == ("letters", "letters")


@pytest.mark.parametrize("figure", FIGURES)
def test_a_unit_is_what_the_name_ends_with(figure):
    unit, name = compared_unit(figure), compared_name(figure)
    assert name.en.endswith(f"[{unit.en}]")
    assert name.zh.endswith(f"（{unit.zh}）")


def test_a_name_without_a_unit_has_none(monkeypatch):
    monkeypatch.setitem(FIGURES, "late", ("Security", 1, 0))
    assert goal_unit(Goal(name=("appointments", "a", "late"))) == ("", "")
    assert goal_unit(Goal(name=("promise", "", "peak_p99_s"))) == (" [min]", "（分钟）")


@pytest.mark.parametrize(
    ("change", "half_width", "texts"),
    [
        (-0.003, 0.001, ("-0.30", "0.10")),
        (-0.00004, 0.00002, ("-0.004", "0.002")),  # clear: a digit more shows it
        (-0.00004, 0.00006, ("0.00", "0.01")),  # not told from 0: no sign either
        (0.0, 0.0, ("0.00", "0.00")),
        (-1e-12, 0.0, ("0.000000", "0.000000")),
        (float("-inf"), float("nan"), ("-∞", "–")),
    ],
)
def test_a_clear_change_is_never_shown_as_nothing(change, half_width, texts):
    assert change_texts("share_over_peak_limit", change, half_width) == texts
    effect = Effect(runs=9, gain=-change, half_width=half_width, kept_share=1.0)
    assert effect_texts(Goal(name=("promise", "", "share_over_peak_limit")), effect) == texts


def test_what_is_nothing_when_it_is_rounded_has_no_sign():
    texts = [compared_text("peak_p99_s", value, is_change=True) for value in (-1.0, -0.0, 2.9, 3.1)]
    assert texts == ["0.0", "0.0", "0.0", "+0.1"]
    assert compared_text("last_out_s", -20.0, is_change=True) == "-0.3"
    assert compared_text("last_out_s", 64_800.0) == "18:00"
