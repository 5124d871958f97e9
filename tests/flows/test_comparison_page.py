"""The page of a comparison in a browser."""

import pytest

from hostcity.report.difference_page import write_comparison
from hostcity.site.screens.as_data import of_comparison
from tests.flows.test_report_page import axe_violations
from tests.report.test_difference_page import compared

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_path(tmp_path_factory):
    plans, found = compared()
    return write_comparison(plans, ("A", "B"), found, of_comparison(found), tmp_path_factory.mktemp("compared") / "out")


@pytest.mark.parametrize(("locale", "theme", "width"), [("en-US", "light", 360), ("zh-CN", "dark", 1280)])
def test_no_barrier_that_axe_knows(open_report, page_path, locale, theme, width):
    page = open_report(page_path, locale=locale, color_scheme=theme, viewport={"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe_violations(page) == []


def test_the_slider_shows_another_quarter(open_report, page_path):
    page = open_report(page_path)
    lines = "[...document.querySelectorAll('line[data-link]')].map(each => each.getAttribute('class'))"
    first, clock = page.evaluate(lines), page.locator(".quarter output").inner_text()
    page.get_by_label("Quarter of an hour from").press("Home")
    assert page.locator(".quarter output").inner_text() != clock
    assert page.evaluate(lines) != first
    assert page.get_by_role("slider").get_attribute("aria-valuetext") == page.locator(".quarter output").inner_text()
