"""Symbols of connectors and amenities: white on a colored disc, on a grid of 16 x 16, drawn by hand for this map."""

from __future__ import annotations

from collections.abc import Mapping

#: Colors of discs (white on them has a contrast of 4.5 and more), by what people want of them.
DISCS: Mapping[str, str] = {
    **dict.fromkeys(("stairs", "escalator", "lift", "ramp"), "#4a5560"),
    **dict.fromkeys(("toilets", "nursing_room", "prayer_room", "cloakroom"), "#0b5cad"),
    **dict.fromkeys(("seats", "water", "catering", "charging"), "#7a5200"),
    **dict.fromkeys(("aed", "first_aid"), "#b0241c"),
    "information": "#00655a",
}

#: What stands on the disc: filled (f) and stroked (s) paths.
_GLYPHS: Mapping[str, tuple[str, str]] = {
    "stairs": ("", "M4 11.5h2.7V9.2h2.6V6.8h2.7V4.5"),
    "escalator": ("M8.6 3.6a1.1 1.1 0 1 0 .01 0z", "M3.8 11.8h2.4l4.6-4.6h1.6M8.6 6v2"),
    "lift": ("M8 3.4l2.2 3H5.8zM8 12.6l2.2-3H5.8z", ""),
    "ramp": ("M3.6 11.4h8.8V6.6z", ""),
    "toilets": (
        "M5.4 3.4a1.1 1.1 0 1 0 .01 0zM10.6 3.4a1.1 1.1 0 1 0 .01 0zM4 6.2h2.8v3.2H6.3v3.2H4.5V9.4H4z"
        "M10.6 6l1.7 3.8h-.9v2.8H9.8V9.8h-.9z",
        "",
    ),
    "nursing_room": ("M6.3 6.2h3.4v5.4q0 1-1 1H7.3q-1 0-1-1zM7.3 3.2h1.4v1.3l.9.9H6.4l.9-.9z", ""),
    "prayer_room": ("M8 2.9q3.4 2.6 3.4 5.1v4.4H9.6V9.6a1.6 1.6 0 0 0-3.2 0v2.8H4.6V8q0-2.5 3.4-5.1z", ""),
    "cloakroom": ("", "M6.8 5a1.2 1.2 0 1 1 1.6 1.1Q8 6.3 8 6.9L3.8 10v1h8.4v-1L8 6.9"),
    "seats": ("", "M5.4 3.8v4.6h4.8v3.8M5.4 8.4v3.8"),
    "water": ("M8 3q3 3.7 3 6a3 3 0 0 1-6 0q0-2.3 3-6z", ""),
    "catering": ("M10 3.4q1.6 1 1.6 5H10z", "M5.4 3.6v2.2q0 1 1 1t1-1V3.6M6.4 3.6v8.8M10.4 8v4.4"),
    "charging": ("M9 2.9L4.8 8.8h2.6l-.6 4.3 4.4-6H8.5z", ""),
    "aed": (
        "M8 12.7Q3 9.2 3.4 6.2q.4-2.2 2.4-2.2Q7.2 4 8 5.4 8.8 4 10.2 4q2 0 2.4 2.2.4 3-4.6 6.5z",
        "",
    ),
    "first_aid": ("M6.8 3.8h2.4v3h3v2.4h-3v3H6.8v-3h-3V6.8h3z", ""),
    "information": ("M8 3.4a1.1 1.1 0 1 0 .01 0zM6.6 6.6h2.3v4.6h.9v1.3H6.4v-1.3h.9V7.9h-.7z", ""),
}
_BOLT = '<path fill="#b0241c" d="M8.8 5.4L6.4 8.6h1.4l-.4 2.2 2.3-3.1H8.3z"/>'

#: Signs over what is closed or narrowed: a ring with a bar across it, and two arrows against each other.
SIGNS: Mapping[str, str] = {
    "closed": "M8 1.2a6.8 6.8 0 1 1 0 13.6a6.8 6.8 0 1 1 0-13.6zM3.2 3.2l9.6 9.6",
    "narrowed": "M1.5 3.5L6.5 8l-5 4.5M14.5 3.5L9.5 8l5 4.5",
}


def symbol(kind: str) -> str:
    """What is drawn for a kind, within a box of 16 x 16."""
    if kind in SIGNS:
        return "".join(
            f'<path fill="none" stroke="{color}" stroke-width="{width}" d="{SIGNS[kind]}"/>'
            for color, width in (("#fff", 3.6), ("#b0241c", 2))
        )
    filled, stroked = _GLYPHS[kind]
    parts = [f'<circle cx="8" cy="8" r="8" fill="{DISCS[kind]}"/>']
    if filled:
        parts.append(f'<path fill="#fff" d="{filled}"/>')
    if stroked:
        line = 'fill="none" stroke="#fff" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round"'
        parts.append(f'<path {line} d="{stroked}"/>')
    return "".join(parts) + (_BOLT if kind == "aed" else "")
