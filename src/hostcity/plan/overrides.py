"""Overrides: ``SHEET.KEY.FIELD[@HH:MM-HH:MM]=VALUE``, the one way to say "the same plan, but".

Used by ``--set``, scenarios and advice. ``*=`` scales a number, ``+=`` adds to it, and the key may be a pattern:
``stations.*-security.service_mean_s*=1.2``. With a time window the change becomes a row of the timeline or the lane
schedule, so only fields that the day can change while it runs take one (`WINDOWED`).
"""

from __future__ import annotations

import dataclasses
import difflib
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hostcity.plan.cells import CellError, read_cell
from hostcity.plan.columns import columns_of
from hostcity.plan.event_clashes import beyond_the_clock, without_lanes_during
from hostcity.plan.lanes import lanes_at, unchanging_parts
from hostcity.plan.patterns import is_pattern, matcher
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import Event
from hostcity.plan.sentences import Both, Sentence

THE_OVERRIDES = Sentence("the overrides")
#: Fields that take a time window, and the action of the timeline that it becomes.
WINDOWED = {("stations", "lanes"): "lanes", ("stations", "service_mean_s"): "service", ("links", "width_m"): "width"}

_FORM = re.compile(
    r"(?P<sheet>[a-z_]+)\.(?P<key>[^=@]+)\.(?P<field>[a-z0-9_]+)"
    r"(?:@(?P<start>[\d:.]+)-(?P<end>[\d:.]+))?(?P<how>[*+]?)=(?P<value>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Override:
    """One change to a plan, as it was written."""

    text: str
    sheet: str
    key: str  # a code, or a pattern with * and ?
    field: str
    value: str
    how: str  # "" sets the value, "*" scales it, "+" adds to it
    window: tuple[str, str] | None


def parse_override(text: str) -> Override:
    """Read one override. Raises PlanError when it is not of the form."""
    match = _FORM.fullmatch(text.strip())
    if not match:
        what = Sentence("{change} is not an override.", change=repr(text))
        mend = Sentence("Write SHEET.KEY.FIELD=VALUE, e.g. stations.W-security.lanes=40 or …lanes@09:00-11:00=40.")
        raise PlanError([_problem("form", what, mend)], THE_OVERRIDES)
    window = (match["start"], match["end"]) if match["start"] else None
    return Override(
        text.strip(), match["sheet"], match["key"], match["field"], match["value"].strip(), match["how"], window
    )


def apply_overrides(plan: Plan, texts: Iterable[str]) -> Plan:
    """The plan with every override carried out: those of the whole day first, then those of a window, each in order.

    So a window's value stands as written, whatever else is changed. Raises PlanError with every problem.
    """
    plan, problems = try_overrides(plan, texts)
    if problems:
        raise PlanError(problems, THE_OVERRIDES)
    return plan


def try_overrides(plan: Plan, texts: Iterable[str]) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan with those overrides that can be carried out, and what is wrong with the others."""
    parsed: dict[int, Override] = {}
    problems: dict[int, tuple[Problem, ...]] = {}
    for number, text in enumerate(texts):
        try:
            parsed[number] = parse_override(text)
        except PlanError as error:
            problems[number] = error.problems
    for number, override in sorted(parsed.items(), key=lambda each: bool(each[1].window)):
        try:
            plan = _apply(plan, override)
        except PlanError as error:
            problems[number] = error.problems
    return plan, tuple(each for number in sorted(problems) for each in problems[number])


def _problem(kind: str, what: Sentence, mend: Sentence) -> Problem:
    return Problem(code=f"override.{kind}", what=what, mend=mend)


def _fail(override: Override, kind: str, what: Sentence, mend: Sentence) -> PlanError:
    what = Sentence("{change}: {what}", change=override.text, what=what)
    return PlanError([_problem(kind, what, mend)], THE_OVERRIDES)


def _near(word: str, known: Iterable[str]) -> Sentence:
    known = list(known)
    near = difflib.get_close_matches(word, known, 3)
    if near:
        return Sentence("Did you mean {near}?", near=", ".join(near))
    return Sentence("There are: {known}.", known=", ".join([*known[:12], *(["..."] if len(known) > 12 else [])]))


def _apply(plan: Plan, override: Override) -> Plan:
    if override.sheet not in SHEETS:
        what = Sentence("there is no sheet {sheet}.", sheet=override.sheet)
        raise _fail(override, "sheet", what, _near(override.sheet, SHEETS))
    columns = columns_of(SHEETS[override.sheet])
    if override.field not in columns or override.field == "code":
        mend = _near(override.field, [name for name in columns if name != "code"])
        what = Sentence("sheet {sheet} has no field {field}.", sheet=override.sheet, field=override.field)
        raise _fail(override, "field", what, mend)
    rows = getattr(plan, override.sheet)
    chosen = [row for row in rows if row.code == override.key]
    if not chosen and is_pattern(override.key):
        names = matcher(override.key)
        chosen = [row for row in rows if names(row.code)]
    if not chosen:
        mend = _near(override.key, [row.code for row in rows])
        what = Sentence("sheet {sheet} has no row {key}.", sheet=override.sheet, key=override.key)
        raise _fail(override, "key", what, mend)
    if override.window:
        return _within_window(plan, override, chosen)
    chosen_codes = {row.code for row in chosen}
    changed = tuple(
        dataclasses.replace(row, **{override.field: _value(override, row)}) if row.code in chosen_codes else row
        for row in rows
    )
    return plan.replace(**{override.sheet: changed})


def _value(override: Override, row: Any) -> Any:
    column = columns_of(SHEETS[override.sheet])[override.field]
    raw: Any = override.value
    if override.how:
        now = getattr(row, override.field)
        if isinstance(now, (str, bool, tuple)) or now is None:
            mend = Sentence(
                "{figure} is {value}: set it with = instead.",
                figure=f"{override.sheet}.{row.code}.{override.field}",
                value=repr(now),
            )
            raise _fail(override, "scale", Sentence("only numbers can be scaled or added to."), mend)
        try:
            given = float(override.value)
        except ValueError:
            given = math.nan
        raw = now * given if override.how == "*" else now + given
        if not math.isfinite(raw):
            what = Sentence("{value} is no number.", value=repr(override.value))
            raise _fail(override, "number", what, Sentence("Give a number, e.g. *=1.2 or +=2."))
        raw = round(raw) if column.kind == "integer" else raw
        if column.kind == "clock":
            return raw
    if raw == "":
        default = next(each.default for each in dataclasses.fields(row) if each.name == override.field)
        if default is dataclasses.MISSING:
            mend = Sentence("Fill in: {help}", help=Both(column.help_en, column.help_zh))
            raise _fail(override, "empty", Sentence("the value is empty."), mend)
        return default
    try:
        return read_cell(column, raw)
    except CellError as error:
        what = Sentence("the value {what}", what=error.what)
        raise _fail(override, error.kind, what, error.mend) from None


def _within_window(plan: Plan, override: Override, chosen: list[Any]) -> Plan:
    action = WINDOWED.get((override.sheet, override.field))
    if action is None:
        able = ", ".join(f"{sheet}.…{field}" for sheet, field in WINDOWED)
        what = Sentence("{field} takes no time window.", field=override.field)
        raise _fail(override, "window", what, Sentence("Only these can change during the day: {able}.", able=able))
    clock = columns_of(Event)["starts_at"]
    assert override.window is not None  # noqa: S101 -- _apply looked
    try:
        start, end = (read_cell(clock, text) for text in override.window)
    except CellError as error:
        what = Sentence("the window {what}", what=error.what)
        raise _fail(override, error.kind, what, error.mend) from None
    if end <= start:
        what = Sentence("the window ends before it begins.")
        raise _fail(override, "window", what, Sentence("Write FROM-TO; 25:30 is the night after."))
    beyond = beyond_the_clock(plan, start, end)
    if beyond:
        _column, kind, what, mend = beyond
        raise _fail(override, kind, Sentence("the window {what}", what=what), mend)
    events: list[Event] = []
    taken = {event.code for event in plan.timeline}
    parts = [
        (row, from_s, to_s) for row in chosen
        for from_s, to_s in (unchanging_parts(plan, row.code, start, end) if action == "lanes" and override.how else [(start, end)])
    ]  # fmt: skip
    for row, from_s, to_s in parts:
        if action == "lanes" and override.how:  # of those that are open then, not of those of the whole day
            value = _value(override, dataclasses.replace(row, lanes=lanes_at(plan, row, from_s)))
        else:
            value = _value(override, row)
        if action != "lanes":  # the timeline speaks of factors
            value = value / getattr(row, override.field)
        if action == "width" and value > 1.0:
            what = Sentence("a link cannot be wider for a time than it is.")
            raise _fail(override, "range", what, Sentence("Give at most its width."))
        code = f"{override.sheet}-{row.code}-{override.field}-{override.window[0]}"
        number = next(n for n in range(1, 10_000) if (code if n == 1 else f"{code}-{n}") not in taken)
        code = code if number == 1 else f"{code}-{number}"
        taken.add(code)
        events.append(
            Event(code=code, action=action, target=row.code, starts_at=from_s, ends_at=to_s, value=float(value))
        )
    timeline = plan.timeline
    for event in events if action == "lanes" else ():  # the later change holds
        timeline = without_lanes_during(timeline, event.target, start, end)
    return plan.replace(timeline=timeline + tuple(events))


def split_changes(text: str) -> list[str]:
    """Overrides that stand in one text, separated by spaces; a space inside a value is one that no override follows."""
    return re.split(rf"\s+(?=(?:{'|'.join(SHEETS)})\.[^=]+=)", text.strip()) if text.strip() else []
