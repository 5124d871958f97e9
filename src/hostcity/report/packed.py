"""Arrays and their description in one short text: gzip and base64, unpacked by the page with the browser's own means.

Layout before gzip: length of the head (uint32, little endian), the head as JSON in UTF-8 padded with spaces to a
multiple of 4, then every array on a multiple of 4 bytes. ``head["arrays"][name]`` is [type, offset, length].
"""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

TYPES = {"u1": "u8", "u2": "u16", "u4": "u32", "f4": "f32"}
NOBODY, NEVER = 65_535, 65_534  # nan and infinity among whole seconds in uint16


def pack(head: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> str:
    """The packed text of a head and its arrays."""
    described, body = {}, bytearray()
    for name, array in arrays.items():
        described[name] = [TYPES[array.dtype.str[1:]], len(body), int(array.size)]
        body += np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes()
        body += bytes(-len(body) % 4)
    text = json.dumps({**head, "arrays": described}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    encoded = text.encode()
    encoded += b" " * (-len(encoded) % 4)
    raw = len(encoded).to_bytes(4, "little") + encoded + bytes(body)
    # Without a time of packing, so that the same day gives the same page.
    return base64.b64encode(gzip.compress(raw, 6, mtime=0)).decode()


def whole(values: NDArray[Any]) -> NDArray[Any]:
    """Counts in the shortest unsigned type that holds them."""
    most = int(values.max(initial=0))
    return values.astype(np.uint8 if most < 2**8 else np.uint16 if most < 2**16 else np.uint32)


def seconds(values: NDArray[np.float64]) -> NDArray[np.uint16]:
    """Waits in whole seconds; nan and infinity have numbers of their own."""
    clipped = np.clip(np.nan_to_num(values, nan=NOBODY, posinf=NEVER), 0, None)
    cut = np.where(np.isfinite(values), np.minimum(np.round(clipped), NEVER - 1), clipped)
    return cut.astype(np.uint16)


def steps(values: NDArray[np.float32], step: float) -> NDArray[np.uint8]:
    """Values as multiples of a step, at most 255 of them."""
    return np.minimum(np.round(values / step), 255).astype(np.uint8)
