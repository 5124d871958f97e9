"""The frame in a browser: keys, menus, colors, languages, the wall's size of type, phones, weight of the first visit."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

import hostcity

pytestmark = pytest.mark.browser

STATIC = Path(hostcity.__file__).parent / "core" / "static" / "core"
FIRST_VISIT_BYTES = 250_000
OVERFLOWS = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


def test_the_first_visit_is_light(site, visit):
    page = visit()
    sizes = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(gzip.compress(answer.body(), 6))}))
    page.reload(wait_until="networkidle")
    assert any(url.endswith("/e/fair/") for url in sizes)
    assert any("site.css" in url for url in sizes)
    assert sum(sizes.values()) < FIRST_VISIT_BYTES, sizes
    packed = sum(len(gzip.compress((STATIC / name).read_bytes(), 6)) for name in ("site.js", "site.css", "icons.svg"))
    assert packed < 100_000  # what it has been since the beginning; a new library is noticed here


def test_everything_of_the_frame_by_keyboard_alone(visit):
    page = visit()
    page.wait_for_selector("html[data-ready]")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url("**/rehearsals/")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("**/e/fair/")


def test_a_menu_opens_and_closes_by_keyboard_and_gives_the_focus_back(visit):
    page = visit()
    page.wait_for_selector("html[data-ready]")
    summary = page.locator("header .tools summary")
    summary.focus()
    page.keyboard.press("Enter")
    out = page.get_by_role("button", name="Sign out")
    expect(out).to_be_visible()
    out.focus()
    page.keyboard.press("Escape")
    expect(out).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    expect(out).to_be_visible()
    page.locator("h1").click()
    expect(out).to_be_hidden()


def test_the_keys_are_explained_and_can_be_switched_off(visit):
    page = visit()
    page.wait_for_selector("html[data-ready]")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("Rehearsals")
    dialog.get_by_label("Use these keys").uncheck()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("header .tools summary").click()  # where they can be switched on again
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use these keys").check()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(1)


def test_letters_that_somebody_writes_are_no_keys(visit):
    page = visit("/e/fair/rehearsals/start/")
    page.wait_for_selector("html[data-ready]")
    field = page.locator("main input[type=text]").first
    field.fill("")
    field.press_sequentially("gh?/")
    expect(field).to_have_value("gh?/")
    assert page.url.endswith("/start/")
    page.once("dialog", lambda dialog: dialog.accept())  # the warning that it was not saved


def test_colors_change_at_once_and_stay(visit):
    page = visit()
    page.wait_for_selector("html[data-ready]")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("header .tools summary").click()
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(ground)
    assert dark != light
    page.reload()
    assert page.evaluate(ground) == dark
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_language_is_switched_with_and_without_scripts(visit, scripts):
    page = visit(java_script_enabled=scripts)
    page.locator("header .tools summary").click()
    page.get_by_role("button", name="简体中文").click()
    expect(page.locator("h1")).to_have_text("第二届中国国际进口博览会")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator(".countdown")).to_contain_text("距开幕还有 100 天")
    page.locator("header .tools summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("2nd China International Import Expo")


def test_the_menu_of_a_phone_opens_without_scripts(visit):
    page = visit(java_script_enabled=False, viewport={"width": 390, "height": 844})
    link = page.locator("nav.side").get_by_role("link", name="Rehearsals")
    expect(link).to_be_hidden()
    page.locator(".menu-toggle summary").click()
    link.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith("/rehearsals/")


SMALLEST = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const box = element.getBoundingClientRect();
    if (!walker.currentNode.textContent.trim() || box.width < 2 || element.closest("script, .visually-hidden")) continue;
    found.push([parseFloat(getComputedStyle(element).fontSize), walker.currentNode.textContent.trim()]);
  }
  return found.sort((one, other) => one[0] - other[0]).slice(0, 3);
}"""


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_wall_is_read_from_afar_and_fits(visit, language):
    page = visit("/e/fair/wall/", "duty-officer", language=language, viewport={"width": 1920, "height": 1080})
    smallest = page.evaluate(SMALLEST)
    assert smallest[0][0] >= 24, smallest
    assert page.evaluate("document.documentElement.scrollHeight") <= 1080
    assert page.evaluate(OVERFLOWS) == 0
    shown = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert shown == "dark"
    cut = page.evaluate(
        "[...document.querySelectorAll('.wall-cards > .card')].filter(card => card.scrollHeight > card.clientHeight + 1)"
        ".map(card => card.className)"
    )
    assert cut == []
    assert re.fullmatch(r"\d\d:\d\d", page.locator("time[data-clock]").inner_text())


LENGTHEN = """() => {
  const long = "China International Import Expo, a demonstration copy of the second edition, 5 to 10 November 2019, Shanghai";
  document.querySelector(".wall-top h1").textContent = long;
  const verdict = document.querySelector(".wall-last-rehearsal .card-body");
  verdict.innerHTML = `<p class="mb-1"><a class="verdict-link">What if: The promise is broken, and 12,345 of 310,000 who came
    were turned away</a></p><p class="what-if mb-1"><span>with 3 changes for this rehearsal only:
    <code>stations.West-security-${"x".repeat(200)}</code></span>The plan itself has not been rehearsed yet.</p>
    ${verdict.querySelector(".limits").outerHTML}<p class="last mb-0">${long} (rehearsal 12)</p>`;
  for (const each of document.querySelectorAll(".wall-changes li, .wall-calendar li, .wall-open-findings li")) each.append(long, long);
}"""


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720)])
def test_the_wall_fits_with_long_names(visit, width, height):
    page = visit("/e/fair/wall/", "duty-officer", viewport={"width": width, "height": height})
    page.evaluate(LENGTHEN)
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert size[0] <= width, size
    assert size[1] <= height, size
    right = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.wall-cards > .card, .wall-top > *')]"
        ".map(each => each.getBoundingClientRect().right))"
    )
    assert right <= width
    name = page.locator(".wall-last-rehearsal .last")  # which rehearsal it was is seen below whatever it says
    card = page.locator(".wall-last-rehearsal")
    assert name.evaluate("each => each.getBoundingClientRect().bottom") <= card.evaluate(
        "each => each.getBoundingClientRect().bottom"
    )


def test_the_public_page_asks_for_nothing_but_its_style(visit, site):
    page = visit("/p/fair/", role="")
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site.address).split("?")[0]))
    page.reload(wait_until="networkidle")
    assert asked == ["/p/fair/", "/static/core/site.css"]


def test_a_page_says_that_something_has_changed_and_stays_as_it_is(visit):
    reader = visit("/e/fair/calendar/")
    reader.wait_for_selector("html[data-ready]")
    expect(reader.locator(".changes")).to_be_hidden()
    writer = visit("/e/fair/findings/")
    writer.locator("main a", has_text="Signs").first.click()
    writer.get_by_role("link", name="Change", exact=True).click()
    writer.get_by_label("What is wrong").fill("Signs at the east gate")
    writer.get_by_role("button", name="Save").click()
    expect(reader.locator(".changes")).to_contain_text("1 change since you opened this page", timeout=120_000)
    assert reader.url.endswith("/calendar/")
    reader.locator(".changes").get_by_role("button", name="Show").click()
    expect(reader.locator(".changes")).to_be_hidden()


def test_search_is_one_key_away(visit):
    page = visit()
    page.wait_for_selector("html[data-ready]")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("餐饮")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name="东馆餐饮排队过长")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_grave_act_asks_first_where_scripts_run(visit, site, scripts):
    path = next(path for name, path in site.pages if name == "webhook")
    page = visit(path, "administrator", java_script_enabled=scripts)
    secret = page.locator("main details code").first.text_content
    before = secret()
    page.get_by_role("button", name="Another secret").click()
    if scripts:
        dialog = page.get_by_role("dialog", name="Are you sure?")
        dialog.get_by_role("button", name="Cancel").click()
        expect(dialog).to_have_count(0)
        assert secret() == before
        page.get_by_role("button", name="Another secret").click()
        dialog.get_by_role("button", name="Another secret").click()
    expect(page.locator("main details code").first).not_to_have_text(before)


def test_what_was_written_is_not_left_by_accident(visit):
    page = visit("/e/fair/rehearsals/start/")
    page.wait_for_selector("html[data-ready]")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("main input[type=text]").first.fill("Before the talks")
    page.get_by_role("link", name="Home", exact=True).click()
    page.wait_for_url("**/e/fair/")
    assert asked == ["beforeunload"]
    page.get_by_role("link", name="Rehearsals", exact=True).click()
    page.wait_for_url("**/rehearsals/")
    assert asked == ["beforeunload"]
