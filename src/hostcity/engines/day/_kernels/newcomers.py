"""Newcomers: where a turn goes wrong, and what brings back who turned wrong.

Which way somebody takes is a function of person, place, goal and links walked, of what they did before on this walk, and of
how dense the crowd is when they look for the way on for the first time; never of how often it is asked: queues ask again and
again. What they do is noted when they go.
"""

from __future__ import annotations

import math

import numpy as np

from hostcity.engines.day._kernels.compiling import kernel, spliced
from hostcity.engines.day._kernels.draws import APPROACH, NEWCOMERS_TURN, uniform
from hostcity.engines.day._kernels.layout import FLAGS_MASK, LINK_SHIFT, TABLE_MASK, TABLE_SHIFT, WRONG
from hostcity.engines.day._kernels.routes import NO_WAY

U = np.uintp
WALK_M_PER_S = 1.34  # at which walking times of tables are computed
SLOT_S = 300.0  # questions are counted by five minutes
MOST_COUNTED = 255
CROWD_STEPS_PER_M2 = 50.0  # densities are kept in such steps: a byte holds more than any link does
UNREACHABLE_S = 1e8


@spliced
def errand(net, node, dest):
    """A number for being at a node on the way to a destination, that other nodes in the plan do not change."""
    return net.node_key[U(node)] + net.node_key[U(net.dest_node[U(dest)])] * np.uint64(0x9E3779B97F4A7C15)


@kernel
def chosen_place(net, rules, crowd, hops, row, node, right):
    """The place of the way out of a node that a newcomer takes instead of the right one; that one, when they turn right.

    Marks them as about to go wrong, or not.
    """
    flags = np.int64(crowd.pool[row].flags) & FLAGS_MASK
    place = np.int64(right)
    if may_err(crowd, row, node):
        place = _drawn_place(net, rules, crowd, hops, row, node, np.int64(right), flags)
    crowd.pool[row].flags = flags if place == right else flags | WRONG
    return place


@kernel
def may_err(crowd, row, node):
    """Whether a newcomer may turn wrong at a node: not in sight of what they look for, and not put right on this walk."""
    new = crowd.newcomers
    person = crowd.pool[row].person
    if crowd.closed[node] > 0:  # marshals lead out of an evacuated area
        return False
    stop = crowd.pool[row].stop
    goal = new.goal[stop]
    if goal < 0 or new.is_there[goal, node] == 1:
        return False
    if new.who[person].stop != stop:
        return new.most > 0
    if new.who[person].told == 1 or new.who[person].wrong >= new.most:
        return False
    return new.desk_of[node] < 0 or new.who[person].wrong == 0  # who turned wrong asks here


@kernel
def _drawn_place(net, rules, crowd, hops, row, node, right, flags):
    """Right with the chance that the face or the way gives, else one of the other ways on, each as likely."""
    new = crowd.newcomers
    pool = crowd.pool
    person = pool[row].person
    dest = pool[row].dest
    key = crowd.key[person]
    first = np.int64(net.first_out[node])
    beyond = _end_of(net, net.out[first + right])
    here = errand(net, node, dest)
    behind = np.int64(pool[row].exit)
    if behind < 0:
        behind = _approach(net, node, beyond, uniform(rules.seed, key, APPROACH, here))
    bit = np.uint32(1) << np.uint32(right)
    chance = new.straight if new.ahead[behind] & bit else new.turn
    goal = new.goal[pool[row].stop]
    if new.shown[goal, behind] & bit and chance < new.signed:
        chance += (new.signed - chance) * _clear_share(crowd, person, behind, new.hides_m2[goal, behind])
    walked = np.uint64(flags >> LINK_SHIFT) * np.uint64(0xD1B54A32D192ED03)
    draw = uniform(rules.seed, key, NEWCOMERS_TURN, here + walked)
    if draw <= chance:
        return right
    back = np.int64(-1)
    if behind < 2 * crowd.people.size:
        back = np.int64(net.start[behind >> 1]) if behind & 1 == 0 else np.int64(net.end[behind >> 1])
    table = (flags >> TABLE_SHIFT) & TABLE_MASK
    count = np.int64(0)
    for place in range(net.first_out[node + 1] - first):
        count += _leads_astray(net, crowd, hops, node, place, beyond, back, table, dest)
    if count == 0:
        return right
    left = min(np.int64((draw - chance) / (1.0 - chance) * count), count - 1)
    for place in range(net.first_out[node + 1] - first):
        if _leads_astray(net, crowd, hops, node, place, beyond, back, table, dest):
            if left == 0:
                return np.int64(place)
            left -= 1
    return right


@kernel
def _clear_share(crowd, person, behind, hides_m2):
    """Chance that no head hides what is shown: by how dense the others are on the link from which somebody looks first."""
    new = crowd.newcomers
    if new.who[person].crowd == 0:
        link = behind >> 1
        others = max(np.int64(crowd.people[link]) - 1, 0) if link < crowd.people.size else np.int64(0)
        steps = np.int64(others / crowd.area_m2[link] * CROWD_STEPS_PER_M2 + 0.5) if others > 0 else np.int64(0)
        new.who[person].crowd = 1 + min(steps, MOST_COUNTED - 1)
    return math.exp(-np.float64(hides_m2) * (np.float64(new.who[person].crowd) - 1.0) / CROWD_STEPS_PER_M2)


@kernel
def _end_of(net, along):
    return np.int64(net.end[along >> 1]) if along & 1 == 0 else np.int64(net.start[along >> 1])


@kernel
def _approach(net, node, beyond, draw):
    """The directed link from which somebody looks who sets out from a floor: any side but that to which they must go.

    Links side by side are one side. 2L + the node where nothing leads there.
    """
    begin = np.int64(net.first_in[node])
    end = np.int64(net.first_in[node + 1])
    if begin == end:
        return np.int64(2 * net.start.size + node)
    count = np.int64(0)
    for place in range(begin, end):
        count += _is_a_side(net, begin, place, beyond)
    if count == 0:  # there is no other side
        return np.int64(net.into[begin])
    left = min(np.int64(draw * count), count - 1)
    for place in range(begin, end):
        if _is_a_side(net, begin, place, beyond):
            if left == 0:
                return np.int64(net.into[place])
            left -= 1
    return np.int64(net.into[begin])


@kernel
def _is_a_side(net, begin, place, beyond):
    """1 = the link that leads to a node at a place comes from a side of its own that is not ``beyond``."""
    tail = _end_of(net, net.into[place] ^ 1)
    if tail == beyond:
        return 0
    for before in range(begin, place):
        if _end_of(net, net.into[before] ^ 1) == tail:
            return 0
    return 1


@kernel
def _leads_astray(net, crowd, hops, node, place, beyond, back, table, dest):
    """1 = the way out at a place is a wrong one that can be taken, the first of those side by side."""
    first = np.int64(net.first_out[node])
    to = _end_of(net, net.out[first + place])
    if to in (beyond, back) or not _can_be_taken(net, crowd, hops, net.out[first + place], to, table, dest):
        return 0
    for before in range(place):
        along = net.out[first + before]
        if _end_of(net, along) == to and _can_be_taken(net, crowd, hops, along, to, table, dest):
            return 0
    return 1


@kernel
def _can_be_taken(net, crowd, hops, along, to, table, dest):
    new = crowd.newcomers
    link = along >> 1
    if new.may_stray[along] == 0 or crowd.width[link] <= 0.0 or crowd.barred[along] == 1:
        return False
    if table >= new.classes and net.step_free[link] == 0:
        return False
    return net.dest_of[to] == dest or hops[crowd.table_now[table], to, dest] & NO_WAY != NO_WAY


@kernel
def note_turn(net, crowd, row, way, at_s):
    """Note what a newcomer does who leaves a node; the time that they ask there before they go. [s]"""
    new = crowd.newcomers
    pool = crowd.pool
    person = np.int64(pool[row].person)
    stop = np.int64(pool[row].stop)
    goal = np.int64(new.goal[stop])
    new.who[person].crowd = 0
    if goal < 0:
        return 0.0
    if new.who[person].stop != stop:
        new.who[person].stop = stop
        new.who[person].wrong = 0
        new.who[person].told = 0
    node = _end_of(net, way ^ 1)
    if new.is_there[goal, node] == 1:
        return 0.0
    new.passed[node] += 1
    if pool[row].flags & WRONG:
        new.who[person].wrong = min(np.int64(new.who[person].wrong) + 1, MOST_COUNTED)
        new.who[person].turns += 1
        new.turns[goal, node] += 1
        table = (np.int64(pool[row].flags) >> TABLE_SHIFT) & TABLE_MASK
        of = 1 if table >= new.classes and new.walk_s.shape[0] > 1 else 0
        there = np.float64(new.walk_s[of, pool[row].dest, _end_of(net, way)])
        here = np.float64(new.walk_s[of, pool[row].dest, node])
        if there < UNREACHABLE_S and here < UNREACHABLE_S:
            lost_s = (net.pace[way] + WALK_M_PER_S * (there - here)) / pool[row].speed
            new.who[person].lost_s += lost_s
            new.lost_s[node] += lost_s
        return 0.0
    desk = np.int64(new.desk_of[node])
    if desk < 0 or new.who[person].wrong == 0 or new.who[person].told == 1:
        return 0.0
    new.who[person].told = 1
    new.who[person].asked += 1
    slot = min(max(np.int64((at_s - new.start_s) / SLOT_S), 0), new.questions.shape[2] - 1)
    new.questions[desk, goal, slot] += 1
    return new.question_s
