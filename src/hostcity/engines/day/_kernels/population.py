"""Who comes when, and what each of them wants to do: drawn person by person from keyed draws."""

from __future__ import annotations

import math
from typing import NamedTuple

import numba as nb
import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day._kernels import draws
from hostcity.engines.day._kernels.compiling import entry
from hostcity.engines.day._kernels.draws import normal, poisson, uniform
from hostcity.engines.day._kernels.layout import APPOINTMENT, FIRST_STAY, GO_HOME, LEAVE_UNIT_S, NEVER, STAY


class Demand(NamedTuple):
    """Streams and groups as arrays. ``C`` streams, ``G`` groups, ``H`` halls that attract, ``Q`` gates."""

    profile_from: NDArray[np.float64]  # [C, slots]
    profile_to: NDArray[np.float64]  # [C, slots]
    profile_share: NDArray[np.float64]  # [C, slots] cumulative, by time
    headway_s: NDArray[np.float64]  # [C]
    pulse_s: NDArray[np.float64]  # [C]
    origin: NDArray[np.int32]  # [C]
    departure: NDArray[np.int32]  # [C] station, -1 = on foot
    # Choices are drawn from running totals in the order of codes, so that the order of rows decides nothing.
    group_by_code: NDArray[np.int16]  # [G]
    gate_by_code: NDArray[np.int16]  # [Q]
    station_by_code: NDArray[np.int16]  # [S]
    mix: NDArray[np.float64]  # [C, G] cumulative, by code
    gate: NDArray[np.float64]  # [C, Q] cumulative, by code
    security: NDArray[np.float64]  # [Q, S] cumulative, by code
    badge: NDArray[np.float64]  # [S, S] cumulative, by code; rows: the security station they came through
    has_badge: NDArray[np.uint8]  # [Q]
    speed_mean: NDArray[np.float64]  # [G]
    speed_sd: NDArray[np.float64]  # [G]
    halls_mean: NDArray[np.float64]  # [G]
    stands_mean: NDArray[np.float64]  # [G]
    dwell_s: NDArray[np.float64]  # [G] median
    dwell_sigma: NDArray[np.float64]  # [G]
    meal_share: NDArray[np.float64]  # [G]
    meal_from: NDArray[np.float64]  # [G]
    meal_to: NDArray[np.float64]  # [G]
    meal_s: NDArray[np.float64]  # [G] median
    toilets_mean: NDArray[np.float64]  # [G]
    registration_share: NDArray[np.float64]  # [G]
    questions_mean: NDArray[np.float64]  # [G]
    leaves_at: NDArray[np.float64]  # [G]
    leaves_sd: NDArray[np.float64]  # [G]
    weight: NDArray[np.float64]  # [G, H]
    hall_key: NDArray[np.uint64]  # [H] of its code, for draws
    hall_first: NDArray[np.int32]  # [H + 1] into hall_node
    hall_node: NDArray[np.int32]  # by code within a hall
    hall_walk_s: NDArray[np.float64]  # [H, H]
    meal_choice: NDArray[np.float64]  # [N, S] cumulative, by code
    toilet_choice: NDArray[np.float64]  # [N, S] cumulative, by code
    registration_choice: NDArray[np.float64]  # [N, S] cumulative, by code
    information_choice: NDArray[np.float64]  # [N, S] cumulative, by code
    station_dest: NDArray[np.int16]  # [S]
    dest_of: NDArray[np.int16]  # [N]
    walk_s: NDArray[np.float32]  # [D, N] at free speed
    meets_s: NDArray[np.float64]  # [P] beginning of each appointment
    slack_s: NDArray[np.float64]  # [P] how much earlier those who keep it set off
    opens_s: float
    closes_s: float
    start_s: float
    end_s: float


class Chosen(NamedTuple):
    """What is settled about each visitor before their stops are drawn."""

    key: NDArray[np.uint64]
    arrive_s: NDArray[np.float64]
    stream: NDArray[np.int16]
    group: NDArray[np.int16]
    gate: NDArray[np.int16]
    security: NDArray[np.int16]
    badge: NDArray[np.int16]
    registration: NDArray[np.int16]  # [V] station, -1 = none
    appointment: NDArray[np.int16]
    meets_at: NDArray[np.int16]  # [V] destination of the appointment, -1 = none


@entry
def fill_uniforms(seed, keys, purpose, out):
    """Fill ``out`` with one number for each key."""
    for at in range(keys.size):
        out[at] = uniform(seed, keys[at], purpose, 0)


@nb.njit(inline="always")
def pick(cumulative, draw):
    """Index of the first entry that is at least ``draw`` times the total."""
    wanted = draw * cumulative[-1]
    low = 0
    high = cumulative.size - 1
    while low < high:
        middle = (low + high) >> 1
        if cumulative[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@nb.njit(inline="always")
def _station(demand, cumulative, draw):
    """The station that a draw picks from running totals in the order of codes."""
    return np.int64(demand.station_by_code[pick(cumulative, draw)])


@entry
def draw_arrivals(seed, demand, keys, stream, arrive_s, group):
    """Fill time of arrival and group of every visitor of a stream."""
    for person in range(keys.size):
        key = keys[person]
        of = stream[person]
        slot = pick(demand.profile_share[of], uniform(seed, key, draws.ARRIVAL, 0))
        within = uniform(seed, key, draws.ARRIVAL, 1)
        at = demand.profile_from[of, slot] + within * (demand.profile_to[of, slot] - demand.profile_from[of, slot])
        if demand.headway_s[of] > 0.0:
            pulse = uniform(seed, key, draws.PULSE, 0) * demand.pulse_s[of]
            at = math.floor(at / demand.headway_s[of]) * demand.headway_s[of] + pulse
        arrive_s[person] = min(max(at, demand.start_s), demand.end_s - 1.0)
        group[person] = demand.group_by_code[pick(demand.mix[of], uniform(seed, key, draws.GROUP, 0))]


@entry
def draw_gates(seed, demand, chosen, advised):
    """Fill gate, checks and registration of every visitor; ``advised`` [V] names a gate that they were sent to, or -1."""
    for person in range(chosen.key.size):
        key = chosen.key[person]
        gate = advised[person]
        if gate < 0:
            place = pick(demand.gate[chosen.stream[person]], uniform(seed, key, draws.GATE, 0))
            gate = demand.gate_by_code[place]
        security = _station(demand, demand.security[gate], uniform(seed, key, draws.SECURITY_STATION, 0))
        chosen.gate[person] = gate
        chosen.security[person] = security
        if demand.has_badge[gate] == 1:
            chosen.badge[person] = _station(demand, demand.badge[security], uniform(seed, key, draws.BADGE_STATION, 0))
        else:
            chosen.badge[person] = -1
        chosen.registration[person] = -1
        if uniform(seed, key, draws.REGISTRATION, 0) <= demand.registration_share[chosen.group[person]]:
            choice = demand.registration_choice[demand.origin[chosen.stream[person]]]
            chosen.registration[person] = _station(demand, choice, uniform(seed, key, draws.REGISTRATION_PLACE, 0))


@entry
def draw_speeds(seed, demand, chosen, speed):
    """Fill free walking speeds: normal, cut at 0.5 and 2.2 m/s (wheelchairs at a third of their mean)."""
    for person in range(chosen.key.size):
        of = chosen.group[person]
        drawn = demand.speed_mean[of] + demand.speed_sd[of] * normal(seed, chosen.key[person], draws.SPEED, 0)
        speed[person] = min(max(drawn, min(0.5, demand.speed_mean[of] / 3.0)), max(2.2, demand.speed_mean[of]))


@nb.njit(inline="always")
def _goes_there(seed, key, purpose, mean, visit, stay, halls, stands_mean):
    """Whether a visitor goes to a service after a stay, when all do so ``mean`` times a day."""
    share = mean / (halls * stands_mean)
    return 1 if uniform(seed, key, purpose, visit * 64 + stay) <= share else 0


@nb.njit(inline="always")
def _choose_halls(seed, demand, key, of, hall, stays, score):
    """Fill the halls that a visitor wants to see, in walking order, and the number of stays in each; their number.

    Halls are drawn without replacement by weight (the k smallest of exponential draws with the weights as rates:
    Efraimidis & Spirakis, 2006, doi 10.1016/j.ipl.2005.11.003), keyed by the hall's code; after the first, the nearest of those left is next.
    """
    size = demand.weight.shape[1]
    open_halls = 0
    for each in range(size):
        open_halls += demand.weight[of, each] > 0.0
    wanted = min(1 + poisson(seed, key, draws.HALL_COUNT, 0, demand.halls_mean[of] - 1.0), open_halls)
    for each in range(size):
        weight = demand.weight[of, each]
        score[each] = (
            -math.log(uniform(seed, key, draws.HALL_CHOICE, demand.hall_key[each])) / weight if weight > 0.0 else 1e300
        )
    taken = 0
    while taken < wanted:
        best = 0
        for each in range(1, size):
            best = each if score[each] < score[best] else best
        score[best] = 1e301
        hall[taken] = best
        taken += 1
    for place in range(1, taken - 1):
        nearest = place
        for other in range(place + 1, taken):
            before = hall[place - 1]
            if demand.hall_walk_s[before, hall[other]] < demand.hall_walk_s[before, hall[nearest]]:
                nearest = other
        hall[place], hall[nearest] = hall[nearest], hall[place]
    for place in range(taken):
        counter = demand.hall_key[hall[place]]
        stays[place] = min(1 + poisson(seed, key, draws.STAY_COUNT, counter, demand.stands_mean[of] - 1.0), 60)
    return taken


@nb.njit(inline="always")
def _write(stop, at, dest, station, dwell_s, leave_by):
    stop[at].dest = dest
    stop[at].station = station
    stop[at].dwell_s = min(dwell_s, 65535.0)
    stop[at].leave_by = leave_by
    return at + 1


@nb.njit(inline="always")
def _units(demand, at_s):
    return min(max((at_s - demand.start_s) / LEAVE_UNIT_S, 0.0), NEVER - 1.0)


@entry
def fill_stops(seed, demand, chosen, first_stop, stop, hall, stays, score):
    """Write what every visitor wants to do; the number of rows, or -1 when ``stop`` has not room for all.

    ``first_stop`` [V + 1] is filled with where the stops of each visitor begin.
    Registering, entering, halls with stays, a meal, toilets and questions on the way, an appointment at its time, and the way home. The order
    is planned with an estimated clock (mean walks, drawn stays); the day itself decides what there is time for.
    ``hall``, ``stays`` and ``score`` [H] are working space.
    """
    at = np.int64(0)
    first_stop[0] = 0
    for person in range(chosen.key.size):
        key = chosen.key[person]
        of = chosen.group[person]
        leaves_s = demand.leaves_at[of] + demand.leaves_sd[of] * normal(seed, key, draws.LEAVING, 0)
        leaves_s = min(max(leaves_s, chosen.arrive_s[person] + 3600.0), demand.closes_s)
        meets = chosen.meets_at[person]
        meets_s = demand.meets_s[chosen.appointment[person]] if meets >= 0 else np.inf
        slack_s = demand.slack_s[chosen.appointment[person]] if meets >= 0 else 0.0
        eats = uniform(seed, key, draws.MEAL, 0) <= demand.meal_share[of]
        eats_from = demand.meal_from[of] + uniform(seed, key, draws.MEAL_TIME, 0) * (
            demand.meal_to[of] - demand.meal_from[of]
        )
        halls = _choose_halls(seed, demand, key, of, hall, stays, score)
        most = 6
        for visit in range(halls):
            most += 3 * stays[visit]
        if at + most > stop.size:
            return -1
        registration = chosen.registration[person]
        if registration >= 0:
            at = _write(stop, at, demand.station_dest[registration], registration, 0.0, NEVER)
        security = chosen.security[person]
        at = _write(stop, at, demand.station_dest[security], security, 0.0, NEVER)
        if chosen.badge[person] >= 0:
            at = _write(stop, at, demand.station_dest[chosen.badge[person]], chosen.badge[person], 0.0, NEVER)
        clock_s = max(chosen.arrive_s[person] + 900.0, demand.opens_s)
        kind = FIRST_STAY
        node = np.int64(-1)
        for visit in range(halls):
            first = demand.hall_first[hall[visit]]
            room = demand.hall_first[hall[visit] + 1] - first
            for stay in range(stays[visit]):
                counter = visit * 64 + stay
                place = int(uniform(seed, key, draws.STAY_PLACE, counter) * room)
                beyond = np.int64(demand.hall_node[first + min(place, room - 1)])
                walk_s = 600.0 if node < 0 else demand.walk_s[demand.dest_of[beyond], node]
                if meets >= 0 and node >= 0 and clock_s + walk_s > meets_s - slack_s:
                    at = _write(stop, at, meets, APPOINTMENT, 0.0, NEVER)
                    clock_s = meets_s + 3600.0
                    meets = np.int16(-1)
                if eats and node >= 0 and clock_s >= eats_from:
                    eats = False
                    at, clock_s = _write_meal(seed, demand, key, of, stop, at, node, leaves_s, clock_s)
                node = beyond
                length = demand.dwell_s[of] * math.exp(
                    demand.dwell_sigma[of] * normal(seed, key, draws.STAY_LENGTH, counter)
                )
                leave = leaves_s
                if meets >= 0:
                    there_s = demand.walk_s[meets, node]
                    leave = min(leave, meets_s - there_s - slack_s)
                at = _write(stop, at, demand.dest_of[node], kind, length, _units(demand, leave))
                kind = STAY
                clock_s += walk_s + length
                stands = demand.stands_mean[of]
                if _goes_there(seed, key, draws.TOILET, demand.toilets_mean[of], visit, stay, halls, stands) == 1:
                    draw = uniform(seed, key, draws.TOILET_PLACE, counter)
                    station = _station(demand, demand.toilet_choice[node], draw)
                    at = _write(stop, at, demand.station_dest[station], station, 0.0, _units(demand, leave))
                if (
                    _goes_there(seed, key, draws.INFORMATION, demand.questions_mean[of], visit, stay, halls, stands)
                    == 1
                ):
                    draw = uniform(seed, key, draws.INFORMATION_PLACE, counter)
                    station = _station(demand, demand.information_choice[node], draw)
                    at = _write(stop, at, demand.station_dest[station], station, 0.0, _units(demand, leave))
        if eats:
            at, clock_s = _write_meal(seed, demand, key, of, stop, at, max(node, 0), leaves_s, clock_s)
        if meets >= 0:
            at = _write(stop, at, meets, APPOINTMENT, 0.0, NEVER)
        departure = demand.departure[chosen.stream[person]]
        if departure >= 0:
            at = _write(stop, at, demand.station_dest[departure], departure, 0.0, NEVER)
        else:
            at = _write(stop, at, demand.dest_of[demand.origin[chosen.stream[person]]], GO_HOME, 0.0, NEVER)
        first_stop[person + 1] = at
    return at


@nb.njit(inline="always")
def _write_meal(seed, demand, key, of, stop, at, node, leaves_s, clock_s):
    station = _station(demand, demand.meal_choice[node], uniform(seed, key, draws.MEAL_PLACE, 0))
    table_s = demand.meal_s[of] * math.exp(0.3 * normal(seed, key, draws.MEAL_LENGTH, 0))
    at = _write(stop, at, demand.station_dest[station], station, table_s, _units(demand, leaves_s))
    return at, clock_s + table_s + 300.0
