"""What the frame of every page shows: menu, editions, notices, the number of the last change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.models import Edition, Notice
from hostcity.core.registries import registries

APART = 800  # order from which entries of the menu stand apart
THEMES = ("auto", "light", "dark")
#: Keys after g, by the name of the page they lead to.
KEYS = {
    "edition-home": "h", "plan": "p", "rehearsals": "r", "findings": "f", "calendar": "c", "ledger": "l",
    "notices": "n", "people": "o", "jobs": "j", "files": "d", "wall": "w",
}  # fmt: skip


#: Pages of a person's own account: words, name of the address, icon.
ACCOUNT_PAGES = (
    (_lazy("My details"), "account_details", "account"),
    (_lazy("Password"), "account_change_password", "key"),
    (_lazy("Second factor"), "mfa_index", "shield"),
)


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A line of the menu as it is shown."""

    label: Any
    path: str
    icon: str
    key: str
    current: str  # "page", "true" for a page below it, or ""
    is_apart: bool = False  # of those who look after the site rather than the expo


class Shell:
    """The frame of one page. Everything is looked up when a template asks for it, at most once."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.edition: Edition | None = getattr(request, "edition", None)

    @cached_property
    def menu(self) -> list[MenuLine]:
        """What the person may open in this edition, in order."""
        return list(self._menu())

    @cached_property
    def paths(self) -> dict[str, str]:
        """Pages of the menu that the person may open, by the name of their address."""
        if self.edition is None:
            return {}
        allowed = [
            each.url_name for each in registries.menu if policy.may(self.request.user, each.action, self.edition)
        ]
        found = {name: _path(name, edition=self.edition.code) for name in allowed}
        return {name: path for name, path in found.items() if path}  # what does not exist is not shown

    @cached_property
    def public_paths(self) -> dict[str, str]:
        """Public pages of the edition in place of the menu's that the person may not open, by the names of those."""
        if self.edition is None:
            return {}
        shown = [each for each in registries.public_pages if each.stands_for and each.is_shown(self.edition)]
        return {
            each.stands_for: _path(each.url_name, edition=self.edition.code)
            for each in shown
            if each.stands_for not in self.paths
        }

    @cached_property
    def public_lines(self) -> list[MenuLine]:
        """The lines of the menu that lead to public pages."""
        return [line for line in self.menu if line.path in self.public_paths.values()]

    def _menu(self) -> Iterator[MenuLine]:
        if self.edition is None:
            return
        here = self.request.path
        above = max((path for path in self.paths.values() if here.startswith(path)), key=len, default="")
        for each in sorted(registries.menu, key=lambda each: each.order):
            path = self.paths.get(each.url_name) or self.public_paths.get(each.url_name)
            if path is None:
                continue
            current = "page" if path == here else "true" if path == above and each.url_name != "edition-home" else ""
            yield MenuLine(each.label, path, each.icon, KEYS.get(each.url_name, ""), current, each.order >= APART)

    @cached_property
    def menu_html(self) -> str:
        """The menu as it is shown: the same for everybody with the same lines, so it is made once."""
        return _menu_html(tuple(replace(each, label=str(each.label)) for each in self.menu), get_language() or "")

    @cached_property
    def current(self) -> MenuLine | None:
        """The line of the menu that this page stands under."""
        return next((line for line in self.menu if line.current), None)

    @cached_property
    def home_path(self) -> str:
        """The first screen of this edition."""
        return reverse("edition-home", kwargs={"edition": self.edition.code}) if self.edition else "/"

    @cached_property
    def editions(self) -> list[Edition]:
        """The editions that the person has a role in; no query beyond that of their roles."""
        return policy.editions_of(self.request.user)

    @cached_property
    def unread(self) -> int:
        """How many notices of this edition the person has not read."""
        if self.edition is None:
            return 0
        with scope(edition=self.edition):
            return Notice.objects.filter(person=self.request.user, read_at=None).count()

    @cached_property
    def search_path(self) -> str:
        """Where the search box leads."""
        return self._of_edition("search", policy.SEE_SEARCH)

    @cached_property
    def notices_path(self) -> str:
        """Where the bell leads."""
        return self._of_edition("notices", policy.SEE_NOTICES)

    def _of_edition(self, name: str, action: str) -> str:
        if self.edition is None or not policy.may(self.request.user, action, self.edition):
            return ""
        return _path(name, edition=self.edition.code)

    @property
    def account_lines(self) -> list[MenuLine]:
        """Pages of the person's own account."""
        found = ((label, _path(name), icon) for label, name, icon in ACCOUNT_PAGES)
        return [MenuLine(label, path, icon, "", "") for label, path, icon in found if path]

    @cached_property
    def poll_path(self) -> str:
        """What the page asks for the number of the last change."""
        return _path("poll", key=self.edition.head.poll_key) if self.edition else ""

    @property
    def theme(self) -> str:
        """The theme that was chosen."""
        chosen = self.request.COOKIES.get("hostcity_theme", "auto")
        return chosen if chosen in THEMES else "auto"

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Codes and names of the languages, each in itself."""
        return list(settings.LANGUAGES)

    @property
    def is_demo(self) -> bool:
        """Whether this is a demonstration."""
        return bool(settings.ENVIRONMENT.is_demo or (self.edition and self.edition.is_demo))

    @property
    def words(self) -> dict[str, str]:
        """What the page's script says."""
        return _words(get_language() or "")


@lru_cache(maxsize=1000)
def _menu_html(lines: tuple[MenuLine, ...], _language: str) -> str:
    return render_to_string("core/shell/menu.html", {"lines": lines})


@lru_cache(maxsize=16)
def _words(_language: str) -> dict[str, str]:
    return {
        "change": _("1 change since you opened this page"),
        "changes": _("{count} changes since you opened this page"),
        "close": _("Close"),
        "escape": _("Close a menu or a dialog"),
        "find": _("Search"),
        "help": _("Show this help"),
        "keys": _("Keys"),
        "keysOn": _("Use these keys"),
        "no": _("Cancel"),
        "sure": _("Are you sure?"),
        "unanswered": _("The server did not answer. Nothing was changed; try again."),
        "yes": _("Yes"),
    }


def _path(name: str, **kwargs: str) -> str:
    try:
        return _known_path(name, **kwargs)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=1000)  # the menu of an edition has the same addresses for everybody
def _known_path(name: str, **kwargs: str) -> str:
    return reverse(name, kwargs=kwargs)
