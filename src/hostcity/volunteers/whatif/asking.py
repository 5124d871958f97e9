"""Changes of a draft that are tried: read from lines that people type, and held against the draft; all that is wrong at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused
from hostcity.core.sayings import Joined
from hostcity.volunteers.drafts import Draft
from hostcity.volunteers.mending.asking import codes_in

OFF = "-"  # where a post would stand: nowhere
MOST_CHANGES = 100  # of all kinds
MOST_HEADS = 2000  # as in sheet Needs
MOST_NAMED = 20  # that a refusal lists
Row = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Changes by codes."""

    moves: Sequence[tuple[str, str, str, str]] = ()  # volunteer, day, band, post; "" = taken off
    absent: Sequence[tuple[str, str]] = ()  # volunteer, day
    closed: Sequence[tuple[str, str, str]] = ()  # day, band, post
    needs: Sequence[tuple[str, str, str, int]] = ()  # day, band, post, heads


def rows_in(text: str, field: str, most: int, example: str, least: int | None = None) -> list[Row]:
    """Lines as codes, ``least`` to ``most`` on each; empty lines do not count.

    Raises ``Refused`` with the numbers of all lines that have fewer or more.
    """
    lines = [(number, tuple(codes_in(line))) for number, line in enumerate(text.splitlines(), start=1)]
    wrong = [str(number) for number, row in lines if row and not (least or most) <= len(row) <= most]
    if wrong:
        what = format_lazy(_("These lines cannot be read: {lines}."), lines=_some(wrong))
        mend = format_lazy(_("Write each like this: {example}."), example=example)
        raise Refused(f"what_if.{field}", what, mend, field=field)
    return [row for _number, row in lines if row]


def move_of(row: Row) -> tuple[str, str, str, str]:
    """Volunteer, day, band and post of a line; without a post, or with a dash, nowhere."""
    post = row[3] if len(row) > 3 else OFF
    return row[0], row[1], row[2], "" if post == OFF else post


def need_of(row: Row) -> tuple[str, str, str, int]:
    """Day, band, post and heads of a line; what is no number is 0 heads, which is refused."""
    heads = row[3]
    return row[0], row[1], row[2], int(heads) if heads.isascii() and heads.isdigit() and len(heads) < 6 else 0


def faults(draft: Draft, asked: Asked) -> list[Refused]:
    """All that is wrong with what is asked of a draft."""
    found = [*_unknown(draft, asked), *_twice(asked), *_against_each_other(asked)]
    wrong = sorted({_told(row[:3]) for row in asked.needs if not 1 <= row[3] <= MOST_HEADS})
    if wrong:
        mend = format_lazy(_("Give whole numbers from {low} to {high}; close a cell that needs nobody."), low="1", high=f"{MOST_HEADS:,}")  # fmt: skip
        what = format_lazy(_("So many people cannot be needed: {cells}."), cells=_some(wrong))
        found.append(Refused("what_if.heads", what, mend, field="needs"))
    many = sum(len(rows) for rows in (asked.moves, asked.absent, asked.closed, asked.needs))
    if not many:
        what, mend = (
            _("No change is named."),
            _("Name somebody who moves or is away, or a cell that is closed or needs others."),
        )
        found.append(Refused("what_if.nothing", what, mend, field="moves"))
    if many > MOST_CHANGES:
        mend = format_lazy(_("Try at most {most} at once, or have another draft made."), most=MOST_CHANGES)
        found.append(Refused("what_if.too_many", _("These are too many changes."), mend, field="moves"))
    return found


def _unknown(draft: Draft, asked: Asked) -> Iterator[Refused]:
    """Codes that the draft does not have, field by field."""
    named: dict[str, list[tuple[str, str]]] = {
        "moves": [pair for row in asked.moves for pair in zip(("people", "days", "bands", "posts"), row, strict=True) if pair[1]],
        "absent": [pair for row in asked.absent for pair in zip(("people", "days"), row, strict=True)],
        "closed": [pair for row in asked.closed for pair in zip(("days", "bands", "posts"), row, strict=True)],
        "needs": [pair for row in asked.needs for pair in zip(("days", "bands", "posts"), row[:3], strict=True)],
    }  # fmt: skip
    for field, pairs in named.items():
        gone = sorted({code for axis, code in pairs if code not in draft.at[axis]})
        if gone:
            what = format_lazy(_("This draft does not have {codes}."), codes=_some(gone))
            yield Refused("what_if.unknown", what, _("Correct them, or take them out."), field=field)


def _twice(asked: Asked) -> Iterator[Refused]:
    """What is said more than once, and could mean two things."""
    keys: dict[str, Iterable[Row]] = {
        "moves": (row[:3] for row in asked.moves), "needs": (row[:3] for row in asked.needs),
    }  # fmt: skip
    for field, rows in keys.items():
        twice = sorted(_told(row) for row, many in Counter(rows).items() if many > 1)
        if twice:
            what = format_lazy(_("Named more than once: {seats}."), seats=_some(twice))
            yield Refused("what_if.twice", what, _("Decide on one of them."), field=field)


def _against_each_other(asked: Asked) -> Iterator[Refused]:
    away, shut = set(asked.absent), set(asked.closed)
    both = sorted(_told(row[:3]) for row in asked.moves if row[3] and row[:2] in away)
    if both:
        what = format_lazy(_("Away that day, and at a post: {seats}."), seats=_some(both))
        yield Refused("what_if.away_and_moved", what, _("Decide on one of the two."), field="absent")
    into = sorted(_told(row) for row in asked.moves if row[1:] in shut)
    if into:
        what = format_lazy(_("Moved to where it is closed: {seats}."), seats=_some(into))
        yield Refused("what_if.closed_and_moved", what, _("Decide on one of the two."), field="closed")
    wanted = sorted(_told(row[:3]) for row in asked.needs if row[:3] in shut)
    if wanted:
        what = format_lazy(_("Closed, and people are needed there: {cells}."), cells=_some(wanted))
        yield Refused("what_if.closed_and_needed", what, _("Decide on one of the two."), field="closed")


def _told(row: Iterable[Any]) -> str:
    return " ".join(str(each) for each in row)


def _some(codes: Sequence[str]) -> Joined:
    return Joined([*codes[:MOST_NAMED], *(["…"] if len(codes) > MOST_NAMED else [])])
