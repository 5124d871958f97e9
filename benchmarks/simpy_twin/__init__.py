"""The day once more, written with SimPy: a process per visitor.

Same venue, same visitors with the same plans, same keyed draws (service times, second-best ways), same stations, lane
openings and closing time, same trains, same openings shared by both directions, same storage of links and floors.
All tables are plain lists before the clock starts: none of that is in the time that the comparison takes.

What differs from the day engine:

- the speed on a link is fixed at entry, from the density at that moment by the engine's own formula, where the
  engine's link clock lets people slow down and hurry on while they walk;
- routes are static: those of an empty venue (so the engine is run with ``route_update_s=0`` beside it);
- whoever finds a link or floor full waits for room, without the rules that keep a jam moving or bound it from
  outside: no rotation of blocked cycles (R2), no first row side by side (R3), no perimeter (R5);
- it logs less: services, entry, leaving, and who is where each minute; no flows, levels of service, replay;
- of the timeline it knows lanes, service times and closing time.
"""

from __future__ import annotations

from benchmarks.simpy_twin.resources import play_with_simpy
from benchmarks.simpy_twin.result import TwinResult

__all__ = ["TwinResult", "play_with_simpy"]
