"""The difference between a draft and the roster that holds, person by person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from hostcity.core.plan_rows.many import Diff, State
from hostcity.volunteers.drafts import Draft, named

Seat = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Differing:
    """Somebody whose shifts would be others: each as day, band, post."""

    code: str
    gets: tuple[tuple[str, str, str], ...]
    loses: tuple[tuple[str, str, str], ...]
    changes: tuple[tuple[str, str, str, str], ...]  # with the post of before


def differing(draft: Draft, diff: Diff) -> tuple[list[Differing], dict[str, int]]:
    """Everybody whose shifts would be others, and how many shifts come, go, or are at another post; locks alone do not count."""
    names = {name: {each["code"]: named(each) for each in draft.said[name]} for name in ("days", "bands", "posts")}
    was, now = _seats(diff, 0), _seats(diff, 1)
    people = []
    for code in sorted(was.keys() | now.keys()):
        before, after = was.get(code, {}), now.get(code, {})
        each = Differing(
            code=code,
            gets=tuple(_told(names, seat, post) for seat, post in sorted(after.items()) if seat not in before),
            loses=tuple(_told(names, seat, post) for seat, post in sorted(before.items()) if seat not in after),
            changes=tuple(
                (*_told(names, seat, post), names["posts"].get(before[seat], before[seat]))
                for seat, post in sorted(after.items()) if seat in before and before[seat] != post
            ),
        )  # fmt: skip
        if each.gets or each.loses or each.changes:
            people.append(each)
    kinds = ("gets", "loses", "changes")
    return people, {"people": len(people)} | {kind: sum(len(getattr(each, kind)) for each in people) for kind in kinds}


def _seats(diff: Diff, side: int) -> dict[str, dict[Seat, str]]:
    """Posts by volunteer, day and band, before or after."""
    found: defaultdict[str, dict[Seat, str]] = defaultdict(dict)
    for pair in diff.values():
        state: State | None = pair[side]
        if state and state["post"]:
            found[state["volunteer"]][state["day"], state["band"]] = state["post"]
    return found


def _told(names: dict[str, dict[str, str]], seat: Seat, post: str) -> tuple[str, str, str]:
    day, band = seat
    return names["days"].get(day, day), names["bands"].get(band, band), names["posts"].get(post, post)
