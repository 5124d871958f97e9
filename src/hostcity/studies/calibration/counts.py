"""Counts of a live fair from a CSV file that a person with a clicker or a watch can fill in.

A row is one count; a row without a value, or no row at all, means that nobody counted then. Nobody who was there is 0.
"""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from hostcity.engines.day.results import SLOT_S
from hostcity.plan.cells import clock_text
from hostcity.plan.columns import Column, column
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.sentences import Sentence
from hostcity.studies.calibration.csv_file import CsvFile
from hostcity.studies.counted import ENTRIES, INSIDE, WAIT, Asked

MOST_COUNTS = 2000  # more say no more of ten figures, and their covariances would fill the memory
MOST_PERSONS = 10_000_000
AROUND_S = 300.0  # a wait timed at a moment is compared with those who join in the five minutes around it

PLACES = {ENTRIES: ("gates", "stations", "areas"), INSIDE: ("areas",), WAIT: ("gates", "stations")}
UNITS = {ENTRIES: ("persons",), INSIDE: ("persons",), WAIT: ("s", "min")}
SECONDS = {"s": 1.0, "min": 60.0}
#: Other words for a choice.
SAME = {
    "passed": ENTRIES, "入场": ENTRIES, "occupancy": INSIDE, "在场": INSIDE, "waits": WAIT, "等候": WAIT,
    "person": "persons", "people": "persons", "人": "persons", "人次": "persons", "sec": "s", "second": "s", "seconds": "s",
    "秒": "s", "minute": "min", "minutes": "min", "分": "min", "分钟": "min",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class CountRow:
    """One line of the file."""

    time: float = column(
        "clock", "time", "时间", "When it was counted, or when counting began.", "计数的时刻，或开始计数的时刻。",
        unit="HH:MM", low=0.0, high=2 * 86_400.0,
    )  # fmt: skip
    minutes: float | None = column(
        "number", "minutes", "分钟数", "For how long; must be given for entries.", "计数时长；入场计数必填。",
        unit="min", low=0, high=1440, default=None,
    )  # fmt: skip
    what: str = column(
        "choice", "what", "内容", "entries (who passes), inside (who is there) or wait.",
        "entries 入场（通过）、inside 在场、wait 等候。", choices=(ENTRIES, INSIDE, WAIT),
    )  # fmt: skip
    place: str = column(
        "text", "place", "地点", "Code of a gate, station or area; empty = the whole expo.",
        "入口、服务点或区域的代码；空 = 全场。", default="",
    )  # fmt: skip
    value: float | None = column(
        "number", "value", "数值", "What was counted; empty = nobody counted.", "计数结果；空 = 无人计数。",
        low=0, high=MOST_PERSONS, default=None,
    )  # fmt: skip
    unit: str = column(
        "choice", "unit", "单位", "persons; for waits s or min, which must be given.", "persons；等候须写明 s 或 min。",
        choices=("persons", "s", "min"), default="",
    )  # fmt: skip
    sd: float | None = column(
        "number", "error", "误差", "Standard error of the value, in its unit; empty = the usual one.",
        "数值的标准误差，单位相同；空 = 常用值。", low=0, default=None,
    )  # fmt: skip
    n: int | None = column(
        "integer", "timed", "计时人数", "Waits: how many persons were timed; empty = 1.", "等候：计时的人数；空 = 1。",
        unit="persons", low=1, high=MOST_PERSONS, default=None,
    )  # fmt: skip
    note: str = column("text", "note", "备注", "Anything.", "任意说明。", default="")


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """One count that can be compared with a day. Waits in seconds."""

    line: int  # of the file
    asked: Asked
    value: float
    sd: float | None  # as given
    n: int  # persons timed
    step: float = 1.0  # to which the value is rounded: a wait told as 4 min to 60 s, as 4.5 min to 6 s


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """A file of counts."""

    name: str
    sha256: str
    counts: tuple[Count, ...]  # in the order of the file
    gaps: int  # lines without a value: nobody counted


FILE = CsvFile(of="counts", row_type=CountRow, also_needed=("value",), most=MOST_COUNTS)


def read_counts(path: Path | str, plan: Plan) -> Counts:
    """Read counts of a day of ``plan``. Raises PlanError with every problem, by line and column of the file."""
    path = Path(path)
    data = FILE.data(path)
    listing = Listing()
    rows = [_row(plan, line, cells, listing) for line, cells in FILE.rows(data, path.name, listing)]
    known = [(line, row) for line, row in rows if row is not None]
    counts = [count for line, row in known if (count := _count(plan, line, row, listing)) is not None]
    listing.add(*_twice(counts))
    gaps = sum(row.value is None for _, row in known)
    if not listing and not counts:
        what = Sentence("{gaps} rows, and none with a value.", gaps=gaps) if gaps else Sentence("holds no counts.")
        listing.add(_problem("file.empty", what, Sentence("Write one row for each count.")))
    if len(counts) > MOST_COUNTS:
        what = Sentence("holds {count:,} counts.", count=len(counts))
        mend = Sentence("Give at most {most:,}: add them up to longer intervals.", most=MOST_COUNTS)
        listing.add(_problem("file.size", what, mend))
    if listing:
        raise PlanError(listing, path.name)
    return Counts(name=path.name, sha256=hashlib.sha256(data).hexdigest(), counts=tuple(counts), gaps=gaps)


def _problem(kind: str, what: Sentence, mend: Sentence, line: int = 0, field: str = "") -> Problem:
    return FILE.problem(kind, what, mend, line, field)


def _row(plan: Plan, line: int, cells: Mapping[str, str], listing: Listing) -> tuple[int, CountRow | None]:
    """One line by the kinds of its columns; None when a cell cannot be read: its place is looked up all the same."""
    values, found = FILE.values(line, cells, _said)
    if found and "what" in values:
        place = _place(plan, line, values["what"], values.get("place", ""))
        found += [place] if isinstance(place, Problem) else []
    listing.add(*found)
    return line, None if found else CountRow(**values)


def _said(each: Column, raw: str) -> str:
    word = raw.strip().lower()
    return SAME.get(word, word) if each.kind == "choice" else raw


def _count(plan: Plan, line: int, row: CountRow, listing: Listing) -> Count | None:
    """What a row says of the plan's day; None when it has problems or says that nobody counted."""
    found = [*_unit_problems(line, row), *_window_problems(plan, line, row)]
    place = _place(plan, line, row.what, row.place)
    if isinstance(place, Problem):
        found.append(place)
    elif row.what == ENTRIES and place[0] == "areas" and not found:
        found += _slot_problems(plan, line, row)
    listing.add(*found)
    if found or row.value is None or isinstance(place, Problem):
        return None
    starts_s, ends_s = _window(row)
    scale = SECONDS.get(row.unit, 1.0)
    return Count(
        line=line, asked=Asked(row.what, *place, starts_s, ends_s), value=row.value * scale,
        sd=None if row.sd is None else row.sd * scale, n=row.n or 1, step=scale * _step(row.value),
    )  # fmt: skip


def _step(value: float) -> float:
    """The last decimal that is told: 1 of 4, 0.1 of 4.5."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return 10.0 ** min(0, int(exponent))


def _unit_problems(line: int, row: CountRow) -> Iterator[Problem]:
    units = UNITS[row.what]
    if row.unit and row.unit not in units:
        what = Sentence("is {unit}, which does not measure {what}.", unit=repr(row.unit), what=row.what)
        yield _problem("unit.kind", what, Sentence("Write {units}.", units=", ".join(units)), line, "unit")
    elif not row.unit and len(units) > 1 and row.value is not None:
        what = Sentence("is empty, and {value} may be seconds or minutes.", value=f"{row.value:g}")
        yield _problem("unit.missing", what, Sentence("Write {units}.", units=", ".join(units)), line, "unit")
    if row.what != WAIT and row.value is not None and row.value != int(row.value):
        what = Sentence("is {value} persons.", value=f"{row.value:g}")
        yield _problem("value.integer", what, Sentence("Write a whole number."), line, "value")
    if row.what != WAIT and row.n is not None:
        what = Sentence("says how many persons were timed, but {what} is no wait.", what=row.what)
        yield _problem("n.kind", what, Sentence("Leave it empty."), line, "n")


def _window(row: CountRow) -> tuple[float, float]:
    """From when until when; a wait timed at a moment stands for the minutes around it."""
    if row.what == WAIT and not row.minutes:
        return row.time - AROUND_S / 2, row.time + AROUND_S / 2
    return row.time, row.time + 60.0 * (row.minutes or 0.0)


def _window_problems(plan: Plan, line: int, row: CountRow) -> Iterator[Problem]:
    day = plan.day
    clock = [clock_text(each) for each in (day.clock_starts_at, day.clock_ends_at)]
    mend = Sentence("The plan's day runs from {start} to {end}.", start=clock[0], end=clock[1])
    if not day.clock_starts_at <= row.time <= day.clock_ends_at:
        what = Sentence("is {time}, when the plan's clock does not run.", time=clock_text(row.time))
        yield _problem("time.clock", what, mend, line, "time")
    elif row.time + 60.0 * (row.minutes or 0.0) > day.clock_ends_at:
        what = Sentence("goes on beyond the end of the plan's clock.")
        yield _problem("minutes.clock", what, mend, line, "minutes")
    if row.what == ENTRIES and not row.minutes:
        what = Sentence("does not say for how long people were counted.")
        yield _problem("minutes.missing", what, Sentence("Write the minutes, e.g. 15."), line, "minutes")
    longest_s = day.clock_ends_at - day.clock_starts_at
    if row.what == WAIT and row.value is not None and row.value * SECONDS.get(row.unit, 1.0) > longest_s:
        what = Sentence("is a wait longer than the plan's day.")
        yield _problem("value.day", what, Sentence("Check value and unit."), line, "value")


def _slot_problems(plan: Plan, line: int, row: CountRow) -> Iterator[Problem]:
    starts_s, ends_s = _window(row)
    since = starts_s - plan.day.clock_starts_at
    if since % SLOT_S or (ends_s - starts_s) % SLOT_S:
        what = Sentence("is no interval of whole five minutes, in which the ways into areas are counted.")
        mend = Sentence("Begin at a full five minutes, and count for 5, 10, 15 … minutes.")
        yield _problem("minutes.slots", what, mend, line, "minutes")


def _place(plan: Plan, line: int, counted: str, place: str) -> tuple[str, str] | Problem:
    """Sheet and code of a place; a code that two sheets have is written with its sheet, areas.W."""
    if not place:
        return "", ""
    sheets = PLACES[counted]
    codes = {sheet: [each.code for each in getattr(plan, sheet)] for sheet in sheets}
    sheet, _, code = place.partition(".")
    if sheet in codes and code in codes[sheet]:
        return sheet, code
    named = [sheet for sheet in sheets if place in codes[sheet]]
    if len(named) == 1:
        return named[0], place
    if named:
        what = Sentence("{place} is the code of several places.", place=repr(place))
        mend = Sentence("Write {names}.", names=", ".join(f"{each}.{place}" for each in named))
        return _problem("place.ambiguous", what, mend, line, "place")
    elsewhere = [each for each in ("gates", "stations", "areas") if place in {of.code for of in getattr(plan, each)}]
    known = [code for each in codes.values() for code in each]
    if elsewhere:
        what = Sentence("{place} stands in sheet {sheet}, where {what} is not counted.",
                        place=repr(place), sheet=elsewhere[0], what=counted)  # fmt: skip
    else:
        what = Sentence("the plan has no place {place}.", place=repr(place))
    near = difflib.get_close_matches(place, known, 3)
    mend = (
        Sentence("Did you mean {near}?", near=", ".join(near)) if near
        else Sentence("There are: {known}.", known=", ".join([*known[:12], *(["..."] if len(known) > 12 else [])]))
    )  # fmt: skip
    return _problem("place.unknown" if not elsewhere else "place.kind", what, mend, line, "place")


def _twice(counts: list[Count]) -> Iterator[Problem]:
    """Counts of one place and time, and entries whose intervals overlap: people would count twice."""
    before: dict[tuple[str, str, str], Count] = {}
    for count in sorted(counts, key=lambda each: (each.asked.starts_s, each.line)):
        asked = count.asked
        last = before.get((asked.what, asked.sheet, asked.code))
        if last and last.asked.starts_s == asked.starts_s:
            what = Sentence("counts the same as row {line}.", line=last.line)
            mend = Sentence("Keep one of them; of several waits give the mean, and how many in column n.")
            yield _problem("row.duplicate", what, mend, count.line)
        elif last and asked.what == ENTRIES and asked.starts_s < last.asked.ends_s:
            what = Sentence("begins before row {line} ends, so that people count twice.", line=last.line)
            yield _problem("row.overlap", what, Sentence("Let intervals of one place follow each other."), count.line)
        before[asked.what, asked.sheet, asked.code] = count


def heading() -> str:
    """The first line of a file."""
    return ",".join(each.name for each in dataclasses.fields(CountRow))
