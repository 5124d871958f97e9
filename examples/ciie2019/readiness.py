"""Build examples/ciie2019/readiness.xlsx: the preparation of the 2nd CIIE, beside the plan in expo.xlsx.

python -m examples.ciie2019.readiness

Reported: how many work items, milestones and drills there were, when milestones were due, holidays, what was demanded. All else, and every
single row, is drawn by chance from assumed shares.
"""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from examples.ciie2019.readiness_known import (
    DEPARTMENTS,
    DIRECTIVES,
    DRILLS,
    PROVENANCE,
    SOURCES,
    STEPS,
    STREAMS,
    Step,
    Stream,
)
from hostcity.plan.books import READINESS
from hostcity.plan.plan import Plan
from hostcity.plan.rows import (
    Calendar,
    CalendarDays,
    Crew,
    CrewDays,
    Department,
    Preparation,
    RiskDriver,
    Task,
    TaskLink,
    Workstream,
)
from hostcity.plan.workbook import write_workbook
from hostcity.plan.working_days import WorkingDays, working_days

HERE = Path(__file__).parent
MILESTONES, SPECIAL_DRILLS, CREWS = 369, 240, 130
BY_MID_OCTOBER, ITEMS_BY_MID_OCTOBER = 212, 72  # milestones, work items
FIRST, OPENS = datetime.date(2019, 3, 1), datetime.date(2019, 11, 5)
MID_OCTOBER, END_OCTOBER = datetime.date(2019, 10, 15), datetime.date(2019, 10, 31)
STAGES = tuple(datetime.date(2019, month, day) for month in range(3, 10) for day in (1, 16))
CALENDARS = (
    Calendar(code="china", name_en="Offices", name_zh="机关工作日"),
    Calendar(code="builders", name_en="Builders", name_zh="施工", week="mon_sat", follows="china"),
    Calendar(code="halls", name_en="Access to the halls", name_zh="展馆准入", week="none"),
)
CALENDAR_DAYS = tuple(
    CalendarDays(code=code, calendar=calendar, first=first, last=last, is_working=works, name_en=en, name_zh=zh)
    for code, calendar, first, last, works, en, zh in (
        ("qingming", "china", "2019-04-05", "", False, "Tomb-Sweeping Day", "清明节"),
        ("labor", "china", "2019-05-01", "2019-05-04", False, "Labor Day", "劳动节"),
        ("labor-work-1", "china", "2019-04-28", "", True, "Make-up day", "调休上班"),
        ("labor-work-2", "china", "2019-05-05", "", True, "Make-up day", "调休上班"),
        ("dragon", "china", "2019-06-07", "", False, "Dragon Boat Festival", "端午节"),
        ("moon", "china", "2019-09-13", "", False, "Mid-Autumn Festival", "中秋节"),
        ("national", "china", "2019-10-01", "2019-10-07", False, "National Day", "国庆节"),
        ("national-work-1", "china", "2019-09-29", "", True, "Make-up day", "调休上班"),
        ("national-work-2", "china", "2019-10-12", "", True, "Make-up day", "调休上班"),
        ("window-1", "halls", "2019-07-15", "2019-08-11", True, "Halls free", "展馆空档"),
        ("window-2", "halls", "2019-08-26", "2019-09-12", True, "Halls free", "展馆空档"),
        ("window-3", "halls", "2019-09-25", "2019-10-08", True, "Halls free", "展馆空档"),
        ("window-4", "halls", "2019-10-12", "2019-11-04", True, "Building of the expo", "进博会布展"),
    )
)  # fmt: skip
FACTORS = {"expo": (1.0, 1.15, 1.4), "weather": (1.0, 1.1, 1.3)}


class Made(NamedTuple):
    """What has been made so far, in the order of the sheets."""

    tasks: list[Task]
    links: list[TaskLink]
    ends: list[str]  # last milestone of each work item
    last_step: list[str]  # last task of each work item before it
    load_d: Counter[str]  # working days of each crew, all its people at work


def build_preparation(seed: int = 2019) -> Plan:
    """The preparation, for a day's plan beside it."""
    rng = np.random.default_rng(seed)
    frame = Plan(
        edition=(), calendars=CALENDARS, calendar_days=CALENDAR_DAYS, directives=DIRECTIVES, sources=SOURCES, provenance=PROVENANCE,
        preparation=(Preparation(code="2019", first_day=FIRST.isoformat(), opens=OPENS.isoformat(), calendar="china"),),
        departments=tuple(Department(code=code, name_en=en, name_zh=zh) for code, en, zh in DEPARTMENTS),
        workstreams=tuple(Workstream(code=each.code, name_en=each.en, name_zh=each.zh, leads=each.departments[0]) for each in STREAMS),
        crews=_crews(rng), risk_drivers=_risks(rng),
    )  # fmt: skip
    made = Made([], [], [], [], Counter())
    _stages(made)
    office = working_days(frame, "china")
    dates = _milestones(rng, office)
    number = 0
    for stream in STREAMS:
        for at in range(1, stream.items + 1):
            _item(rng, made, frame.crews, stream, at, dates[number], office)
            number += 1
    _across(rng, made)
    _drills(rng, made, frame.crews)
    waited = {link.before for link in made.links}
    return frame.replace(
        tasks=tuple(task for task in made.tasks if task.code in waited or task.code == "ready"),  # stages without items are left out
        task_links=tuple(made.links),
        crew_days=tuple(
            CrewDays(code=f"{crew.code}-august", crew=crew.code, first="2019-08-05", last="2019-08-16", capacity=crew.capacity - 1)
            for crew in frame.crews[::6]
        ),
    )  # fmt: skip


def _crews(rng: np.random.Generator) -> tuple[Crew, ...]:
    """Four crews of each department, and a fifth of the first ten."""
    found = []
    for number in range(CREWS):
        code, en, zh = DEPARTMENTS[number % len(DEPARTMENTS)]
        rank = number // len(DEPARTMENTS) + 1
        found.append(
            Crew(code=f"{code}-{rank}", name_en=f"{en}, crew {rank}", name_zh=f"{zh}{rank} 组", department=code, capacity=int(rng.integers(3, 8)))
        )  # fmt: skip
    return tuple(found)


def _risks(rng: np.random.Generator) -> tuple[RiskDriver, ...]:
    shared = (
        RiskDriver(code="typhoon", name_en="Typhoon", name_zh="台风", probability=0.5, factor_low=1.05, factor_likely=1.3, factor_high=2.0),
        RiskDriver(code="suppliers", name_en="Suppliers are late", name_zh="供应商延误", probability=0.3, factor_low=1.1, factor_likely=1.4, factor_high=2.2),
        RiskDriver(code="rules", name_en="Rules change late", name_zh="标准临时调整", probability=0.25, factor_low=1.05, factor_likely=1.25, factor_high=1.8),
        RiskDriver(code="halls-late", name_en="Halls are handed over late", name_zh="展馆移交推迟", probability=0.2, factor_low=1.1, factor_likely=1.3, factor_high=1.7),
    )  # fmt: skip
    own = [
        RiskDriver(
            code=f"short-{code}", name_en=f"{en}: people are called away", name_zh=f"{zh}：人员被抽调",
            probability=round(float(rng.uniform(0.03, 0.15)), 2), factor_low=1.0, factor_likely=1.15, factor_high=1.5,
        )
        for code, en, zh in DEPARTMENTS
    ]  # fmt: skip
    return (*shared, *own)


def _stages(made: Made) -> None:
    """Work is given out in stages: these few tasks alone have a date before which they cannot begin."""
    for at, day in enumerate(STAGES, 1):
        made.tasks.append(
            Task(
                code=f"stage-{at:02}", name_en=f"List of work, stage {at}", name_zh=f"第 {at} 批任务清单下达", workstream="command",
                department="emergency", crew="emergency-1", demand=1, kind="approval", done_en="The list is out.", done_zh="清单已下达。",
                earliest_start=day.isoformat(), optimistic_d=1, likely_d=1, pessimistic_d=2, evidence="signature", accepted_by="expo",
            )
        )  # fmt: skip


def _milestones(rng: np.random.Generator, office: WorkingDays) -> list[list[datetime.date]]:
    """When the milestones of each item are needed: two each, and three of some; 72 items have all of theirs by the middle of October."""
    items = sum(stream.items for stream in STREAMS)
    counts = np.full(items, 2)
    counts[rng.choice(items, MILESTONES - 2 * items, replace=False)] += 1
    early = office.between(datetime.date(2019, 7, 15), MID_OCTOBER)
    late = office.between(MID_OCTOBER + datetime.timedelta(days=1), END_OCTOBER)
    order = rng.permutation(items).tolist()
    done, open_ = order[:ITEMS_BY_MID_OCTOBER], order[ITEMS_BY_MID_OCTOBER:]
    before_last = rng.permutation([item for item in open_ for _ in range(counts[item] - 1)]).tolist()
    many_early = BY_MID_OCTOBER - int(sum(counts[item] for item in done))
    is_early = [*(item for item in done for _ in range(counts[item])), *before_last[:many_early]]
    is_late = [*open_, *before_last[many_early:]]
    dates: list[list[datetime.date]] = [[] for _ in range(items)]
    for item, at in zip(is_early, rng.triangular(0, len(early) - 1, len(early), len(is_early)), strict=True):
        dates[item].append(early[int(at)])
    for item, at in zip(is_late, rng.integers(0, len(late), len(is_late)), strict=True):
        dates[item].append(late[int(at)])
    return [sorted(each) for each in dates]


def _item(
    rng: np.random.Generator, made: Made, crews: tuple[Crew, ...], stream: Stream, number: int, dates: list[datetime.date],
    office: WorkingDays,
) -> None:  # fmt: skip
    """A work item: its steps, two of them side by side, with milestones on the way and at its end."""
    name = f"{stream.code}-{number:02}"
    load_d = {
        each: sum(made.load_d[crew.code] for crew in crews if crew.department == each) for each in stream.departments
    }
    department = min(stream.departments, key=load_d.__getitem__)  # the first, which leads, when all are as free
    demanded = tuple(sorted({DIRECTIVES[int(at)].code for at in rng.integers(0, len(DIRECTIVES), 2)}))
    steps = [_step(rng, made, crews, stream, name, number, each, department, demanded) for each in STEPS]
    chain = sum(task.likely_d or 0 for task in steps)
    # Working days that its first and its last milestone must leave after the stage in which it is given out.
    needed = ((dates[0], 0.6 * chain + 4), (dates[-1], 1.3 * chain + 5))
    fits = [
        at for at, day in enumerate(STAGES, 1) if all(len(office.between(day, end)) >= days for end, days in needed)
    ]
    made.tasks.extend(steps)
    _link(made, f"stage-{max(fits, default=1):02}", steps[0].code)
    side = 1 + int(rng.integers(2, 6))  # this step runs beside the one before it
    for at in range(1, len(steps)):
        before = steps[at - 2] if at == side else steps[at - 1]
        _link(made, before.code, steps[at].code)
    _link(made, steps[side - 1].code, steps[min(side + 1, len(steps) - 1)].code)
    after = [steps[len(steps) * (at + 1) // len(dates) - 1] for at in range(len(dates))]
    for at, (step, day) in enumerate(zip(after, dates, strict=True), 1):
        made.tasks.append(
            Task(
                code=f"{name}-m{at}", name_en=f"{stream.en} {number}: milestone {at}", name_zh=f"{stream.zh} {number}：节点 {at}",
                workstream=stream.code, department=department, kind="milestone", done_en="All steps before it are accepted.",
                done_zh="此前各步骤均已验收。", need_by=day.isoformat(), evidence="document",
                accepted_by="expo" if department != "expo" else "commerce", directives=demanded,
            )
        )  # fmt: skip
        _link(made, step.code, made.tasks[-1].code)
        if at > 1:
            _link(made, f"{name}-m{at - 1}", f"{name}-m{at}")
    made.ends.append(f"{name}-m{len(dates)}")
    made.last_step.append(steps[-1].code)


def _step(
    rng: np.random.Generator, made: Made, crews: tuple[Crew, ...], stream: Stream, item: str, number: int, step: Step, department: str,
    demanded: tuple[str, ...],
) -> Task:  # fmt: skip
    mine = [crew for crew in crews if crew.department == department]
    crew = min(mine, key=lambda each: made.load_d[each.code])
    likely = round(2 * float(rng.uniform(step.least_d, step.most_d))) / 2
    people = int(rng.integers(1, min(3, crew.capacity) + 1))
    made.load_d[crew.code] += likely * people / crew.capacity
    others = [each for each in stream.departments if each != department]
    risks = [f"short-{department}"]
    risks += ["suppliers"] if step.kind == "purchase" else ["typhoon"] if step.kind == "build" else []
    risks += ["rules"] if step.kind == "approval" else []
    in_halls = step.kind == "build" and "venue" in stream.departments and rng.random() < 0.25
    return Task(
        code=f"{item}-{step.code}", name_en=f"{stream.en} {number}: {step.en}", name_zh=f"{stream.zh} {number}：{step.zh}",
        workstream=stream.code, department=department, crew=crew.code, demand=people, kind=step.kind,
        done_en=step.done_en, done_zh=step.done_zh, optimistic_d=_half(0.7 * likely), likely_d=likely,
        pessimistic_d=_half(float(rng.uniform(1.25, 1.7)) * likely),
        calendar="halls" if in_halls else "builders" if step.kind == "build" else "", evidence=step.evidence,
        accepted_by=others[int(rng.integers(0, len(others)))], directives=demanded if step.code == "concept" else (),
        risks=(*risks, "halls-late") if in_halls else tuple(risks),
    )  # fmt: skip


def _half(days: float) -> float:
    return max(0.5, round(2 * days) / 2)


def _link(made: Made, before: str, after: str, kind: str = "FS", lag_d: float = 0.0) -> None:
    made.links.append(TaskLink(code=f"l{len(made.links) + 1:04}", before=before, after=after, kind=kind, lag_d=lag_d))


def _across(rng: np.random.Generator, made: Made) -> None:
    """One item in three waits for a milestone of another that is needed earlier; some follow each other in overlap."""
    need = {task.code: task.need_by for task in made.tasks}
    first_of = {task.code.rpartition("-m")[0]: task.code for task in made.tasks if task.code.endswith("-m1")}
    items = [code.rpartition("-m")[0] for code in made.ends]
    for item, end in zip(items, made.ends, strict=True):
        if rng.random() < 0.34:
            other = items[int(rng.integers(0, len(items)))]
            far = datetime.date.fromisoformat(need[end]) - datetime.date.fromisoformat(need[first_of[other]])
            if other != item and far.days > 21:
                _link(made, first_of[other], f"{item}-people", lag_d=float(rng.random() < 0.2))
        if rng.random() < 0.2:
            _link(made, f"{item}-survey", f"{item}-concept", "FF", 1.0)


def _drills(rng: np.random.Generator, made: Made, crews: tuple[Crew, ...]) -> None:
    """Special drills of work items, comprehensive ones after many of those that are early, and the opening after all."""
    streams = [stream for stream in STREAMS for _ in range(stream.items)]
    special, early = [], []
    need = {task.code: task.need_by for task in made.tasks}
    for number in range(1, SPECIAL_DRILLS + 1):
        at = int(rng.integers(0, len(streams)))
        en, zh = DRILLS[number % len(DRILLS)]
        special.append(f"drill-{number:03}")
        made.tasks.append(
            _drill(
                rng, crews, special[-1], f"{en}, drill {number}", f"{zh}（第 {number} 次专项演练）", streams[at], 0.5
            )
        )
        _link(made, made.last_step[at], special[-1])
        early += [special[-1]] if need[made.ends[at]] <= MID_OCTOBER.isoformat() else []
    for number in range(1, 4):
        code = f"comprehensive-{number}"
        made.tasks.append(
            _drill(rng, crews, code, f"Comprehensive drill {number}", f"第 {number} 次综合演练", STREAMS[-1], 2.0)
        )
        for each in rng.choice(len(early), 20, replace=False):
            _link(made, early[int(each)], code)
        if number > 1:
            _link(made, f"comprehensive-{number - 1}", code, lag_d=2.0)
    made.tasks.append(
        Task(
            code="ready", name_en="Ready to open", name_zh="具备开幕条件", workstream="command", department="emergency", kind="milestone",
            done_en="Every item is accepted and every drill was held.", done_zh="各项任务全部验收，演练全部完成。",
            need_by=(OPENS - datetime.timedelta(days=1)).isoformat(), evidence="signature", accepted_by="expo",
        )
    )  # fmt: skip
    waited = {link.before for link in made.links}
    for code in (*made.ends, *special, "comprehensive-3"):
        if code in made.ends or code not in waited:
            _link(made, code, "ready")


def _drill(
    rng: np.random.Generator, crews: tuple[Crew, ...], code: str, en: str, zh: str, stream: Stream, likely: float
) -> Task:
    department = stream.departments[0]
    crew = next(each for each in crews if each.department == department)
    return Task(
        code=code, name_en=en, name_zh=zh, workstream=stream.code, department=department, crew=crew.code, demand=1, kind="drill",
        done_en="The drill was held, and what it found is a task or closed.", done_zh="演练已完成，发现的问题已立项或销项。",
        optimistic_d=0.5, likely_d=likely, pessimistic_d=likely + float(rng.choice([0.5, 1.0])), evidence="drill_result",
        accepted_by="emergency" if department != "emergency" else "police", risks=("typhoon",),
    )  # fmt: skip


if __name__ == "__main__":
    write_workbook(build_preparation(), HERE / READINESS.file, READINESS.sheets)
