"""A day's tables as plain lists: none of that is in the time that the comparison takes."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np
import simpy

from hostcity.engines.day._kernels.draws import ROUTE, service_time, sixty_fourth
from hostcity.engines.day._kernels.layout import (
    LEAVE_UNIT_S,
    NEVER,
    RELEASE_QUEUE,
    SET_LANES,
    SET_SERVICE,
    TABLE_SHIFT,
)
from hostcity.engines.day._kernels.routes import NO_WAY, SHARE_SHIFT
from hostcity.engines.day.rehearse import DEPARTURE_LAW, Day
from hostcity.engines.day.results import NEVER_CAME

NAN = float("nan")


@nb.njit(cache=True)
def _service_times(
    seed: Any, key: Any, first_stop: Any, station: Any, law: Any, mean_s: Any, cv: Any, took_s: Any
) -> None:
    for person in range(key.size):
        for stop in range(first_stop[person], first_stop[person + 1]):
            at = station[stop]
            if at >= 0 and law[at] != DEPARTURE_LAW:
                counter = stop - first_stop[person]
                took_s[stop] = service_time(seed, key[person], counter, law[at], mean_s[at], cv[at])


@nb.njit(cache=True)
def route_draw(seed: Any, key: Any, node_key: Any, dest_key: Any) -> Any:
    return sixty_fourth(seed, key, ROUTE, node_key + dest_key * np.uint64(0x9E3779B97F4A7C15))


class Lanes(simpy.Resource):
    """Lanes that open and close; who is being served is served to the end."""

    def open(self, lanes: int) -> None:
        self._capacity = lanes
        for _ in range(min(lanes - self.count, len(self.queue))):  # SimPy looks at one who waits at a time
            self._trigger_put(None)

    def send_away(self) -> None:
        """Interrupt everybody who waits."""
        for request in list(self.queue):
            request.proc.interrupt()


class Tables:
    """A day's tables as plain lists."""

    def __init__(self, day: Day) -> None:
        known = (SET_LANES, SET_SERVICE, RELEASE_QUEUE)
        if not np.isin(day.control.what, known).all() or day.rules.wrong_turn_share > 0.0:
            raise ValueError("the twin knows no closures, evacuations or wrong turns")
        self.env = simpy.Environment(initial_time=day.rules.start_s)
        self.day = day
        self._list_network()
        self._list_visitors()
        self._list_stations()
        self.blocked = 0

    def _list_network(self) -> None:
        net, rules, crowd = self.day.network.net, self.day.rules, self.day.crowd
        self.links, self.nodes = net.start.size, net.floor_store.size
        self.head_of = np.stack([net.end, net.start], axis=1).ravel().tolist()
        self.area_m2, self.pace = net.area_m2.tolist(), net.pace.tolist()
        self.headway_s = crowd.headway_s.tolist()
        self.store, self.way_store = crowd.store.tolist(), crowd.way_store.tolist()
        self.metered, self.floor_store = crowd.metered.tolist(), net.floor_store.tolist()
        self.speeds = self.day.speeds.tolist()
        self.first_way, self.second_way, self.second_share = [], [], []
        for table in self.day.hops[[0, rules.classes]].astype(np.int64):
            place, second, share = table & NO_WAY, (table >> 5) & NO_WAY, table >> SHARE_SHIFT
            base = net.first_out[:-1, None]
            last = net.out.size - 1
            self.first_way.append(net.out[np.minimum(base + place, last)].tolist())
            self.second_way.append(net.out[np.minimum(base + second, last)].tolist())
            self.second_share.append(np.where(place == NO_WAY, 0, share).tolist())
        self.people, self.queued, self.ways = [0] * self.links, [0] * self.links, [0] * (2 * self.links)
        self.floor = [0] * self.nodes
        self.loss, self.per_m2 = 2.0 * rules.counter_flow_loss, 1.0 / rules.link_cap
        self.door_free = [-1.0] * len(self.headway_s)
        self.no_room: dict[int, list[simpy.Event]] = {}  # who waits for room on a link, or (links + node) on a floor

    def _list_visitors(self) -> None:
        people, rules = self.day.people, self.day.rules
        self.arrive_s, self.origin = people.arrive_s.tolist(), people.origin.tolist()
        self.speed = people.walker["speed"].astype(float).tolist()
        self.table = ((people.walker["flags"] >> TABLE_SHIFT) >= rules.classes).astype(int).tolist()
        self.first_stop = people.first_stop.tolist()
        self.stop_dest = people.stop["dest"].tolist()
        self.stop_node = self.day.network.net.dest_node[people.stop["dest"]].tolist()
        self.stop_station = people.stop["station"].tolist()
        self.stop_dwell_s = people.stop["dwell_s"].astype(float).tolist()
        leave_by = people.stop["leave_by"]
        self.stop_leave_s = np.where(leave_by == NEVER, np.inf, rules.start_s + LEAVE_UNIT_S * leave_by).tolist()
        took_s = np.zeros(leave_by.size)
        service = self.day.service
        station = np.ascontiguousarray(people.stop["station"])
        _service_times(
            rules.seed, people.key, people.first_stop, station, service.law, service.mean_s, service.spread, took_s
        )
        self.stop_took_s = took_s.tolist()
        self.appointment = people.appointment.tolist()
        self.appointment_ends, self.appointment_missed = (
            people.appointment_ends.tolist(),
            people.appointment_missed.tolist(),
        )
        visitors = len(self.arrive_s)
        self.left_s, self.entry_s, self.joined_s = [NAN] * visitors, [NAN] * visitors, [NAN] * visitors
        self.end = [NEVER_CAME] * visitors

    def _list_stations(self) -> None:
        service = self.day.service
        stations = service.node.size
        self.departs = (service.law == DEPARTURE_LAW).tolist()
        self.lanes = [Lanes(self.env) for _ in range(stations)]
        for lanes in self.lanes:
            lanes.open(0)
        self.platform: list[list[simpy.Event]] = [[] for _ in range(stations)]
        self.slower = [1.0] * stations
        self.starts_entry, self.ends_entry = service.starts_entry.tolist(), service.ends_entry.tolist()
        self.served: list[tuple[int, int, float]] = []
        self.minutes: list[tuple[list[int], list[int]]] = []
