"""Frames of the map's gestures: pan and pinch by two fingers on a phone, in Chromium slowed down four times.

A frame is the time from one animation frame of the page to the next while fingers move. Sharp is the time from lifting
the last finger to the frame after that in which the SVG is shown again.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.map_site import LEVELS, PLAYED
from benchmarks.rows import Bar, Detail, Measured

SLOWER = 4
GESTURE_S = 1.5
EVERY_S = 1 / 60
MOST_FRAME_MS, MOST_SHARP_MS = 33, 300
TIMES = 2
WINDOWS = {"phone": (390, 844), "desktop": (1280, 800)}
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
WATCH = """() => {
  const seen = (window.seen = {frames: [], lifted: 0, sharp: 0});
  const map = document.querySelector('.map');
  let last = 0;
  const frame = (now) => {
    if (last && seen.isOn) seen.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  addEventListener('pointerup', () => { seen.lifted = performance.now(); seen.isOn = false; }, true);
  new MutationObserver(() => {
    if (seen.lifted && !seen.sharp) requestAnimationFrame(() => setTimeout(() => { seen.sharp = performance.now(); }));
  }).observe(map, {attributeFilter: ['data-sharp']});
}"""

#: Whether the bitmaps for the next gesture are those of the map as it is sharp now.
PAINTED = "(({sharp, painted}) => painted === sharp)(document.querySelector('.map').dataset)"


@contextmanager
def served() -> Iterator[dict[str, Any]]:
    """The site with both venues."""
    with tempfile.TemporaryDirectory(prefix="hostcity-benchmarks-") as folder:
        command = [sys.executable, "-m", "benchmarks.map_site", folder]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            told = Path(folder) / "site.json"
            while not told.exists():
                if process.poll() is not None:
                    raise RuntimeError("the site did not start")
                time.sleep(0.2)
            yield json.loads(told.read_text("utf-8"))
        finally:
            process.kill()
            process.wait()


class Fingers:
    """Touches, sent as the browser's own protocol has them."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.protocol = page.context.new_cdp_session(page)
        box = page.locator(".map").bounding_box()
        self.middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.reach = min(box["width"], box["height"]) / 2

    def slow_down(self) -> None:
        """From now on the page's processor is slower."""
        self.protocol.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def pan(self) -> None:
        """One finger around in circles."""
        self._gesture(lambda turn: [self._at(0.5 * math.cos(turn) - 0.5, 0.5 * math.sin(turn))])

    def pinch(self) -> None:
        """Two fingers apart and together again, to four times and back."""

        def places(turn: float) -> list[dict[str, float]]:
            half = 0.15 * 4 ** ((1 - math.cos(turn)) / 2)
            return [self._at(-half, half / 3), self._at(half, -half / 3)]

        self._gesture(places)

    def _at(self, across: float, down: float) -> dict[str, float]:
        return {"x": self.middle[0] + across * self.reach, "y": self.middle[1] + down * self.reach}

    def _gesture(self, places: Any) -> None:
        self._touch("touchStart", places(0.0))
        began = time.perf_counter()
        step = 0
        while (passed := time.perf_counter() - began) < GESTURE_S:
            self._touch("touchMove", places(2 * math.pi * passed / GESTURE_S))
            if step == 1:
                self.page.evaluate("seen.isOn = true")
            step += 1
            time.sleep(max(0.0, began + step * EVERY_S - time.perf_counter()))
        self._touch("touchEnd", [])

    def _touch(self, kind: str, places: list[dict[str, float]]) -> None:
        points = [{**place, "id": number} for number, place in enumerate(places)]
        self.protocol.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def gesture_of(page: Any, fingers: Fingers, kind: str) -> tuple[list[float], float]:
    """Times of frames, and the time until the map is sharp. [ms]"""
    page.evaluate("Object.assign(seen, {frames: [], lifted: 0, sharp: 0, isOn: false})")
    getattr(fingers, kind)()
    while not page.evaluate("seen.sharp"):  # not wait_for_function, which the site's content policy forbids
        page.wait_for_timeout(20)
    seen = page.evaluate("({frames: seen.frames, sharp: seen.sharp - seen.lifted})")
    while not page.evaluate(PAINTED):
        page.wait_for_timeout(20)
    return seen["frames"], seen["sharp"]


def opened(browser: Any, site: dict[str, Any], venue: str, window: str, is_played: bool) -> tuple[Any, Fingers]:
    """The map of a venue's level with most stands, with a rehearsed day over it or not, in a browser that is slowed down."""
    width, height = WINDOWS[window]
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True)
    context.add_cookies([{"name": "session", "value": site["session"], "url": site["address"]}])
    page = context.new_page()
    day = f"&result={site['result']}&time=11:00" if is_played else ""
    page.goto(f"{site['address']}/e/{venue}/venue/?level={LEVELS[venue]}{day}")
    page.wait_for_selector(".map[data-ready]")
    if is_played:
        page.wait_for_selector("#venue-replay[data-ready]")
    page.evaluate(WATCH)
    fingers = Fingers(page)
    fingers.slow_down()
    while not page.evaluate(PAINTED):
        page.wait_for_timeout(20)
    return page, fingers


def measure() -> Measured:
    """Both venues in both windows, one of them with a rehearsed day too."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise RuntimeError("needs chromium: apt-get install chromium")
    found: dict[tuple[str, str, str], list[tuple[list[float], float]]] = {}
    load = os.getloadavg()[0]
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for venue, is_played in (*((each, False) for each in LEVELS), (PLAYED, True)):
            name = f"{venue}, a day over it" if is_played else venue
            for window in WINDOWS:
                page, fingers = opened(browser, site, venue, window, is_played)
                for kind in ("pan", "pinch"):
                    found[name, window, kind] = [gesture_of(page, fingers, kind) for _ in range(TIMES)]
                page.context.close()
        browser.close()
    return told(found, site["stands"], load)


def told(
    found: dict[tuple[str, str, str], list[tuple[list[float], float]]], stands: dict[str, int], load: float
) -> Measured:
    """Bars and table of what was measured; the worst of all decides."""
    lines, worst_frame, worst_sharp = [], 0.0, 0.0
    for (venue, window, kind), gestures in found.items():
        calmest = min(float(np.percentile(frames, 95)) for frames, _ in gestures)
        frames, sharp = np.concatenate([frames for frames, _ in gestures]), [each for _, each in gestures]
        middle, most = np.percentile(frames, [50, 95])
        worst_frame, worst_sharp = max(worst_frame, float(most)), max(worst_sharp, *sharp)
        lines.append((
            venue, f"{stands[venue.partition(', ')[0]]:,}", window, kind, f"{frames.size}", f"{middle:.1f}", f"{most:.1f}", f"{calmest:.1f}",
            f"{frames.max():.0f}", f"{np.median(sharp):.0f}", f"{max(sharp):.0f}",
        ))  # fmt: skip
    bars = (
        Bar(f"map, frames of gestures, p95, processor {SLOWER}x slower", f"≤ {MOST_FRAME_MS} ms", f"{worst_frame:.1f} ms",
            worst_frame <= MOST_FRAME_MS),
        Bar(f"map, sharp after a gesture, longest of {len(found) * TIMES}", f"≤ {MOST_SHARP_MS} ms", f"{worst_sharp:.0f} ms",
            worst_sharp <= MOST_SHARP_MS),
    )  # fmt: skip
    heading = (
        "venue", "stands of the level", "window", "gesture", "frames", "ms, median", "p95", "p95 of the calmest gesture",
        "longest", "sharp after ms, median", "longest",
    )  # fmt: skip
    note = f"{TIMES} gestures of {GESTURE_S:g} s each; load of the machine when it began: {load:.1f}."
    return Measured(bars, (Detail("Gestures of the map", heading, tuple(lines), note),))
