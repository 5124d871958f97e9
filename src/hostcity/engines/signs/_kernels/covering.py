"""Which states each face covers."""

from __future__ import annotations

import numpy as np

from hostcity.engines.signs._kernels.chain import entry


@entry
def cover(tail, head, straight_before, towards, may_help, is_read):
    """States by face and destination: (first of each, states)."""
    destinations, pieces = may_help.shape
    first = np.zeros(pieces * destinations + 1, np.int64)
    for is_second in (False, True):
        covered = np.empty(first[-1] if is_second else 0, np.int64)
        at = 0
        for face in range(pieces):
            place = head[face]
            for name in range(destinations):
                piece = face
                while True:
                    if may_help[name, piece]:
                        if is_second:
                            covered[at] = name * pieces + piece
                        at += 1
                    here = tail[piece]
                    before = straight_before[piece]
                    if here < 0 or before < 0 or towards[name, here] != piece or not is_read[here, place]:
                        break
                    piece = before
                    if piece == face:
                        break
                first[face * destinations + name + 1] = at
    return first, covered
