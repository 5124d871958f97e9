"""Finding things on the site, and being found: search, what was done to an object, a notice, the calendar."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FOOD, GATE = "东馆餐饮排队过长", "Security at the west gate too slow from 9:00"
WORDS = {
    "en": {"title": GATE, "asked": ("security west", "Secur"), "change": "Change", "save": "Save", "open": "Open",
           "yours": f"The finding “{GATE}” is yours.", "calendar": "Calendar", "opening": "Opening",
           "day": "is open", "nothing": "Nothing fits."},
    "zh-hans": {"title": FOOD, "asked": ("餐饮", "canyin", "cypd"), "change": "修改", "save": "保存", "open": "打开",
                "yours": f"问题“{FOOD}”由您负责。", "calendar": "日程", "opening": "开幕",
                "day": "举办期间", "nothing": "没有符合的内容。"},
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_from_a_search_to_the_notice_of_whoever_has_to_mend_it(visit, language):
    say = WORDS[language]
    page = visit(language=language)
    page.wait_for_selector("html[data-ready]")
    for text in say["asked"]:
        page.fill("#find", text)
        page.press("#find", "Enter")
        expect(page.locator("#results").get_by_role("link", name=say["title"])).to_be_visible()
    page.locator("#results").get_by_role("link", name=say["title"]).click()
    expect(page.locator("h1")).to_have_text(say["title"])

    page.get_by_role("link", name=say["change"], exact=True).click()
    place = page.locator("#id_place")
    place.press_sequentially("no such place")
    expect(page.locator(".lookup-list")).to_have_text(say["nothing"])
    place.fill("")
    place.press_sequentially("w-sec")
    expect(page.get_by_role("option", name="stations.W-security")).to_be_visible()
    place.press("ArrowDown")
    expect(place).to_have_attribute("aria-activedescendant", "id_place-list-0")
    place.press("Enter")
    expect(place).to_have_value("stations.W-security")
    expect(place).to_have_attribute("aria-expanded", "false")
    page.select_option("#id_owner", label="Lin Yue")
    page.get_by_role("button", name=say["save"], exact=True).click()
    history = page.locator("section[aria-labelledby=history]")
    expect(history).to_contain_text("stations.W-security")
    expect(history).to_contain_text("Lin Yue")

    officer = visit(role="duty-officer", language=language)
    officer.locator("a.tool").click()
    line = officer.get_by_role("listitem").filter(has_text=say["yours"]).first
    line.get_by_role("button", name=say["open"]).click()
    expect(officer.locator("h1")).to_have_text(say["title"])
    officer.get_by_role("navigation").get_by_role("link", name=say["calendar"], exact=True).click()
    officer.get_by_role("link", name=say["opening"], exact=True).click()
    expect(officer.locator("main")).to_contain_text(say["day"])


def test_a_lookup_closes_by_escape_and_its_options_take_a_click(visit, site):
    page = visit(next(path for name, path in site.pages if name == "finding-mark"))
    page.wait_for_selector("html[data-ready]")
    place = page.locator("#id_place")
    place.press_sequentially("gates")
    option = page.get_by_role("option", name="gates.W")
    expect(option).to_be_visible()
    place.press("Escape")
    expect(option).to_be_hidden()
    place.press("ArrowDown")
    option.click()
    expect(place).to_have_value("gates.W")
    page.once("dialog", lambda dialog: dialog.accept())  # the warning that it was not saved


def test_a_box_of_a_subject_ticks_the_others_and_follows_them(visit):
    page = visit("/e/fair/webhooks/add/", "administrator")
    page.wait_for_selector("html[data-ready]")
    group = page.locator("fieldset.subject").filter(has_text="finding marked")
    whole, marked = group.get_by_label("all of this subject"), group.get_by_label("finding marked")
    whole.check()
    expect(marked).to_be_checked()
    marked.uncheck()
    expect(whole).not_to_be_checked()
    assert whole.evaluate("box => box.indeterminate")
    page.once("dialog", lambda dialog: dialog.accept())


def test_a_screen_renews_itself_in_place(visit, site):
    screen = visit(next(path for name, path in site.pages if name == "wall-screen"), role="")
    expect(screen.locator("html")).to_have_attribute("lang", "zh-Hans")
    screen.evaluate("window.isTheSamePage = true")
    boss = visit("/e/fair/wall/screens/", "administrator")
    boss.fill("#id_name", "Right of the door")
    boss.locator("main form .btn-primary").click()
    expect(boss.get_by_role("status")).to_contain_text("/wall/")
    expect(screen.locator(".wall-changes")).to_contain_text("Right of the door", timeout=120_000)
    assert screen.evaluate("window.isTheSamePage")
