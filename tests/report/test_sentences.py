"""The sentences that carry the verdict."""

import dataclasses

import pytest

from hostcity.engines.day import Overload
from hostcity.report.sentences import limits_of, overload_text, verdict_sentence, warnings_as_text
from tests.rehearsals import endless_rehearsal, invalid_rehearsal, small_rehearsal


def verdict(**changes):
    said = {
        "peak_starts_s": 31_500.0, "peak_p99_s": 3300.0, "peak_limit_s": 1800.0,
        "other_p99_s": 450.0, "other_starts_s": 39_600.0, "other_limit_s": 600.0,
    }  # fmt: skip
    return dataclasses.replace(small_rehearsal().verdict, **{**said, **changes})


def test_one_sentence_with_the_figures_behind_it():
    sentence = verdict_sentence(verdict())
    assert sentence.en == (
        "In the busiest hour, 08:45–09:45, 99 of 100 visitors got in within 55.0 minutes (promised: 30); "
        "in the worst other quarter of an hour, from 11:00, within 7.5 minutes (promised: 10)."
    )
    assert "08:45–09:45" in sentence.zh
    assert "55.0 分钟" in sentence.zh
    assert "more than 1 in 100 visitors never got in" in verdict_sentence(endless_rehearsal().verdict).en


def test_bars_stand_on_one_scale():
    peak, other = limits_of(verdict())
    assert (peak.is_kept, other.is_kept) == (False, True)
    scale = 100 / (1.08 * 3300)
    assert (peak.took_share, peak.limit_share) == (round(3300 * scale, 2), round(1800 * scale, 2))
    assert (other.took_share, other.limit_share) == (round(450 * scale, 2), round(600 * scale, 2))
    endless, _ = limits_of(verdict(peak_p99_s=float("inf")))
    assert (endless.took_share, endless.is_kept) == (100.0, False)


def test_warnings_only_when_there_is_something_to_warn_of():
    assert warnings_as_text(small_rehearsal()) == []
    texts = [each.en for each in warnings_as_text(invalid_rehearsal())]
    assert len(texts) == 2
    assert texts[0].startswith("12 persons")
    assert "10 minutes" in texts[1]


@pytest.mark.parametrize(
    ("reason", "place", "en", "zh"),
    [
        ("link_cap", "door", "door at 09:30: walkway fuller than its cap (12.00 persons/m²)", "12.00 人/m²"),
        ("floor_cap", "hall", "hall at 09:30: floor fuller than its cap (12.00 persons/m²)", "12.00 人/m²"),
        ("stranded", "door", "door at 09:30: people stranded (12 persons)", "12 人）"),
        ("no_route", "hall", "hall at 09:30: no route (12 persons)", "12 人）"),
        ("conservation", "", "at 09:30: persons do not add up (12 persons)", "12 人）"),
    ],
)
def test_what_went_too_far_is_said_in_its_unit(reason, place, en, zh):
    text = overload_text(Overload(reason=reason, place=place, at_s=9.5 * 3600, figure=12.0))
    assert text.en == en
    assert zh in text.zh


def test_a_barrier_among_people_is_named():
    found = Overload(reason="narrowed", place="door", at_s=9.5 * 3600, figure=5.0, event="crane")
    text = overload_text(found)
    what = "walkway narrowed with too many people on it (5.00 persons/m²)"
    assert text.en == f"door at 09:30: {what}, by event crane of the plan"
    assert text.zh == "door，09:30：通道变窄时其上人员过多（5.00 人/m²），由方案中的事件 crane 造成"
