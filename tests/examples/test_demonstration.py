"""The demonstration is what its sources say: its workbook, its figures, their marks, and the day played with it."""

import ast
import fnmatch
import inspect
import re
from pathlib import Path

import pytest
import yaml
from examples.ciie2019 import build, known
from examples.ciie2019.build import HERE, build_plan, load_figures
from examples.tiny import build as tiny

from hostcity.engines.day import rehearse_day
from hostcity.plan import problems_of, read_plan, write_workbook
from hostcity.plan.columns import columns_of
from hostcity.plan.plan import SHEETS
from hostcity.plan.provenance import mark_of, provenance_of, split_figure
from hostcity.plan.rows import MARKS
from hostcity.studies.reported import compare_reported
from hostcity.studies.swings import swings_of

FACTS = Path(__file__).parents[2].parent / "shared" / "data" / "expo" / "facts.yaml"


@pytest.fixture(scope="module")
def plan():
    return read_plan(HERE)


@pytest.fixture(scope="module")
def figures():
    return load_figures()[1]["figures"]


@pytest.mark.parametrize("example", [build, tiny], ids=["ciie2019", "tiny"])
def test_the_workbook_is_what_its_script_makes(example, tmp_path):
    assert read_plan(example.HERE) == example.build_plan()
    assert problems_of(example.build_plan()) == ()
    write_workbook(example.build_plan(), tmp_path / "expo.xlsx")
    assert (tmp_path / "expo.xlsx").read_bytes() == (example.HERE / "expo.xlsx").read_bytes()


def names_used() -> set[str]:
    """Every figure that the scripts take from the figures file: constant subscripts of ``value`` and ``figures``."""
    nodes = [node for module in (build, known) for node in ast.walk(ast.parse(inspect.getsource(module)))]
    used = {
        node.slice.value
        for node in nodes
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)
        and isinstance(node.value, ast.Name) and node.value.id in {"value", "figures"}
    }  # fmt: skip
    return used | {figure for _, figure, _, _ in known.KNOWN}


def test_every_figure_used_is_in_the_figures_file(figures):
    used = names_used()
    assert len(used) > 30
    assert used <= set(figures)


def test_every_figure_has_its_papers(figures):
    sources = load_figures()[1]["sources"]
    for code, row in figures.items():
        assert set(row) >= {"value", "unit", "edition", "source", "mark"}, code
        assert row["mark"] in MARKS, code
        assert row["source"] in sources, code
        if row["mark"] == "reported" and code in names_used():
            assert sources[row["source"]]["date"], code


def test_reported_figures_are_those_of_the_collection(figures):
    if not FACTS.exists():
        pytest.skip("the collection of facts (../shared/data/expo/facts.yaml) lies beside the repository, not in it")
    facts = {row["id"]: row for row in yaml.safe_load(FACTS.read_text("utf-8"))["facts"]}
    reported = [code for code, row in figures.items() if row["mark"] == "reported"]
    assert len(reported) > 20
    for code in reported:
        assert code in facts, code
        assert figures[code]["value"] == facts[code]["v"], code
        assert figures[code]["edition"] == str(facts[code]["ed"]), code
        assert figures[code]["source"] == facts[code]["src"], code
        assert facts[code]["conf"] == "reported", code


def test_marks_are_one_of_four(plan):
    assert {row.mark for row in plan.provenance} == set(MARKS)


def test_every_provenance_row_has_a_source(plan):
    sources = {row.code: row for row in plan.sources}
    for row in plan.provenance:
        assert row.source in sources, row.figure
        assert row.edition, row.figure


def test_every_figure_carries_its_date(plan):
    """Of another edition above all: its own, else that of its source."""
    dates = {row.figure: (row.edition, row.date) for row in plan.provenance}
    assert [figure for figure, (_edition, date) in dates.items() if not re.match(r"\d{4}", date)] == []
    assert dates["attractions.*.weight"] == ("1", "2018-11-09")
    assert dates["stations.L2-trains.headway_s"] == ("1", "2018-11-10")
    assert dates["stations.L2-trains.batch_persons"] == ("8", "2025-11-06")
    assert dates["streams.L17.persons"] == ("2", "2019-11-06")


def test_a_mark_is_of_what_its_source_says(plan):
    """A source speaks of stairs' speeds and of line 2; what stands in the same column elsewhere was chosen here."""
    reported = {
        f"{sheet}.{row.code}.{name}"
        for sheet, rows in plan.sheets() if sheet in ("link_kinds", "streams", "stations")
        for row in rows for name in columns_of(SHEETS[sheet]) if name != "code"
        and mark_of(plan, sheet, row.code, name) == "reported"
    }  # fmt: skip
    assert reported == {
        "link_kinds.stairs.speed_up", "link_kinds.stairs.speed_down", "stations.L2-trains.headway_s",
        "streams.L2-exit4.headway_s", "streams.L2-exit5.headway_s", "streams.helpers.persons",
    }  # fmt: skip
    fitted = [group.code for group in plan.groups if mark_of(plan, "groups", group.code, "halls_mean") == "fitted"]
    assert fitted == ["buyers", "tours"]


def test_reported_rows_carry_edition_and_date(plan):
    assert {row.use for row in plan.reported} == {"fitted", "held_back"}
    for row in plan.reported:
        assert row.edition, row.code
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row.date), row.code
        assert (row.date == plan.day.date) == (row.edition == "2"), row.code
        assert bool(row.note_en) == bool(row.note_zh), row.code


def test_the_hall_peaks_are_held_back(plan):
    peaks = [row for row in plan.reported if row.quantity.endswith(".peak_persons")]
    assert len(peaks) == 3
    assert {row.use for row in peaks} == {"held_back"}
    assert {row.code: row.relation for row in peaks}["peak-5.2"] == "at_least"


def test_who_comes_adds_up(plan, figures):
    counting = sum(stream.persons for stream in plan.streams if stream.mode != "staff")
    assert counting == figures["visits.peak_day"]["value"] == 227_000
    assert sum(stream.persons for stream in plan.streams) - counting == figures["vol.in_venue"]["value"]


def test_every_figure_that_swings_try_is_known(plan):
    tried = swings_of(plan)
    assert len(tried.swings) > 5
    for name in [*(swing.figure for swing in tried.swings if not swing.is_usual), *tried.not_varied]:
        sheet, key, field = split_figure(name)
        rows = [row for row in getattr(plan, sheet) if fnmatch.fnmatchcase(row.code, key)]
        assert rows, name
        for row in rows:
            assert provenance_of(plan, sheet, row.code, field) is not None, name


def test_every_column_named_is_one(plan):
    for row in plan.provenance:
        sheet, _, field = split_figure(row.figure)
        assert field == "*" or field in columns_of(SHEETS[sheet])


def test_what_was_fitted_is_met_within_a_twentieth(plan):
    compared = compare_reported(plan, rehearse_day(plan))
    fitted = [each for each in compared if each.row.use == "fitted"]
    assert len(fitted) >= 5
    assert {each.row.code: each.played for each in fitted} == pytest.approx(
        {each.row.code: each.row.value for each in fitted}, rel=0.05
    )


def test_the_fit_is_the_one_in_the_file():
    fitted = yaml.safe_load((HERE / "fitted.yaml").read_text("utf-8"))
    assert build_plan(fitted) == build_plan()
    other = {**fitted, "halls_mean": fitted["halls_mean"] + 1}
    assert build_plan(other) != build_plan()


def test_every_number_has_provenance(plan):
    """A figure that nobody speaks of counts as assumed; here each is spoken of."""
    asked = 0
    for sheet, rows in plan.sheets():
        if sheet in {"sources", "provenance", "reported"}:
            continue
        for name, column in columns_of(SHEETS[sheet]).items():
            if column.kind in {"number", "integer", "clock", "flag"}:
                said = [row.code for row in rows if getattr(row, name) is not None]
                silent = [code for code in said if provenance_of(plan, sheet, code, name) is None]
                asked += len(said)
                assert silent == [], f"{sheet}.{name}"
    assert asked > 3_000


def test_exhibitors_are_invented_and_their_names_say_so(plan):
    named = [each for each in plan.stands if each.exhibitor_en or each.exhibitor_zh]
    assert len({each.exhibitor_en for each in named}) == len({each.exhibitor_zh for each in named}) == 720
    assert all(each.exhibitor_en.endswith(", invented") and each.exhibitor_zh.endswith("·虚构") for each in named)
    marks = {row.figure: row for row in plan.provenance if row.figure.startswith("stands.*.exhibitor")}
    assert {row.mark for row in marks.values()} == {"assumed"}
    assert all("invented" in row.note for row in marks.values())
    assert set(marks) == {"stands.*.exhibitor_en", "stands.*.exhibitor_zh"}
