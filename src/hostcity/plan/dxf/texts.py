"""Texts of drawings as their authors wrote them: old encodings, formatting codes, full-width digits."""

from __future__ import annotations

import math
import re
import unicodedata

from hostcity.plan.polygons import Ring, area_m2, sides

MOST_CHARACTERS = 60  # of a number: what is longer is a note
#: Runs of characters that Latin-1 made of Chinese in GB 2312: two bytes each, both above 0xA0.
_HIGH = re.compile(r"[\x80-\xff]+")
_PAIRS = re.compile(r"(?:[\xa1-\xf7][\xa1-\xfe])+")
_LOST = re.compile("[\ud800-\udfff]")
#: Sizes that stand beside numbers: 36㎡, 36 m2, and 6x6, 6×6m, 3m*3m, which a stand of hall 1.1, row X may be called too.
_AREA = re.compile(r"\d+(?:\.\d+)?\s*(?:㎡|m2|m²|平米|平方米|sqm|sq\.? ?m)", re.IGNORECASE)
_SIDES = re.compile(r"(\d+(?:\.\d+)?)\s*m?\s*[x×*]\s*(\d+(?:\.\d+)?)\s*m?", re.IGNORECASE)
NEARLY = 0.15  # how far the sides that a text says may be from those that are drawn


def readable(text: str) -> str:
    """A text that was read in another encoding than it was written in, put right.

    Files of older programs say Windows-1252 or nothing, and are in GBK. What cannot be told is left as it is, with ? for
    bytes that are no text.
    """
    if text.isascii():
        return text
    raw = None
    if _LOST.search(text):
        raw = text.encode("utf-8", "surrogateescape") if _is_escaped(text) else None
    elif all(mark < "\u0100" for mark in text) and all(_PAIRS.fullmatch(run) for run in _HIGH.findall(text)):
        raw = text.encode("latin-1")
    if raw is not None:
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return _LOST.sub("?", text)


def _is_escaped(text: str) -> bool:
    """Whether every lost character stands for a byte that could not be read."""
    return all("\udc80" <= each <= "\udcff" for each in _LOST.findall(text))


def as_number(text: str) -> str:
    """A text as the number of a stand: one line, digits and letters of one width, no spaces around."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def is_size(text: str, ring: Ring) -> bool:
    """Whether a text within an outline says how large it is, such as 36㎡, or 6x6 where it has such sides."""
    said = _SIDES.fullmatch(text)
    if not said:
        return bool(_AREA.fullmatch(text))
    a, b = sorted(float(each) for each in said.groups())
    longest = max(math.dist(*side) for side in sides(ring))
    return abs(longest - b) <= NEARLY * b and abs(area_m2(ring) - a * b) <= 2 * NEARLY * a * b
