"""The page of a cut-out in a browser."""

import pytest
from playwright.sync_api import expect

from hostcity.report.microscope_page import write_microscope
from tests.flows.test_report_page import axe_violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_path(tmp_path_factory):
    pytest.importorskip("jupedsim")
    from tests.report.test_microscope_page import seen

    return write_microscope(seen(), tmp_path_factory.mktemp("seen") / "out")


@pytest.mark.parametrize(("locale", "theme", "width"), [("en-US", "light", 360), ("zh-CN", "dark", 1280)])
def test_no_barrier_that_axe_knows(open_report, page_path, locale, theme, width):
    page = open_report(page_path, locale=locale, color_scheme=theme, viewport={"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe_violations(page) == []


def test_the_replay_plays_and_goes_where_the_slider_is_put(open_report, page_path):
    page = open_report(page_path)
    clock = page.locator(".crowd output")
    dots = "document.querySelector('.person.is-walking').getAttribute('d')"
    first, at = page.evaluate(dots), clock.inner_text()
    page.get_by_role("button", name="Play").click()
    expect(clock).not_to_have_text(at)
    page.get_by_role("button", name="Pause").click()
    assert page.evaluate(dots) != first
    page.get_by_label("Time").press("Home")
    assert clock.inner_text() == "09:30:00"
    count = page.locator("[data-count=persons]").inner_text()
    assert int(count) == page.evaluate(
        "[...document.querySelectorAll('.person')].map(p => p.getAttribute('d').split('M').length - 1).reduce((a, b) => a + b)"
    )
