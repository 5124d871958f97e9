"""What the site's processes hold in memory: `hostcity serve --demo`, in a fresh home and in one that is there."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.rows import Bar, Detail, Measured

if TYPE_CHECKING:
    from tests.site.sites import Served, Site

BAR_MIB = 300
MOST, AT_REST, AFTER_PAGES = "the most until it rests", "at rest", "after all pages of the menu"
STANDING = 5  # arbiter, web, worker, its two nurseries; whatever else there is compiles, reads or plays
REST_S, REST_WITHIN_S = 5.0, 900.0  # after the last that works; the first to work prepares the engines
WHO = "demo-administrator"  # whose menu is the longest
LOOK_EVERY_S = 0.1

Parts = list[float]


def measure() -> Measured:
    """The proportional share of the whole tree: at rest, and after each page of the menu was opened once."""
    from tests.site.sites import Site, empty_database

    with tempfile.TemporaryDirectory(prefix="hostcity-memory-") as folder, empty_database() as database:
        site = Site(Path(folder, "home"), database)
        found = [
            (home, when, parts)
            for home in ("a fresh home", "a home that is there")
            for when, parts in _of_a_start(site)
        ]
    bars = tuple(
        Bar(f"web, worker, engines imported, {when}: {home}", f"≤ {BAR_MIB} MiB", f"{mib:.0f} MiB", mib <= BAR_MIB)
        for home, when, mib in ((home, when, sum(parts)) for home, when, parts in found if when != MOST)
    )
    lines = tuple((home, when, ", ".join(f"{each:.0f}" for each in parts)) for home, when, parts in found)
    return Measured(bars, (Detail("Processes of `hostcity serve --demo`", ("home", "when", "MiB of each"), lines),))


def _of_a_start(site: Site) -> Iterator[tuple[str, Parts]]:
    with site.served("--demo") as served:
        yield MOST, _most_until_rest(served)
        yield AT_REST, _parts(served)
        _open_pages(served)
        yield AFTER_PAGES, _parts(served)


def _most_until_rest(served: Served) -> Parts:
    """Until the engines are prepared, and what a fresh demonstration asked for is played."""
    most, end = [0.0], time.monotonic() + REST_WITHIN_S
    rests_from = end
    while time.monotonic() < min(rests_from + REST_S, end):
        parts = _parts(served)
        most = max(most, parts, key=sum)
        if len(parts) > STANDING:
            rests_from = time.monotonic()
        time.sleep(LOOK_EVERY_S)
    return most


def _open_pages(served: Served) -> None:
    from tests.site.sites import Browser

    password = re.findall(rf"^  {WHO} +(\S+)$", served.said, re.M)[0]
    browser = Browser(served.address)
    browser.get("/accounts/login/")
    browser.post("/accounts/login/", login=WHO, password=password)
    menu = browser.get("/e/ciie2019/")[1].partition('<nav class="side"')[2].partition("</nav>")[0]
    pages = re.findall(r'<a href="(/[^"]*)"', menu)
    if len(pages) < 10:
        raise AssertionError(f"no menu: {pages}")
    for path in pages:
        status, _page = browser.get(path)
        if status != 200:
            raise AssertionError(f"{path}: {status}")


def _parts(served: Served) -> Parts:
    return [share for pid in (served.process.pid, *served.children()) if (share := pss_mib(pid))]


def pss_mib(pid: int | str) -> float:
    """Its own memory, and its part of what it shares; 0 when it is gone."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss: +(\d+) kB", told, re.M)
    return int(found[1]) / 1024 if found else 0.0
