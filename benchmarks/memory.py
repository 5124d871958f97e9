"""What the site's processes hold in memory: `hostcity serve --demo`, in a fresh home and in one that is there."""

from __future__ import annotations

import re
import tempfile
import time
from pathlib import Path

from benchmarks.rows import Bar, Detail, Measured

BAR_MIB = 300
WARM_S = 15.0  # until the worker has imported the engines


def measure() -> Measured:
    """The proportional share of the whole tree, its most over the first seconds."""
    from tests.site.sites import Site, empty_database

    with tempfile.TemporaryDirectory(prefix="hostcity-memory-") as folder, empty_database() as database:
        site = Site(Path(folder, "home"), database)
        found = {name: _most(site) for name in ("a fresh home", "a home that is there")}
    bars = tuple(
        Bar(
            f"web, worker, engines imported: {name}", f"≤ {BAR_MIB} MiB", f"{sum(parts):.0f} MiB", sum(parts) <= BAR_MIB
        )
        for name, parts in found.items()
    )
    lines = tuple((name, ", ".join(f"{each:.0f}" for each in parts)) for name, parts in found.items())
    return Measured(bars, (Detail("Processes of `hostcity serve --demo`", ("start", "MiB of each"), lines),))


def _most(site: object) -> list[float]:
    most: list[float] = []
    with site.served("--demo") as served:  # type: ignore[attr-defined]
        until = time.monotonic() + WARM_S
        while time.monotonic() < until:
            parts = [share for pid in (served.process.pid, *served.children()) if (share := pss_mib(pid))]
            most = max(most, parts, key=sum)
            time.sleep(0.5)
    return most


def pss_mib(pid: int | str) -> float:
    """Its own memory, and its part of what it shares; 0 when it is gone."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss: +(\d+) kB", told, re.M)
    return int(found[1]) / 1024 if found else 0.0
