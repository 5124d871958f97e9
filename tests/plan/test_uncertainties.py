"""Rows of sheet uncertainties that cannot be drawn, each with its place and mend."""

import pytest

from hostcity.plan import problems_of
from hostcity.plan.rows import Uncertainty
from tests.fairs import small_fair


def problems(*rows: dict[str, object]) -> list[tuple[int | None, str]]:
    usual = {"kind": "factor", "figure": "streams.*.persons", "low": 0.8, "high": 1.2}
    uncertainties = tuple(Uncertainty(**{"code": f"u{at}", **usual, **row}) for at, row in enumerate(rows))
    return [(each.row, each.code) for each in problems_of(small_fair().replace(uncertainties=uncertainties))]


STAFF = {"kind": "no_show", "figure": "stations.*-security.lanes"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"figure": "streams"}, "figure.unknown"),
        ({"figure": "crowds.*.persons"}, "figure.unknown"),
        ({"figure": "streams.x.persons"}, "figure.unknown"),
        ({"figure": "streams.*.mode"}, "figure.kind"),
        ({"figure": "streams.*.*"}, "figure.kind"),
        ({"figure": "edition.*.gates_open_at"}, "figure.kind"),
        ({"figure": "uncertainties.*.low"}, "figure.kind"),
        ({"kind": "no_show", "high": 0.9}, "figure.kind"),
        ({"low": 1.3}, "high.order"),
        ({"low": 0.0}, "low.range"),
        ({"high": 11.0}, "high.range"),
        ({**STAFF, "low": 0.1, "high": 1.1}, "high.range"),
        ({"law": "none"}, "law.choice"),
    ],
)
def test_what_cannot_be_drawn(row, code):
    assert problems({}, row) == [(2, f"uncertainties.{code}")]


def test_the_staff_of_a_station_is_missing_once():
    staff = {**STAFF, "low": 0.01, "high": 0.1}
    assert problems(staff, {}, staff) == [(3, "uncertainties.figure.overlap")]


def test_two_rows_may_scale_one_figure():
    assert problems({}, {"figure": "streams.metro.persons"}) == []


def test_a_share_of_none_is_not_lognormal_but_may_be_normal():
    assert problems({**STAFF, "law": "normal", "low": 0.0, "high": 0.1}) == []
