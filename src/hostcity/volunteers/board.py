"""The board: posts by shifts, each cell with who is rostered, how likely somebody will be missing, and which role is. Made without a
template: it has thousands of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from hostcity.volunteers.drafts import Cell, Draft, named

#: From which probability of being short a cell has the next color.
STEPS = (0.01, 0.05, 0.20, 0.50, 0.95)
MOST_LISTED = 60  # cells in the list of those that are most likely short
CERTAIN = 0.9999
LEAST_LISTED = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which part of the board; "" = all."""

    day: str = ""
    zone: str = ""
    post_class: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A cell as a list tells it."""

    cell: Cell
    day: str
    band: str
    post: str
    heads: int
    needed: int
    percent: int
    roles: tuple[str, ...]
    color: int
    worst_percent: int  # of heads, or of the role that is likeliest missing
    worst_role: str  # "" = of heads
    worst_color: int

    @property
    def key(self) -> str:
        """What it is called in addresses."""
        return key_of(self.cell)


def key_of(cell: Cell) -> str:
    """A cell in an address: places of its day, band and post in the draft."""
    return ".".join(str(int(place)) for place in cell)


def cell_by(draft: Draft, key: str) -> Cell | None:
    """The cell of an address; None = there is none."""
    parts = key.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        return None
    day, band, post = (int(part) for part in parts)
    _people, days, bands, posts = draft.problem.shape
    is_cell = day < days and band < bands and post < posts and bool(draft.problem.is_open[day, band, post])
    return (day, band, post) if is_cell else None


def color_of(share: float) -> int:
    """The step of a probability."""
    return sum(share >= step for step in STEPS)


def days_of(draft: Draft, asked: Asked) -> list[int]:
    """Places of the days that are asked for; all where none is known by the code."""
    at = draft.at["days"].get(asked.day)
    return list(range(len(draft.said["days"]))) if at is None else [at]


def posts_of(draft: Draft, asked: Asked) -> list[int]:
    """Places of the posts that are asked for and needed at any time."""
    is_needed = draft.problem.is_open.any(axis=(0, 1))
    return [
        at for at, post in enumerate(draft.said["posts"])
        if is_needed[at] and asked.zone in ("", post["zone"]) and asked.post_class in ("", post["post_class"])
    ]  # fmt: skip


def roles_missing(draft: Draft, cell: Cell) -> tuple[str, ...]:
    """Codes of skills of which fewer are rostered than needed, whoever comes."""
    day, band, post = cell
    lines = range(1, len(draft.said["lines"]))
    missing = (draft.skill_at(line, post) for line in lines if draft.made.short[line, day, band, post] >= CERTAIN)
    return tuple(filter(None, missing))


def board_html(draft: Draft, asked: Asked) -> SafeString:
    """The table."""
    days, posts = days_of(draft, asked), posts_of(draft, asked)
    body = "".join(_rows(draft, days, posts))
    return mark_safe(f"<thead>{_head(draft, days)}</thead><tbody>{body}</tbody>")  # noqa: S308 -- every text in it is escaped


def _head(draft: Draft, days: Sequence[int]) -> str:
    bands = draft.said["bands"]
    first = "".join(
        f'<th scope="colgroup" colspan="{len(bands)}">{escape(named(draft.said["days"][day]))}</th>' for day in days
    )
    second = "".join(f'<th scope="col">{escape(named(band))}</th>' for _day in days for band in bands)
    return f'<tr><th scope="col" rowspan="2">{escape(pgettext("roster", "Post"))}</th>{first}</tr><tr>{second}</tr>'


def _rows(draft: Draft, days: Sequence[int], posts: Sequence[int]) -> Iterator[str]:
    """A row for each post; lists of plain numbers, since reading arrays one number at a time costs ten times as much."""
    needed, heads = draft.problem.posts.needed[0].tolist(), draft.heads.tolist()
    short, is_missing = draft.made.short[0].tolist(), _role_marks(draft)
    skills = {each["code"]: escape(named(each)) for each in draft.said["skills"]}
    bands = range(len(draft.said["bands"]))
    for post in posts:
        cells = []
        for day in days:
            for band in bands:
                want = needed[day][band][post]
                if not want:
                    cells.append("<td></td>")
                    continue
                share = short[day][band][post]
                mark = _badge(roles_missing(draft, (day, band, post)), skills) if is_missing[day][band][post] else ""
                cells.append(
                    f'<td class="r{color_of(share)}"><a href="cell/?c={day}.{band}.{post}">{heads[day][band][post]}/{want}'
                    f" <small>{round(100 * share)}%</small>{mark}</a></td>"
                )
        row = draft.said["posts"][post]
        yield f'<tr><th scope="row">{escape(named(row))} <small>{escape(row["code"])}</small></th>{"".join(cells)}</tr>'


def _role_marks(draft: Draft) -> list[Any]:
    """Whether any role is missing for certain: bool[D, S, P] as lists."""
    short = draft.made.short[1:]
    found: list[Any] = (short >= CERTAIN).any(axis=0).tolist()
    return found


def _badge(roles: Sequence[str], skills: dict[str, str]) -> str:
    return "".join(f" <b>{skills.get(role, escape(role))}</b>" for role in roles)


def spots_of(draft: Draft, asked: Asked, most: int = MOST_LISTED, least: float = LEAST_LISTED) -> list[Spot]:
    """Cells that are most likely short, or lack a role, the worst first."""
    import numpy as np

    worst = draft.made.short.max(axis=0)
    wanted = np.zeros(worst.shape, bool)
    wanted[np.ix_(days_of(draft, asked), range(worst.shape[1]), posts_of(draft, asked))] = True
    wanted &= draft.problem.is_open & (worst >= least)
    places = np.argwhere(wanted)
    order = np.lexsort((np.arange(len(places)), -worst[tuple(places.T)]))[:most]
    return [spot_of(draft, (day, band, post)) for day, band, post in places[order].tolist()]


def spot_of(draft: Draft, cell: Cell) -> Spot:
    """One cell in words and figures."""
    day, band, post = cell
    said, share = draft.said, float(draft.made.short[0, day, band, post])
    skills = {each["code"]: named(each) for each in said["skills"]}
    lines = draft.made.short[:, day, band, post].tolist()
    worst = lines.index(max(lines))
    role = draft.skill_at(worst, post) if worst else ""
    return Spot(
        cell=cell, day=named(said["days"][day]), band=named(said["bands"][band]), post=named(said["posts"][post]),
        heads=int(draft.heads[cell]), needed=int(draft.problem.posts.needed[0, day, band, post]), percent=round(100 * share),
        roles=tuple(skills.get(role, role) for role in roles_missing(draft, cell)), color=color_of(share),
        worst_percent=round(100 * lines[worst]), worst_role=str(skills.get(role, role)), worst_color=color_of(lines[worst]),
    )  # fmt: skip
