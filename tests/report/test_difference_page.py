"""The page of a comparison: the table of what changes, and the map of where."""

import json
import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from hostcity.plan import apply_overrides
from hostcity.report.difference_map import difference_map
from hostcity.report.difference_page import comparison_page, write_comparison
from hostcity.site.screens.as_data import of_comparison
from hostcity.studies.compare import LinkChanges, compare_plans
from tests.fairs import small_fair
from tests.report.test_page import FETCHES


@cache
def compared():
    a = small_fair(900)
    b = apply_overrides(a, ["streams.*.persons*=2"])
    return (a, b), compare_plans(a, b)


def changes(change, is_clear=None):
    """Of the first links of the small fair, by quarters from 08:00."""
    change = np.array(change, float)
    codes = tuple(row.code for row in small_fair().links[: change.shape[1]])
    clear = np.ones(change.shape, bool) if is_clear is None else np.array(is_clear, bool)
    return LinkChanges(
        codes=codes, starts_s=8 * 3600.0, a_per_m2=np.full(change.shape, 0.5), change_per_m2=change, is_clear=clear
    )


def test_colors_say_how_much_and_capitals_that_it_is_clear():
    drawn = difference_map(small_fair(), changes([[-0.5, -0.4, -0.1], [-0.03, 0.0, 0.019], [0.02, 0.1, 0.41]]))
    assert drawn.colors == ("AAB", "Cdd", "EFG")
    assert drawn.clocks == ("08:00", "08:15", "08:30")
    assert drawn.css_class(2, 2) == "change change-6 is-clear"
    pale = difference_map(small_fair(), changes([[-0.5, 0.1]], [[False, False]]))
    assert pale.colors == ("af",)
    assert pale.css_class(0, 0) == "change change-0"
    assert pale.links == ()


def test_the_first_picture_is_of_the_quarter_in_which_most_changes_clearly():
    values = [[0.0, 0.0], [0.9, 0.9], [0.2, -0.2], [0.1, 0.0], [0.0, 0.0]]
    drawn = difference_map(
        small_fair(), changes(values, [[True, True], [False, False], [True, True], [True, True], [True, True]])
    )
    assert drawn.clocks == ("08:15", "08:30", "08:45")  # nothing changes before and after
    assert drawn.clocks[drawn.worst] == "08:30"
    assert [(each.at, each.change_per_m2) for each in drawn.links] == [("08:30", 0.2), ("08:30", -0.2)]


def test_nothing_changes_and_nothing_in_common():
    same = difference_map(small_fair(), changes(np.zeros((2, 2))))
    assert same.colors == ("dd", "dd")
    nothing = difference_map(small_fair(), changes(np.zeros((2, 0))))
    assert nothing.levels == ()


def test_a_walkway_between_levels_is_on_both():
    plan = small_fair()
    zero = np.zeros((1, len(plan.links)))
    drawn = difference_map(plan, changes(zero))
    level = {row.code: row.level for row in plan.nodes}
    between = [at for at, row in enumerate(plan.links) if level[row.start] != level[row.end]]
    shown = [line.at for each in drawn.levels for line in each.lines]
    assert between
    assert {at for at in shown if shown.count(at) == 2} == set(between)
    assert set(shown) == set(range(len(plan.links)))


@pytest.fixture(scope="module")
def page():
    return comparison_page(compared()[0], ("plan.xlsx", "<b> & c"), compared()[1])


def test_the_page_asks_nobody_and_runs_only_its_own_script(page):
    markup = re.sub(r"<script>.*?</script>", "", page, flags=re.S)
    assert {each for each in FETCHES.findall(markup) if not each.startswith("#")} == set()
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert "&lt;b&gt; &amp; c" in page


def test_the_picture_stands_without_scripts_and_the_script_has_every_quarter(page):
    (plan, _), found = compared()
    drawn = difference_map(plan, found.links)
    data = json.loads(re.search(r'id="quarters">(.*?)</script>', page)[1])
    assert data == {"clocks": list(drawn.clocks), "colors": list(drawn.colors), "worst": drawn.worst}
    for at, line in re.findall(r'<line data-link="(\d+)" class="([^"]+)"', page):
        assert line == drawn.css_class(int(at), drawn.worst)
    assert any("is-clear" in each for each in re.findall(r'<line data-link="\d+" class="([^"]+)"', page))
    assert f"from {drawn.clocks[drawn.worst]}." in page
    assert '<form class="quarter" hidden>' in page


def test_the_table_has_the_promise_and_what_is_clear(page):
    rows = re.search(r'<table id="differences">.*?</table>', page, re.S)[0]
    found = compared()[1]
    assert rows.count("<strong>") == min(len(found.clear), rows.count("<tr") - 1)
    assert rows.index("busiest hour") < rows.index("most inside at once")


def test_one_run_and_invalid_runs_are_told():
    (a, b), _ = compared()
    page = comparison_page((a, b), ("A", "B"), compare_plans(a, b, runs=1))
    assert "One run gives no interval: nothing can be called clear." in page
    assert "1 day is too few to tell" in page
    assert "<strong>clear" not in page


def test_it_is_written_beside_nothing_else(tmp_path):
    plans, found = compared()
    page = write_comparison(plans, ("A", "B"), found, of_comparison(found), tmp_path / "out")
    assert sorted(each.name for each in page.parent.iterdir()) == ["comparison.json", "index.html"]
    assert json.loads((page.parent / "comparison.json").read_text("utf-8"))["runs"] == 6
    write_comparison(plans, ("A", "B"), found, of_comparison(found), page.parent)
    (page.parent / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError, match=r"mine\.txt"):
        write_comparison(plans, ("A", "B"), found, of_comparison(found), page.parent)


def test_areas_are_named_in_their_middle_as_large_as_they_fit():
    plan = small_fair()
    drawn = difference_map(plan, changes([[0.5, 0.1]]))
    areas = {(row.name_en, row.name_zh): row for row in plan.areas if row.outline}
    width = float(drawn.view.split()[2])
    labels = [each for level in drawn.levels for each in level.labels]
    assert {tuple(each.name) for each in labels} <= set(areas)
    assert labels
    for each in labels:
        xs, ys = zip(*areas[tuple(each.name)].outline, strict=True)
        assert (each.x, each.y) == (round((min(xs) + max(xs)) / 2, 1), round(-(min(ys) + max(ys)) / 2, 1))
        assert len(each.name.zh) * each.size <= max(xs) - min(xs)
        assert 0.017 * width < each.size < 0.031 * width
    long = replace(plan, areas=tuple(replace(row, name_en=80 * "x") if row.outline else row for row in plan.areas))
    assert not any(level.labels for level in difference_map(long, changes([[0.5, 0.1]])).levels)
