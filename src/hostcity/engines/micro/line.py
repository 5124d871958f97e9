"""One lane: its line of places, and when it serves whom."""

from __future__ import annotations

import math
from typing import Any

from hostcity.engines.micro.floor import Lane

AT_FRONT_M = 0.5  # who is that near to a lane's first place has reached it
TAIL_M = 1.0  # who is that near to a line's tail joins it


class Line:
    """A lane in JuPedSim: a waypoint behind the line, and a queue whose head is let go when served.

    Attributes
    ----------
    going
        Persons on their way to it, in its line or being served.
    """

    def __init__(self, simulation: Any, lane: Lane) -> None:
        self.lane = lane
        self.tail_stage = simulation.add_waypoint_stage(lane.tail, TAIL_M)
        self.queue_stage = simulation.add_queue_stage(list(lane.places))
        self._simulation = simulation
        self._queue = simulation.get_stage(self.queue_stage)
        self.going = 0
        self.begun_s = math.nan  # when the service of the first in line began

    def place(self) -> tuple[float, float] | None:
        """The first place that nobody who goes here will take; None when there are not so many."""
        return self.lane.places[self.going] if self.going < len(self.lane.places) else None

    def first(self) -> int:
        """The agent that is served or will be next; -1 = nobody is in line."""
        found = self._queue.enqueued()
        return int(found[0]) if found else -1

    def serve(self, agent: int, service_s: float, now: float) -> float:
        """Serve the first in line; the time at which they were done, nan while they are not.

        Whoever stood in line behind them is served from then; who comes to an empty lane, from when they are in front.
        """
        at_front = math.dist(self._simulation.agent(agent).position, self.lane.places[0]) < AT_FRONT_M
        if math.isnan(self.begun_s) and at_front:
            self.begun_s = now
        done_s = self.begun_s + service_s
        if not at_front or not done_s <= now:
            return math.nan
        self.begun_s = done_s if self._queue.count_enqueued() > 1 else math.nan
        self._queue.pop(1)
        self.going -= 1
        return done_s
