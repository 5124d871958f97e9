"""The log of an information desk, "where do people ask", as counts: who asks the way has turned wrong.

A row is one question, or several alike. What nobody asked about at a desk that kept a log was asked there by nobody.
"""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hostcity.engines.day.turns import DESKS, desk_nodes, goals_of
from hostcity.plan.cells import clock_text
from hostcity.plan.columns import Column, column
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.sentences import Both, Sentence
from hostcity.studies.calibration.counts import MOST_COUNTS, Count, Counts
from hostcity.studies.calibration.csv_file import CsvFile
from hostcity.studies.calibration.parameters import Parameter, asked_parameters
from hostcity.studies.counted import QUESTIONS, Asked

#: What a log can say something about, with the widest ranges that make sense.
CHANCES = (
    "straight_share=0.6..0.995",
    "turn_share=0.2..0.9",
    "signed_share=0.8..0.999",
)
MOST_ROWS = 100_000
NEAR = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionRow:
    """One line of the log."""

    time: float = column(
        "clock", "time", "时间", "When it was asked.", "问询时刻。", unit="HH:MM", low=0.0, high=2 * 86_400.0
    )
    place: str = column(
        "text",
        "place",
        "地点",
        "Code of the desk: its amenity, station, node or area.",
        "问询处的代码：设施、服务点、节点或区域。",
    )
    destination: str = column(
        "text", "destination", "目的地", "What was looked for: code or name of an area, node or kind of amenity.",
        "所问的目的地：区域、节点或设施类别的代码或名称。",
    )  # fmt: skip
    count: int = column(
        "integer",
        "count",
        "次数",
        "How often; empty = 1.",
        "次数；空 = 1。",
        unit="persons",
        low=1,
        high=100_000,
        default=1,
    )
    note: str = column("text", "note", "备注", "Anything.", "任意说明。", default="")


FILE = CsvFile(of="questions", row_type=QuestionRow, most=MOST_ROWS)


def read_questions(
    path: Path | str, plan: Plan, *, starts_s: float | None = None, ends_s: float | None = None
) -> Counts:
    """Read a log of a day of ``plan`` as counts by desk and goal.

    Parameters
    ----------
    starts_s, ends_s
        From when until when the desks of the log kept it; the whole day unless given. [s after midnight]

    Raises
    ------
    PlanError
        With every problem, by line and column of the file.
    """
    path = Path(path)
    data = FILE.data(path)
    listing = Listing()
    since = plan.day.clock_starts_at if starts_s is None else starts_s
    until = plan.day.clock_ends_at if ends_s is None else ends_s
    desks, goals = _desks(plan), _goals(plan)
    found: Counter[tuple[str, str]] = Counter()
    lines: dict[tuple[str, str], int] = {}
    for line, cells in FILE.rows(data, path.name, listing):
        values, problems = FILE.values(line, cells, _as_written)
        row = None if problems else QuestionRow(**values)
        if row:
            if not since <= row.time < until:
                what = Sentence("is {time}, when no log was kept.", time=clock_text(row.time))
                mend = Sentence("It was kept from {start} to {end}.", start=clock_text(since), end=clock_text(until))
                problems.append(FILE.problem("time.clock", what, mend, line, "time"))
            desk = _known(desks, row.place, line, "place", problems)
            goal = _known(goals, row.destination, line, "destination", problems)
            if desk and goal and not problems:
                found[desk, goal] += row.count
                lines.setdefault((desk, goal), line)
        listing.add(*problems)
    if not listing and not found:
        listing.add(FILE.problem("file.empty", Sentence("holds no questions."), Sentence("Write one row for each.")))
    pairs = [
        (desk, goal) for desk in sorted({desk for desk, _ in found}) for goal in sorted({goal for _, goal in found})
    ]
    if len(pairs) > MOST_COUNTS:
        what = Sentence("holds {count:,} counts.", count=len(pairs))
        mend = Sentence("Give at most {most:,}: add them up to longer intervals.", most=MOST_COUNTS)
        listing.add(FILE.problem("file.size", what, mend))
    if listing:
        raise PlanError(listing, path.name)
    counts = tuple(
        Count(
            line=lines.get((desk, goal), 0), asked=Asked(QUESTIONS, "nodes", desk, since, until, about=goal),
            value=float(found[desk, goal]), sd=None, n=1,
        )
        for desk, goal in pairs
    )  # fmt: skip
    return Counts(name=path.name, sha256=hashlib.sha256(data).hexdigest(), counts=counts, gaps=0)


def chances_asked(plan: Plan, fit: tuple[str, ...] = ()) -> tuple[Parameter, ...]:
    """The chances of a right turn, and what else is named as for `asked_parameters`. The plan has a row of wrong turns."""
    row = plan.wrong_turns[0].code
    return asked_parameters(plan, [*(f"wrong_turns.{row}.{each}" for each in CHANCES), *fit])


def _as_written(_column: Column, raw: str) -> str:
    return raw


def _known(names: Mapping[str, str], said: str, line: int, field: str, problems: list[Problem]) -> str:
    found = names.get(said.strip().lower(), "")
    if not found:
        near = difflib.get_close_matches(said.strip().lower(), names, NEAR)
        what = (
            Sentence("the plan has no information desk {place}.", place=repr(said)) if field == "place"
            else Sentence("the plan has nothing called {place} to which people go.", place=repr(said))
        )  # fmt: skip
        mend = (
            Sentence("Did you mean {near}?", near=", ".join(near)) if near
            else Sentence("There are: {known}.", known=", ".join(sorted(names)[:12]))
        )  # fmt: skip
        problems.append(FILE.problem(f"{field}.unknown", what, mend, line, field))
    return found


def _desks(plan: Plan) -> dict[str, str]:
    """The node of each desk by all that it may be called; what would mean several is left out."""
    nodes = [plan.nodes[at] for at in desk_nodes(plan)]
    called = [(node.code, node.code) for node in nodes]
    called += [(each.code, each.node) for each in plan.stations if each.service == DESKS]
    for amenity in plan.amenities:
        if amenity.kind == DESKS and not amenity.station:
            near = [node for node in nodes if node.area == amenity.area]
            if near:
                node = min(
                    near, key=lambda each: ((each.x_m - amenity.x_m) ** 2 + (each.y_m - amenity.y_m) ** 2, each.code)
                )
                called += [(name, node.code) for name in (amenity.code, amenity.name_en, amenity.name_zh)]
    names = {area.code: (area.code, area.name_en, area.name_zh) for area in plan.areas}
    called += [(name, node.code) for node in nodes for name in names[node.area]]
    return _unambiguous(called)


def _goals(plan: Plan) -> dict[str, str]:
    """SHEET.KEY of each goal by all that it may be called."""
    from hostcity.studies.signs.names import name_of

    goals, _ = goals_of(plan)
    called = [(goal, goal) for goal in goals] + [(goal.partition(".")[2], goal) for goal in goals]
    for goal in goals:
        said = name_of(plan, goal) if not goal.startswith("nodes.") or _is_named(plan, goal) else None
        called += [(said.en, goal), (said.zh, goal)] if said else []
    return _unambiguous(called)


def destination_of(plan: Plan, goal: str) -> Both:
    """What people asked for, in words; a node that nobody has named by its code."""
    from hostcity.studies.signs.names import name_of

    key = goal.partition(".")[2]
    if goal.startswith("nodes.") and not _is_named(plan, goal):
        return Both(key, key)
    return name_of(plan, goal)


def _is_named(plan: Plan, goal: str) -> bool:
    """Whether a stream comes from a node or leaves there: else it has no name."""
    node = goal.partition(".")[2]
    leaves = {station.code for station in plan.stations if station.node == node}
    return any(stream.node == node or stream.leaves_by in leaves for stream in plan.streams)


def _unambiguous(called: list[tuple[str, str]]) -> dict[str, str]:
    of: dict[str, set[str]] = {}
    for name, what in called:
        if name:
            of.setdefault(name.strip().lower(), set()).add(what)
    return {name: next(iter(found)) for name, found in of.items() if len(found) == 1}
