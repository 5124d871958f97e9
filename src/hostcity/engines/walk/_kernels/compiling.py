"""How the kernels are compiled, and the arrays of a floor that they read."""

from __future__ import annotations

from typing import Any, NamedTuple

from hostcity.engines.compiling import called_by_kernels, called_by_python

#: Compile a kernel. It checks nothing: its public face does.
kernel = called_by_kernels(error_model="numpy", cache=True)

#: The same for one that Python calls.
entry = called_by_python(error_model="numpy", cache=True)


class Edges(NamedTuple):
    """The rings of a floor, the floor to the left of who goes along them, and where their edges are.

    Coordinates are whole grains: differences stay below 2^30, so products of two and sums of those are exact in 64 bits.
    """

    x: Any  # int64[corners]
    y: Any  # int64[corners]
    before: Any  # int64[corners] the corner before on its ring
    after: Any  # int64[corners] the corner after; an edge has the number of the corner where it begins
    twin: Any  # int64[corners] the next corner at the same place, itself where there is no other
    first: Any  # int64[cells + 1]
    edge: Any  # int64 edges by cell: those within a margin of it
    first_of_row: Any  # int64[rows + 1]
    edge_of_row: Any  # int64 edges by row of cells
    shape: Any  # int64[3] columns, rows, grains along a cell's side
