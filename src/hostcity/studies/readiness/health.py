"""How sound a network of tasks is: whether its dates can be believed at all.

The checks are those of schedule audits [1, 2], with limits for a preparation of some months: tasks longer than two weeks of work, and
more than four to spare before any need-by, where audits of programs of years take 44 days of both.

References
----------
.. [1] U.S. Government Accountability Office, "Schedule Assessment Guide", GAO-16-89G, 2015.
.. [2] Defense Contract Management Agency, "Earned Value Management System Program Analysis Pamphlet", 2012, 14-point assessment.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from hostcity.plan import Plan
from hostcity.plan.check.tasks import longest, shortest
from hostcity.studies.readiness.path import DatedPath

LONG_D, LOOSE_D = 10.0, 20.0  # working days
FEW, SOME, NONE = 0.05, 0.10, 0.0  # shares


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One check: how many of its sheet fail it, and which."""

    check: str
    sheet: str
    codes: tuple[str, ...]  # of rows that fail, in the order of the sheet
    of: int  # rows looked at
    most: float  # share that may fail

    @property
    def share(self) -> float:
        """Of the rows looked at, those that fail."""
        return len(self.codes) / self.of if self.of else 0.0

    @property
    def may(self) -> int:
        """How many may fail: the share of the rows, and one at least where any may, as every network has a beginning."""
        return max(1, math.floor(self.most * self.of)) if self.most else 0

    @property
    def is_good(self) -> bool:
        """Whether no more fail than may."""
        return len(self.codes) <= self.may


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """All checks, and the index of the critical path."""

    findings: tuple[Finding, ...]
    path_index: (
        float  # length of the critical path with its spare time, over its length; below 0.95 is hard to make good
    )

    @property
    def is_good(self) -> bool:
        """Whether every check holds."""
        return all(each.is_good for each in self.findings) and self.path_index >= LEAST_INDEX


LEAST_INDEX = 0.95


def check_health(dated: DatedPath) -> Health:
    """Every check of a plan's tasks and links, the same whatever their order."""
    plan = dated.network.plan
    work = [task for task in plan.tasks if task.kind != "milestone"]
    links, tasks = plan.task_links, plan.tasks
    late = [each.task.code for each in dated.tasks if each.spare_d < 0]
    loose = [each.task.code for each in dated.tasks if each.spare_d > LOOSE_D]
    findings = (
        _found("no_before", "tasks", _no_before(plan), len(tasks), FEW),
        _found("no_after", "tasks", _no_after(plan), len(tasks), FEW),
        _found("lead", "task_links", (each.code for each in links if each.lag_d < 0), len(links), NONE),
        _found("lag", "task_links", (each.code for each in links if each.lag_d > 0), len(links), FEW),
        _found("not_fs", "task_links", (each.code for each in links if each.kind != "FS"), len(links), SOME),
        _found("date", "tasks", (each.code for each in tasks if each.earliest_start), len(tasks), FEW),
        _found("long", "tasks", (each.code for each in work if (each.likely_d or 0) > LONG_D), len(work), FEW),
        _found("loose", "tasks", loose, len(tasks), FEW),
        _found("late", "tasks", late, len(tasks), NONE),
        _found("no_spread", "tasks", (each.code for each in work if shortest(each) == longest(each)), len(work), FEW),
        _found("no_crew", "tasks", (each.code for each in work if not each.crew), len(work), FEW),
        _found("no_acceptance", "tasks", (each.code for each in tasks if not each.accepted_by), len(tasks), FEW),
        _found("no_evidence", "tasks", (each.code for each in tasks if each.evidence == "none"), len(tasks), FEW),
        _found("not_carried_out", "directives", _not_carried_out(plan), len(plan.directives), NONE),
    )
    length = dated.network.path.finish
    return Health(findings=findings, path_index=(length + dated.spare_d) / length if length else math.inf)


def _found(check: str, sheet: str, codes: Iterable[str], of: int, most: float) -> Finding:
    return Finding(check=check, sheet=sheet, codes=tuple(codes), of=of, most=most)


def _no_before(plan: Plan) -> list[str]:
    """Tasks whose start waits for nothing, neither a task nor a date."""
    waits = {each.after for each in plan.task_links if each.kind in ("FS", "SS")}
    return [each.code for each in plan.tasks if each.code not in waits and not each.earliest_start]


def _no_after(plan: Plan) -> list[str]:
    """Tasks whose end nothing waits for; the last milestone of all may be one."""
    holds = {each.before for each in plan.task_links if each.kind in ("FS", "FF")}
    found = [each for each in plan.tasks if each.code not in holds]
    ends = [each for each in found if each.kind == "milestone"]
    return [each.code for each in found if not (len(ends) == 1 and each is ends[0])]


def _not_carried_out(plan: Plan) -> list[str]:
    carried = {code for task in plan.tasks for code in task.directives}
    return [each.code for each in plan.directives if each.code not in carried]
