"""What was promised beside what is to be expected now."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from hostcity.studies.readiness.path import Dated, DatedPath

Dates = Mapping[str, tuple[datetime.date, datetime.date]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """A task that ends on another day than it was to."""

    now: Dated
    was_start: datetime.date
    was_end: datetime.date
    days: float  # working days of the preparation's calendar by which it ends later; below 0 = earlier


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A baseline beside the dates of now."""

    moved: tuple[Moved, ...]  # the most delayed first
    kept: int  # tasks that end on the day on which they were to
    new: tuple[str, ...]  # codes of tasks that the baseline does not know, in the order of the sheet
    gone: tuple[str, ...]  # codes that only the baseline knows

    @property
    def later(self) -> int:
        """Tasks that end later."""
        return sum(each.days > 0 for each in self.moved)


def freeze(dated: DatedPath) -> Dates:
    """The dates of every task that has two."""
    return {each.task.code: (each.start, each.end) for each in dated.tasks if each.start and each.end}


def compare_dates(dated: DatedPath, baseline: Dates) -> Compared:
    """Every task of now with a baseline. A task whose calendar has no days left for it is counted as ending on the last day that there is."""
    clock, moved, kept = dated.network.clock, [], 0
    for each in dated.tasks:
        if each.task.code not in baseline:
            continue
        start, end = baseline[each.task.code]
        if each.end == end:
            kept += 1
        else:
            days = clock.after(each.end or clock.dates[-1]) - clock.after(end)
            moved.append(Moved(now=each, was_start=start, was_end=end, days=days))
    codes = [each.task.code for each in dated.tasks]
    return Compared(
        moved=tuple(sorted(moved, key=lambda each: -each.days)), kept=kept,
        new=tuple(code for code in codes if code not in baseline), gone=tuple(sorted(baseline.keys() - set(codes))),
    )  # fmt: skip
