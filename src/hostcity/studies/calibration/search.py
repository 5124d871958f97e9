"""The search for one end of a range, by few places that are played."""

from __future__ import annotations

import math

from hostcity.studies.calibration.parameters import Parameter

MOST_TRIES = 3
NEAR = 0.1  # an end is found when a place is refuted so nearly; the rest is set right by a line
LEAST_WAY, MOST_GROWTH = 0.02, 2.0  # of a try, on the scale and beside the last one


class Search:
    """For one end of a range.

    Places are told as ways from the fit, and by how far they are refuted: about 0 at the fit, 1 at the end.
    """

    def __init__(self, parameter: Parameter, fit: float, side: int, *, refuted: float, first: float) -> None:
        """``refuted`` is the fit itself, ``first`` the way on which to try."""
        self._parameter, self._fit, self.side = parameter, fit, side
        self._most = 1 - side * fit  # to the end of the scale
        self._tried = {0.0: refuted}
        self._next: float | None = None
        self._go(first)

    @property
    def place(self) -> float | None:
        """Where to play next; None when the end is found."""
        return None if self._next is None else self._at(self._next)

    def tell(self, refuted: float) -> None:
        """What was found there."""
        way, self._next = self._next or 0.0, None
        self._tried[way] = refuted
        is_open = way >= self._most and refuted < 1
        if not is_open and abs(refuted - 1) > NEAR and len(self._tried) <= MOST_TRIES:
            self._go(min(self._way(), MOST_GROWTH * way))

    @property
    def end(self) -> float:
        """On the scale; its very end where the counts do not refute that."""
        return self._at(min(self._most, self._way()))

    def _at(self, way: float) -> float:
        return self._fit + self.side * way

    def _go(self, way: float) -> None:
        """Try next the nearest way that can be played, unless it was tried."""
        way = min(self._most, max(LEAST_WAY, way))
        if self._parameter.is_whole:
            way = self.side * (self._parameter.near(self._at(way)) - self._fit)
            one = self.side * (self._parameter.sides(self._fit, 0.0)[self.side > 0] - self._fit)
            way = max(one, way)
        if way > 0 and not any(math.isclose(way, tried, abs_tol=1e-9) for tried in self._tried):
            self._next = way

    def _way(self) -> float:
        """To where the refutation is 1: by the line through both tries around it, or through the two farthest."""
        tried = sorted(self._tried.items())
        beyond = next((number for number, (_, refuted) in enumerate(tried) if refuted >= 1), len(tried) - 1)
        if not beyond:
            return 0.0 if tried[0][1] >= 1 else self._most
        (near, less), (far, more) = tried[beyond - 1 : beyond + 1]
        return near + (1 - less) * (far - near) / (more - less) if more > less else self._most
