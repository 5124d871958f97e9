"""Every figure of the plan stands among the inputs, once, with its mark."""

from hostcity.plan.columns import columns_of
from hostcity.plan.plan import SHEETS
from hostcity.plan.provenance import mark_of
from hostcity.plan.rows import Provenance
from hostcity.report.inputs import ABOUT, FIGURES, inputs_of
from tests.fairs import small_fair


def figures_by_mark(plan):
    counts = {}
    for sheet, rows in plan.sheets():
        if sheet in ABOUT:
            continue
        for name, column in columns_of(SHEETS[sheet]).items():
            if column.kind in FIGURES and name != "code":
                for row in rows:
                    if getattr(row, name) not in (None, ""):
                        mark = mark_of(plan, sheet, row.code, name)
                        counts[mark] = counts.get(mark, 0) + 1
    return counts


def test_every_figure_once_with_its_mark():
    plan = small_fair()
    more = (
        Provenance(code="w", figure="links.door*.width_m", mark="reported", source="here"),
        Provenance(code="s", figure="streams.metro.persons", mark="derived", source="here"),
    )
    plan = plan.replace(provenance=plan.provenance + more)
    counts = {}
    for each in inputs_of(plan):
        counts[each.mark] = counts.get(each.mark, 0) + each.count
    assert counts == figures_by_mark(plan)
    assert counts["derived"] == 1
    assert counts["reported"] == 1


def test_what_nobody_speaks_of_counts_as_assumed():
    found = {each.figure: each for each in inputs_of(small_fair())}
    width = found["links.*.width_m"]
    assert (width.mark, width.known, width.values) == ("assumed", None, "2 – 12")
    lanes = found["stations.*.lanes"]
    assert (lanes.mark, lanes.known.code, lanes.values, lanes.count) == ("assumed", "lanes", "1, 3, 4, 24", 5)
    assert found["edition.tiny.opens_at"].values == "09:00"
