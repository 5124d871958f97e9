"""No barrier that axe knows on any page, in either language; every address of the site is looked at."""

from __future__ import annotations

import itertools
import re
import zlib
from importlib.util import find_spec
from pathlib import Path
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest

from tests.whole import IS_WHOLE

pytestmark = [pytest.mark.browser]

PHONE = {"width": 390, "height": 844}
OVERFLOWS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = "{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
#: Answered for programs or by downloading, or only after a form: not pages. A new address is a page until it is here.
NO_PAGES = frozenset(
    {
        "fragment",
        "application/pdf",
        "application/octet-stream",
        "application/json",
        "text/calendar",
        "text/csv",
        "text/plain",
        "application/x-ndjson",
        "application/zip",
        "application/toml",
        "image/svg+xml",
        "image/vnd.dxf",
    }
)
#: Who sees a page that the administrator of an edition does not.
WHO = {
    "account_login": "", "account_code": "", "account_phone": "", "account_phone_code": "", "public": "", "public-map": "", "wall-screen": "", "joining": "", "joining-mine": "",
    "mfa_authenticate": "", "edition-open": "runs-the-site",
    **dict.fromkeys(("duty-post", "duty-code"), "coordinator"), "my-tasks": "bureau-owner", "swap-offer": "rostered", "my-shifts": "rostered", "my-hours": "rostered", "my-feedback": "rostered", "feedback-say": "rostered", "my-certificate": "rostered", "certificate-verify": "", "certificate-verified": "", "swap-offers": "free",
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
                or (find_spec("jupedsim") is None and name in ("look-page", "look-files"))  # nobody could look
                or name
                in (
                    "calendar-feed",
                    "drawing-archive",
                    "exits-cards",
                    "facilities-level",
                    "favicon",
                    "poll",
                    "rehearsal-file",
                )
            )
            assert fine, f"{name} {path} answers {status} {kind}: give it arguments with which it shows its page"
    return found


def test_every_address_has_an_example(site):
    assert [name for name, path in site.pages if path is None] == []


#: Language, theme and width with which a page is looked at: one half of the pages with the first, the others with the second,
#: which has the other value of all three; every page with both with `make test-all`.
QUICK = [("en", "light", 1280), ("zh-hans", "dark", 390)]
#: All others, with `make test-all`.
REST = [
    each for each in itertools.product(("en", "zh-hans"), ("light", "dark"), (1280, 390)) if each not in QUICK
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "theme", "width"), [*QUICK, *(pytest.param(*each, marks=pytest.mark.slow) for each in REST)]
)
def test_every_page(visit, shown, site, language, theme, width):
    """No barrier that axe knows, one heading, marks of its language, and no wider than a phone."""
    assert {"edition-home", "wall", "public", "rehearsals"} <= {name for name, *_ in shown}
    size = {"width": width, "height": 844}
    page = {
        role: visit(role=role, path="/e/fair/" if role else "/p/fair/", language=language, theme=theme, viewport=size)
        for role in {role for *_, role in shown}
    }
    half = QUICK.index((language, theme, width)) if (language, theme, width) in QUICK and not IS_WHOLE else None
    wrong = {}
    for name, path, role in shown:
        if half not in (None, zlib.crc32(name.encode()) % 2):
            continue
        page[role].goto(site.address + path)
        if found := wrong_with(page[role], language, is_for_phones=name != "wall"):
            wrong[name] = found
        page[role].set_viewport_size(size)
    assert wrong == {}


def wrong_with(page, language, *, is_for_phones):
    """What is not as it should be on a page, in words."""
    found = [str(each) for each in violations(page)]
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1")
    if language.startswith("zh"):
        found += [line.strip() for line in page.inner_text("body").splitlines() if GLUED.search(line)]
    page.set_viewport_size(PHONE)
    if is_for_phones and (by := page.evaluate(OVERFLOWS)) > 0:
        found.append(f"{by} px wider than a phone")
    return found


def test_no_barrier_on_a_page_of_a_fault(browser, site):
    page = browser.new_page()  # not by `visit`: the browser complains of a 404
    page.context.add_cookies([{"name": "session", "value": site.sessions["planner"], "url": site.address}])
    assert page.goto(f"{site.address}/e/other/").status == 404
    assert violations(page) == []
    page.context.close()
