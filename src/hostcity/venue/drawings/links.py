"""Links that a derived network changes: how much each differs, in which order and how many of them a page lists."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from hostcity.venue.drawings.words import VERBS

MEASURES = ("length_m", "width_m", "door_m")
NAMES: Sequence[Any] = (_("length"), _("width"), _("narrowest place"))
LISTED = 100  # on a page, before all are asked for


@dataclass(frozen=True, slots=True)
class Listed:
    """Links as a page lists them."""

    lines: list[dict[str, Any]]
    counts: list[tuple[str, Any, int]]  # verb, its word, links
    shown: str  # only of this verb; "" = of all
    total: int  # of those asked for


def ratio_of(line: Mapping[str, Any]) -> float:
    """By how many times the measure that differs most differs, whether it grew or shrank; infinite for a link that is gone."""
    if line["verb"] == "gone":
        return math.inf
    return max((max(now / was, was / now) for was, now in line["measures"] if was and now), default=1.0)


def most_different_first(lines: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Links that are gone, those that change by how much, and those that are new, of which nothing differs."""
    return sorted(lines, key=lambda each: (each["verb"] == "added", -ratio_of(each)))


def listed(lines: Sequence[Mapping[str, Any]], verb: str, order: str, *, is_all: bool) -> Listed:
    """What a page lists: links of a verb, the most different first or by code."""
    counts = Counter(each["verb"] for each in lines)
    shown = verb if verb in counts else ""
    asked = [each for each in lines if shown in ("", each["verb"])]
    ordered = sorted(asked, key=lambda each: str(each["code"])) if order == "code" else most_different_first(asked)
    return Listed(
        lines=[
            {**each, "said": VERBS[each["verb"]], "difference": difference_of(each)}
            for each in (ordered if is_all else ordered[:LISTED])
        ],
        counts=[(each, word, counts[each]) for each, word in VERBS.items() if counts[each]],
        shown=shown, total=len(asked),
    )  # fmt: skip


def difference_of(line: Mapping[str, Any]) -> tuple[Any, int] | None:
    """The measure that differs most, and by how many percent of what it was; None = no measure of a link that stays differs."""
    differing = [
        (max(now / was, was / now), name, now / was)
        for name, (was, now) in zip(NAMES, line["measures"], strict=True) if was and now and was != now
    ]  # fmt: skip
    if line["verb"] != "changed" or not differing:
        return None
    _times, name, share = max(differing, key=lambda each: each[0])
    return name, round(100 * (share - 1))
