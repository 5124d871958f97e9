"""Tasks in a browser: reported from a phone with a photo, moved on the board by mouse and by keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.venue.signs.conftest import png

pytestmark = pytest.mark.browser
TASKS = "/e/fair/readiness/"
PHOTO = {"name": "stand.png", "mimeType": "image/png", "buffer": png()}


def column(page, stage):
    return page.locator(f'section[data-stage="{stage}"] li a')


def test_a_task_is_reported_in_three_clicks_on_a_phone_without_scripts(visit):
    page = visit(f"{TASKS}mine/", "bureau-owner", java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.get_by_role("link", name="Build stands").click()
    page.locator("input[type=file]").set_input_files(PHOTO)
    page.get_by_role("button", name="It is finished").click()
    expect(page.locator(".told")).to_contain_text("The department that accepts it is told.")
    expect(page.locator(".task-photo")).to_have_count(3)


def test_a_card_is_moved_by_keys(visit):
    page = visit(f"{TASKS}board/", "bureau-owner")
    page.locator('li a[tabindex="0"]').first.focus()
    expect(column(page, "waiting").first).to_be_visible()
    card = page.get_by_role("link", name="Hire stewards")
    card.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-board-said]")).to_contain_text("Picked up: Hire stewards")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-board-said]")).to_contain_text("Under way")
    page.keyboard.press("Escape")
    expect(page.locator("[data-board-said]")).to_have_text("Let go; nothing was changed.")
    for key in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(key)
    expect(column(page, "going")).to_have_text(["Hire stewards"])
    expect(page.get_by_role("link", name="Hire stewards")).to_be_focused()
    expect(page.locator('section[data-stage="going"] [data-count]')).to_have_text("1")
    for key in ("Space", "ArrowRight", "ArrowRight", "ArrowRight", "Space"):  # one's own is not accepted
        page.keyboard.press(key)
    expect(page.locator(".told")).to_contain_text("You may not do this to this task.")
    expect(column(page, "going")).to_have_text(["Hire stewards"])


def test_a_card_is_moved_by_dragging(visit):
    page = visit(f"{TASKS}board/", "bureau-owner")
    badges = page.locator("li", has_text="Badge system")
    badges.hover()  # cards that come into sight find their height
    badges.drag_to(page.locator('section[data-stage="finished"] ol'))
    expect(column(page, "finished").first).to_have_text("Badge system")
    page.locator("li", has_text="Train stewards").drag_to(page.locator('section[data-stage="trouble"] ol'))
    page.wait_for_url("**/tasks/train/#report")
