"""A browser, and the report of the small fair opened in it from its file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hostcity.report import write_report
from tests.rehearsals import small_rehearsal

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


@pytest.fixture(scope="session")
def browser():
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
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
        page.wait_for_selector("html[data-ready]", timeout=20_000)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []
