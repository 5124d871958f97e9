"""When tasks of several calendars can be done, by their definition: days are walked one by one."""

import datetime

ONE_DAY = datetime.timedelta(days=1)


def next_day(works, day):
    """The first day on which work is done, this one or later."""
    while not works(day):
        day += ONE_DAY
    return day


def dates(first, main, tasks, links):
    """First and last day of each task: (working days, whether a day is worked on, earliest day); links are finish to start.

    A task begins on a working day of the preparation at the earliest, after the last day of all that it waits for.
    """
    found = {}
    while len(found) < len(tasks):
        for at, (takes, works, earliest) in enumerate(tasks):
            before = [one for one, other in links if other == at]
            if at in found or any(one not in found for one in before):
                continue
            free = max([first, earliest, *(found[one][1] + ONE_DAY for one in before)])
            begin = day = next_day(works, next_day(main, free))
            for _ in range(takes - 1):
                day = next_day(works, day + ONE_DAY)
            found[at] = begin, day
    return [found[at] for at in range(len(tasks))]
