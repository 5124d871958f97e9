"""What a played day leaves behind: frozen arrays, and nothing that depends on when or where it was computed."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

#: Fruin (1971) walkway levels of service A-F: lowest density of B, C, D, E, F. [persons/m2]
#: From areas of 3.25, 2.32, 1.39, 0.93 and 0.46 m2 per person.
LOS_FROM_PER_M2 = (1 / 3.25, 1 / 2.32, 1 / 1.39, 1 / 0.93, 1 / 0.46)

SLOT_S = 300.0  # waits, queues and flows are given per 5 minutes
MINUTE_S = 60.0  # occupancy and density are given per minute

#: Fields of a day that a day without evacuations does not have.
EVACUATIONS = ("evacuation_codes", "evacuation_step_s", "evacuation_persons", "evacuation_refuge", "evacuation_exits")

#: Fields of a day that one without wrong turns does not have.
WRONG_TURNS = (
    "wrong_goals", "wrong_turns", "wrong_passed", "wrong_lost_s", "wrong_desks", "wrong_questions", "visitor_is_newcomer",
    "visitor_wrong_turns", "visitor_questions", "visitor_lost_s",
)  # fmt: skip

#: How a visitor's day ended.
HOME, TURNED_AWAY, STILL_INSIDE, STILL_OUTSIDE, NEVER_CAME = 0, 1, 2, 3, 4

#: Kinds of a replay move.
MOVE_LINK, MOVE_STAY, MOVE_QUEUE, MOVE_HOME = 0, 1, 2, 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Overload:
    """Where the day went beyond what can be trusted."""

    reason: str  # "link_cap", "narrowed", "floor_cap", "stranded", "conservation" or "no_route"
    place: str  # code of the link, node or area
    at_s: float  # first time, seconds after midnight
    figure: float  # density [persons/m2] or persons
    event: str = ""  # code of the event of the timeline that brought it about: "narrowed" only


@dataclass(frozen=True, kw_only=True, slots=True)
class DayResult:
    """One played day.

    Shapes: ``S`` stations, ``A`` areas, ``L`` links, ``N`` nodes, ``V`` visitors, ``T`` five-minute slots from
    ``clock_start_s``, ``M`` minutes from ``clock_start_s`` (entry ``m`` is the state at the end of minute ``m``),
    ``W`` services, ``P`` appointments kept or missed, ``R`` replay moves.
    """

    # What was played.
    plan_sha256: str
    seed: int
    run: int
    version: str
    step_s: float
    clock_start_s: float
    clock_end_s: float
    station_codes: tuple[str, ...]
    area_codes: tuple[str, ...]
    link_codes: tuple[str, ...]
    node_codes: tuple[str, ...]
    stream_codes: tuple[str, ...]
    group_codes: tuple[str, ...]
    gate_codes: tuple[str, ...]
    appointment_codes: tuple[str, ...]

    # Visitors, in order of arrival.
    visitor_arrive_s: Floats  # [V] seconds after midnight
    visitor_stream: NDArray[np.int16]  # [V]
    visitor_group: NDArray[np.int16]  # [V]
    visitor_gate: NDArray[np.int16]  # [V] -1 = none
    visitor_entry_joined_s: Floats  # [V] joined the first queue of security, seconds after midnight; nan = never
    visitor_held_s: Floats  # [V] how long they were held on the way there, since what lay ahead was full or closed
    visitor_entry_s: Floats  # [V] entry time: joining security to leaving the badge check; nan = never got in
    visitor_first_hall_s: Floats  # [V] reached the first hall, seconds after midnight; nan = never
    visitor_left_s: Floats  # [V] gone home, seconds after midnight; nan = not home
    visitor_end: NDArray[np.uint8]  # [V] HOME, TURNED_AWAY, STILL_INSIDE, STILL_OUTSIDE or NEVER_CAME

    # Services, in the order in which they began: one row per person served (boarding included).
    service_person: Ints  # [W] index of the visitor
    service_station: NDArray[np.int16]  # [W]
    service_joined_s: Floats  # [W] joined the queue, seconds after midnight
    service_wait_s: Floats  # [W] from joining to the beginning of service

    # Stations.
    station_served: Ints  # [S, T] services begun, by the slot in which the person joined
    station_wait_p50_s: Floats  # [S, T] nan where nobody joined
    station_wait_p95_s: Floats  # [S, T]
    station_wait_p99_s: Floats  # [S, T]
    station_share_over_600_s: Floats  # [S, T]
    station_share_over_1800_s: Floats  # [S, T]
    # [S] persons who queued and were never served: released at closing or by an alarm, or left when the clock ends.
    station_unserved: Ints
    station_queue: Ints  # [S, M] persons waiting
    station_lanes: Ints  # [S, M] lanes open

    # Areas and floors.
    area_persons: Ints  # [A, M] on its floors, and on links until they leave the link on which they go from it
    area_peak_persons: Ints  # [A] largest of area_persons
    area_peak_s: Floats  # [A]
    floor_peak_per_m2: Floats  # [N] at any step; nan where unbounded
    # [M] persons on unbounded floors outside: they cannot enter a link yet; none who wait to be taken home.
    held_outside: Ints
    held_at_peak: Ints  # [N] where they are at the first minute with the most of them

    # Links.
    link_density_per_m2: NDArray[np.float32]  # [M, L] persons over length x the width that is left at the time
    link_peak_per_m2: Floats  # [L] at any step
    link_peak_s: Floats  # [L]
    link_los_person_s: Floats  # [L, 6] person-seconds spent at Fruin levels A-F
    link_flow: Ints  # [L, 2, T] persons who left the link forward, backward

    # Evacuations, by time: E of them, K counts from the beginning of each, every `evacuation_step_s`.
    evacuation_codes: tuple[str, ...]
    evacuation_step_s: float
    evacuation_persons: Ints  # [E, K] in the area, but for those waiting in its refuges; -1 = over by then
    evacuation_refuge: Ints  # [E, K] waiting in its refuges
    evacuation_exits: Ints  # [E, L] persons who left the area by each link while it was evacuated

    # Wrong turns: G goals as signs name them, K nodes with an information desk. Where newcomers do not turn wrong there
    # are no goals, and all of these are empty.
    wrong_goals: tuple[str, ...]  # SHEET.KEY, as lines of faces lead to
    wrong_turns: Ints  # [G, N] wrong turns at a node, by what was looked for
    wrong_passed: Ints  # [N] newcomers who went on from a node while they looked for something elsewhere
    wrong_lost_s: Floats  # [N] walked in vain after wrong turns there, at free speed
    wrong_desks: tuple[str, ...]  # codes of nodes
    wrong_questions: Ints  # [K, G, T] asked at a desk, by what was looked for
    visitor_is_newcomer: NDArray[np.bool_]  # [V]
    visitor_wrong_turns: NDArray[np.uint16]  # [V]
    visitor_questions: NDArray[np.uint16]  # [V]
    visitor_lost_s: NDArray[np.float32]  # [V] walked in vain, at free speed

    # Appointments.
    appointment_of: NDArray[np.int16]  # [P]
    appointment_person: Ints  # [P]
    appointment_late_s: Floats  # [P] after the start; negative = early; nan = never reached

    # Replay: moves of the sampled visitors, by time.
    replay_person: Ints  # [R]
    replay_at_s: NDArray[np.float32]  # [R] beginning of the move
    replay_kind: NDArray[np.uint8]  # [R] MOVE_...
    replay_place: Ints  # [R] 2*link (forward), 2*link+1 (backward), or node

    # Bookkeeping.
    events: int  # moves onto links, services and stays
    rotations: int  # persons moved by rotation of blocked cycles (R2)
    route_updates: int
    gate_hold_s: float  # seconds during which the perimeter rule (R5) held security
    inside_peak_persons: int
    inside_peak_s: float
    overloads: tuple[Overload, ...]  # empty = the run is valid
    cpu_s: float  # processor seconds; outside the hash

    @property
    def is_valid(self) -> bool:
        """Whether no cap was broken and nobody was stranded."""
        return not self.overloads

    @property
    def results_sha256(self) -> str:
        """SHA-256 over every result array, the plan hash, the seed and the version; what there is none of says nothing.

        Equal for the same plan, seed and version on one platform; ``cpu_s`` stays outside.
        """
        digest = hashlib.sha256()
        for each in dataclasses.fields(self):
            if each.name == "cpu_s" or (each.name in EVACUATIONS and not self.evacuation_codes):
                continue
            if each.name in WRONG_TURNS and not self.wrong_goals:
                continue
            digest.update(each.name.encode())
            digest.update(_canonical(getattr(self, each.name)))
        return digest.hexdigest()


def _canonical(value: Any) -> bytes:
    if isinstance(value, np.ndarray):
        return f"{value.dtype.str}{value.shape}".encode() + np.ascontiguousarray(value).tobytes()
    return repr(value).encode()
