"""Tables on a screen of any width: codes stay whole, words wrap, and two tables stand side by side where there is room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

#: Below it a screen is narrow: fewer rows and columns.
NARROW = 110
GAP, PADDING = 4, 2
LEAST = 4  # cells of a heading before it wraps, in Chinese too
#: A column: its heading, and how it stands: left, right, or left with its words wrapped where room is short.
Column = tuple[str, Literal["l", "r", "w"]]
#: What a line does not end within: a word or code, a sign of Chinese, each with the marks that cling to it.
_OPENS, _CLOSES, _SIGN = "（「《", "，。、；：）」》！？", "\u2e80-\uffef"
_PIECE = re.compile(rf"\s+|[{_OPENS}]*(?:[^\s{_SIGN}]+|[{_SIGN}])[{_CLOSES}]*")


def is_narrow(console: Console) -> bool:
    """Whether the screen has no room for everything."""
    return console.width < NARROW


def wrapped(text: str, width: int) -> str:
    """A text in lines of at most ``width`` cells, or of one piece that is wider."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if cell_len(lines[-1] + piece.rstrip()) > width and lines[-1].strip():
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return "\n".join(line.rstrip() for line in lines)


def table_of(
    console: Console, title: str, columns: Sequence[Column], rows: Iterable[Iterable[str]], below: str = ""
) -> Table:
    """A table as wide as it must be, at most as the screen: cells break only between words, and only in columns that wrap."""
    cells = [tuple(row) for row in rows]
    bodies = [[row[at] for row in cells] for at in range(len(columns))]
    widths = _widths(console.width - PADDING * (len(columns) - 1), columns, bodies)
    widths[0] += max(0, min(cell_len(below), console.width) - sum(widths) - PADDING * (len(widths) - 1))
    table = Table(
        title=wrapped(title, console.width), title_justify="left", title_style="bold", box=None, padding=(0, PADDING, 0, 0),
        pad_edge=False, caption=below or None, caption_justify="left", caption_style="dim",
    )  # fmt: skip
    for (heading, stands), width in zip(columns, widths, strict=True):
        table.add_column(
            wrapped(heading, width),
            justify="right" if stands == "r" else "left",
            header_style="dim",
            width=width,
            no_wrap=True,
        )
    for row in cells:
        table.add_row(*(wrapped(text, width) for text, width in zip(row, widths, strict=True)))
    return table


def width_of(table: Table) -> int:
    """Cells that a table of `table_of` is wide."""
    widths = [column.width or 0 for column in table.columns]
    return sum(widths) + PADDING * (len(widths) - 1)


def show_beside(console: Console, left: Table, right: Table) -> None:
    """Both side by side where the screen is wide enough, else one after the other."""
    if width_of(left) + GAP + width_of(right) > console.width:
        console.print(left, right, sep="\n")
        return
    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_row(left, right)
    console.print(grid)


def _widths(room: int, columns: Sequence[Column], bodies: list[list[str]]) -> list[int]:
    """Widths of the columns: headings wrap first, then the widest of the columns that may."""
    widths = [max(map(cell_len, (heading, *body))) for (heading, _), body in zip(columns, bodies, strict=True)]
    if sum(widths) <= room:
        return widths
    widths = [
        max(_longest(heading), min(LEAST, cell_len(heading)), *map(cell_len, body))
        for (heading, _), body in zip(columns, bodies, strict=True)
    ]
    for at in sorted(range(len(columns)), key=lambda at: -widths[at]):
        if columns[at][1] == "w":
            least = max(map(_longest, (columns[at][0], *bodies[at])))
            widths[at] = max(least, widths[at] - max(0, sum(widths) - room))
    return widths


def _longest(text: str) -> int:
    return max((cell_len(piece) for piece in _PIECE.findall(text) if piece.strip()), default=0)
