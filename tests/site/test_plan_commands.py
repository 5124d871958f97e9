"""A plan brought into the site and taken out again from the command line."""

import json

import pytest

from hostcity.plan import read_plan
from tests.site.commands import TINY

pytestmark = pytest.mark.database


def test_a_plan_goes_in_and_comes_out_equal(fair, tmp_path):
    plan = read_plan(TINY)
    rows = sum(len(sheet) for _name, sheet in plan.sheets())
    tried = json.loads(fair.done("import", "fair-1", TINY, "--dry-run", "--json"))
    assert (tried["total"], tried["is_applied"], tried["counts"]["gates"]) == (
        rows,
        False,
        {"plan.add": len(plan.gates)},
    )
    assert f"Changes made: {rows}." in fair.done("import", "fair-1", TINY)
    assert "Changes made: 0." in fair.done("import", "fair-1", TINY)
    for name in ("out.xlsx", "out.json"):
        assert fair.done("export", "fair-1", str(tmp_path / name)).strip() == str(tmp_path / name)
        assert read_plan(tmp_path / name).sha256 == plan.sha256
    assert "[file.exists]" in fair.run("export", "fair-1", str(tmp_path / "out.json")).stderr
    told = fair.done("import", "fair-1", str(tmp_path / "out.json"), "--dry-run", "--lang", "zh")
    assert "将作出的变更：0。" in told


def test_wrong_words_are_answered_with_the_right_ones(fair, tmp_path):
    ran = fair.run("import", "fair-2", TINY)
    assert (ran.returncode, ran.stderr) == (2, "No edition 'fair-2'. Known: fair-1. [edition.unknown]\n")
    ran = fair.run("import", "fair-1", str(tmp_path / "none.xlsx"))
    assert (ran.returncode, "[plan.not_found]" in ran.stderr) == (2, True)
    ran = fair.run("export", "fair-1", str(tmp_path / "plan.csv"))
    assert (ran.returncode, "[file.kind]" in ran.stderr) == (2, True)
    ran = fair.run("export", "fair-1", str(tmp_path / "plan.zip"))
    assert (ran.returncode, "[imdf.venue.grounds]" in ran.stderr) == (2, True)


def test_a_sheet_is_put_into_the_plan_by_codes(fair, tmp_path):
    fair.done("import", "fair-1", TINY)
    (tmp_path / "areas.csv").write_text("code,name_en\ngate,The very gate\nnew,New\n", "utf-8")
    ran = fair.run("import", "fair-1", str(tmp_path / "areas.csv"))
    assert (ran.returncode, "sheet areas, row 3, column kind: is empty." in ran.stderr) == (2, True)
    (tmp_path / "areas.csv").write_text("code,name_en\ngate,The very gate\n", "utf-8")
    told = json.loads(fair.done("import", "fair-1", str(tmp_path / "areas.csv"), "--json"))
    assert told["counts"] == {"areas": {"plan.change": 1}}
    assert "Changes made: 0." in fair.done("import", "fair-1", str(tmp_path / "areas.csv"))
