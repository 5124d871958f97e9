"""Times of a block of samples, a row of samples for each task, tasks in an order of waiting. [ticks]"""

from __future__ import annotations

import numpy as np

from hostcity.engines.schedule.forecast._kernels.compiled import entry, spliced
from hostcity.engines.schedule.forecast._kernels.draws import fill_duration, fill_factors

FS, SS, FF, SF = range(4)
NEVER = np.int32(2**31 - 1)  # a need-by that is none


@spliced
def fill_end(net, i, end, duration, many, row, long):
    """``row``: when the task at place ``i`` ends that takes ``long``, in the first ``many`` samples, by ends and durations of those that it waits for."""
    for w in range(many):
        row[w] = net.release[i]
    for k in range(net.first[i], net.middle[i]):  # links to its start
        before, lag = net.other[k], net.lag[k]
        theirs = end[before]
        if net.kind[k] == FS:
            for w in range(many):
                row[w] = max(row[w], np.int32(theirs[w] + lag))
        else:
            took = duration[before]
            for w in range(many):
                row[w] = max(row[w], np.int32(theirs[w] - took[w] + lag))
    for w in range(many):
        row[w] += long[w]
    for k in range(net.middle[i], net.first[i + 1]):  # links to its end
        before, lag = net.other[k], net.lag[k]
        theirs = end[before]
        if net.kind[k] == FF:
            for w in range(many):
                row[w] = max(row[w], np.int32(theirs[w] + lag))
        else:
            took = duration[before]
            for w in range(many):
                row[w] = max(row[w], np.int32(theirs[w] - took[w] + lag))


@spliced
def mark_critical(net, end, duration, finish, is_critical, is_any, times):
    """Add to ``times[i]`` in how many samples the task at place ``i`` could not end later without moving the end of all."""
    for i in range(net.release.size):
        row, ends = is_critical[i], end[i]
        count = 0
        for w in range(finish.size):
            row[w] = ends[w] == finish[w]
            count += row[w]
        is_any[i] = count > 0
    for i in range(net.release.size - 1, -1, -1):
        if not is_any[i]:
            continue
        row, ends, took = is_critical[i], end[i], duration[i]
        count = 0
        for w in range(finish.size):
            count += row[w]
        times[i] += count
        for k in range(net.first[i], net.first[i + 1]):
            before = net.other[k]
            _mark(
                net.kind[k],
                net.lag[k],
                end[before],
                duration[before],
                ends,
                took,
                finish.size,
                row,
                is_critical[before],
            )
            is_any[before] = True


@spliced
def _mark(kind, lag, end, long, ends, took, many, row, marked):
    """Who is waited for is critical where who waits is, and the link leaves no room."""
    if kind == FS:
        for w in range(many):
            marked[w] |= row[w] & (end[w] + lag == ends[w] - took[w])
    elif kind == FF:
        for w in range(many):
            marked[w] |= row[w] & (end[w] + lag == ends[w])
    elif kind == SS:
        for w in range(many):
            marked[w] |= row[w] & (end[w] - long[w] + lag == ends[w] - took[w])
    else:
        for w in range(many):
            marked[w] |= row[w] & (end[w] - long[w] + lag == ends[w])


@spliced
def sum_up(net, end, finish, late, kept):
    """The end of all and the greatest lateness of each sample; in how many each task's need-by is kept."""
    for w in range(finish.size):
        finish[w] = 0
        late[w] = -NEVER
    for i in range(net.release.size):
        row, need = end[i], net.need[i]
        for w in range(finish.size):
            finish[w] = max(finish[w], row[w])
        if need != NEVER:
            count = 0
            for w in range(finish.size):
                over = np.int32(row[w] - need)
                late[w] = max(late[w], over)
                count += over <= 0
            kept[i] += count


@spliced
def keep_ends(end, many, ends, begin):
    """Where they are wanted."""
    if ends.size:
        for i in range(end.shape[0]):
            row, theirs = ends[i], end[i]
            for w in range(many):
                row[begin + w] = theirs[w]


@entry
def play_network(net, tasks, risks, words, begin, room, out):
    """Play samples ``begin …`` of ``words``, one block after the other, by links alone."""
    duration, end = room.duration, room.end
    for low in range(0, words.size, room.share.size):
        word = words[low : min(low + room.share.size, words.size)]
        finish = out.finish[begin + low : begin + low + word.size]
        late = out.late[begin + low : begin + low + word.size]
        fill_factors(risks, word, room.share, room.factor)
        for i in range(net.release.size):
            fill_duration(tasks, i, word, room.factor, room.share, room.drawn, duration[i])
            fill_end(net, i, end, duration, word.size, end[i], duration[i])
        sum_up(net, end, finish, late, out.kept)
        mark_critical(net, end, duration, finish, room.is_critical, room.is_any, out.critical)
        keep_ends(end, word.size, out.ends, begin + low)
