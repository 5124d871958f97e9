"""Changing the plan on the map, in a browser: a door along its wall by buttons and by its handle, closed, and all undone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.flows.test_axe import violations, wrong_with

pytestmark = pytest.mark.browser

PATH = "/e/drawn/venue/?edit=1&level=0&at=openings.door"
SAY = {
    "en": {"step": "0.1 m east", "undo": "Undo", "closed": "out of service 11:00–13:00", "remove": "Remove",
           "moved": "18,0; 22,0 → 18.1,0; 22.1,0"},
    "zh-hans": {"step": "向东 0.1 米", "undo": "撤销", "closed": "停用 11:00–13:00", "remove": "删除",
                "moved": "18,0; 22,0 → 18.1,0; 22.1,0"},
}  # fmt: skip


@pytest.fixture
def open_map(visit):
    def open_it(language="en", **more):
        page = visit(PATH, "planner", language=language, reduced_motion="reduce", **more)
        page.wait_for_selector(".map[data-ready]")
        return page

    return open_it


def expect_left(page, expected, within=0.005):
    """Where the door is drawn, once the level has been read again. [m]"""
    for _ in range(40):
        left = page.evaluate("document.querySelector('.map .pin path')?.getBBox().x ?? -1")
        if left == pytest.approx(expected, abs=within):
            return
        page.wait_for_timeout(50)
    assert left == pytest.approx(expected, abs=within)


def last_undo(page):
    return page.locator(".venue-card button[formaction]").first


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_moved_closed_and_undone(open_map, language):
    say = SAY[language]
    page = open_map(language)
    assert violations(page) == []
    expect_left(page, 18.0)
    page.get_by_role("button", name=say["step"], exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".venue-card")).to_contain_text(say["moved"])
    expect(page.get_by_role("button", name=say["step"], exact=True)).to_be_focused()
    expect_left(page, 18.1)
    last_undo(page).click()
    expect(page.locator(".venue-card ol > li").first).to_contain_text(re.compile(r"18\.1,0.*→ 18,0"))
    expect_left(page, 18.0)

    page.fill("#starts", "11:00")
    page.fill("#ends", "13:00")
    page.press("#ends", "Enter")
    expect(page.locator(".venue-closed")).to_contain_text(say["closed"])
    expect(page.locator(".map .closing text")).to_have_text("11:00–13:00")
    page.evaluate("window.scrollTo(0, 0)")  # nothing half below the bar
    assert violations(page) == []
    page.get_by_role("button", name=say["remove"]).click()
    expect(page.locator(".map .closing")).to_have_count(0)
    last_undo(page).click()
    expect(page.locator(".map .closing text")).to_have_text("11:00–13:00")
    last_undo(page).click()
    expect(page.locator(".map .closing")).to_have_count(0)
    page.evaluate("window.scrollTo(0, 0)")  # nothing half below the bar
    assert wrong_with(page, language, is_for_phones=True) == []


def test_dragged_by_its_handle(open_map):
    page = open_map()
    page.wait_for_timeout(400)
    scale = page.evaluate(
        "document.querySelector('.map').clientWidth / document.querySelector('.map .level').viewBox.baseVal.width"
    )
    box = page.locator(".map .handle").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = page.evaluate("document.querySelector('.map .level').viewBox.baseVal.x")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2 * scale, y + 30, steps=4)
    page.mouse.up()
    expect(page.locator(".venue-card ol > li").first).to_contain_text("18,0; 22,0 →")
    expect_left(page, 20.0, within=0.05)
    assert page.evaluate("document.querySelector('.map .level').viewBox.baseVal.x") == pytest.approx(before)
    last_undo(page).click()
    expect(page.locator(".venue-card ol > li").first).to_contain_text("→ 18,0; 22,0")


def test_out_of_its_wall_is_shown_where(browser, site):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}
    )  # not by `visit`: the browser complains of a 422
    context.add_cookies([{"name": "session", "value": site.sessions["planner"], "url": site.address}])
    page = context.new_page()
    page.goto(site.address + PATH)
    page.wait_for_selector(".map[data-ready]")
    page.fill("#by-m", "30")
    page.press("#by-m", "Enter")
    expect(page.locator(".venue-card [role=alert]")).to_contain_text("12.0 m off the border of A")
    expect(page.locator(".venue-card [role=alert]")).to_be_focused()
    expect(page.locator(".map .wrong")).to_be_attached()
    expect_left(page, 18.0)
    context.close()


def test_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "session", "value": site.sessions["planner"], "url": site.address}])
    page = context.new_page()
    page.goto(site.address + PATH)
    page.get_by_role("button", name="1 m east", exact=True).click()
    expect(page.locator(".told")).to_contain_text("door has been changed.")
    page.locator(".venue-card button[formaction]").first.click()
    expect(page.locator(".venue-card ol > li").first).to_contain_text("→ 18,0; 22,0")
    assert page.url.endswith(PATH)
    context.close()
