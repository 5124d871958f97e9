"""Samples of a plan by their definition, one after the other. Times in whole ticks, tasks by the plan's numbers."""

import numpy as np

from tests.naive.schedule import FF, FS, SF, SS

WORD, HALF_WORD = 2**64 - 1, 2**32 - 1
ONE = np.float32(1)


def mixed(x):
    """The splitmix64 finalizer."""
    x = (x + 0x9E3779B97F4A7C15) & WORD
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & WORD
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB & WORD
    return x ^ (x >> 31)


def share(seed, sample, purpose, entity, counter):
    """A number from 0 on and below 1, from (seed, sample, purpose, entity, counter)."""
    word = mixed((sample + mixed(~seed & WORD)) & WORD) >> 32
    key, then = (
        mixed((entity * 16 + each + mixed(seed * 2 + purpose)) & WORD) >> 32 for each in (counter, counter + 1)
    )
    x = (word + key) & HALF_WORD
    x ^= x >> 16
    x = x * 0x7FEB352D & HALF_WORD
    x ^= then
    x ^= x >> 15
    x = x * 0x846CA68B & HALF_WORD
    x ^= x >> 16
    return np.float32(x >> 8) * np.float32(2**-24)


def triangular(low, likely, high, u):
    """The value below which a share ``u`` of a triangular distribution lies, in single precision."""
    low, likely, high = (np.float32(each) for each in (low, likely, high))
    if high == low:
        return low
    split = (likely - low) / (high - low)
    if u < split:
        return low + np.sqrt(u * ((high - low) * (likely - low)))
    return high - np.sqrt((ONE - u) * ((high - low) * (high - likely)))


def durations(problem, ticks, seed, sample):
    """Of all tasks, drawn."""
    factors = []
    for risk, (low, likely, high) in enumerate(problem.drivers.factor.tolist()):
        happens = share(seed, sample, 1, risk, 0) < np.float32(problem.drivers.probability[risk])
        factors.append(triangular(low, likely, high, share(seed, sample, 1, risk, 2)) if happens else ONE)
    drawn = []
    for task in range(len(problem.duration)):
        three = (problem.optimistic[task] * ticks, problem.duration[task] * ticks, problem.pessimistic[task] * ticks)
        long = triangular(*three, share(seed, sample, 0, task, 0))
        for risk, touched in sorted(problem.drivers.touches.tolist()):
            long = long * factors[risk] if touched == task else long
        drawn.append(int(long + np.float32(0.5)))
    return drawn


def allowed_start(link, lag, start, duration):
    """The earliest start of the task that waits."""
    before, after, kind = link
    end = start[before] + duration[before]
    return {
        FS: end + lag,
        SS: start[before] + lag,
        FF: end + lag - duration[after],
        SF: start[before] + lag - duration[after],
    }[kind]


def dispatched(links, lags, release, duration, demand, capacity, rank, changes=()):
    """The start of each task when whoever can begins does, the most urgent first; ``changes``: time, team, capacity from then on."""
    tasks = range(len(duration))

    def there_are(team):
        return [capacity[team], *(many for time, of, many in changes if of == team and time <= now)][-1]

    scarce = scarce_teams(demand, capacity, changes)
    takes = [any(demand[task][team] for team in scarce) for task in tasks]
    start, now = [None] * len(duration), 0

    def earliest(task):
        mine = [(link, lag) for link, lag in zip(links, lags, strict=True) if link[1] == task]
        if any(start[link[0]] is None for link, _ in mine):
            return None
        return max([release[task], *(allowed_start(link, lag, start, duration) for link, lag in mine)])

    while None in start:
        while known := [
            task for task in tasks if start[task] is None and not takes[task] and earliest(task) is not None
        ]:
            start[known[0]] = earliest(known[0])
        waiting = {task: earliest(task) for task in tasks if start[task] is None and earliest(task) is not None}
        running = [
            task for task in tasks if takes[task] and start[task] is not None and start[task] + duration[task] > now
        ]
        free = {team: there_are(team) - sum(demand[task][team] for task in running) for team in scarce}
        began = False
        for task in sorted((task for task in waiting if waiting[task] <= now), key=lambda task: rank[task]):
            if all(demand[task][team] <= free[team] for team in scarce):
                start[task], began = now, True
                for team in scarce:
                    free[team] -= demand[task][team]
        if not began and None in start:
            instants = (
                [start[task] + duration[task] for task in running]
                + list(waiting.values())
                + [time for time, _, _ in changes]
            )
            now = min(instant for instant in instants if instant > now)
    return start


def scarce_teams(demand, capacity, changes=()):
    """Those of which all tasks together could ask for more than there are at some time."""
    least = [min([there, *(many for _, of, many in changes if of == team)]) for team, there in enumerate(capacity)]
    return [team for team in range(len(capacity)) if sum(row[team] for row in demand) > least[team]]


def critical_dispatched(links, lags, release, start, duration, demand, scarce):
    """For whom the end of all waited: by a link without room, for his hands, or to be told that he began."""
    end = [begin + long for begin, long in zip(start, duration, strict=True)]
    found = [each == max(end) for each in end]
    for _ in start:
        for task in range(len(start)):
            mine = [
                (link, allowed_start(link, lag, start, duration))
                for link, lag in zip(links, lags, strict=True)
                if link[1] == task
            ]
            has_waited = start[task] > max([release[task], *(free for _, free in mine)])
            if not found[task]:
                continue
            for link, free in mine:
                if free == start[task] or (has_waited and start[link[0]] == start[task]):
                    found[link[0]] = True
            for other in range(len(start)):
                shares = any(demand[task][team] and demand[other][team] for team in scarce)
                if has_waited and shares and duration[other] > 0 and end[other] == start[task]:
                    found[other] = True
    return found


def critical(links, lags, start, duration):
    """Whose end cannot be later without moving the end of all."""
    end = [begin + long for begin, long in zip(start, duration, strict=True)]
    found = [each == max(end) for each in end]
    for _ in start:
        for link, lag in zip(links, lags, strict=True):
            if found[link[1]] and allowed_start(link, lag, start, duration) == start[link[1]]:
                found[link[0]] = True
    return found
