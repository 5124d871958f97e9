"""Both languages are complete."""

import re

import pytest

from hostcity.report.terms import REASONS, TERMS
from hostcity.report.words import Both, player_words, say
from tests.report.messages import player_messages, report_messages

NAMES = re.compile(r"\{(\w+)\}")


def test_every_message_of_the_report_has_chinese():
    messages = report_messages()
    assert len(messages) > 100
    for message in messages:
        both = say(message)
        assert both.en == message
        assert sorted(NAMES.findall(both.zh)) == sorted(NAMES.findall(message)), message


def test_every_message_of_the_player_has_chinese_and_none_is_left_over():
    words = player_words()
    assert set(words) == player_messages()
    assert len(words) > 50
    for message, chinese in words.items():
        assert chinese
        assert sorted(NAMES.findall(chinese)) == sorted(NAMES.findall(message)), message


def test_a_message_without_chinese_is_an_error():
    with pytest.raises(KeyError, match="never said"):
        say("this was never said")


def test_values_go_into_their_own_language():
    assert say("{n} persons", n=3) == Both("3 persons", "3 人")
    assert say("{name}: most persons at once", name=Both("Hall", "馆")) == Both(
        "Hall: most persons at once", "馆：同时在馆最多人数"
    )


def test_every_choice_of_a_plan_has_a_word():
    from hostcity.plan.columns import columns_of
    from hostcity.plan.rows import MARKS, Area, Link, Reported, Station

    shown = [
        columns_of(row)[name].choices
        for row, name in (
            (Area, "kind"),
            (Link, "kind"),
            (Station, "service"),
            (Reported, "use"),
            (Reported, "relation"),
        )
    ]
    assert {each for choices in (*shown, MARKS, REASONS) for each in choices} <= set(TERMS)
