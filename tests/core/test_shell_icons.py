"""Every icon that a template or a registry names is drawn."""

import json
import re
from pathlib import Path

import hostcity
from hostcity.core.registries import registries
from hostcity.core.shell import ACCOUNT_PAGES

PACKAGE = Path(hostcity.__file__).parent
KNOWN = json.loads((PACKAGE.parents[1] / "frontend" / "src" / "site" / "icons.json").read_text())["known"]
NAMED = re.compile(r"""\{% icon "([^"]+)" %\}|core/icon\.html" with name="([^"]+)""")


def test_every_icon_that_is_named_is_drawn():
    named = {each.icon for each in registries.menu} | {icon for *_, icon in ACCOUNT_PAGES}
    for path in PACKAGE.rglob("templates/**/*.html"):
        named |= {one or other for one, other in NAMED.findall(path.read_text("utf-8"))}
    assert {"bell", "search"} <= named
    assert sorted(named - set(KNOWN)) == []


def test_the_file_of_icons_holds_them_all():
    drawn = re.findall(r'<symbol id="([^"]+)"', (PACKAGE / "core" / "static" / "core" / "icons.svg").read_text("utf-8"))
    assert sorted(drawn) == sorted(KNOWN)
