"""Records of the day's compiled loop.

A person on their way is in exactly one store: a link's segment (walking), the pool (in the queue of an exit, a floor or
a station) or a chunk of the activity wheel (staying, being served). Nothing per person is touched on a move except
these rows: one move costs about one cache miss, and that is what the engine's speed rests on.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: One stop of a visitor's plan, 8 bytes.
STOP = np.dtype(
    [
        ("dest", np.int16),  # index among the destinations
        ("station", np.int16),  # >= 0: index of the station; else STAY, FIRST_STAY, APPOINTMENT or GO_HOME
        ("dwell_s", np.uint16),  # stay, or time at the table after service
        ("leave_by", np.uint16),  # in LEAVE_UNIT_S after the clock's start; NEVER = must be done
    ]
)
STAY, FIRST_STAY, APPOINTMENT, GO_HOME = -1, -2, -3, -4
LEAVE_UNIT_S = 4.0
NEVER = 65535

#: What the loop needs of a visitor when a stay ends, 8 bytes.
WALKER = np.dtype([("speed", np.float32), ("flags", np.int16), ("tail", np.int16)])
#: flags: bit 0 direction on the link, bit 1 moves are kept for the replay, bits 2-5 route table, bits 6-13 links
#: entered since the last stop (modulo 256)
BACKWARD, SAMPLED, TABLE_SHIFT, TABLE_MASK, LINK_SHIFT, FLAGS_MASK = 1, 2, 2, 15, 6, 0x3FFF
#: bit 14, of those in a queue: the way that they want is a wrong one
WRONG = 0x4000

_ON_THEIR_WAY = [
    ("stop", np.int32),  # row in the table of stops
    ("person", np.int32),
    ("speed", np.float32),
    ("dest", np.int16),
    ("flags", np.int16),
]

#: A person walking, 24 bytes. The key, rounded, lies in an array of its own too: the search for who is due reads no more.
WALKING = np.dtype([*_ON_THEIR_WAY, ("key", np.float64)])  # link clock at which they are due

#: A person in a queue, 32 bytes; the first 16 are those of a person walking, so that they are copied as one.
QUEUED = np.dtype(
    [
        *_ON_THEIR_WAY,
        ("at", np.float64),  # time of joining
        ("next", np.int32),
        ("exit", np.int32),  # directed link behind them, -1 = none
    ]
)

#: A person whose stay or service ends in a step, 16 bytes; the first row of a chunk of eight links to the chunk before.
ENDING = np.dtype([("at", np.float64), ("person", np.int32), ("stop", np.int32)])

#: What is kept of each visitor of a day on which newcomers turn wrong, 16 bytes.
NEWCOMER = np.dtype(
    [
        ("stop", np.int32),  # row of the stop to which the walk leads that wrong and told are of; -1 = none yet
        ("lost_s", np.float32),  # walked in vain, at their own free speed
        ("turns", np.uint16),  # wrong turns of the whole day
        ("asked", np.uint16),  # questions of the whole day
        ("wrong", np.uint8),  # wrong turns on this walk
        ("told", np.uint8),  # 1 = asked at a desk on this walk
        ("is_new", np.uint8),
        ("crowd", np.uint8),  # how dense it is where they look for the way on, see `newcomers`; 0 = not looked yet
    ]
)

FIRST_SEGMENT = 16  # walkers for which a link has room at first; doubled on need
FAR = 1e300
NOBODY = np.float32(np.inf)  # never due

# Counters that several phases share, in one int64 array.
(
    POOL_FREE,  # pool rows on the stack of free ones
    POOL_USED,  # pool rows ever used
    CHUNK_FREE,
    CHUNK_USED,
    ARENA_USED,
    ACTIVE_DOORS,
    ACTIVE_LINKS,
    LANDING,  # persons who reached the node of their stop in this step
    CAME,
    GONE,
    EVENTS,
    ROTATED,
    SERVED,  # rows of the service log
    MOVES,  # rows of the replay log
    OUT_OF_ARENA,
    BLOCKED,  # directed exits found blocked in this step
    STAMP,
    ROUTED,  # 1 after the first re-route: every class reads its own table
    COUNTERS,
) = range(19)


class Net(NamedTuple):
    """The walkable network."""

    start: NDArray[np.int32]  # [L]
    end: NDArray[np.int32]  # [L]
    length_m: NDArray[np.float64]  # [L]
    area_m2: NDArray[np.float64]  # [L] length x width, at full width
    pace: NDArray[np.float64]  # [2L] length over the kind's speed factor: meters of level walking
    headway_s: NDArray[np.float64]  # [L] of the opening that both directions share, at full width
    store: NDArray[np.int32]  # [L] persons who find a place on the link, at full width
    row_width: NDArray[np.int32]  # [L] persons abreast at the head of a queue
    is_inside: NDArray[np.uint8]  # [L]
    first_out: NDArray[np.int32]  # [N + 1]
    out: NDArray[np.int32]  # directed links that leave a node: 2l forward, 2l + 1 backward
    first_in: NDArray[np.int32]  # [N + 1]
    into: NDArray[np.int32]  # directed links that end at a node
    dest_of: NDArray[np.int16]  # [N] index among the destinations, -1 = none
    dest_node: NDArray[np.int32]  # [D]
    floor_store: NDArray[np.int32]  # [N] persons who find a place on the floor
    is_hall: NDArray[np.uint8]  # [N]
    is_outside: NDArray[np.uint8]  # [N]
    step_free: NDArray[np.uint8]  # [L]
    node_key: NDArray[np.uint64]  # [N] of its code, for draws


class Service(NamedTuple):
    """The stations."""

    node: NDArray[np.int32]  # [S]
    law: NDArray[np.int32]  # [S] 0 exponential, 1 lognormal, 2 gamma, 3 deterministic, 4 departure in batches
    mean_s: NDArray[np.float64]  # [S]
    spread: NDArray[np.float64]  # [S] cv
    headway_s: NDArray[np.float64]  # [S] departures only
    batch: NDArray[np.int32]  # [S] departures only
    starts_entry: NDArray[np.uint8]  # [S] security
    ends_entry: NDArray[np.uint8]  # [S] last check of a gate


class People(NamedTuple):
    """Who comes, sorted by time, and what they do."""

    arrive_s: NDArray[np.float64]  # [V]
    origin: NDArray[np.int32]  # [V] node
    walker: NDArray[np.void]  # WALKER [V]
    key: NDArray[np.uint64]  # [V] for draws
    first_stop: NDArray[np.int32]  # [V + 1]
    stop: NDArray[np.void]  # STOP
    appointment: NDArray[np.int16]  # [V] -1 = none
    appointment_at: NDArray[np.float64]  # [P]
    appointment_ends: NDArray[np.float64]  # [P]
    appointment_missed: NDArray[np.float64]  # [P] who comes later does not go in


class Control(NamedTuple):
    """What changes during the day, by time."""

    at: NDArray[np.float64]  # [C]
    what: NDArray[np.int32]  # SET_LANES, ...
    target: NDArray[np.int32]
    value: NDArray[np.float64]
    # Evacuations, by time [E], and the places where step-free people wait who have no way home [R].
    alarm_area: NDArray[np.int32]  # [E]
    alarm_from: NDArray[np.int64]  # [E] step at whose beginning it begins
    alarm_to: NDArray[np.int64]  # [E] step at whose beginning it ends; that after the last = with the clock
    alarm_every: int  # steps between two counts of an evacuated area
    area_of_node: NDArray[np.int32]  # [N], like the next two only of a day with evacuations
    area_of_way: NDArray[np.int32]  # [2L] area in which people on a directed link count
    is_home: NDArray[np.uint8]  # [D] a destination from which people leave for home
    refuge: NDArray[np.int32]  # [R] nodes


SET_LANES, SET_SERVICE, SET_AREA, SET_WIDTH, CLOSE_FLOOR, OPEN_FLOOR, RELEASE_QUEUE, BAR_WAY, SET_SPREAD = range(9)


class Newcomers(NamedTuple):
    """How those find their way who do not know it, and what became of it. ``G`` goals, as signs name them; see `turns`."""

    on: bool  # False = nobody turns wrong; the arrays are empty then
    classes: int  # of route tables; those from here on are of step-free people
    start_s: float
    straight: (
        float  # chances of the right way: without a face straight on, without one at a turn, with one that shows it
    )
    turn: float
    signed: float
    question_s: float
    most: int
    # By the directed link on which somebody comes to a node, or 2L + the node where nothing leads there: bits of the places
    # in net.out of that node.
    shown: NDArray[np.uint32]  # [G, 2L + N] which ways faces show that are read there
    hides_m2: NDArray[np.float32]  # [G, 2L + N] heads hide what is shown from all but exp(-hides * persons/m2)
    ahead: NDArray[np.uint32]  # [2L + N] which go straight on
    may_stray: NDArray[np.uint8]  # [2L] 1 = somebody may turn into it by mistake
    goal: NDArray[np.int16]  # [stops] what is looked for on the way to a stop; -1 = nothing
    is_there: NDArray[np.uint8]  # [G, N]
    desk_of: NDArray[np.int16]  # [N] index among the nodes with an information desk, -1 = none
    walk_s: NDArray[np.float32]  # [1 or 2, D, N] free walking time to a destination; the second of step-free people
    who: NDArray[np.void]  # NEWCOMER [V]
    turns: NDArray[np.int32]  # [G, N] wrong turns
    passed: NDArray[np.int32]  # [N] newcomers who left a node on their way to somewhere else
    lost_s: NDArray[np.float64]  # [N] walked in vain after wrong turns there
    questions: NDArray[np.int32]  # [K, G, T] by desk, goal and five minutes since the clock's start


class Crowd(NamedTuple):
    """Where everybody is."""

    key: NDArray[np.uint64]  # [V] for draws, those of People
    due: NDArray[np.float32]  # arena of the keys of walkers, rounded; NOBODY where there is none
    walking: NDArray[np.void]  # WALKING, beside due
    seg_at: NDArray[np.int32]  # [L] beginning of a link's segment
    seg_n: NDArray[np.int32]  # [L]
    seg_room: NDArray[np.int32]  # [L]
    free_segments: NDArray[np.int32]  # [32] by size
    pool: NDArray[np.void]  # QUEUED
    free_rows: NDArray[np.int32]  # stack of pool rows to use again: a list through the rows would wait for memory
    # Queues [Q = 4L + N]: of the exits of directed links, of the lines on floors for each directed link, and of those on
    # each floor who need no way. Openings [D = 3L + N]: links, whose two exits share one, and each line its own.
    head: NDArray[np.int32]  # [Q]
    tail: NDArray[np.int32]  # [Q]
    not_before: NDArray[np.float64]  # [Q] R0
    door_free: NDArray[np.float64]  # [D] when the opening lets the next one through
    door_list: NDArray[np.int32]  # [D] openings with a queue
    door_on: NDArray[np.uint8]  # [D]
    headway_s: NDArray[np.float64]  # [D]
    store: NDArray[np.int32]  # [L] persons who find a place on the link
    way_store: NDArray[np.int32]  # [L] of one direction
    metered: NDArray[np.int32]  # [L] R4
    table_now: NDArray[np.int32]  # which routing table a class reads
    link_list: NDArray[np.int32]  # [2L] links with people; those that fill up while it is gone through stand behind it
    link_on: NDArray[np.uint8]  # [L]
    people: NDArray[np.int32]  # [L] persons on the link
    ways: NDArray[np.int32]  # [2L] of them by direction
    queued: NDArray[np.int32]  # [L] of them standing at an exit
    floor: NDArray[np.int32]  # [N] persons on the floor
    chunk: NDArray[np.void]  # ENDING, in chunks of eight
    chunk_person: NDArray[np.int32]  # its persons, the same memory
    ends: NDArray[np.int32]  # [steps] last row of the chunk of a step: 8 * chunk + filled
    waiting: NDArray[np.int32]  # [S] head of a station's queue
    last: NDArray[np.int32]  # [S]
    sorted_to: NDArray[np.int32]  # [S] last person who joined before this step
    queue: NDArray[np.int32]  # [S] persons waiting
    lane_free: NDArray[np.float64]  # [S, lanes]
    lane_bits: NDArray[np.int64]  # the same memory: times are not negative, so as whole numbers they order alike
    lanes: NDArray[np.int32]  # [S] open
    slower: NDArray[np.float64]  # [S] factor on service times
    departs_at: NDArray[np.float64]  # [S]
    area_m2: NDArray[np.float64]  # [L] length x the width that is left; never 0, a closed link keeps its floor
    width: NDArray[np.float64]  # [L] share that is left to those who want to enter; 0 = closed
    barred: NDArray[np.uint8]  # [2L] 1 = it leads into an evacuated area: nobody enters who is not on it yet
    closed: NDArray[np.int32]  # [N] alarms that hold: above 0 it is evacuated
    leave_s: NDArray[np.float64]  # [N] mean time until people set off from an evacuated floor
    leave_spread: NDArray[np.float64]  # [N] its coefficient of variation (log-normal); below 0 = even, up to twice it
    clock: NDArray[np.float64]  # [L] meters that a person of speed 1 m/s would have walked
    pace_now: NDArray[np.float64]  # [L] clock per second
    pace_before: NDArray[np.float64]  # [L] the same in the step before
    counters: NDArray[np.int64]
    landing: NDArray[np.int32]  # pool rows of those who reached the node of their stop in this step
    blocked_at: NDArray[np.int64]  # [Q] step in which the head was last found blocked
    want: NDArray[np.int32]  # [Q] where that head wants to go: a directed link, or 4L + the node of a floor
    blocked: NDArray[np.int32]  # directed exits found blocked in this step
    mark: NDArray[np.int64]  # [Q] R2, as are the next three
    rotate_free: NDArray[np.float64]  # [Q]
    untried: NDArray[np.int32]  # [N] the first way out of a floor whose line was not tried yet
    behind: NDArray[np.int32]  # [N] the floor before on the same walk
    expected: NDArray[np.float64]  # [2L] cost that people expect of a directed link [s]
    routed_at: NDArray[np.float64]  # [2L] the same at the last re-route
    control: NDArray[np.int64]  # [1] rows of the control that are done
    newcomers: Newcomers


class Log(NamedTuple):
    """What is kept."""

    entry_joined: NDArray[np.float64]  # [V]
    held: NDArray[np.float64]  # [V]
    entry: NDArray[np.float64]  # [V]
    first_hall: NDArray[np.float64]  # [V]
    left: NDArray[np.float64]  # [V]
    end: NDArray[np.uint8]  # [V]
    reached: NDArray[np.float64]  # [V] appointment reached
    served_person: NDArray[np.int32]
    served_station: NDArray[np.int16]
    served_joined: NDArray[np.float64]
    served_wait: NDArray[np.float64]
    unserved: NDArray[np.int32]  # [S] persons whose queue was released
    peak: NDArray[np.int32]  # [L] since the link has the area that it has now
    peak_step: NDArray[np.int32]  # [L]
    area_step: NDArray[np.int32]  # [C] step in which the row of the control changed a link's area; -1 = it did not
    peak_till: NDArray[np.int32]  # [C] peak until then, since the change before
    peak_till_step: NDArray[np.int32]  # [C]
    floor_peak: NDArray[np.int32]  # [N]
    floor_peak_step: NDArray[np.int32]  # [N]
    los_per_m2: NDArray[np.float64]  # [5] density at which levels of service B to F begin
    los_from: NDArray[np.int32]  # [7, L] persons at which a level of service begins
    los: NDArray[np.int32]  # [6, L] person-steps
    flow: NDArray[np.int32]  # [slots, 2L] persons who left a directed link
    way_minute: NDArray[np.int32]  # [M, 2L] persons on each directed link
    floor_minute: NDArray[np.int32]  # [M, N]
    queue_minute: NDArray[np.int32]  # [M, S]
    lanes_minute: NDArray[np.int32]  # [M, S]
    clearing: NDArray[np.int32]  # [E, K] persons in an evacuated area, but for those in its refuges; -1 = not counted
    in_refuge: NDArray[np.int32]  # [E, K] persons waiting in its refuges
    alarm_flow: NDArray[np.int32]  # [E, 2, 2L] row of flow when the evacuation begins and ends
    move_person: NDArray[np.int32]
    move_at: NDArray[np.float32]
    move_kind: NDArray[np.uint8]
    move_place: NDArray[np.int32]
    scalar: NDArray[np.float64]  # LOG_...


(LOG_HOLD_S, LOG_CONSERVATION_STEP, LOG_CONSERVATION_GAP, LOG_ROUTE_UPDATES, LOG_SCALARS) = range(5)


class Rules(NamedTuple):
    """Numbers of the model, and which rules are on."""

    step_s: float
    start_s: float
    steps: int
    seed: np.uint64
    counter_flow_loss: float
    rotation_share: float  # 0 = rule R2 off
    perimeter_persons: float
    opens_s: float
    last_entry_s: float
    closes_s: float
    route_update_steps: int
    classes: int
    route_spread_s: float
    route_smoothing: float
    wrong_turn_share: float
    link_cap: float
    direction_share: float
    metering_share: float
    has_step_free: bool
    causal: bool  # R0
    capped: bool  # R1
    front_row: bool  # R3
    fair: bool  # R6
