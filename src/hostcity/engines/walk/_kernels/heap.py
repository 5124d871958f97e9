"""A binary heap of numbered things by their keys, each of which knows its place: keys may become less (Williams, 1964)."""

from __future__ import annotations

from hostcity.engines.walk._kernels.compiling import kernel


@kernel
def rises(heap, place_of, key, at):
    """Move an entry up to where it belongs, after its key has become less."""
    node = heap[at]
    value = key[node]
    while at > 0:
        parent = (at - 1) >> 1
        above = heap[parent]
        if key[above] <= value:
            break
        heap[at] = above
        place_of[above] = at
        at = parent
    heap[at] = node
    place_of[node] = at


@kernel
def taken(heap, place_of, key, size):
    """Take the entry of least key off a heap of this size."""
    least = heap[0]
    node = heap[size - 1]
    value = key[node]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size - 1:
            break
        below = heap[child]
        if child + 1 < size - 1 and key[heap[child + 1]] < key[below]:
            child += 1
            below = heap[child]
        if key[below] >= value:
            break
        heap[at] = below
        place_of[below] = at
        at = child
    heap[at] = node
    place_of[node] = at
    return least
