"""`hostcity serve --demo` as whoever tries it sees it: every login, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from hostcity.core.models.people import Role
from tests.site.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_first_screens_of_every_role(browser, tmp_path):
    site = Site(tmp_path / "home", "")
    with site.served("--demo") as served:
        logins = dict(re.findall(r"^  (demo-\S+) +(\S+)$", served.said, re.M))
        assert set(logins) == {f"demo-{role.value}" for role in Role}
        for name, password in logins.items():
            complaints: list[str] = []
            context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
            page = context.new_page()
            page.on("console", lambda said, to=complaints: said.type in ("error", "warning") and to.append(said.text))
            page.on("pageerror", lambda error, to=complaints: to.append(str(error)))
            page.on(
                "request",
                lambda asked, to=complaints: asked.url.startswith((served.address, "data:")) or to.append(asked.url),
            )
            page.on("response", lambda said, to=complaints: said.status < 400 or to.append(f"{said.status} {said.url}"))
            page.goto(served.address)
            page.fill("input[name=login]", name)
            page.fill("input[name=password]", password)
            page.locator("main .btn-primary").click()
            # Signing in leads to what opens next: the copy that lies ahead.
            expect(page.locator(".countdown")).to_contain_text("100 days left until the opening")
            expect(page.locator(".countdown")).to_contain_text("really opened on 5 November 2019")
            for path in [link.get_attribute("href") for link in page.locator("nav.side a").all()]:
                page.goto(served.address.rstrip("/") + path)
                expect(page.locator("h1")).to_have_count(1)
            page.goto(f"{served.address.rstrip('/')}/editions/")
            expect(page.get_by_role("row")).to_have_count(4)  # the expo, its copy, the small fair
            expect(page.locator("tbody tr").last).to_contain_text("Closed on 10 November 2019")
            assert complaints == [], name
            context.close()
