"""A drawing in a browser: its proof is looked at, zoomed into, approved; from upload to approval on a site with its worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.flows.sites import running_site, sign_in
from tests.flows.test_axe import violations
from tests.plan.dxf.drawings import line, saved, stand

pytestmark = pytest.mark.browser

WORDS = {
    "en": {"doubt": "1 doubt", "approve": "Approve 2 changes", "problem": "has no number", "back": "Send back"},
    "zh-hans": {"doubt": "1 处存疑", "approve": "批准 2 处改动", "problem": "没有编号", "back": "退回"},
}
VIEW = "document.querySelector('.drawing-picture svg').viewBox.baseVal.width"


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("zh-hans", "dark")])
def test_a_proof_is_looked_at_without_a_barrier(visit, site, language, theme):
    say = WORDS[language]
    page = visit(site.drawing, "planner", language=language, theme=theme)
    page.wait_for_selector(".drawing-picture[data-ready]")
    expect(page.locator("main")).to_contain_text(say["doubt"])
    expect(page.locator(".drawing-problems")).to_contain_text(say["problem"])
    expect(page.get_by_role("button", name=say["approve"])).to_be_visible()
    assert violations(page) == []
    whole = page.evaluate(VIEW)
    page.locator(".drawing-problems a").click()
    assert page.evaluate(VIEW) < whole * 2
    expect(page.locator("tr.table-active")).to_have_count(1)
    page.locator(".drawing-picture").focus()
    page.keyboard.press("0")
    assert page.evaluate(VIEW) == whole
    page.keyboard.press("+")
    assert page.evaluate(VIEW) < whole
    page.locator(".drawing-picture svg").hover()
    page.mouse.wheel(0, 300)
    page.wait_for_function(f"{VIEW} >= {whole}")
    expect(page.locator('.drawing-picture [id="stands.A-03"]')).to_be_attached()


def test_a_proof_without_scripts(visit, site):
    page = visit(site.drawing, "planner", java_script_enabled=False)
    image = page.locator(".drawing-picture img")
    assert image.get_attribute("src").endswith("/levels/0.svg")
    page.locator(".drawing-problems a").click()
    assert image.get_attribute("src").endswith("/levels/0.svg?mark=1")
    expect(page.locator("tr.table-active")).to_have_count(1)


@pytest.mark.parametrize(("language", "theme", "said"), [("en", "dark", "not met"), ("zh-hans", "light", "不满足")])
def test_exits_are_told_and_printed_without_a_barrier(visit, language, theme, said):
    page = visit("/e/drawn/venue/exits/", "planner", language=language, theme=theme)
    expect(page.locator("main table")).to_contain_text(said)
    assert violations(page) == []
    page.locator(".page-actions a").click()
    expect(page.locator(".egress-card")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("data-lang", language[:2])  # whatever the browser's own is
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1  # a hall a sheet, and none that is empty
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1032})  # what 12 mm of margin leave of A4
    assert page.evaluate("document.querySelector('.egress-card .scroll').scrollWidth") <= 703


@pytest.mark.parametrize(
    ("language", "theme", "said"), [("en", "light", "walk, up to"), ("zh-hans", "dark", "步行，最远")]
)
def test_facilities_are_marked_on_their_level_without_a_barrier(visit, language, theme, said):
    page = visit("/e/drawn/venue/facilities/", "planner", language=language, theme=theme)
    page.wait_for_selector(".drawing-picture[data-ready]")
    expect(page.locator("main")).to_contain_text(said)
    assert violations(page) == []
    whole = page.evaluate(VIEW)
    page.locator('a[data-mark="1"]').click()
    expect(page.locator("#mark-1")).to_be_visible()
    assert page.evaluate(VIEW) <= whole


@pytest.mark.slow
def test_from_upload_to_the_plan(browser, tmp_path):
    """On a site with its worker: layers are guessed, the proof comes by itself, and the map has the new stands."""
    path = saved(
        tmp_path, *stand("1A01", 150, 50, 156, 53), *stand("1A02", 160, 50, 166, 53), line((140, 46), (145, 46))
    )
    with running_site(tmp_path / "site", Path("examples/tiny")) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        sign_in(page, address, "planner")
        page.goto(f"{address}/e/fair/venue/drawings/")
        page.set_input_files("input[type=file]", path)
        page.click("main form[method=post] button")
        expect(page.get_by_label("展位号")).to_have_value("stand_number", timeout=120_000)
        expect(page.get_by_label("展位", exact=True)).to_have_value("stand")
        page.select_option("[name=level]", "0")
        page.click("main form[method=post] button")
        expect(page.get_by_role("button", name="Approve 3 changes")).to_be_visible(timeout=120_000)
        page.get_by_role("button", name="Approve 3 changes").click()
        expect(page.locator("main")).to_contain_text("The plan is like this drawing.")
        page.goto(f"{address}/e/fair/venue/?at=stands.1A02")
        expect(page.locator("#place-title")).to_have_text("1A02")
        context.close()
