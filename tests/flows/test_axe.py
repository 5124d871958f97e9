"""No barrier that axe knows on any page, in either language; every address of the site is looked at."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest

pytestmark = [pytest.mark.browser]

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = "{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
#: Answered for programs or by downloading, or only after a form: not pages. A new address is a page until it is here.
NO_PAGES = frozenset(
    {
        "fragment",
        "application/pdf",
        "application/json",
        "text/calendar",
        "text/csv",
        "text/plain",
        "application/x-ndjson",
        "application/zip",
        "application/toml",
    }
)
#: Who sees a page that the administrator of an edition does not.
WHO = {
    "account_login": "", "account_code": "", "account_phone": "", "account_phone_code": "", "public": "", "wall-screen": "",
    "mfa_authenticate": "", "edition-open": "runs-the-site",
    **dict.fromkeys(("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"), "guarded"),
}  # fmt: skip
#: Chinese text with marks or spaces as English has them, or a space behind a full-width mark.
GLUED = re.compile(r"[\u4e00-\u9fff][:;,!?.](?=\s|$|[\u4e00-\u9fff])|[。，：；！？、] +\S")


class _NoFollowing(HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def status_of(site, path, role):
    """The status and type of an answer; a fragment, which a page's script puts into it, has a type of its own here."""
    headers = {"Cookie": f"session={site.sessions[role]}"} if role else {}
    request = Request(site.address + path, headers=headers)  # noqa: S310 -- the site of the test
    opener = build_opener(_NoFollowing)
    try:
        with opener.open(request, timeout=30) as answer:
            kind = answer.headers.get_content_type()
            is_fragment = kind == "text/html" and b"<html" not in answer.read(2000)
            return answer.status, "fragment" if is_fragment else kind
    except OSError as error:
        return error.code, error.headers.get_content_type()


def violations(page):
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(f"axe.run({{resultTypes: ['violations'], runOnly: {RULES}}})")["violations"]
    return [(each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found]


@pytest.fixture(scope="session")
def shown(site):
    """Addresses that show a page: to the administrator, or to nobody in particular."""
    found = []
    for name, path in site.pages:
        if path is None or name == "account_logout":
            continue
        role = WHO.get(name, "administrator")
        status, kind = status_of(site, path, role)
        if status == 200 and kind == "text/html":
            found.append((name, path, role))
        else:
            fine = (
                kind in NO_PAGES
                or status in (302, 405)
                or name in ("calendar-feed", "favicon", "poll", "rehearsal-file")
            )
            assert fine, f"{name} {path} answers {status} {kind}: give it arguments with which it shows its page"
    return found


def test_every_address_has_an_example(site):
    assert [name for name, path in site.pages if path is None] == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_barrier_that_axe_knows_on_any_page(visit, shown, site, language):
    assert {"edition-home", "wall", "public", "rehearsals"} <= {name for name, *_ in shown}
    page = {
        role: visit(role=role, path="/e/fair/" if role else "/p/fair/", language=language)
        for role in {role for *_, role in shown}
    }
    barriers = {}
    for name, path, role in shown:
        page[role].goto(site.address + path)
        found = violations(page[role])
        heading = page[role].locator("h1").count()
        if found or heading != 1:
            barriers[name] = (found, f"{heading} h1")
    assert barriers == {}


def test_chinese_pages_have_chinese_marks(visit, shown, site):
    page = {
        role: visit(role=role, path="/e/fair/" if role else "/p/fair/", language="zh-hans")
        for role in {role for *_, role in shown}
    }
    glued = {}
    for name, path, role in shown:
        page[role].goto(site.address + path)
        found = [line.strip() for line in page[role].inner_text("body").splitlines() if GLUED.search(line)]
        if found:
            glued[name] = found
    assert glued == {}


@pytest.mark.parametrize("path", ["/e/fair/", "/e/fair/rehearsals/", "/e/fair/findings/", "/e/fair/wall/", "/p/fair/"])
def test_no_barrier_in_the_dark_and_on_a_phone(visit, path):
    page = visit(path, theme="dark", viewport={"width": 390, "height": 844})
    assert violations(page) == []


def test_no_barrier_on_a_page_of_a_fault(browser, site):
    page = browser.new_page()  # not by `visit`: the browser complains of a 404
    page.context.add_cookies([{"name": "session", "value": site.sessions["planner"], "url": site.address}])
    assert page.goto(f"{site.address}/e/other/").status == 404
    assert violations(page) == []
    page.context.close()
