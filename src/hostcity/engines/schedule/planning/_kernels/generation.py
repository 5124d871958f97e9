"""Serial generation of schedules, and justification.

Tasks are numbered so that each comes after all that it waits for. So tasks sorted by a key, equal ones by number, are in an order in which
they can be placed once no key is less than that of a task waited for (the keys are sound).
"""

from __future__ import annotations

from hostcity.engines.schedule.planning._kernels.compiled import entry, kernel

TOO_LONG = -1  # told instead of an end: the schedule does not fit into the room of instants


@entry
def place_all(way, order, free, rows, start):
    """Each task of ``order`` in turn as early as links, releases and resources let it; the end of all. Leaves the room as it was."""
    end = 0
    duration, least, first, other, lag = way.duration, way.least, way.first, way.other, way.lag
    placed = order.size
    for at in range(order.size):
        task = order[at]
        begin = least[task]
        for link in range(first[task], first[task + 1]):
            begin = max(begin, start[other[link]] + lag[link])
        long = duration[task]
        if begin + long > way.horizon:
            begin = TOO_LONG
        elif long > 0 and way.is_packed:
            begin = _take_packed(free, way.need[task], way.guard, begin, long)
        elif long > 0:
            begin = _take_rows(way, task, begin, rows)
        start[task] = begin
        if begin < 0:
            placed, end = at, TOO_LONG
            break
        end = max(end, begin + long)
    _give_back(way, order[:placed], start, end, free, rows)
    return end


@kernel
def _take_packed(free, need, guard, begin, long):
    """All resources of an instant in one number: where a bit of ``guard`` is borrowed away, that resource is short."""
    end = begin + long
    if need == 0:
        return begin
    low, at = begin, end - 1
    while at >= low:
        if ((free[at] - need) & guard) != guard:
            low, begin = end, at + 1
            end = begin + long
            if end > free.size:
                return TOO_LONG
            at = end
        at -= 1
    for each in range(begin, end):
        free[each] -= need
    return begin


@kernel
def _take_rows(way, task, begin, rows):
    """One row of instants for each resource; a task is looked at in the rows that it needs."""
    long = way.duration[task]
    low, high = way.need_first[task], way.need_first[task + 1]
    checked, row = 0, low
    while checked < high - low:  # rows in a circle, until all of them in a row let it begin there
        moved = _fit_row(rows[way.need_of[row]], begin, long, way.need_many[row])
        if moved < 0:
            return TOO_LONG
        checked = checked + 1 if moved == begin else 1
        begin = moved
        row = row + 1 if row + 1 < high else low
    for row in range(low, high):
        of, many = way.need_of[row], way.need_many[row]
        for each in range(begin, begin + long):
            rows[of, each] -= many
    return begin


@kernel
def _fit_row(row, begin, long, many):
    end = begin + long
    low, at = begin, end - 1
    while at >= low:
        if row[at] < many:
            low, begin = end, at + 1
            end = begin + long
            if end > row.size:
                return TOO_LONG
            at = end
        at -= 1
    return begin


@kernel
def _give_back(way, order, start, end, free, rows):
    if way.is_packed:
        free[: end if end >= 0 else free.size] = way.full
        return
    for task in order:
        for row in range(way.need_first[task], way.need_first[task + 1]):
            of, many = way.need_of[row], way.need_many[row]
            for each in range(start[task], start[task] + way.duration[task]):
                rows[of, each] += many


@entry
def sort_tasks(way, key, is_sound, counted, order):
    """``order``: tasks by key (0 or more), equal ones by number. Keys that are not sound are first raised to those of what a task waits for."""
    top = 0
    for task in range(key.size):
        if not is_sound:
            for link in range(way.first[task], way.first[task + 1]):
                key[task] = max(key[task], key[way.other[link]])
        top = max(top, key[task])
    counted[: top + 2] = 0
    for task in range(key.size):
        counted[key[task] + 1] += 1
    for each in range(1, top + 1):
        counted[each] += counted[each - 1]
    for task in range(key.size):
        order[counted[key[task]]] = task
        counted[key[task]] += 1


@entry
def justify(net, room, start, end):
    """Push all tasks late, then early again: ``start`` ends no later than before; the end of all. Two schedules.

    V. Valls, F. Ballestín, S. Quintanilla, "Justification and RCPSP: a technique that pays", EJOR 165 (2005), doi 10.1016/j.ejor.2004.04.008.
    """
    duration, tasks = net.early.duration, start.size
    key, order, moved = room.key, room.order, room.moved
    # Seen from the end, numbers run backward too: the mirror's tasks are in an order of waiting again.
    for task in range(tasks):
        key[tasks - 1 - task] = end - start[task] - duration[task]
    sort_tasks(net.late, key, net.late.is_sorted, room.counted, order)
    whole = place_all(net.late, order, room.free, room.rows, moved)
    if whole < 0:
        return end
    for task in range(tasks):
        key[task] = whole - moved[tasks - 1 - task] - duration[task]
    sort_tasks(net.early, key, net.early.is_sorted, room.counted, order)
    found = place_all(net.early, order, room.free, room.rows, moved)
    if found < 0 or found > end:
        return end
    start[:] = moved
    return found
