"""Pictures of the site's main pages for the documents, taken of a site that is filled for it: `make screenshots`.

Needs chromium, and no font of the machine: pages are set in the site's own. Every picture is at most 200 kB; what a page looks like is looked at here, that it works is tested.
"""

from __future__ import annotations

import json
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

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
MOST_BYTES = 200_000
PHONE, DESK, WALL = (390, 780), (1280, 800), (1920, 1080)
#: Name of the picture, address, role, window, colors.
PICTURES = (
    ("home", "/e/fair/", "drill-director", DESK, "light"),
    ("home-dark", "/e/fair/", "planner", DESK, "dark"),
    ("home-phone", "/e/fair/", "duty-officer", PHONE, "light"),
    ("wall", "/e/fair/wall/", "duty-officer", WALL, "dark"),
    ("plan", "/e/fair/plan/", "planner", DESK, "light"),
    ("rehearsal", "rehearsal", "drill-director", DESK, "light"),
    ("findings", "/e/fair/findings/", "drill-director", DESK, "light"),
    ("public", "/p/fair/", "", DESK, "light"),
)
LANGUAGES = {"en": "en", "zh": "zh-hans"}
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


@contextmanager
def served() -> Iterator[dict[str, Any]]:
    """The site of the browser tests."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.flows.full_site", folder], cwd=ROOT, stderr=subprocess.DEVNULL
        )
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


@contextmanager
def own_fonts() -> Iterator[None]:
    """Show browsers the site's own type and nothing else, so that pictures are alike on every machine, Chinese too."""
    from hostcity.report.paper.fonts import FOLDER, unpacked

    with tempfile.TemporaryDirectory() as folder:
        for file in FOLDER.glob("*.woff"):  # browsers take no packed fonts from a system
            (Path(folder) / f"{file.stem}.ttf").write_bytes(unpacked(file.read_bytes()))
        settings = Path(folder) / "fonts.conf"
        settings.write_text(FONTS.format(folder=folder), "utf-8")
        os.environ["FONTCONFIG_FILE"] = str(settings)
        yield


def main() -> None:
    """Take them all."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        sys.exit("needs chromium: apt-get install chromium")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with served() as site, own_fonts(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for picture in PICTURES:
            for ending, language in LANGUAGES.items():
                take(browser, site, picture, ending, language)
        browser.close()


def take(browser: Any, site: dict[str, Any], picture: tuple[Any, ...], ending: str, language: str) -> None:
    """One picture in one language."""
    name, address, role, (width, height), theme = picture
    path = dict(site["pages"]).get(address, address)
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    cookies = {"hostcity_language": language, "hostcity_theme": theme}
    cookies |= {"session": site["sessions"][role]} if role else {}
    context.add_cookies([{"name": key, "value": value, "url": site["address"]} for key, value in cookies.items()])
    page = context.new_page()
    page.goto(site["address"] + path, wait_until="networkidle")
    file = IMAGES / f"site-{name}-{ending}.png"
    page.screenshot(path=file)
    context.close()
    lighten(file)
    print(f"{file.relative_to(ROOT)} {file.stat().st_size // 1000} kB")


def lighten(file: Path) -> None:
    """Fewer colors, so that it is at most as large as a picture may be."""
    from PIL import Image

    with Image.open(file) as image:
        image.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)
    if file.stat().st_size > MOST_BYTES:
        raise RuntimeError(f"{file.name} has {file.stat().st_size} bytes")


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    main()
