"""Pass all tests: `python tools/run_tests.py [--all] [words for pytest]`.

Everything once on SQLite; then, on PostgreSQL, the tests that need a database. The last line is the sum of both. With
CI=true a PostgreSQL that is not there fails the run; else its tests count as skipped, and the run says how to get one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from postgres import HOW_TO_GET, postgresql

ROOT = Path(__file__).parents[1]
#: One process more than there are cores, for tests of a site, a browser or a job wait a third of their time. The tests of a
#: file stay together: what they share is made once per process. In the order of tests/conftest.py, not by their number.
PROCESSES = str((os.cpu_count() or 1) + 1)
PYTEST = (sys.executable, "-m", "pytest", "-q", "-n", PROCESSES, "--dist", "loadfile", "--no-loadscope-reorder")
#: So that processes do not all compile what each of them could have found.
WARM = (sys.executable, str(ROOT / "tools" / "warm.py"))


@dataclass(frozen=True)
class Count:
    """Tests by how they ended; one that could not even be set up has failed."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main(words: list[str]) -> int:
    """Run everything; the exit code is 0 when nothing failed."""
    everything = "--all" in words
    more = [word for word in words if word != "--all"]
    which = "" if everything else "not slow"
    subprocess.run(WARM, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    print("All tests, on SQLite", flush=True)
    count = run(which, more, {"DATABASE_URL": ""})
    count += on_postgresql(f"database and ({which})" if which else "database", more)
    print(count, flush=True)
    return 1 if count.failed else 0


def on_postgresql(which: str, more: list[str]) -> Count:
    """The tests that need a database, once more."""
    with postgresql() as url:
        if url is not None:
            print("Tests that need a database, on PostgreSQL", flush=True)
            return run(which, more, {"DATABASE_URL": f"{url}_{os.getpid()}"})
    missed = how_many(which, more)
    print(f"No PostgreSQL: {missed} tests were not passed on it. To get one: {HOW_TO_GET}.")
    return Count(failed=missed) if os.environ.get("CI", "").lower() in ("1", "true") else Count(skipped=missed)


def run(which: str, more: list[str], environment: Mapping[str, str]) -> Count:
    """One run of pytest, shown as it goes."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [*PYTEST, f"--junitxml={report}", "-m", which, *more]
        code = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode
        count = counted(report) if report.exists() else Count()
    broke = code not in (0, 1, 5) or (code == 1 and not count.failed)  # 5: none chosen; else it ended before its end
    return count + Count(failed=int(broke))


def counted(report: Path) -> Count:
    """What a run's report says."""
    suites = ElementTree.parse(report).iter("testsuite")  # noqa: S314 -- pytest wrote it
    total = Count()
    for suite in suites:
        tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        total += Count(passed=tests - failed - skipped, failed=failed, skipped=skipped)
    return total


def how_many(which: str, more: list[str]) -> int:
    """How many tests a run would have."""
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-m", which, *more]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return sum("::" in line for line in told.splitlines())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
