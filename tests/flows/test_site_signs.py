"""Sign faces in a browser: from the map to a face, as large as it looks from far, and checked by a photo from a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.venue.signs.conftest import png

pytestmark = pytest.mark.browser
SIGNS = "/e/fair/venue/signs/"


def test_a_mark_on_the_map_leads_to_its_face(visit):
    page = visit(SIGNS, "planner")
    page.wait_for_selector(".drawing-picture[data-ready]")
    page.locator("#mark-F3 path").first.click()
    page.wait_for_url("**/signs/faces/F3/")
    expect(page.locator("h1")).to_contain_text("F3")


def test_a_face_shrinks_with_the_distance(visit):
    page = visit(f"{SIGNS}faces/F1/", "planner")
    page.locator("#sight-at").focus()
    wide = page.locator(".sign-far img").bounding_box()["width"]
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-meters]")).to_have_text("3")
    for _ in range(27):
        page.keyboard.press("ArrowRight")
    expect(page.locator("[data-meters]")).to_have_text("30")
    assert page.locator(".sign-far img").bounding_box()["width"] == pytest.approx(wide, abs=0.5)


def test_a_face_is_checked_on_a_phone_without_scripts(visit):
    page = visit(f"{SIGNS}field/", "planner", java_script_enabled=False, viewport={"width": 390, "height": 844})
    card = page.locator(".sign-field > li", has_text="F1")
    card.locator("input[type=file]").set_input_files({"name": "photo.png", "mimeType": "image/png", "buffer": png()})
    card.get_by_role("button", name="It is checked").click()
    expect(page.locator(".told")).to_contain_text("F1")
    expect(page.locator(".sign-field > li", has_text="F1")).to_have_count(0)
