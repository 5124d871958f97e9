"""The map for visitors, in a browser: nobody is signed in, with and without scripts, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.flows.test_axe import violations, wrong_with

pytestmark = pytest.mark.browser

PATH = "/p/drawn/venue/"
SAY = {
    "en": {"asked": "harb", "note": "Blue Harbor Machines", "upper": "Upper", "other": "简体中文", "found": "A-01"},
    "zh-hans": {"asked": "蓝港", "note": "蓝港机械", "upper": "上层", "other": "English", "found": "A-01"},
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_visitor_finds_a_stand(visit, language):
    say = SAY[language]
    page = visit(PATH, "", language=language, reduced_motion="reduce")
    page.wait_for_selector(".map[data-ready]")
    assert violations(page) == []
    page.fill("#place", say["asked"])
    page.press("#place", "Enter")
    expect(page.locator("#place-title")).to_have_text(say["found"])
    expect(page.locator(".venue-place")).to_contain_text(say["note"])
    assert page.locator(".map .pin path").count() == 1
    page.get_by_role("link", name=say["upper"], exact=True).click()
    expect(page.locator('.map [id="areas.B"]')).to_be_attached()
    expect(page.get_by_role("button", name="Edit")).to_have_count(0)
    page.get_by_role("link", name=say["other"], exact=True).click()
    expect(page.locator(".visitors-languages [aria-current]")).to_have_text(say["other"])
    assert wrong_with(page, "en" if language == "zh-hans" else "zh-hans", is_for_phones=True) == []


def test_without_scripts_by_keys_alone(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    asked = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url.removeprefix(site.address)))
    page.goto(site.address + PATH + "?lang=zh")
    page.fill("#place", "厕所")
    page.keyboard.press("Enter")
    page.locator(".venue-hits a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#place-title")).to_have_text("西侧卫生间")
    image = page.locator(".map-image")
    expect(image).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert image.evaluate("each => each.naturalWidth") > 0
    assert image.get_attribute("src") == "/p/drawn/venue/levels/0.svg?lang=zh&at=amenities.wc"
    assert [each for each in asked if not each.startswith(("/p/", "/static/", "/favicon"))] == []
    assert context.cookies() == []
    context.close()
