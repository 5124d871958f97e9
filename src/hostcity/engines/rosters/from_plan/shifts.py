"""A roster as rows of sheet shifts, and such rows as a roster."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from hostcity.engines.rosters.from_plan.axes import Force
from hostcity.engines.rosters.problem import Ints
from hostcity.engines.rosters.roster import Roster
from hostcity.plan.rows import Shift

Key = tuple[str, str, str]


def shifts_of(force: Force, roster: Roster | Ints) -> tuple[Shift, ...]:
    """A roster, or its posts ``int64[N, D, S]``, as rows of sheet shifts: by person, day and band.

    Rows that the plan has for a person, day and band keep their codes and locks; who is locked free stays so.
    """
    post_of = roster.post_of if isinstance(roster, Roster) else roster
    axes, known = force.axes, {_key(each): each for each in force.shifts}
    used = {each.code for each in known.values()}
    rows = {}
    for person, day, band in np.argwhere(post_of >= 0).tolist():
        key = (axes.people[person], axes.days[day], axes.bands[band])
        was, post = known.get(key), axes.posts[int(post_of[person, day, band])]
        code = was.code if was else _fresh("-".join(key), used)
        locked = was is not None and was.is_locked and was.post == post
        rows[person, day, band] = Shift(
            code=code, volunteer=key[0], day=key[1], band=key[2], post=post, is_locked=locked
        )
    for each in force.shifts:
        if each.is_locked and not each.post:
            rows.setdefault((axes.person_at[each.volunteer], axes.day_at[each.day], axes.band_at[each.band]), each)
    return tuple(rows[place] for place in sorted(rows))


def roster_of(force: Force, shifts: Iterable[Shift] | None = None) -> Ints:
    """Posts of each person, day and band, ``int64[N, D, S]``, from rows of sheet shifts; those of the plan when none are given.

    Raises
    ------
    KeyError
        With the code that the plan does not have.
    """
    axes = force.axes
    post_of = np.full((len(axes.people), len(axes.days), len(axes.bands)), -1, np.int64)
    for each in force.shifts if shifts is None else shifts:
        place = axes.person_at[each.volunteer], axes.day_at[each.day], axes.band_at[each.band]
        post_of[place] = axes.post_at[each.post] if each.post else -1
    return post_of


def _key(shift: Shift) -> Key:
    return shift.volunteer, shift.day, shift.band


def _fresh(code: str, used: set[str]) -> str:
    """The code, or one like it that no other row has."""
    number, fresh = 2, code
    while fresh in used:
        fresh, number = f"{code}-{number}", number + 1
    used.add(fresh)
    return fresh
