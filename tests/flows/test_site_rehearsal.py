"""From the start of a rehearsal to its owner's finding, on a site with its worker, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.flows.sites import running_site, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TINY = Path("examples/tiny")
#: Refusals that the journey asks for are written on the console by the browser.
ASKED_FOR = re.compile(r"status of (404|422)")
WORDS = {
    "en": {"locale": "en-US", "kept": "The promise is kept", "start": "Start a rehearsal", "mended": "mended",
           "problem": "The plan cannot be played", "same": "the results are the same",
           "title": "Queue at the west gate", "play": "Play"},
    "zh": {"locale": "zh-CN", "kept": "已兑现入场承诺", "start": "发起推演", "mended": "已整改",
           "problem": "方案无法推演", "same": "结果相同", "title": "西口排队", "play": "播放"},
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with running_site(tmp_path_factory.mktemp("site"), TINY) as address:
        yield address


@pytest.fixture
def open_page(browser):
    """Opens pages of their own for people; fails the test if one complained."""
    complaints, contexts = [], []

    def open_it(**settings):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: ASKED_FOR.search(message.text) or complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


def start(page, site, **fields):
    page.goto(f"{site}/e/fair/rehearsals/start/")
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.click("main form[method=post] button")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_day_is_rehearsed_played_and_a_finding_handed_over(site, open_page, language):
    words = WORDS[language]
    director = open_page(locale=words["locale"])
    sign_in(director, site, "drill-director")

    start(director, site, overrides="stations.nowhere.lanes=4")
    assert words["problem"] in director.inner_text("[role=alert]")

    start(director, site, title=f"Journey {language}", seed="3")
    director.wait_for_selector("iframe.report", timeout=120_000)  # the page renews itself when the worker is done
    address = director.url
    assert words["kept"] in director.inner_text("main")
    assert words["kept"] in director.inner_text("main .verdict-mark")

    report = director.frame_locator("iframe.report")
    report.locator("html[data-ready]").wait_for(timeout=120_000)
    assert report.locator("html").get_attribute("data-lang") == language
    assert words["kept"] in report.locator("#verdict-title").inner_text()
    assert report.locator(".switches").is_hidden()
    report.locator("button.play").scroll_into_view_if_needed()
    assert words["play"] in report.locator("button.play").inner_text()
    before = report.locator("output.replay-time").inner_text()
    report.locator("button.play").click()
    director.wait_for_function(
        "before => document.querySelector('iframe.report').contentDocument.querySelector('.replay-time').textContent !== before",
        arg=before, timeout=120_000,
    )  # fmt: skip

    director.click("a[href*='findings/new/?place=gates.W']")
    assert director.input_value("[name=place]") == "gates.W"
    director.fill("[name=title]", words["title"])
    director.select_option("[name=owner]", label="bureau-owner")
    director.click("main form[method=post] button")
    finding = director.url

    owner = open_page(locale=words["locale"])
    sign_in(owner, site, "bureau-owner")
    owner.goto(f"{site}/e/fair/findings/?owner=mine")
    owner.click(f"text={words['title']}")
    assert owner.url == finding
    owner.goto(f"{finding}change/")
    owner.select_option("[name=state]", "mended")
    owner.fill("[name=note]", "Two more lanes.")
    owner.click("main form[method=post] button")
    assert words["mended"] in owner.inner_text("main dl.facts")

    director.goto(address)
    director.click("form[action$='/repeat/'] button")
    director.wait_for_selector("iframe.report", timeout=120_000)
    assert words["same"] in director.inner_text("main")


def test_the_theme_of_the_site_is_that_of_the_report_at_once(site, open_page):
    page = open_page(locale="en-US")
    sign_in(page, site, "drill-director")
    start(page, site, title="In the dark")
    page.wait_for_selector("iframe.report", timeout=120_000)
    report = page.frame_locator("iframe.report")
    report.locator("html[data-ready][data-theme=auto]").wait_for(timeout=120_000)
    page.click("header details.drop summary >> nth=-1")
    page.click("form[data-theme-form] button[value=dark]")
    report.locator("html[data-theme=dark]").wait_for(timeout=120_000)


def test_without_scripts_everything_can_be_done(site, open_page):
    page = open_page(java_script_enabled=False, locale="zh-CN")
    sign_in(page, site, "drill-director")
    start(page, site, title="No scripts")
    for _ in range(120):
        if page.query_selector("iframe.report"):
            break
        page.wait_for_timeout(500)
        page.reload()
    report = page.frame_locator("iframe.report")
    assert WORDS["zh"]["kept"] in report.locator("#verdict-title").inner_text()
    page.fill("[name=text]", "可以")
    page.click("#remarks form button")
    assert "可以" in page.inner_text("#remarks")


def test_a_running_rehearsal_is_cancelled(site, open_page):
    page = open_page(locale="en-US")
    sign_in(page, site, "drill-director")
    start(page, site, title="Long", overrides="streams.*.persons*=400")
    page.click("main form[action*='/cancel/'] button")
    if page.query_selector("dialog[open]"):
        page.click("dialog[open] .btn-danger, dialog[open] .btn-primary")
    page.wait_for_selector("main .badge:has-text('cancelled')", timeout=120_000)
