"""The scenarios of the demonstration: their pages are of the files as they are, and each plays."""

import pytest
from examples.ciie2019.build import HERE

from hostcity.engines.day import rehearse_day
from hostcity.plan import apply_overrides, read_plan
from hostcity.plan.scenarios import apply_scenario, scenario_files
from hostcity.studies.figures import figures_of
from tests.test_documents import ROOT

FILES = scenario_files(HERE)


@pytest.fixture(scope="module")
def plan():
    return read_plan(HERE)


def test_there_are_the_eight():
    assert [each.stem for each in FILES] == [
        "departure-fault", "evacuate-all", "gates-give-up", "hall-fire", "lift-out", "metro-cannot-reach",
        "metro-exit-closed", "tunnel-fire",
    ]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda each: each.stem)
def test_a_page_is_of_its_file_and_of_the_plan_as_they_are(path, plan):
    changed, scenario = apply_scenario(plan, path)
    page = (ROOT / "docs" / "scenarios" / f"{scenario.name}.md").read_text("utf-8")
    assert f"scenario {scenario.sha256[:12]}, plan {changed.sha256[:12]}, " in page
    assert f"as planned: plan {plan.sha256[:12]}, " in page
    for text in (scenario.title_en, scenario.title_zh, scenario.teaches_en, scenario.teaches_zh, scenario.source_en):
        assert text in page
    assert f"({scenario.name}.md)" in (ROOT / "docs" / "scenarios" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda each: each.stem)
def test_each_plays_with_one_person_in_fifty(path, plan):
    changed = apply_overrides(apply_scenario(plan, path)[0], ["streams.*.persons*=0.02", "model.day.step_s=5"])
    day = rehearse_day(changed)
    assert day.is_valid
    cleared = [each.clearance for each in figures_of(changed, day).events if each.clearance]
    assert all(each.persons[-1] == 0 < each.persons_before for each in cleared)
    assert any(each.refuge_most for each in cleared) == bool(cleared)


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda each: each.stem)
def test_the_figures_of_a_page_are_those_of_the_day(path, plan):
    changed, scenario = apply_scenario(plan, path)
    page = (ROOT / "docs" / "scenarios" / f"{scenario.name}.md").read_text("utf-8")
    assert f"results {rehearse_day(changed).results_sha256[:12]};" in page
