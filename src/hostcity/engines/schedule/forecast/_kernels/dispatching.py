"""Teams of limited size: whoever can begin does, the most urgent first. Event after event, one sample at a time. [ticks]

A task is known when all that it waits for has begun: then the earliest start that its links allow is certain. Who takes no team
begins then and there, at that start. Who takes one comes up at that start, and begins when enough of every team is free. At each
instant all that ends and comes up is done first; then candidates are tried in the order of their rank. Nobody is tried in vain
twice: who lacks hands waits with the team that he lacks, until enough of it is free.
"""

from __future__ import annotations

import numpy as np

from hostcity.engines.schedule.forecast._kernels.compiled import entry, kernel
from hostcity.engines.schedule.forecast._kernels.draws import fill_duration, fill_factors
from hostcity.engines.schedule.forecast._kernels.passes import FF, FS, SF, keep_ends, sum_up

TASK = np.int64(2**20 - 1)  # an event is its instant, its task and whether the task comes up or ends, in one number
TIME, COMES_UP = 21, np.int64(2**20)
NOBODY = -1


@kernel
def play_sample(net, teams, desk, w, duration, end):
    """``end[i, w]`` of all tasks."""
    for r in range(teams.capacity.size):
        desk.free[r] = teams.capacity[r]
        desk.waiting[r] = NOBODY
        desk.is_dirty[r] = False
    events = tried = 0
    for i in range(net.release.size):
        desk.start[i] = net.release[i]
        desk.missing[i] = net.first[i + 1] - net.first[i]
    for i in range(net.release.size):
        if net.first[i + 1] == net.first[i]:
            desk.known[0] = i
            events, tried = _note_known(net, teams, desk, w, duration, end, 0, events, tried)
    now = dirty = 0
    while True:
        tried = _collect(teams, desk, dirty, tried)
        dirty = 0
        for at in range(tried):
            events = _try(net, teams, desk, w, duration, end, desk.tried[at], now, events)
        tried = 0
        if events == 0:
            return
        # What begins now may have made others known that come up now, or even before.
        now = max(now, desk.event[0] >> TIME)
        while events > 0 and desk.event[0] >> TIME <= now:
            event = desk.event[0]
            events = _pop(desk.event, events)
            i = event & TASK
            if event & COMES_UP:
                tried = _line_up(teams, desk, i, tried)
            else:
                dirty = _free(teams, desk, i, dirty)
                events, tried = _pass_on(
                    net, teams, desk, w, duration, end, i, net.late[i], net.after[i + 1], now, events, tried
                )


@kernel
def _note_known(net, teams, desk, w, duration, end, now, events, tried):
    """``desk.known[0]`` is known, and so are those that wait for him alone and for others that are, when they take no team."""
    many = 1
    while many > 0:
        many -= 1
        i = desk.known[many]
        if teams.first[i + 1] > teams.first[i]:
            if desk.start[i] > now:
                events = _push(desk.event, events, np.int64(desk.start[i]) << TIME | COMES_UP | i)
            else:
                tried = _line_up(teams, desk, i, tried)
            continue
        end[i, w] = desk.start[i] + duration[i, w]
        for k in range(net.after[i], net.after[i + 1]):
            if _tell(net, desk, w, duration, end, i, k):
                desk.known[many] = net.next[k]
                many += 1
    return events, tried


@kernel
def _tell(net, desk, w, duration, end, i, k):
    """Let who waits by link ``k`` know when the task at place ``i`` begins and ends. Whether that was all he waited for."""
    to, kind = net.next[k], net.next_kind[k]
    at = end[i, w] + net.next_lag[k]
    if kind not in (FS, FF):
        at -= duration[i, w]
    if kind in (FF, SF):
        at -= duration[to, w]
    desk.start[to] = max(desk.start[to], at)
    desk.missing[to] -= 1
    return desk.missing[to] == 0


@kernel
def _pass_on(net, teams, desk, w, duration, end, i, low, high, now, events, tried):
    """Tell those who wait by links ``low …`` of the task at place ``i``."""
    for k in range(low, high):
        if _tell(net, desk, w, duration, end, i, k):
            desk.known[0] = net.next[k]
            events, tried = _note_known(net, teams, desk, w, duration, end, now, events, tried)
    return events, tried


@kernel
def _free(teams, desk, i, dirty):
    """The task at place ``i`` has ended: its hands are free."""
    for k in range(teams.first[i], teams.first[i + 1]):
        r = teams.team[k]
        desk.free[r] += teams.many[k]
        if not desk.is_dirty[r] and desk.waiting[r] != NOBODY:
            desk.is_dirty[r] = True
            desk.dirty[dirty] = r
            dirty += 1
    return dirty


@kernel
def _collect(teams, desk, dirty, tried):
    """Who waits with a team that has enough for him now is tried."""
    for at in range(dirty):
        r = desk.dirty[at]
        desk.is_dirty[r] = False
        before, i = NOBODY, desk.waiting[r]
        while i != NOBODY:
            after = desk.behind[i]
            if desk.lacks[i] <= desk.free[r]:
                if before == NOBODY:
                    desk.waiting[r] = after
                else:
                    desk.behind[before] = after
                tried = _line_up(teams, desk, i, tried)
            else:
                before = i
            i = after
    return tried


@kernel
def _line_up(teams, desk, i, tried):
    """Candidates in the order of their rank."""
    at = tried
    while at > 0 and teams.rank[desk.tried[at - 1]] > teams.rank[i]:
        desk.tried[at] = desk.tried[at - 1]
        at -= 1
    desk.tried[at] = i
    return tried + 1


@kernel
def _try(net, teams, desk, w, duration, end, i, now, events):
    """Begin, or wait with the first team that has too few."""
    for k in range(teams.first[i], teams.first[i + 1]):
        r = teams.team[k]
        if teams.many[k] > desk.free[r]:
            desk.lacks[i] = teams.many[k]
            desk.behind[i] = desk.waiting[r]
            desk.waiting[r] = i
            return events
    for k in range(teams.first[i], teams.first[i + 1]):
        desk.free[teams.team[k]] -= teams.many[k]
    end[i, w] = now + duration[i, w]
    events = _push(desk.event, events, np.int64(end[i, w]) << TIME | i)
    # Whoever comes up by this waits for the next round of this instant.
    for k in range(net.after[i], net.late[i]):
        if _tell(net, desk, w, duration, end, i, k):
            desk.known[0] = net.next[k]
            events, _ = _note_known(net, teams, desk, w, duration, end, np.int64(-1), events, 0)
    return events


@kernel
def _push(heap, size, event):
    """Into a binary heap, the least event first. Its new size."""
    at = size
    while at > 0:
        up = (at - 1) >> 1
        if heap[up] <= event:
            break
        heap[at] = heap[up]
        at = up
    heap[at] = event
    return size + 1


@kernel
def _pop(heap, size):
    """Take the least event out. The new size."""
    size -= 1
    event = heap[size]
    at, down = 0, 1
    while down < size:
        if down + 1 < size and heap[down + 1] < heap[down]:
            down += 1
        if heap[down] >= event:
            break
        heap[at] = heap[down]
        at, down = down, 2 * down + 1
    heap[at] = event
    return size


@entry
def play_teams(net, teams, tasks, risks, words, begin, room, desk, out):
    """Play samples ``begin …`` of ``words``, one block after the other, by links and teams."""
    wide = room.share.size
    for low in range(0, words.size, wide):
        high = min(low + wide, words.size)
        many = high - low
        word, share, drawn = words[low:high], room.share[:many], room.drawn[:many]
        factor, duration, end = room.factor[:, :many], room.duration[:, :many], room.end[:, :many]
        fill_factors(risks, word, share, factor)
        for i in range(net.release.size):
            fill_duration(tasks, i, -1, word, factor, share, drawn, duration[i])
        for w in range(many):
            play_sample(net, teams, desk, w, duration, end)
        sum_up(net, end, out.finish[begin + low : begin + high], out.late[begin + low : begin + high], out.kept)
        keep_ends(end, out.ends, begin + low)


@entry
def play_once(net, teams, desk, duration, end):
    """Durations as they are given, in the first column."""
    play_sample(net, teams, desk, 0, duration, end)
