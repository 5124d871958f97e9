"""Every row by itself and its codes: how many there may be, ranges, choices, what names what."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from hostcity.plan.cells import outside_range, wrong_text
from hostcity.plan.check.finding import RowOf, problem_at, unknown_code
from hostcity.plan.columns import Column, columns_of
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import MOST_OF_A_KIND, Problem
from hostcity.plan.sentences import Sentence

MOST_NODES, MOST_LINKS, MOST_STATIONS = 32_000, 200_000, 32_000
MOST_PERSONS = 5_000_000
MOST_CODES = 32_000
MOST_DAYS, MOST_BANDS, MOST_POSTS, MOST_SKILLS = 60, 24, 5_000, 500
MOST_VOLUNTEERS, MOST_SHIFTS = 100_000, 1_000_000
MOST_TASKS, MOST_TASK_LINKS = 20_000, 100_000
MOST_WAYS = 250_000_000  # nodes times goals: 500 MB a routing table


def single_rows(plan: Plan, _row_of: RowOf) -> Iterator[Problem]:
    """Sheets that need rows, and no more of them than can be played."""
    for sheet, count in (("edition", len(plan.edition)), ("model", len(plan.model))):
        if count != 1:
            what, mend = Sentence("has {count:,} rows.", count=count), Sentence("Keep exactly one row.")
            yield Problem(code=f"{sheet}.rows", sheet=sheet, what=what, mend=mend)
    for sheet in ("grounds", "wrong_turns", "roster_rules", "preparation"):
        count = len(getattr(plan, sheet))
        if count > 1:
            what, mend = Sentence("has {count:,} rows.", count=count), Sentence("Keep one row, or none.")
            yield Problem(code=f"{sheet}.rows", sheet=sheet, what=what, mend=mend)
    for sheet in ("levels", "areas", "nodes", "links"):
        if not getattr(plan, sheet):
            what, mend = Sentence("has no rows."), Sentence("Add at least one.")
            yield Problem(code=f"{sheet}.rows", sheet=sheet, what=what, mend=mend)
    for sheet, most in (
        ("nodes", MOST_NODES), ("links", MOST_LINKS), ("stations", MOST_STATIONS), ("streams", MOST_CODES),
        ("groups", MOST_CODES), ("gates", MOST_CODES), ("appointments", MOST_CODES),
        ("stands", MOST_CODES), ("openings", MOST_CODES), ("connectors", MOST_CODES), ("amenities", MOST_CODES),
        ("faces", MOST_CODES), ("face_lines", MOST_CODES),
        ("service_days", MOST_DAYS), ("bands", MOST_BANDS), ("posts", MOST_POSTS), ("volunteers", MOST_VOLUNTEERS),
        ("skills", MOST_SKILLS), ("shifts", MOST_SHIFTS),
        ("calendars", MOST_SKILLS), ("calendar_days", MOST_POSTS), ("crews", MOST_POSTS), ("crew_days", MOST_CODES),
        ("departments", MOST_POSTS), ("risk_drivers", MOST_SKILLS), ("tasks", MOST_TASKS), ("task_links", MOST_TASK_LINKS),
    ):  # fmt: skip
        if len(getattr(plan, sheet)) > most:
            what = Sentence("has {count:,} rows.", count=len(getattr(plan, sheet)))
            mend = Sentence("Give at most {most:,}.", most=most)
            yield Problem(code=f"{sheet}.rows", sheet=sheet, what=what, mend=mend)
    wanted = {row.area for row in plan.attractions} | {row.area for row in plan.appointments}
    goals = {row.node for row in plan.stations} | {row.node for row in plan.streams}
    goals |= {node.code for node in plan.nodes if node.area in wanted}
    if len(plan.nodes) * len(goals) > MOST_WAYS:
        what = Sentence(
            "has {count:,} rows, of which people want to reach {goals:,}.", count=len(plan.nodes), goals=len(goals)
        )
        mend = Sentence("Draw the network coarser: routes for so many would not fit into memory.")
        yield Problem(code="nodes.rows", sheet="nodes", what=what, mend=mend)
    persons = sum(stream.persons for stream in plan.streams)
    if persons > MOST_PERSONS:
        what, mend = (
            Sentence("brings {persons:,} persons.", persons=persons),
            Sentence("Give at most {most:,}.", most=MOST_PERSONS),
        )
        yield Problem(code="streams.rows", sheet="streams", what=what, mend=mend)


def fields(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Ranges, choices and texts again: a plan may have been made in code."""
    for sheet, rows in plan.sheets():
        checked = [
            (name, column) for name, column in columns_of(SHEETS[sheet]).items()
            if column.kind in ("number", "integer", "clock", "choice") or column.most
        ]  # fmt: skip
        for index, row in enumerate(rows):
            for name, column in checked:
                value = getattr(row, name)
                wrong = None if value is None else _wrong(column, value)
                if wrong:
                    yield problem_at(sheet, row_of(sheet, index), name, *wrong)


def _wrong(column: Column, value: Any) -> tuple[str, Sentence, Sentence] | None:
    """Why a value is outside its column's choices or range, or no text for it."""
    if column.most:
        wrong = wrong_text(column, value)
        return (wrong[2], *wrong[:2]) if wrong else None
    if column.kind == "choice":
        if value in column.choices:
            return None
        mend = Sentence("Choose one of: {choices}.", choices=", ".join(column.choices))
        return "choice", Sentence("is {value}.", value=repr(value)), mend
    if not math.isfinite(value):
        return "number", Sentence("is {value}.", value=str(value)), Sentence("Give a finite number.")
    outside = outside_range(column, value)
    return ("range", *outside) if outside else None


def codes_of_rows(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """A code given twice in a sheet."""
    for sheet, rows in plan.sheets():
        first: dict[str, int] = {}
        for index, row in enumerate(rows):
            if row.code in first:
                at = row_of(sheet, first[row.code])  # 0: of the plan to which a scenario adds this one
                what = (
                    Sentence("{code} stands in row {row} already.", code=row.code, row=at)
                    if at
                    else Sentence("{code} stands in the plan already.", code=row.code)
                )
                mend = Sentence("Give each row a code of its own.")
                yield problem_at(sheet, row_of(sheet, index), "code", "twice", what, mend)
            first.setdefault(row.code, index)


def _named(row: Any, name: str) -> tuple[str, ...]:
    """The codes that a cell names."""
    value = getattr(row, name)
    return value if isinstance(value, tuple) else (value,) if value else ()


def references(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Codes that name nothing."""
    codes = {sheet: {row.code for row in rows} for sheet, rows in plan.sheets()}
    for sheet, rows in plan.sheets():
        for name, column in columns_of(SHEETS[sheet]).items():
            if not column.sheet:
                continue
            told = 0
            for index, row in enumerate(rows):
                for value in _named(row, name):
                    if value in codes[column.sheet]:
                        continue
                    told += 1
                    if told <= MOST_OF_A_KIND:
                        known = [each.code for each in getattr(plan, column.sheet)]
                        problem = unknown_code(sheet, row_of(sheet, index), name, value, column.sheet, known)
                    yield problem  # sentences and hints cost time: beyond the first, all are only counted
    profiles = {slot.profile for slot in plan.profiles}
    for index, stream in enumerate(plan.streams):
        if stream.profile not in profiles:
            yield unknown_code(
                "streams", row_of("streams", index), "profile", stream.profile, "profiles", sorted(profiles)
            )
