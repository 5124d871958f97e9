"""Teams of limited size: whoever can begin does, the most urgent first. Event after event, one sample at a time. [ticks]

A task is known when all that it waits for has begun: then the earliest start that its links allow is certain. Who takes no team
begins then and there, at that start. Who takes one comes up at that start, and begins when enough of every team is free. At each
instant all that ends and comes up is done first; then those who wait are tried in the order of their rank. Who lacks hands waits in the
line of the team that he lacks, by rank; only lines of teams that got hands back, or somebody new, are gone through, and only while hands are left.

Where a team gets smaller, whoever has begun goes on to his end: as long as more are at work than there are, less than none is free.
"""

from __future__ import annotations

import numpy as np

from hostcity.engines.schedule.forecast._kernels.compiled import entry, kernel, spliced
from hostcity.engines.schedule.forecast._kernels.draws import fill_duration, fill_factors
from hostcity.engines.schedule.forecast._kernels.passes import FF, FS, SF, keep_ends, sum_up

TASK = np.int64(2**20 - 1)  # an event is its instant, its task and whether the task comes up or ends, in one number
TIME, COMES_UP = 21, np.int64(2**20)
LAST = np.int64(2**63 - 1)
NOBODY = -1


@kernel
def play_sample(net, teams, desk):
    """``desk.end`` of all tasks, from ``desk.long``."""
    for r in range(teams.capacity.size):
        desk.free[r] = teams.capacity[r]
        desk.line[r] = NOBODY
        desk.is_dirty[r] = False
    events = dirty = known = change = 0
    now = np.int64(0)
    for i in range(net.release.size):
        desk.start[i] = net.release[i]
        desk.missing[i] = net.first[i + 1] - net.first[i]
    for i in range(net.release.size):
        if net.first[i + 1] == net.first[i]:
            known, events = _note_known(net, teams, desk, i, known, events)
    while known < net.release.size:
        # What began may have let others come up at the same instant, or even before: they have their turn after it.
        then = desk.event[0] >> TIME if events > 0 else LAST
        if change < teams.change_at.size:
            then = min(then, np.int64(teams.change_at[change]))
        now = max(now, then)
        while change < teams.change_at.size and teams.change_at[change] <= now:
            desk.free[teams.change_of[change]] += teams.change_by[change]
            dirty = _note_dirty(desk, teams.change_of[change], dirty)
            change += 1
        while events > 0 and desk.event[0] >> TIME <= now:
            event = desk.event[0]
            events = _pop(desk.event, events)
            i = event & TASK
            if event & COMES_UP:
                r = teams.team[teams.first[i]]
                _line_up(teams, desk, i, r)
                dirty = _note_dirty(desk, r, dirty)
            else:
                for k in range(teams.first[i], teams.first[i + 1]):
                    desk.free[teams.team[k]] += teams.many[k]
                    dirty = _note_dirty(desk, teams.team[k], dirty)
                for k in range(net.late[i], net.after[i + 1]):
                    if _tell(net, desk, i, k):
                        dirty, events = _come_up(net, teams, desk, net.next[k], now, dirty, events)
        known, events = _serve(net, teams, desk, now, dirty, known, events)
        dirty = 0


@spliced
def _come_up(net, teams, desk, i, now, dirty, events):
    """Known at the end of one who took a team, and takes one: in line at once when nothing else keeps him."""
    if desk.start[i] > now:
        return dirty, _push(desk.event, events, np.int64(desk.start[i]) << TIME | COMES_UP | i)
    r = teams.team[teams.first[i]]
    _line_up(teams, desk, i, r)
    return _note_dirty(desk, r, dirty), events


@spliced
def _note_known(net, teams, desk, i, known, events):
    """The task at place ``i`` is known, and so are those that wait for him alone and for others that are, when they take no team.

    Of how many the end is known now, and how many events there are.
    """
    desk.known[0] = i
    many = 1
    while many > 0:
        many -= 1
        i = desk.known[many]
        if teams.first[i + 1] > teams.first[i]:
            events = _push(desk.event, events, np.int64(desk.start[i]) << TIME | COMES_UP | i)
            continue
        desk.end[i] = desk.start[i] + desk.long[i]
        desk.order[known] = i
        known += 1
        for k in range(net.after[i], net.after[i + 1]):
            if _tell(net, desk, i, k):
                desk.known[many] = net.next[k]
                many += 1
    return known, events


@spliced
def _tell(net, desk, i, k):
    """Let who waits by link ``k`` know when the task at place ``i`` begins and ends. Whether that was all he waited for."""
    to, kind = net.next[k], net.next_kind[k]
    at = desk.end[i] + net.next_lag[k]
    if kind not in (FS, FF):
        at -= desk.long[i]
    if kind in (FF, SF):
        at -= desk.long[to]
    desk.start[to] = max(desk.start[to], at)
    desk.missing[to] -= 1
    return desk.missing[to] == 0


@spliced
def _note_dirty(desk, r, dirty):
    """The line of team ``r`` is to be gone through, if there is one."""
    if not desk.is_dirty[r] and desk.line[r] != NOBODY:
        desk.is_dirty[r] = True
        desk.passed[r] = NOBODY
        desk.dirty[dirty] = r
        return dirty + 1
    return dirty


@spliced
def _line_up(teams, desk, i, r):
    """Into the line of team ``r``, by rank."""
    rank = teams.rank[i]
    before, after = NOBODY, desk.line[r]
    while after != NOBODY and teams.rank[after] < rank:
        before, after = after, desk.behind[after]
    desk.behind[i] = after
    if before == NOBODY:
        desk.line[r] = i
    else:
        desk.behind[before] = i


@spliced
def _serve(net, teams, desk, now, dirty, known, events):
    """Go through lines, always at the most urgent of those who stand first of the rest of each.

    Where nobody takes two teams lines have nothing to do with one another: then one after the other.
    """
    while dirty > 0:
        at, first = NOBODY, NOBODY
        for each in range(dirty - 1, -1, -1):
            r = desk.dirty[each]
            i = desk.line[r] if desk.passed[r] == NOBODY else desk.behind[desk.passed[r]]
            if i == NOBODY or desk.free[r] <= 0:
                desk.is_dirty[r] = False
                dirty -= 1
                desk.dirty[each] = desk.dirty[dirty]
                if at == dirty:
                    at = each
            elif first == NOBODY or teams.rank[i] < teams.rank[first]:
                at, first = each, i
                if teams.are_apart:
                    break
        if first != NOBODY:
            known, events = _try(net, teams, desk, first, desk.dirty[at], now, known, events)
    return known, events


@spliced
def _try(net, teams, desk, i, r, now, known, events):
    """Begin, or stay in line, or change to the line of the first team that has too few."""
    for k in range(teams.first[i], teams.first[i + 1]):
        if teams.many[k] > desk.free[teams.team[k]]:
            if teams.team[k] == r:
                desk.passed[r] = i
            else:
                _step_out(desk, i, r)
                _line_up(teams, desk, i, teams.team[k])
            return known, events
    _step_out(desk, i, r)
    for k in range(teams.first[i], teams.first[i + 1]):
        desk.free[teams.team[k]] -= teams.many[k]
    desk.end[i] = now + desk.long[i]
    desk.order[known] = i
    known += 1
    events = _push(desk.event, events, np.int64(desk.end[i]) << TIME | i)
    for k in range(net.after[i], net.late[i]):
        if _tell(net, desk, i, k):
            known, events = _note_known(net, teams, desk, net.next[k], known, events)
    return known, events


@spliced
def _step_out(desk, i, r):
    """Out of the line of team ``r``."""
    if desk.passed[r] == NOBODY:
        desk.line[r] = desk.behind[i]
    else:
        desk.behind[desk.passed[r]] = desk.behind[i]


@spliced
def _push(heap, size, event):
    """Into a binary heap, the least event first. Its new size."""
    _rise(heap, size, event)
    return size + 1


@spliced
def _pop(heap, size):
    """Take the least event out. The new size.

    The gap goes down to the bottom, always to the lesser side, and the last event rises from there: it seldom rises far, and which side is
    less is the one thing that cannot be foreseen (Wegener, "Bottom-up heapsort", Theoretical Computer Science 118, 1993).
    """
    size -= 1
    event = heap[size]
    heap[size] = LAST
    at, down = 0, 1
    while down < size:
        down += np.int64(heap[down + 1] < heap[down])
        heap[at] = heap[down]
        at, down = down, 2 * down + 1
    _rise(heap, at, event)
    return size


@spliced
def _rise(heap, at, event):
    """Put an event where there is a gap, and let it rise."""
    while at > 0:
        up = (at - 1) >> 1
        if heap[up] <= event:
            break
        heap[at] = heap[up]
        at = up
    heap[at] = event


@spliced
def _mark_critical(net, teams, desk, times):
    """Add 1 to ``times[i]`` of each task for which the end of all waited: by a link without room, or for its hands."""
    finish = np.int32(0)
    for i in range(net.release.size):
        finish = max(finish, desk.end[i])
    for i in range(net.release.size):
        desk.is_critical[i] = desk.end[i] == finish
    for at in range(net.release.size - 1, -1, -1):
        i = desk.order[at]
        if not desk.is_critical[i]:
            continue
        times[i] += 1
        begins = desk.end[i] - desk.long[i]
        for k in range(net.first[i], net.first[i + 1]):
            before, kind = net.other[k], net.kind[k]
            free = desk.end[before] + net.lag[k]
            if kind not in (FS, FF):
                free -= desk.long[before]
            if kind in (FF, SF):
                free -= desk.long[i]
            # Without room, or told of no sooner than it begins.
            is_told = begins > desk.start[i] and desk.end[before] - desk.long[before] == begins
            if free == begins or is_told:
                desk.is_critical[before] = True
        if begins > desk.start[i]:
            for k in range(teams.first[i], teams.first[i + 1]):
                for other in range(teams.task_first[teams.team[k]], teams.task_first[teams.team[k] + 1]):
                    j = teams.task[other]
                    if desk.long[j] > 0 and desk.end[j] == begins:
                        desk.is_critical[j] = True


@entry
def play_teams(net, teams, tasks, risks, words, begin, room, desk, out):
    """Play samples ``begin …`` of ``words``, one block after the other, by links and teams."""
    duration, end = room.duration, room.end
    for low in range(0, words.size, room.share.size):
        word = words[low : min(low + room.share.size, words.size)]
        fill_factors(risks, word, room.share, room.factor)
        for i in range(net.release.size):
            fill_duration(tasks, i, word, room.factor, room.share, room.drawn, duration[i])
        for w in range(word.size):
            for i in range(net.release.size):
                desk.long[i] = duration[i, w]
            play_sample(net, teams, desk)
            _mark_critical(net, teams, desk, out.critical)
            for i in range(net.release.size):
                end[i, w] = desk.end[i]
        finish = out.finish[begin + low : begin + low + word.size]
        sum_up(net, end, finish, out.late[begin + low : begin + low + word.size], out.kept)
        keep_ends(end, word.size, out.ends, begin + low)


@entry
def play_once(net, teams, desk):
    """Durations as they are on the desk."""
    play_sample(net, teams, desk)
