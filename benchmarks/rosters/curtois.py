"""The public shift-scheduling benchmark of Curtois and Qu: read, checked on its own, solved. Its files are not shipped.

Set HOSTCITY_CURTOIS to the folder that holds Instance1.txt and others.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import numpy as np

from hostcity.engines.rosters.staff import Contract, StaffProblem

#: Least harm known of the instances, as published.
BEST_KNOWN = {1: 607, 2: 828, 4: 1716, 6: 1950, 8: 1300, 10: 4631, 12: 4040, 14: 1278, 16: 3225, 18: 4459, 20: 4769}
HEADS = r"SECTION_(\w+)\n(.*?)(?=\nSECTION_|\Z)"


def folder() -> Path | None:
    """Where the instances are, when somebody has them."""
    where = os.environ.get("HOSTCITY_CURTOIS")
    return Path(where) if where and Path(where).is_dir() else None


def read_instance(path: Path) -> StaffProblem:
    """An instance from its text."""
    text = "\n".join(line for line in path.read_text().splitlines() if line.strip() and not line.startswith("#"))
    parts = {name: [line.split(",") for line in rows.splitlines()] for name, rows in re.findall(HEADS, text, re.DOTALL)}
    days = int(parts["HORIZON"][0][0])
    shifts = {row[0]: at for at, row in enumerate(parts["SHIFTS"])}
    staff = {row[0]: at for at, row in enumerate(parts["STAFF"])}
    off = {row[0]: tuple(map(int, row[1:])) for row in parts.get("DAYS_OFF", [])}
    cost, same = np.zeros((len(staff), days, len(shifts))), 0
    for who, day, shift, weight in parts.get("SHIFT_ON_REQUESTS", []):
        cost[staff[who], int(day), shifts[shift]] -= int(weight)
        same += int(weight)
    for who, day, shift, weight in parts.get("SHIFT_OFF_REQUESTS", []):
        cost[staff[who], int(day), shifts[shift]] += int(weight)
    cover = np.zeros((3, days, len(shifts)), np.int64)
    for day, shift, *figures in parts["COVER"]:
        cover[:, int(day), shifts[shift]] = list(map(int, figures))
    return StaffProblem(
        lengths_min=np.array([int(row[1]) for row in parts["SHIFTS"]]),
        forbidden=tuple((shifts[row[0]], shifts[after]) for row in parts["SHIFTS"] for after in row[2].split("|") if after),
        contracts=tuple(_contract(row, shifts, off.get(row[0], ())) for row in parts["STAFF"]), cost=cost, same=same,
        needed=cover[0], under=cover[1].astype(float), over=cover[2].astype(float),
    )  # fmt: skip


def _contract(row: list[str], shifts: dict[str, int], off: tuple[int, ...]) -> Contract:
    most = {name: int(many) for name, many in (each.split("=") for each in row[1].split("|"))}
    figures = list(map(int, row[2:8]))
    return Contract(
        most_of=tuple(most.get(name, 0) for name in shifts), most_min=figures[0], least_min=figures[1], longest=figures[2],
        shortest=figures[3], rest=figures[4], weekends=figures[5], off=off,
    )  # fmt: skip


def broken(problem: StaffProblem, shift_of: np.ndarray) -> list[str]:
    """What contracts do not allow, told day by day from the roster alone."""
    found = []
    for who, (contract, plan) in enumerate(zip(problem.contracts, shift_of.tolist(), strict=True)):
        served = [day for day, shift in enumerate(plan) if shift >= 0]
        minutes = sum(int(problem.lengths_min[plan[day]]) for day in served)
        if not contract.least_min <= minutes <= contract.most_min:
            found.append(f"{who}: {minutes} min")
        found += [f"{who}: off on day {day}" for day in served if day in contract.off]
        found += [
            f"{who}: too often {shift}" for shift, most in enumerate(contract.most_of) if plan.count(shift) > most
        ]
        found += [
            f"{who}: succession on {day}"
            for day in served
            if day + 1 < len(plan) and (plan[day], plan[day + 1]) in problem.forbidden
        ]
        if len({day // 7 for day in served if day % 7 >= 5}) > contract.weekends:
            found.append(f"{who}: weekends")
        begin = 0
        for end in range(1, len(plan) + 1):
            if end < len(plan) and (plan[end] >= 0) == (plan[begin] >= 0):
                continue
            is_edge, length, serves = begin == 0 or end == len(plan), end - begin, plan[begin] >= 0
            least = contract.shortest if serves else contract.rest
            if (length < least and not is_edge) or (serves and length > contract.longest):
                found.append(f"{who}: run of {length} from day {begin}")
            begin = end
    return found
