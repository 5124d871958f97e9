"""A browser, the report of the small fair opened in it from its file, and the site served to it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from hostcity.report import write_report
from tests.rehearsals import small_rehearsal

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


@pytest.fixture(scope="module")  # not longer: the driver's event loop would keep Django's queries out of later tests
def browser():
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        # No package of the project's brings one; the closing line counts what was skipped.
        pytest.skip("no chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=program, args=options)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def report(tmp_path_factory) -> Path:
    return write_report(small_rehearsal(), tmp_path_factory.mktemp("flows") / "report")


@pytest.fixture
def open_report(browser, report):
    """Opens the report and fails the test if the page complained or asked anybody for anything."""
    complaints: list[str] = []
    contexts = []

    def open_it(page_path: Path = report, **settings):
        settings = {"locale": "en-US", "viewport": {"width": 1280, "height": 900}, **settings}
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith("file:") or complaints.append(request.url))
        page.goto(page_path.as_uri())
        page.wait_for_selector("html[data-ready]", timeout=120_000)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """A site that is filled (tests/flows/full_site.py): made by the first of all processes of a run, for each to copy."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "filled-site"
    with contextlib.suppress(FileExistsError):
        folder.mkdir()
        with (folder / "log").open("wb") as log:
            program = [sys.executable, "-m", "tests.flows.full_site", str(folder / "home"), "fill"]
            done = subprocess.run(program, stdout=log, stderr=log, check=False)
        (folder / "ended").write_text(str(done.returncode))
    until = time.monotonic() + 600
    while not (folder / "ended").exists():
        assert time.monotonic() < until, "nobody fills the site"
        time.sleep(0.1)
    assert (folder / "ended").read_text() == "0", (folder / "log").read_text()
    return folder / "home"


@pytest.fixture(scope="session")
def site(filled, tmp_path_factory):
    """The whole site over a full edition: its address, sessions by role, pages."""
    folder = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(filled, folder)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "tests.flows.full_site", str(folder)], stdout=log, stderr=log)
    try:
        until = time.monotonic() + 600
        while not (folder / "site.json").exists():
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until, "the site did not start"
            time.sleep(0.1)
        yield SimpleNamespace(**json.loads((folder / "site.json").read_text("utf-8")), log=folder / "log")
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def visit(browser, site):
    """Opens a page of the site as somebody; fails the test if it complained or asked any other host for anything."""
    complaints: list[str] = []
    contexts = []

    def open_it(path: str = "/e/fair/", role: str = "drill-director", *, language="en", theme="auto", **settings):
        settings = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light", **settings}
        context = browser.new_context(**settings)
        contexts.append(context)
        cookies = {"hostcity_language": language, "hostcity_theme": theme}
        cookies |= {"session": site.sessions[role]} if role else {}
        context.add_cookies([{"name": name, "value": value, "url": site.address} for name, value in cookies.items()])
        page = context.new_page()
        page.on("console", lambda said: said.type in ("error", "warning") and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda request: request.url.startswith((site.address, "data:")) or complaints.append(request.url)
        )
        page.goto(site.address + path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []
