"""What is said of a roster: for programs, and as workbooks for who leads teams, drives buses and hands out uniforms."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hostcity.engines.rosters import Attendance
from hostcity.engines.rosters.from_plan import shifts_of
from hostcity.plan import Plan, write_workbook
from hostcity.plan.force_book import BOOK, FORCE_SHEETS
from hostcity.plan.plan import SHEETS
from hostcity.plan.rows import Shift
from hostcity.plan.rows.force import UNIFORM_SIZES
from hostcity.report.list_sheets import add_sheet
from hostcity.report.words import named
from hostcity.studies.rostering import Judged, Role, RosterStudy, buses_of, uniforms_of

PARTS = frozenset({"roster.json", "lists.xlsx", "expo.xlsx", BOOK})
HOW = (
    "Lists of a roster, made by hostcity: by team, by campus with buses, by post, uniforms. People are codes.",
    "排班名单，由 hostcity 生成：按队伍、按校区（含班车）、按岗位、制服。人员只用代码。",
    "Buses: people of a campus who begin in one band of a day, by the seats of its bus. 班车：同日同班次上岗人数除以每车座位数。",
)
SHIFTS = (
    "day 服务日",
    "date 日期",
    "band 班次",
    "team 队伍",
    "volunteer 志愿者",
    "post 岗位",
    "post (zh) 岗位名",
    "zone 区域",
    "locked 锁定",
)
BUSES = ("campus 校区", "day 服务日", "band 班次", "persons 人数", "buses 班车数")
UNIFORMS = ("campus 校区", *UNIFORM_SIZES)
POSTS = ("post 岗位", "day 服务日", "band 班次", "needed 应到", "rostered 已排", "volunteers 志愿者")


def roster_data(study: RosterStudy, shifts: tuple[Shift, ...]) -> dict[str, Any]:
    """Everything that was found; harm is what the rules of the plan weigh."""
    roster = study.roster
    return {
        "objective": round(roster.objective, 1), "bound": round(roster.bound, 1), "gap": round(roster.gap, 5),
        "cpu_s": round(roster.steps[-1].cpu_s, 1), "roster": judged_data(study.judged),
        **{name: judged_data(judged) for name, judged in study.beside}, "roles": [_role(each) for each in study.roles],
        "attendance": attendance_data(study.attendance), "shifts": [_shift(each) for each in shifts],
    }  # fmt: skip


def judged_data(judged: Judged) -> dict[str, Any]:
    """A roster in figures."""
    score = judged.score
    return {
        "objective": round(score.objective, 1), "demand": score.demand, "missing": round(score.missing[0], 2),
        "cells_short": score.cells_short, "short_share": round(score.short_share, 4), "shifts": score.shifts, "idle": score.idle,
        "changes": score.changes, "with_mate": round(score.with_mate, 4), "violations": len(judged.violations),
    }  # fmt: skip


def attendance_data(attendance: Attendance) -> dict[str, Any]:
    """Draws of who comes, in the mean and at the 95th percentile."""
    import numpy as np

    names = ("missing", "after_standby", "after_moves", "if_all_could")
    draws = {name: getattr(attendance, name) for name in names}
    return {
        "demand": attendance.demand, "draws": int(attendance.missing.size),
        **{name: {"mean": round(float(each.mean()), 2), "p95": float(np.percentile(each, 95))} for name, each in draws.items()},
    }  # fmt: skip


def write_roster(plan: Plan, study: RosterStudy, folder: Path) -> None:
    """Fill a folder: the plan with its roster on sheet shifts, in two workbooks; ``lists.xlsx``; ``roster.json``."""
    shifts = shifts_of(study.force, study.roster)
    text = json.dumps(roster_data(study, shifts), ensure_ascii=False, indent=1, allow_nan=False)
    (folder / "roster.json").write_text(text + "\n", "utf-8")
    (folder / "lists.xlsx").write_bytes(roster_lists(plan, shifts))
    write_shifts(plan, shifts, folder)


def write_shifts(plan: Plan, shifts: tuple[Shift, ...], folder: Path) -> None:
    """The plan with a roster: its day in one workbook, its force in the other."""
    day = tuple(name for name in SHEETS if name not in FORCE_SHEETS)
    write_workbook(plan, folder / "expo.xlsx", day)
    write_workbook(plan.replace(shifts=shifts), folder / BOOK, FORCE_SHEETS)


def roster_lists(plan: Plan, shifts: tuple[Shift, ...]) -> bytes:
    """The lists, in both languages."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    how = book.create_sheet("read me 说明")
    how.column_dimensions["A"].width = 120
    for line in HOW:
        how.append([line])
    add_sheet(book, "by team 按队伍", SHIFTS, _by_team(plan, shifts))
    add_sheet(book, "by post 按岗位", POSTS, _by_post(plan, shifts))
    add_sheet(book, "buses 班车", BUSES, buses_of(plan, shifts))
    add_sheet(book, "uniforms 制服", UNIFORMS, _uniforms(plan, shifts))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _by_team(plan: Plan, shifts: tuple[Shift, ...]) -> Iterator[tuple[Any, ...]]:
    team_of = {person.code: person.team for person in plan.volunteers}
    posts, days = {post.code: post for post in plan.posts}, {day.code: day.date for day in plan.service_days}
    starts = {band.code: band.start_s for band in plan.bands}
    served = (each for each in shifts if each.post)
    for each in sorted(
        served, key=lambda one: (team_of[one.volunteer], days[one.day], starts[one.band], one.volunteer)
    ):
        post = posts[each.post]
        yield (
            each.day, days[each.day], each.band, team_of[each.volunteer], each.volunteer, each.post, named(post).zh, post.zone,
            "yes 是" if each.is_locked else "",
        )  # fmt: skip


def _by_post(plan: Plan, shifts: tuple[Shift, ...]) -> Iterator[tuple[Any, ...]]:
    people: dict[tuple[str, str, str], list[str]] = {}
    for each in shifts:
        people.setdefault((each.post, each.day, each.band), []).append(each.volunteer)
    bands = sorted(plan.bands, key=lambda band: band.start_s)
    needed = {
        (need.post, day, band): need.heads
        for need in plan.needs
        for day in need.days or [each.code for each in plan.service_days]
        for band in need.bands or [each.code for each in plan.bands]
    }
    for post in plan.posts:
        for day in sorted(plan.service_days, key=lambda one: one.date):
            for band in bands:
                key = (post.code, day.code, band.code)
                if needed.get(key):
                    yield *key, needed[key], len(people.get(key, ())), "; ".join(people.get(key, ()))


def _uniforms(plan: Plan, shifts: tuple[Shift, ...]) -> Iterator[tuple[Any, ...]]:
    found = uniforms_of(plan, shifts)
    for campus in sorted(found):
        yield campus, *(found[campus][size] for size in UNIFORM_SIZES)
    yield "total 合计", *(sum(each[size] for each in found.values()) for size in UNIFORM_SIZES)


def _shift(shift: Shift) -> dict[str, Any]:
    return {name: getattr(shift, name) for name in ("code", "volunteer", "day", "band", "post", "is_locked")}


def _role(role: Role) -> dict[str, Any]:
    return {"skill": role.skill, "asked": role.asked, "missing": round(role.missing, 2)}
