"""The day that a report's page carries, for other pages that show it: read with the standard library alone.

A site's web processes load no engine, so they take what the player needs out of the page that was written when the day was
played, instead of making it again.
"""

from __future__ import annotations

import base64
import gzip
import json
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BEGINS, ENDS = b'id="day">', b"</script>"
#: Codes of `array` by the names in the head; the same widths on every platform that Python runs on.
CODES = {"u8": "B", "u16": "H", "u32": "I", "f32": "f"}


@dataclass(frozen=True, slots=True)
class Carried:
    """A day unpacked: what `player_data` says of it, and its arrays as one run of bytes."""

    head: Mapping[str, Any]
    body: bytes

    def array(self, name: str) -> Sequence[int | float]:
        """One of the arrays. Raises KeyError with the names that there are for one that it does not have."""
        if name not in self.head["arrays"]:
            raise KeyError(f"the day carries no {name}; it carries {', '.join(sorted(self.head['arrays']))}")
        kind, offset, length = self.head["arrays"][name]
        found = array(CODES[kind])
        found.frombytes(self.body[offset : offset + length * found.itemsize])
        if sys.byteorder == "big":
            found.byteswap()
        return found


def packed_in(page: bytes) -> bytes:
    """What a page carries, compressed as `packed.pack` made it. Raises ValueError for a page that carries no day."""
    begins = page.rfind(BEGINS)
    ends = page.find(ENDS, begins)
    if begins < 0 or ends < 0:
        raise ValueError("the page carries no day: it is no report of a rehearsal")
    return base64.b64decode(page[begins + len(BEGINS) : ends])


def unpack(packed: bytes) -> Carried:
    """A packed day with its head read."""
    raw = gzip.decompress(packed)
    start = 4 + int.from_bytes(raw[:4], "little")
    return Carried(json.loads(raw[4:start]), raw[start:])
