"""What is asked when a day is mended: read from what people paste, and held against the plan; all that is wrong at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hostcity.core.errors import Refused
from hostcity.core.sayings import Joined

BETWEEN = re.compile(r"[\s,;，；、]+")  # what stands between pasted codes, in either language's marks
USUAL_FACTOR, MOST_FACTOR = 2.0, 10.0
MOST_TOLD = 100_000  # people
MOST_NAMED = 20  # codes that a refusal lists
#: Field -> sheet of the plan whose rows it names.
SHEETS = {"day": "service_days", "band": "bands", "absent": "volunteers", "closed": "posts", "factors": "posts"}
Known = Mapping[str, Collection[str]]  # sheet -> codes


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A day to be mended."""

    day: str
    band: str = ""  # the first that may be changed; "" = the whole day
    absent: Sequence[str] = ()
    closed: Sequence[str] = ()  # posts
    factors: Mapping[str, float] | None = None  # post -> how many times as many are needed there
    most_told: int | None = None  # people, besides those whose post is closed; None = as many as it pays for

    def plain(self) -> dict[str, Any]:
        """As a job is told: each code once, and how many were named more than once."""
        absent = sorted(set(self.absent))
        return {
            "day": self.day, "band": self.band, "absent": absent, "repeated": len(self.absent) - len(absent),
            "closed": sorted(set(self.closed)), "factors": dict(sorted((self.factors or {}).items())), "most_told": self.most_told,
        }  # fmt: skip


def codes_in(text: str) -> list[str]:
    """Codes as they were pasted, with those that are named twice."""
    return [code for code in BETWEEN.split(text) if code]


def factors_in(text: str) -> dict[str, float]:
    """Posts and factors: one post a line, then its factor; without one the usual.

    Raises ``Refused`` for the first line that is none.
    """
    found: dict[str, float] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        parts = codes_in(line)
        if not parts:
            continue
        factor = _factor(parts[1].lstrip("x×")) if len(parts) == 2 else USUAL_FACTOR if len(parts) == 1 else None
        if factor is None or parts[0] in found:
            what = format_lazy(_("Line {number} is no post with a factor, or names a post again."), number=number)
            raise Refused("roster.factors", what, _("Write one post a line, then its factor: P1 2."), field="factors")
        found[parts[0]] = factor
    return found


def _factor(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d{1,4}(\.\d{1,4})?", text, re.ASCII) else None


def faults(asked: Asked, known: Known) -> list[Refused]:
    """All that is wrong with what is asked, by what the plan has."""
    factors = asked.factors or {}
    named = {
        "day": [asked.day], "band": [asked.band] if asked.band else [], "absent": asked.absent, "closed": asked.closed, "factors": factors,
    }  # fmt: skip
    found = [
        _unknown(field, gone, len(set(codes)))
        for field, codes in named.items()
        if (gone := sorted(set(codes) - set(known[SHEETS[field]])))
    ]
    found += _against_each_other(asked, factors)
    if asked.most_told is not None and not 0 <= asked.most_told <= MOST_TOLD:
        mend = format_lazy(_("Give a number from {low} to {high}."), low="0", high=f"{MOST_TOLD:,}")
        found.append(Refused("roster.most_told", _("This cannot be."), mend, field="most_told"))
    if not (asked.absent or asked.closed or factors):
        what, mend = (
            _("Nothing is to be mended."),
            _("Name who does not come, a closed post, or a post that needs more."),
        )
        found.append(Refused("roster.nothing_to_mend", what, mend, field="absent"))
    return found


def _against_each_other(asked: Asked, factors: Mapping[str, float]) -> Iterator[Refused]:
    both = sorted(set(asked.closed) & factors.keys())
    if both:
        what = format_lazy(_("Closed, and more are needed there: {posts}."), posts=_some(both))
        yield Refused("roster.closed_and_more", what, _("Decide on one of the two."), field="factors")
    wrong = sorted(post for post, factor in factors.items() if not 1 < factor <= MOST_FACTOR)
    if wrong:
        what = format_lazy(_("This cannot be the factor of {posts}."), posts=_some(wrong))
        mend = format_lazy(_("Give a number above 1, at most {most}."), most=f"{MOST_FACTOR:g}")
        yield Refused("roster.factor", what, mend, field="factors")


def _unknown(field: str, gone: Sequence[str], many: int) -> Refused:
    """Codes that the plan does not have: how many of how many, and the first of them."""
    text = ngettext_lazy(
        "{gone} of {many} codes is not in the plan: {codes}.", "{gone} of {many} codes are not in the plan: {codes}.", len(gone)
    )  # fmt: skip
    what = format_lazy(text, gone=len(gone), many=many, codes=_some(gone))
    return Refused("roster.unknown", what, _("Correct them, or take them out."), field=field)


def _some(codes: Sequence[str]) -> Joined:
    return Joined([*codes[:MOST_NAMED], *(["…"] if len(codes) > MOST_NAMED else [])])
