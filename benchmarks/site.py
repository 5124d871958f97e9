"""What the site costs: polls, lists, search, memory. On the database that the surroundings name, in one of its own.

python -m benchmarks.site [poll] [lists] [search] [memory] [map]         DATABASE_URL=postgresql://… for PostgreSQL
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable

from benchmarks.rows import Measured, bars_table, detail_table


def _poll() -> Measured:
    from benchmarks.poll import measure

    return measure()


def _lists() -> Measured:
    from benchmarks.lists import measure

    return measure()


def _search() -> Measured:
    from benchmarks.search import measure

    return measure()


def _memory() -> Measured:
    from benchmarks.memory import measure

    return measure()


def _map() -> Measured:
    from benchmarks.map import measure

    return measure()


BENCHMARKS: dict[str, Callable[[], Measured]] = {
    "poll": _poll, "lists": _lists, "search": _search, "memory": _memory, "map": _map,
}  # fmt: skip


def main(which: list[str]) -> int:
    """Measure in a fresh database, print the tables, and drop it."""
    unknown = [name for name in which if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hostcity.site.settings")
    with tempfile.TemporaryDirectory(prefix="hostcity-benchmarks-") as home:
        os.environ["HOSTCITY_HOME"] = home
        sys.stderr = io.StringIO()  # a line of the log per request is written, and lost
        import django
        from django.test.runner import DiscoverRunner

        django.setup()
        runner = DiscoverRunner(verbosity=0, interactive=False)
        databases = runner.setup_databases()
        try:
            found = [BENCHMARKS[name]() for name in which or BENCHMARKS]
        finally:
            runner.teardown_databases(databases)
    print(bars_table([bar for each in found for bar in each.bars]))
    for each in found:
        for detail in each.details:
            print(f"\n{detail_table(detail)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
