"""What every check says in the same words."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import Any

from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence

RowOf = Callable[[str, int], int]
MOST_COMPARED = 2_000  # codes that a misspelled one is compared with
DEPARTURES = ("metro", "shuttle")
FILL_IN = Sentence("Fill it in.")
TURNED_ROUND = (Sentence("is not after {field}.", field="starts_at"), Sentence("25:30 is the night after."))


def problem_at(sheet: str, row: int, column: str, kind: str, what: Sentence, mend: Sentence, **drawn: Any) -> Problem:
    """A problem of a field; ``drawn`` are the level and the place of what is drawn, where there is one."""
    return Problem(code=f"{sheet}.{column}.{kind}", sheet=sheet, row=row, column=column, what=what, mend=mend, **drawn)


def unknown_code(sheet: str, row: int, column: str, value: str, target: str, known: Iterable[str]) -> Problem:
    """A code that its sheet does not have, with the nearest one that it has."""
    codes = list(known)
    near = difflib.get_close_matches(value, codes, 1) if 0 < len(codes) <= MOST_COMPARED else []
    if near:
        hint = Sentence("Did you mean {near}?", near=near[0])
    elif codes:
        listed = ", ".join([*codes[:8], *(["..."] if len(codes) > 8 else [])])
        hint = Sentence("{sheet}: {codes}.", sheet=target.capitalize(), codes=listed)
    else:
        hint = Sentence("Sheet {sheet} is empty.", sheet=target)
    what = Sentence("names {value}, which is not in sheet {sheet}.", value=value, sheet=target)
    return problem_at(sheet, row, column, "unknown", what, hint)
