"""A scenario, advice and a calibration on a site with its worker, in a real browser: from a file to the day that is played with it."""

from __future__ import annotations

import pytest

from tests.flows.sites import running_site, sign_in
from tests.flows.test_site_rehearsal import TINY
from tests.rehearsal.scenario_files import SLOW, WRONG
from tests.rehearsal.test_calibration import COUNTS, FIT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
REHEARSALS = "/e/fair/rehearsals/"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with running_site(tmp_path_factory.mktemp("site"), TINY) as address:
        yield address


def uploaded(name, data):
    return {"name": name, "mimeType": "text/plain", "buffer": data}


def test_from_files_to_days_that_are_played(site, browser):
    complaints = []
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, site, "drill-director")

    page.goto(f"{site}{REHEARSALS}scenarios/upload/")
    page.set_input_files("[name=file]", uploaded("slow.toml", WRONG))
    page.click("main form[method=post] button")
    page.wait_for_selector("text=timeline.target.unknown", timeout=120_000)  # the page renews itself when it was tried
    page.goto(f"{site}{REHEARSALS}scenarios/upload/")
    page.set_input_files("[name=file]", uploaded("slow.toml", SLOW))
    page.click("main form[method=post] button")
    page.wait_for_selector("form[action$='/keep/'] button", timeout=120_000)
    page.press("form[action$='/keep/'] button", "Enter")
    page.click("a[href*='?scenario=slow']")
    assert page.is_checked("[name=scenarios][value=slow]")
    page.click("main form[method=post] button")
    page.wait_for_selector("#player", timeout=120_000)
    assert "出错情景：安检变慢" in page.inner_text("main")

    page.goto(f"{site}{REHEARSALS}advice/start/")
    page.fill("[name=budget]", "lanes=1")
    page.select_option("[name=goal]", "promise.peak_p99_s")
    page.fill("[name=runs]", "2")
    page.fill("[name=overrides]", "stations.W-badge.lanes=1")
    page.click("main form[method=post] button")
    page.click("main table form button >> nth=0", timeout=120_000)
    page.wait_for_selector("#player", timeout=120_000)
    assert "stations.W-badge.lanes=1" in page.inner_text("main")

    page.goto(f"{site}{REHEARSALS}calibrations/start/")
    page.set_input_files("[name=file]", uploaded("counts.csv", COUNTS))
    page.fill("[name=fits]", FIT)
    page.fill("[name=runs]", "6")
    page.fill("[name=overrides]", "stations.W-security.lanes=2")
    page.click("main form[method=post] button")
    page.wait_for_selector(".fit-chart", timeout=120_000)
    page.click(".page-actions form button")
    page.wait_for_selector("#player", timeout=120_000)
    assert "stations.W-security.service_mean_s=" in page.inner_text("main")

    page.goto(f"{site}{REHEARSALS}calibrations/start/")
    page.set_input_files("[name=file]", uploaded("counts.csv", COUNTS))
    page.fill("[name=runs]", "50")
    page.click("main form[method=post] button")
    page.click("main form[action*='/cancel/'] button")
    if page.query_selector("dialog[open]"):
        page.click("dialog[open] .btn-danger, dialog[open] .btn-primary")
    page.wait_for_selector("main .badge:has-text('已取消')", timeout=120_000)
    page.context.close()
    assert complaints == []
