"""How well a figure is known: the row that names it most exactly."""

import pytest
from hypothesis import given

from hostcity.plan import Plan
from hostcity.plan.provenance import figures_named, mark_of, provenance_of, split_figure
from hostcity.plan.rows import Gate, Provenance
from tests.fairs import small_fair
from tests.plan.rows_by_chance import codes


def known(*figures: str) -> Plan:
    rows = tuple(Provenance(code=figure, figure=figure, mark="reported") for figure in figures)
    return small_fair().replace(provenance=rows)


@pytest.mark.parametrize(
    ("figures", "wanted"),
    [
        (("stations.*.lanes",), "stations.*.lanes"),
        (("stations.*.*", "stations.*.lanes"), "stations.*.lanes"),
        (("stations.*.lanes", "stations.*-security.lanes"), "stations.*-security.lanes"),
        (("stations.W-security.lanes", "stations.*-security.lanes"), "stations.W-security.lanes"),
        (("stations.W-security.*", "stations.*.lanes"), "stations.W-security.*"),
        (("stations.?-security.lanes", "stations.W-security.lanes"), "stations.W-security.lanes"),
        (("stations.W-security.lanes_most",), None),
        (("links.*.lanes", "stations.E-*.lanes", "lanes", "stations.lanes"), None),
        ((), None),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_the_most_exact_row_speaks(figures, wanted, turned):
    plan = known(*(reversed(figures) if turned else figures))
    found = provenance_of(plan, "stations", "W-security", "lanes")
    assert (found.figure if found else None) == wanted
    assert mark_of(plan, "stations", "W-security", "lanes") == ("reported" if wanted else "assumed")


@pytest.mark.parametrize(
    ("figure", "parts"),
    [("stations.5.1.lanes", ("stations", "5.1", "lanes")), ("a.b.c", ("a", "b", "c")), ("a.b", None), ("a", None),
     ("a..c", None), (".b.c", None), ("a.b.", None), ("", None)],
)  # fmt: skip
def test_the_parts_of_a_figure(figure, parts):
    assert split_figure(figure) == parts


@given(codes())
def test_every_code_can_be_known_by_itself(code):
    figure = f"gates.{code}.name_en"
    plan = small_fair().replace(
        gates=(Gate(code=code),), provenance=(Provenance(code="p", figure=figure, mark="fitted"),)
    )
    assert mark_of(plan, "gates", code, "name_en") == "fitted"
    assert figures_named({"gates": {code}}, figure) is None
