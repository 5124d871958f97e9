"""People, posts and times that a command line names, as places in a force."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from hostcity.plan import PlanError, Problem
from hostcity.plan.sentences import Sentence

if TYPE_CHECKING:
    from hostcity.engines.rosters import Lock
    from hostcity.engines.rosters.from_plan import Force

_EDIT = re.compile(r"([^@=]+)@([^@=]+)@([^@=]+)=([^@=]*)")
THE_WORDS = Sentence("the roster that was asked for")


def of_force(force: Force, sheet: str, code: str) -> int:
    """Place of a code. Raises PlanError with the nearest one that there is."""
    if (problem := _unknown(force, sheet, code)) is not None:
        raise PlanError([problem], THE_WORDS)
    return _places(force, sheet)[code]


def absentees(force: Force, text: str) -> list[int]:
    """People from codes separated by commas, or from a text file with one on each line. Raises PlanError with every unknown one."""
    path = Path(text)
    listed = path.read_text("utf-8-sig") if _is_file(path) else text
    codes = [code for code in re.split(r"[\s,;，；]+", listed) if code]
    return _all_of(force, [("volunteers", code) for code in codes])


def edits_of(force: Force, edits: list[str]) -> list[Lock]:
    """Edits as the engine takes them. Raises PlanError with all that is wrong with them."""
    from hostcity.engines.rosters import Lock

    parsed = [_EDIT.fullmatch(each.strip()) for each in edits]
    wrong = [edit for edit, match in zip(edits, parsed, strict=True) if match is None]
    if wrong:
        mend = Sentence("Write VOLUNTEER@DAY@BAND=POST.")
        raise PlanError(
            [Problem(code="roster.edit", what=Sentence("{edit} is no edit.", edit=each), mend=mend) for each in wrong],
            THE_WORDS,
        )
    words = [match.groups() for match in parsed if match]
    sheets = ("volunteers", "service_days", "bands", "posts")
    _all_of(force, [pair for each in words for pair in zip(sheets, each, strict=True) if pair[1]])
    axes = force.axes
    return [
        Lock(axes.person_at[person], axes.day_at[day], axes.band_at[band], axes.post_at[post] if post else -1)
        for person, day, band, post in words
    ]


def _all_of(force: Force, named: list[tuple[str, str]]) -> list[int]:
    problems = [found for sheet, code in named if (found := _unknown(force, sheet, code)) is not None]
    if problems:
        raise PlanError(problems, THE_WORDS)
    return [_places(force, sheet)[code] for sheet, code in named]


def _places(force: Force, sheet: str) -> dict[str, int]:
    axes = force.axes
    return {"volunteers": axes.person_at, "service_days": axes.day_at, "bands": axes.band_at, "posts": axes.post_at}[
        sheet
    ]


def _unknown(force: Force, sheet: str, code: str) -> Problem | None:
    known = _places(force, sheet)
    if code in known:
        return None
    near = difflib.get_close_matches(code, known, 1)
    listed = ", ".join([*list(known)[:8], *(["..."] if len(known) > 8 else [])])
    mend = Sentence("Did you mean {near}?", near=near[0]) if near else Sentence("Known: {codes}.", codes=listed)
    what = (
        Sentence("sheet {sheet} has no {code}.", sheet=sheet, code=code)
        if code
        else Sentence("no code of sheet {sheet} is given.", sheet=sheet)
    )
    return Problem(code=f"roster.{sheet}", what=what, mend=mend)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # many codes are longer than any file name
        return False
