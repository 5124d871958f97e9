"""What is drawn on a face: arrows, and pictograms beside names. On a grid of 16 x 16, drawn by hand."""

from __future__ import annotations

from collections.abc import Mapping

from hostcity.venue.symbols import DISCS, symbol

#: Degrees clockwise from straight up, by which the arrow is turned.
TURNS: Mapping[str, int] = {
    "ahead": 0, "ahead_right": 45, "right": 90, "back_right": 135, "back": 180, "back_left": 225, "left": 270, "ahead_left": 315,
}  # fmt: skip
_SHAFT = "M8 14V3M3.5 7.5L8 3l4.5 4.5"
#: Up and down stairs or escalators: steps, with the way on them.
_STEPS: Mapping[str, str] = {
    "up": "M2 14h3.5v-3.5H9V7h3.5V3.5H14M3 7.5L7.5 3M4 3h3.5v3.5",
    "down": "M2 3.5h3.5V7H9v3.5h3.5V14H14M9.5 2.5L13.5 6.5M13.5 3v3.5H10",
}
_LINE = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
#: Of destinations that have no symbol on the map: filled (f) and stroked (s) paths.
_MORE: Mapping[str, tuple[str, str]] = {
    "hall": ("", "M2.5 13.5V6.5L8 3l5.5 3.5v7M5.5 13.5v-4h5v4"),
    "exit": ("", "M3 3h5v10H3zM7 8h6.5M11 5.5L13.5 8 11 10.5"),
    "metro": (
        "M5 12.5l-1.5 2h1.6l.8-1h4.2l.8 1h1.6L11 12.5z",
        "M4 4q0-1.5 1.5-1.5h5Q12 2.5 12 4v6.5q0 1-1 1H5q-1 0-1-1zM4.5 7.5h7",
    ),
    "taxi": ("M6.3 2.6h3.4v1.8H6.3z", "M2.5 12V9.2l1.7-.7L5.6 5h4.8l1.4 3.5 1.7.7V12zM4.5 12v1.5M11.5 12v1.5"),
    "coach": ("", "M2.5 4h11v8h-11zM2.5 8h11M6.2 4v4M9.8 4v4M5 12v1.5M11 12v1.5"),
}


def arrow(kind: str) -> str:
    """The drawing of an arrow in the color of the text, within a box of 16 x 16."""
    if kind in TURNS:
        return f'<path {_LINE} stroke-width="2" d="{_SHAFT}" transform="rotate({TURNS[kind]} 8 8)"/>'
    return f'<path {_LINE} stroke-width="1.6" d="{_STEPS[kind]}"/>'


def pictogram(kind: str) -> str:
    """The drawing of a pictogram, within a box of 16 x 16; "" = none."""
    if kind in _MORE:
        filled, stroked = _MORE[kind]
        parts = f'<path fill="currentColor" d="{filled}"/>' if filled else ""
        return f'{parts}<path {_LINE} stroke-width="1.3" d="{stroked}"/>'
    return symbol(kind) if kind in DISCS else ""
