"""A mended day as a result keeps it, and what is said of it to whom. It imports no engine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.translation import pgettext, pgettext_lazy

from hostcity.core.models import Edition, Result
from hostcity.core.results import read_blob
from hostcity.plan.cells import clock_text
from hostcity.volunteers.drafts import last_number, last_publication, named

KIND = "roster.mended"  # of a result
SAID = "mended.json"
MOST_KEPT = 20  # results of an edition
ABSENT = "absent"
LANGUAGES = {"en": "en", "zh": "zh-hans"}  # name for programs -> language of the site
#: Why somebody's shift is another: the engine's kinds of moves, and being absent.
KIND_WORDS = {
    "standby": pgettext_lazy("mended", "from standby"),
    "moved": pgettext_lazy("mended", "from another post"),
    "called": pgettext_lazy("mended", "was off, is called"),
    "freed": pgettext_lazy("mended", "post needs them no more"),
    "released": pgettext_lazy("mended", "free to go"),
    ABSENT: pgettext_lazy("mended", "does not come"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """Somebody whose shift is another now, with what to send them."""

    volunteer: str
    kind: str
    band: str  # code
    band_name: str
    source: str  # name of the post of before; "" = was off
    target: str  # "" = is off
    en: str
    zh: str

    @property
    def why(self) -> Any:
        """Words of the kind."""
        return KIND_WORDS[self.kind]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lacking:
    """A post that is still short."""

    band: str
    post: str
    heads: int
    needed: int


def mended_days(edition: Edition) -> list[Result]:
    """Those that are kept, the latest first. One query."""
    return list(Result.objects.filter(edition=edition, kind=KIND).order_by("-id")[:MOST_KEPT])


def mended_day(edition: Edition, pk: int) -> Result | None:
    """One of them. One query."""
    return Result.objects.filter(edition=edition, kind=KIND, pk=pk).first()


def said_of(result: Result) -> Mapping[str, Any]:
    """All that is kept of it."""
    return _said(result.blobs[SAID])


@lru_cache(maxsize=4)
def _said(sha256: str) -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads(read_blob(sha256))
    return found


def has_moved_on(edition: Edition, result: Result) -> bool:
    """Whether the roster has been changed since the day was mended. One query."""
    return last_number(edition) > result.inputs["number"]


def is_made_so(edition: Edition, result: Result) -> bool:
    """Whether it is the last thing that became of the roster. One query."""
    act = last_publication(edition)
    return bool(act and act.body.get("mended") == result.pk and "undoes" not in act.body)


def who_is_told(said: Mapping[str, Any]) -> list[Told]:
    """Everybody who must be told, by code and band; the absent are not among them."""
    return [_told(said, each) for each in said["changes"] if each["kind"] != ABSENT]


def still_lacking(said: Mapping[str, Any]) -> list[Lacking]:
    """Posts that are short all the same, by band."""
    return [
        Lacking(
            band=named(said["bands"][band]), post=named(said["posts"][post]), heads=heads, needed=needed,
        ) for band, post, heads, needed in said["lacking"]
    ]  # fmt: skip


def _told(said: Mapping[str, Any], change: Mapping[str, Any]) -> Told:
    posts = {side: named(said["posts"][change[side]]) if change[side] else "" for side in ("source", "target")}
    return Told(
        volunteer=change["volunteer"], kind=change["kind"], band=change["band"], band_name=named(said["bands"][change["band"]]), **posts,
        **{name: message(said, change, language) for name, language in LANGUAGES.items()},
    )  # fmt: skip


def message(said: Mapping[str, Any], change: Mapping[str, Any], language: str) -> str:
    """What to send to somebody, in a language."""
    with translation.override(language):
        band = said["bands"][change["band"]]
        values = {
            "person": change["volunteer"], "day": named(said["day"]), "band": named(band),
            "times": f"{clock_text(band['start_s'])}–{clock_text(band['end_s'])}",
            **{side: named(said["posts"][change[side]]) if change[side] else "" for side in ("source", "target")},
        }  # fmt: skip
        return _text(change).format(**values)


def _text(change: Mapping[str, Any]) -> str:
    if not change["target"]:
        return pgettext("message", "{person}: {day}, {band} {times}: {source} no longer needs you; you are free.")
    if not change["source"]:
        return pgettext("message", "{person}: {day}, {band} {times}: please come to {target}, though you were off.")
    return pgettext("message", "{person}: {day}, {band} {times}: please go to {target} instead of {source}.")
