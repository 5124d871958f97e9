"""The critical path by its definition: every rule applied until nothing moves."""

FS, SS, FF, SF = range(4)


def allowed_start(kind, lag, duration, before, after, start):
    """The earliest start of the task that waits."""
    begins, ends = start, start + duration[before]
    return {FS: ends + lag, SS: begins + lag, FF: ends + lag - duration[after], SF: begins + lag - duration[after]}[
        kind
    ]


def early_starts(duration, links, lags, release):
    """Each task as early as everything it waits for lets it."""
    start = list(release)
    for _ in duration:
        for (before, after, kind), lag in zip(links, lags, strict=True):
            start[after] = max(start[after], allowed_start(kind, lag, duration, before, after, start[before]))
    return start


def finish_with(duration, links, lags, release):
    """When all has ended."""
    starts = early_starts(duration, links, lags, release)
    return max(start + length for start, length in zip(starts, duration, strict=True))


def most_delay(duration, links, lags, release, task, is_harmed):
    """By how much a task may begin later, in whole units, before something is harmed; -1 = not at all as it is."""
    start = early_starts(duration, links, lags, release)
    for delay in range(200):
        later = list(release)
        later[task] = start[task] + delay
        if is_harmed(early_starts(duration, links, lags, later)):
            return delay - 1
    raise AssertionError("nothing is ever harmed")


def has_circle(tasks, links):
    """Whether somebody waits for themselves in the end."""
    reach = [[False] * tasks for _ in range(tasks)]
    for before, after, _kind in links:
        reach[before][after] = True
    for middle in range(tasks):
        for one in range(tasks):
            for other in range(tasks):
                reach[one][other] = reach[one][other] or (reach[one][middle] and reach[middle][other])
    return any(reach[task][task] for task in range(tasks))
