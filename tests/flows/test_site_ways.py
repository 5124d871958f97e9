"""Finding a way in a browser: a visitor's phone without scripts, the staff's page, paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.flows.test_axe import OVERFLOWS, PHONE, violations

pytestmark = pytest.mark.browser

PATH = "/p/walked/venue/ways/"
WORDS = {
    "en": {"toilets": "Toilets", "asked": "江南", "profile": "Step-free (wheelchair)", "show": "Show the way",
           "lift": "Take lift lift up to level Upper.", "here": "You are at Toilets west.", "back": "The way back"},
    "zh-hans": {"toilets": "卫生间", "asked": "B-01", "profile": "无障碍（轮椅）", "show": "显示路线",
                "lift": "由电梯 lift 上行至上层。", "here": "您已到达西侧卫生间。", "back": "返程路线"},
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_from_a_poster_to_a_stand_on_a_phone_without_scripts(visit, language):
    say = WORDS[language]
    page = visit(
        f"{PATH}?from=amenities.wc", role="", language=language, java_script_enabled=False, viewport=PHONE,
        locale="zh-CN" if language.startswith("zh") else "en-US",
    )  # fmt: skip
    page.fill("#ways-to", say["asked"])
    page.select_option("#ways-profile", label=say["profile"])
    page.get_by_role("button", name=say["show"]).click()
    steps = page.locator(".ways-steps li")
    expect(steps.filter(has_text=say["lift"])).to_have_count(1)
    assert page.locator(".ways-pictures img").count() == 2
    for image in page.locator(".ways-pictures img").all():
        image.scroll_into_view_if_needed()
        assert image.bounding_box()["width"] <= PHONE["width"]
    page.get_by_role("link", name=say["back"]).click()
    expect(steps.last).to_have_text(say["here"])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_barrier_on_a_way_nor_on_posters(visit, site, language, theme):
    way = f"{PATH}?from=stands.A-01&to=stands.B-01&hour=10"
    page = visit(way, role="", language=language, theme=theme, viewport=PHONE, locale=language[:2])
    assert page.locator(".ways-steps li").count() > 2
    assert (violations(page), page.evaluate(OVERFLOWS)) == ([], 0)
    page = visit("/e/walked/venue/ways/?from=stands.A-01&to=toil", "planner", language=language, theme=theme)
    assert violations(page) == []
    page.goto(f"{site.address}/e/walked/venue/ways/posters/?at=amenities.wc")
    assert page.locator(".poster .code").count() == 1
    assert violations(page) == []


def test_a_way_is_printed_on_two_pages_and_a_poster_on_one(visit, site):
    page = visit(f"{PATH}?from=stands.A-01&to=stands.B-01", role="")
    assert 1 <= pages_of(page.pdf(format="A4")) <= 2
    page = visit("/e/walked/venue/ways/posters/?at=amenities.wc&at=areas.A", "planner")
    assert pages_of(page.pdf(format="A4")) == 2  # a page each, and nothing else


def pages_of(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")
