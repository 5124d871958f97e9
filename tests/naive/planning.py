"""Serial generation by its definition: task after task, instant after instant."""


def place_all(order, duration, links, release, demand, capacity):
    """Each task of the order at the first instant from which links, release and teams let it be done. ``links``: waited for, waits, distance of starts."""
    start, taken = {}, {}
    for task in order:
        begin = release[task]
        for before, after, lag in links:
            if after == task:
                begin = max(begin, start[before] + lag)
        while not fits(task, begin, duration, demand, capacity, taken):
            begin += 1
        start[task] = begin
        for instant in range(begin, begin + duration[task]):
            for team, many in enumerate(demand[task]):
                taken[instant, team] = taken.get((instant, team), 0) + many
    return [start[task] for task in range(len(duration))]


def fits(task, begin, duration, demand, capacity, taken):
    """Whether a task can begin then."""
    return all(
        taken.get((instant, team), 0) + many <= capacity[team]
        for instant in range(begin, begin + duration[task])
        for team, many in enumerate(demand[task])
    )


def is_kept(start, duration, links, release, demand, capacity):
    """Whether starts keep every rule, instant by instant."""
    kinds = {0: (1, 0), 1: (0, 0), 2: (1, 1), 3: (0, 1)}  # whether the end counts: of who is waited for, of who waits
    for before, after, kind, lag in links:
        of_end, to_end = kinds[kind]
        if start[after] + to_end * duration[after] < start[before] + of_end * duration[before] + lag:
            return False
    ends = [begin + long for begin, long in zip(start, duration, strict=True)]
    for instant in range(max(ends, default=0)):
        for team, there_are in enumerate(capacity):
            if sum(demand[t][team] for t in range(len(start)) if start[t] <= instant < ends[t]) > there_are:
                return False
    return all(begin >= first for begin, first in zip(start, release, strict=True))
