"""Pass all tests: `python tools/run_tests.py [--all] [words for pytest]`.

Run tools/warm.py before, or each process compiles what another could have found.

Everything once on SQLite and, at the same time, on PostgreSQL what needs a database and asks more of it than the tests
beside it (tests/conftest.py; with --all whatever needs one): what one run waits for, the other uses. What the second
prints follows when it has ended. The last line is the sum of both. With CI=true a PostgreSQL that is not there fails the
run; else its tests count as skipped, and the run says how to get one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from xml.etree import ElementTree

from postgres import HOW_TO_GET, postgresql

ROOT = Path(__file__).parents[1]
#: In the first run one more than cores, for tests of a site, a browser or a job wait a third of their time; in the second one,
#: which has a fifth of the work, but as many as cores with --all. The tests of a file stay together: what they share is made
#: once per process. In the order of tests/conftest.py, not by their number.
CORES = os.cpu_count() or 1
PYTEST = (sys.executable, "-m", "pytest", "-q", "--dist", "loadfile", "--no-loadscope-reorder")


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
    twice = "database" if everything else "database and not slow and not once"
    if everything:
        os.environ["HOSTCITY_TEST_ALL"] = "1"
    with ThreadPoolExecutor() as beside:
        second = beside.submit(on_postgresql, twice, more, CORES if everything else 1)
        print("All tests, on SQLite", flush=True)
        count, _shown = run(which, more, {"DATABASE_URL": ""}, sys.stdout, CORES + 1)
        more_of_it, said = second.result()
    print(said, flush=True)
    count += more_of_it
    print(count, flush=True)
    return 1 if count.failed else 0


def on_postgresql(which: str, more: list[str], processes: int) -> tuple[Count, str]:
    """The tests that need a database, once more; and what was printed."""
    with postgresql() as url:
        if url is not None:
            count, shown = run(which, more, {"DATABASE_URL": f"{url}_{os.getpid()}"}, None, processes)
            return count, f"Tests that need a database, on PostgreSQL\n{shown}"
    missed = how_many(which, more)
    said = f"No PostgreSQL: {missed} tests were not passed on it. To get one: {HOW_TO_GET}."
    is_failure = os.environ.get("CI", "").lower() in ("1", "true")
    return Count(failed=missed) if is_failure else Count(skipped=missed), said


def run(
    which: str, more: list[str], environment: Mapping[str, str], shown: TextIO | None, processes: int
) -> tuple[Count, str]:
    """One run of pytest, and what it printed, if that is not shown as it goes."""
    with tempfile.TemporaryDirectory() as folder:
        report, printed = Path(folder) / "report.xml", Path(folder) / "printed.txt"
        command = [*PYTEST, "-n", str(processes), f"--junitxml={report}", "-m", which, *more]
        with printed.open("w") as kept:
            out = shown or kept
            ended = subprocess.run(
                command, cwd=ROOT, env={**os.environ, **environment}, check=False, stdout=out, stderr=out
            )
        count = counted(report) if report.exists() else Count()
        text = printed.read_text("utf-8", "replace")
    code = ended.returncode
    broke = code not in (0, 1, 5) or (code == 1 and not count.failed)  # 5: none chosen; else it ended before its end
    return count + Count(failed=int(broke)), text


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
