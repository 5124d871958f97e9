"""The map in a browser: search, levels, gestures and keys, in both languages, without scripts too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.flows.test_axe import violations

pytestmark = pytest.mark.browser

PATH = "/e/drawn/venue/"
WORDS = {
    "en": {"asked": "harb", "note": "Blue Harbor Machines", "hall": "Hall A", "upper": "Upper", "need": "restroom",
           "found": "Toilets west", "larger": "Larger", "all": "Show all of the level", "stand": "Stand", "comma": ", "},
    "zh-hans": {"asked": "蓝港", "note": "蓝港机械", "hall": "A 号馆", "upper": "上层", "need": "厕所",
                "found": "西侧卫生间", "larger": "放大", "all": "显示整层", "stand": "展位", "comma": "，"},
}  # fmt: skip
SCALE = "document.querySelector('.map').clientWidth / document.querySelector('.map .level').viewBox.baseVal.width"


@pytest.fixture
def open_map(visit):
    def open_it(language="en", **more):
        page = visit(PATH, "planner", language=language, reduced_motion="reduce", **more)
        page.wait_for_selector(".map[data-ready]")
        at_rest(page)
        return page

    return open_it


def at_rest(page):
    """No gesture goes on: the SVG is seen."""
    expect(page.locator(".map-cover")).to_be_hidden()


def scale_of(page):
    """Pixels per meter, when the map is at rest."""
    page.wait_for_timeout(250)  # longer than the pause after which it is
    at_rest(page)
    return page.evaluate(SCALE)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_from_a_search_to_the_stand_and_up_a_level(open_map, language):
    say = WORDS[language]
    page = open_map(language)
    assert violations(page) == []
    before = scale_of(page)
    page.fill("#place", say["asked"])
    expect(page.locator(".venue-hits a")).to_have_text(["A-01"])
    page.press("#place", "Enter")
    expect(page.locator("#place-title")).to_have_text("A-01")
    expect(page.locator(".venue-place")).to_contain_text(say["note"])
    expect(page.locator(".venue-place")).to_contain_text(say["hall"])
    assert page.locator(".map .pin path").count() == 1
    expect(page.locator("#map-said")).to_contain_text(say["comma"].join(("A-01", say["stand"], say["hall"])))
    assert scale_of(page) != before
    assert "at=stands.A-01" in page.url
    assert violations(page) == []

    page.get_by_role("link", name=say["upper"], exact=True).click()
    expect(page.locator(".venue-levels [aria-current]")).to_have_text(say["upper"])
    expect(page.locator('.map [id="areas.B"]')).to_be_attached()
    assert page.locator('.map [id="areas.A"]').count() == 0
    assert page.evaluate("document.activeElement.textContent") == say["upper"], "the focus stays where it was"
    page.go_back()
    expect(page.locator("#place-title")).to_have_text("A-01")
    expect(page.locator('.map [id="areas.A"]')).to_be_attached()

    page.fill("#place", say["need"])
    expect(page.locator(".venue-hits a")).to_have_text([say["found"]])
    page.locator(".venue-hits a").click()
    expect(page.locator("#place-title")).to_have_text(say["found"])
    assert page.locator(".map .pin circle").count() == 1


def test_by_keys_alone(open_map):
    page = open_map()
    page.locator(".map").focus()
    whole = scale_of(page)
    page.keyboard.press("+")
    assert scale_of(page) == pytest.approx(1.5 * whole)
    left = page.evaluate("document.querySelector('.map .level').viewBox.baseVal.x")
    page.keyboard.press("ArrowRight")
    assert scale_of(page) == pytest.approx(1.5 * whole)
    assert page.evaluate("document.querySelector('.map .level').viewBox.baseVal.x") > left
    page.keyboard.press("-")
    assert scale_of(page) == pytest.approx(whole)
    page.keyboard.press("+")
    page.keyboard.press("0")
    assert scale_of(page) == pytest.approx(whole)
    page.keyboard.press("PageUp")
    expect(page.locator(".venue-levels [aria-current]")).to_have_text("Upper")
    page.keyboard.press("PageDown")
    expect(page.locator(".venue-levels [aria-current]")).to_have_text("Ground")
    expect(page.locator(".map")).to_be_focused()


def test_by_pointer_wheel_and_buttons(open_map):
    page = open_map()
    whole = scale_of(page)
    page.get_by_role("button", name="Larger", exact=True).click()
    assert scale_of(page) == pytest.approx(1.5 * whole)
    page.get_by_role("button", name="Show all of the level", exact=True).click()
    assert scale_of(page) == pytest.approx(whole)
    box = page.locator(".map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.wheel(0, -200)
    larger = scale_of(page)
    assert larger > whole
    left = page.evaluate("document.querySelector('.map .level').viewBox.baseVal.x")
    page.mouse.down()
    page.mouse.move(x - 40, y, steps=4)
    expect(page.locator(".map-cover")).to_be_visible()
    page.mouse.move(x - 100, y, steps=4)
    page.mouse.up()
    assert scale_of(page) == pytest.approx(larger)
    moved_m = page.evaluate("document.querySelector('.map .level').viewBox.baseVal.x") - left
    assert moved_m * larger == pytest.approx(100, abs=1)
    page.mouse.dblclick(x, y)
    assert scale_of(page) == pytest.approx(1.5 * larger, rel=0.01)


def test_a_stand_is_pressed_and_let_go(open_map):
    page = open_map()
    page.locator(".map .numbers text", has_text="A-02").click(force=True)  # it lets pointers through
    expect(page.locator("#place-title")).to_have_text("A-02")
    assert page.locator(".map .pin path").count() == 1
    page.locator(".map").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#place-title")).to_have_count(0)
    expect(page.locator(".map .pin")).to_have_count(0)


def test_numbers_stand_only_where_they_can_be_read(open_map):
    page = open_map(viewport={"width": 390, "height": 844})
    expect(page.locator(".map .numbers text")).to_have_text(["A-01", "A-02"])
    page.locator(".map").focus()
    for _ in range(2):
        page.keyboard.press("-")
    scale_of(page)
    for text in page.locator(".map .numbers text").all():
        assert text.bounding_box()["height"] >= 9
    page.get_by_role("link", name="Upper", exact=True).click()
    expect(page.locator('.map [id="areas.B"]')).to_be_attached()
    assert page.locator(".map .numbers text").count() <= 1


def test_two_fingers_zoom(open_map):
    page = open_map(viewport={"width": 390, "height": 844}, has_touch=True)
    whole = scale_of(page)
    box = page.locator(".map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    protocol = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 40), ("touchMove", 60), ("touchMove", 80), ("touchEnd", None)):
        points = [] if apart is None else [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        protocol.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert scale_of(page) == pytest.approx(2 * whole, rel=0.05)


def test_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "session", "value": site.sessions["planner"], "url": site.address}])
    page = context.new_page()
    page.goto(site.address + PATH)
    page.fill("#place", "B-0")
    page.press("#place", "Enter")
    page.locator(".venue-hits a").click()
    expect(page.locator("#place-title")).to_have_text("B-01")
    image = page.locator(".map-image")
    expect(image).to_be_visible()
    assert image.get_attribute("src").endswith("/e/drawn/venue/levels/1.svg?at=stands.B-01")
    expect(page.get_by_role("button", name="Larger")).to_have_count(0)
    context.close()
