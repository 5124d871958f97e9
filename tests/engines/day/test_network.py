"""Speeds on ways between levels, and levels of service, beside their definitions."""

import dataclasses

import numpy as np

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.network import build_network
from hostcity.engines.day.population import destinations
from hostcity.engines.day.results import MOVE_LINK
from hostcity.plan import apply_overrides
from tests.fairs import small_fair


def test_stairs_are_slower_up_than_down():
    plan = small_fair()
    network = build_network(plan, destinations(plan))
    stairs = network.link_of["stairs"]  # 40 m, from the ground up: 0.35 of level speed up, 0.5 down
    assert network.net.pace[2 * stairs : 2 * stairs + 2].tolist() == [40 / 0.35, 40 / 0.5]


def test_people_take_longer_up_than_down():
    plan = apply_overrides(
        small_fair(40), ["model.day.replay_share=0.2", "groups.*.speed_sd_m_per_s=0", "model.day.route_update_s=0"]
    )
    plan = plan.replace(links=tuple(link for link in plan.links if link.code != "ramp"))
    plan = plan.replace(groups=tuple(dataclasses.replace(group, step_free=False) for group in plan.groups))
    day = rehearse_day(plan)
    stairs = day.link_codes.index("stairs")
    took_s: tuple[list[float], list[float]] = ([], [])
    for person in np.unique(day.replay_person):
        mine = day.replay_person == person
        kind, place, at_s = day.replay_kind[mine], day.replay_place[mine], day.replay_at_s[mine]
        for move in range(kind.size - 1):
            if kind[move] == MOVE_LINK and place[move] >> 1 == stairs:
                took_s[place[move] & 1].append(float(at_s[move + 1] - at_s[move]))
    assert min(took_s[0]) > 40 / 0.35 / 1.35 - 1.0  # nobody is faster than the free speed of 1.34 m/s
    assert np.median(took_s[0]) > np.median(took_s[1])


def test_levels_of_service_are_those_of_fruin():
    """Lowest areas per person of Fruin's walkway levels A to E, 1971: 3.25, 2.32, 1.39, 0.93 and 0.46 m²."""
    day = rehearse_day(small_fair(3000))
    lowest = np.array([1 / 3.25, 1 / 2.32, 1 / 1.39, 1 / 0.93, 1 / 0.46])
    level = (day.link_peak_per_m2[:, None] >= lowest - 1e-9).sum(axis=1)
    spent = day.link_los_person_s > 0
    assert all(spent[link, level[link]] and not spent[link, level[link] + 1 :].any() for link in range(level.size))
    assert level.max() >= 1
