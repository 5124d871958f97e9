"""A day for 20,000 visitors: the demonstration, smaller, with the same load on every lane and train."""

from __future__ import annotations

import dataclasses

from hostcity.plan.plan import Plan


def scale_plan(plan: Plan, persons: int) -> Plan:
    """``plan`` with ``persons`` visitors and stations for them, its venue as it is.

    Lanes are scaled and rounded to whole ones; mean service times make up for the rounding, so that every station
    serves the same share of its visitors per hour and queues form where they form on the whole day. Trains take
    fewer; appointments are for fewer.
    """
    share = persons / sum(stream.persons for stream in plan.streams)
    stations = []
    for row in plan.stations:
        if row.batch_persons:
            stations.append(dataclasses.replace(row, batch_persons=max(1, round(row.batch_persons * share))))
            continue
        lanes = max(1, round(row.lanes * share))
        mean_s = row.service_mean_s * lanes / (row.lanes * share)
        stations.append(dataclasses.replace(row, lanes=lanes, service_mean_s=mean_s))
    if plan.lanes:
        raise ValueError("a lane schedule is not scaled")
    exact = [row.persons * share for row in plan.streams]
    counts = [int(each) for each in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: counts[at] - exact[at])
    for at in by_remainder[: persons - sum(counts)]:
        counts[at] += 1
    return plan.replace(
        stations=tuple(stations),
        streams=tuple(dataclasses.replace(row, persons=count) for row, count in zip(plan.streams, counts, strict=True)),
        appointments=tuple(
            dataclasses.replace(row, persons=max(1, round(row.persons * share))) for row in plan.appointments
        ),
    )
