"""Documents say what is true now."""

import doctest
import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [path for path in ROOT.rglob("*.md") if not {".venv", "node_modules", "build"} & set(path.parts)]

sys.path.insert(0, str(ROOT / "tools"))


def test_the_reference_is_that_of_the_columns():
    from reference import PAGE, reference

    assert PAGE.read_text("utf-8") == reference()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize(
    "page", [page for page in PAGES if ">>>" in page.read_text("utf-8")], ids=lambda page: page.name
)
def test_examples_in_pages_run(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(page), module_relative=False)
    assert tried > 0
    assert failed == 0


@pytest.mark.parametrize(
    "name",
    [
        f"hostcity.engines.{each}"
        for each in (
            "day",
            "rosters.from_plan",
            "schedule",
            "schedule.forecast",
            "schedule.planning",
            "walk",
            "walk.fields",
            "walk.isovist",
            "walk.road_map",
            "walk.sight",
        )
    ],
)
def test_examples_in_docstrings_run(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testmod(import_module(name))
    assert tried > 0
    assert failed == 0


def test_every_folder_has_its_page():
    folders = [
        ROOT / "src/hostcity" / name
        for name in (
            "plan",
            "engines/day",
            "engines/micro",
            "engines/walk",
            "engines/wayfinding",
            "studies",
            "report",
            "site",
        )
    ]
    folders += [ROOT / "examples", ROOT / "benchmarks", ROOT / "docs", ROOT / "frontend"]
    assert [str(folder) for folder in folders if not (folder / "README.md").exists()] == []
