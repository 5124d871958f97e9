"""What is pasted and named for mending a day, and everything that is wrong with it at once."""

import pytest

from hostcity.core.errors import Refused
from hostcity.volunteers.mending.asking import Asked, codes_in, factors_in, faults

KNOWN = {"service_days": {"D1"}, "bands": {"early"}, "volunteers": {"V1", "V2"}, "posts": {"P1", "P2"}}


def wrong(**asked):
    return [(each.code, each.field, str(each.what)) for each in faults(Asked(**{"day": "D1"} | asked), KNOWN)]


def test_codes_are_read_whatever_stands_between_them():
    assert codes_in(" V1,V2；V3、V1\r\nV4\tV5，\n") == ["V1", "V2", "V3", "V1", "V4", "V5"]


def test_a_post_without_a_factor_needs_twice_as_many():
    assert factors_in("P1\n\nP2 x1.5\nP3，3\n") == {"P1": 2.0, "P2": 1.5, "P3": 3.0}


@pytest.mark.parametrize("text", ["P1 two", "P1 2 3", "P1 2\nP1 3", "P1 -1", "P1 nan", "P1 1e9", "P1 ²"])
def test_lines_that_are_no_post_with_a_factor_are_refused(text):
    with pytest.raises(Refused) as refused:
        factors_in(text)
    assert refused.value.code == "roster.factors"


def test_everything_that_is_wrong_is_said_at_once_with_its_count():
    many = [f"X{number:02}" for number in range(30)]
    assert wrong(day="D9", band="dawn", absent=["V1", *many, "X00"], closed=["P1"], factors={"P1": 2.0, "P2": 1.0}) == [
        ("roster.unknown", "day", "1 of 1 codes is not in the plan: D9."),
        ("roster.unknown", "band", "1 of 1 codes is not in the plan: dawn."),
        ("roster.unknown", "absent", f"30 of 31 codes are not in the plan: {', '.join(many[:20])}, …."),
        ("roster.closed_and_more", "factors", "Closed, and more are needed there: P1."),
        ("roster.factor", "factors", "This cannot be the factor of P2."),
    ]


def test_nothing_to_mend_is_refused():
    assert wrong() == [("roster.nothing_to_mend", "absent", "Nothing is to be mended.")]


def test_who_is_named_twice_counts_once():
    asked = Asked(day="D1", absent=["V2", "V1", "V2"], closed=["P2"]).plain()
    assert asked == {
        "day": "D1",
        "band": "",
        "absent": ["V1", "V2"],
        "repeated": 1,
        "closed": ["P2"],
        "factors": {},
        "most_told": None,
    }


@pytest.mark.parametrize("most", [-1, 100_001])
def test_a_number_of_people_that_cannot_be_is_refused(most):
    assert wrong(absent=["V1"], most_told=most) == [("roster.most_told", "most_told", "This cannot be.")]
