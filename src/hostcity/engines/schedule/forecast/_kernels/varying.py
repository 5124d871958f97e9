"""Plans that differ from one another in some durations, in the same samples: only what a change moves is played anew. [ticks]"""

from __future__ import annotations

import numpy as np

from hostcity.engines.schedule.forecast._kernels.compiled import entry, spliced
from hostcity.engines.schedule.forecast._kernels.draws import fill_duration, fill_factors
from hostcity.engines.schedule.forecast._kernels.passes import FF, FS, NEVER, fill_end


@spliced
def _fill_changed_end(net, i, room, spare, many, row, long):
    """As `fill_end`, of a plan in which ends and durations of some have changed."""
    for w in range(many):
        row[w] = net.release[i]
    for k in range(net.first[i], net.first[i + 1]):
        if k == net.middle[i]:
            for w in range(many):
                row[w] += long[w]
        before, lag, kind = net.other[k], net.lag[k], net.kind[k]
        theirs = spare.end[before] if spare.is_changed[before] else room.end[before]
        if kind in (FS, FF):
            for w in range(many):
                row[w] = max(row[w], np.int32(theirs[w] + lag))
        else:
            took = spare.duration[before] if spare.is_changed[before] else room.duration[before]
            for w in range(many):
                row[w] = max(row[w], np.int32(theirs[w] - took[w] + lag))
    if net.middle[i] == net.first[i + 1]:
        for w in range(many):
            row[w] += long[w]


@spliced
def _is_other(row, was, many):
    """Whether two rows differ."""
    count = 0
    for w in range(many):
        count += row[w] != was[w]
    return count > 0


@spliced
def _vary(net, plans, v, word, room, spare):
    """Play plan ``v``: ends and durations that differ from the plan's are in ``spare``, where ``is_changed``. The first place that may."""
    tasks, many = net.release.size, word.size
    low = tasks
    for e in range(plans.first[v], plans.first[v + 1]):
        i = plans.place[e]
        spare.entry[i] = e
        spare.is_due[i] = True
        low = min(low, i)
    for i in range(low, tasks):
        if not spare.is_due[i]:
            continue
        spare.is_due[i] = False
        long, row, is_new = spare.duration[i], spare.end[i], False
        if spare.entry[i] >= 0:
            fill_duration(plans.tasks, spare.entry[i], word, room.factor, room.share, room.drawn, long)
            spare.entry[i] = -1
            is_new = _is_other(long, room.duration[i], many)
        else:
            for w in range(many):
                long[w] = room.duration[i, w]
        _fill_changed_end(net, i, room, spare, many, row, long)
        spare.is_changed[i] = is_new or _is_other(row, room.end[i], many)
        if spare.is_changed[i]:
            for k in range(net.after[i], net.after[i + 1]):
                spare.is_due[net.next[k]] = True
    return low


@spliced
def _judge(net, room, spare, late):
    """The greatest lateness of each sample."""
    for w in range(late.size):
        late[w] = -NEVER
    for at in range(spare.needed.size):
        i = spare.needed[at]
        row, need = (spare.end[i] if spare.is_changed[i] else room.end[i]), net.need[i]
        for w in range(late.size):
            late[w] = max(late[w], np.int32(row[w] - need))


@spliced
def _count(late):
    """How many samples are kept, and the lateness of the others in all."""
    kept, over = 0, np.int64(0)
    for w in range(late.size):
        kept += late[w] <= 0
        over += max(late[w], np.int32(0))
    return kept, over


@entry
def play_plans(net, tasks, risks, plans, words, room, spare, kept, over):
    """Add to ``kept[v]`` in how many samples plan ``v`` keeps every need-by, to ``over[v]`` its lateness where it does not.

    The last of both is the plan as it is.
    """
    last = kept.size - 1
    for low in range(0, words.size, room.share.size):
        word = words[low : min(low + room.share.size, words.size)]
        late = spare.late[: word.size]
        fill_factors(risks, word, room.share, room.factor)
        for i in range(net.release.size):
            fill_duration(tasks, i, word, room.factor, room.share, room.drawn, room.duration[i])
            fill_end(net, i, room.end, room.duration, word.size, room.end[i], room.duration[i])
        _judge(net, room, spare, late)
        was_kept, was_over = _count(late)
        kept[last] += was_kept
        over[last] += was_over
        for v in range(last):
            first = _vary(net, plans, v, word, room, spare)
            is_moved = False
            for at in range(spare.needed.size):
                is_moved |= spare.is_changed[spare.needed[at]]
            now_kept, now_over = was_kept, was_over
            if is_moved:
                _judge(net, room, spare, late)
                now_kept, now_over = _count(late)
            kept[v] += now_kept
            over[v] += now_over
            for i in range(first, net.release.size):
                spare.is_changed[i] = False
