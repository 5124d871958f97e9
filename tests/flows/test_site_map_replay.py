"""A rehearsed day over the map, in a browser: played, stopped, seen on another level, and told as a table."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.flows.test_axe import violations, wrong_with

pytestmark = pytest.mark.browser

#: How much of the canvas is painted, and a fingerprint of it.
SEEN = """() => {
  const canvas = document.querySelector('.map-density');
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext('2d');
  context.drawImage(canvas, 0, 0);
  const data = context.getImageData(0, 0, canvas.width, canvas.height).data;
  let [painted, print] = [0, 0];
  for (let at = 3; at < data.length; at += 4) if (data[at]) { painted++; print = (print * 31 + data[at - 3] + at) % 1000003; }
  return [painted, print];
}"""


@pytest.fixture
def open_day(visit):
    def open_it(language="en", **more):
        page = visit("/e/fair/venue/", "planner", language=language, **more)
        page.select_option("#result", index=1)
        page.locator(".venue-replay form button").click()
        page.wait_for_selector("#venue-replay[data-ready]")
        return page

    return open_it


def clock(page):
    return page.locator(".venue-clock").text_content()


def set_time(page, text):
    hours, minutes = text.split(":")
    page.locator("#venue-time").fill(str(3600 * int(hours) + 60 * int(minutes)))
    expect(page.locator(".venue-clock")).to_have_text(text)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_played_on_the_map(open_day, language):
    page = open_day(language, reduced_motion="no-preference")
    assert violations(page) == []
    set_time(page, "09:30")
    page.wait_for_timeout(200)
    painted, first = page.evaluate(SEEN)
    assert painted > 1000
    page.locator(".venue-play").click()
    page.wait_for_timeout(1200)
    page.locator(".venue-play").click()
    stopped = clock(page)
    assert "09:31" < stopped < "10:30"
    assert page.evaluate(SEEN)[1] != first
    page.wait_for_timeout(300)
    assert clock(page) == stopped
    expect(page.locator("[data-clock-text]")).to_have_text(stopped)
    assert page.locator("#venue-replay tbody tr").count() > 2
    assert wrong_with(page, language, is_for_phones=True) == []


def test_levels_keep_the_time_and_the_canvas_moves_with_the_map(open_day):
    page = open_day(reduced_motion="reduce")
    set_time(page, "10:00")
    page.wait_for_timeout(200)
    ground = page.evaluate(SEEN)[1]
    other = page.locator(".venue-levels a:not([aria-current])").first
    other.click()
    expect(page.locator(".venue-levels [aria-current]")).to_have_count(1)
    page.wait_for_timeout(400)
    assert clock(page) == "10:00"
    assert page.evaluate(SEEN)[1] != ground
    page.go_back()
    page.wait_for_timeout(400)
    box = page.locator(".map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    left = page.locator(".map-density").bounding_box()["x"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=3)
    page.wait_for_timeout(100)
    assert page.locator(".map-density").bounding_box()["x"] == pytest.approx(left - 60, abs=2)
    page.mouse.up()
    page.wait_for_timeout(500)
    assert page.locator(".map-density").bounding_box()["x"] == pytest.approx(left, abs=2), (
        "painted anew around the view"
    )


def test_by_keys_and_the_table_leads_to_its_places(open_day):
    page = open_day(reduced_motion="reduce")
    set_time(page, "09:30")
    page.locator(".map").focus()
    page.keyboard.press(".")
    expect(page.locator(".venue-clock")).to_have_text("09:31")
    page.keyboard.press(",")
    expect(page.locator(".venue-clock")).to_have_text("09:30")
    page.keyboard.press("Space")
    page.wait_for_timeout(1300)
    page.keyboard.press("Space")
    assert clock(page) > "09:30", "a still picture a second"
    first = page.locator("#venue-replay tbody a").first
    code = first.text_content()
    first.click()
    expect(page.locator("#place-title")).to_have_text(code)
    assert page.locator(".map .pin path").count() == 1
    assert f"at=links.{code}" in re.sub("%3E", ">", page.url)


def test_without_scripts_there_is_the_table(browser, site):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "session", "value": site.sessions["planner"], "url": site.address}])
    page = context.new_page()
    page.goto(site.address + "/e/fair/venue/")
    page.select_option("#result", index=1)
    page.locator(".venue-replay form button").click()
    page.fill("#at-time", "09:40")
    page.locator(".venue-replay form button").click()
    expect(page.locator("[data-clock-text]")).to_have_text("09:40")
    assert page.locator("#venue-replay tbody tr").count() > 2
    page.locator(".venue-levels a").first.click()
    expect(page.locator("[data-clock-text]")).to_have_text("09:40")
    context.close()
