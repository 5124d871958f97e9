"""What has been told of a task, one after the other, as it adds up: reports of its owner, evidence, and what those who accept said."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from hostcity.studies.readiness.progress import NOTHING, Progress

Word = Literal["started", "going", "finished", "trouble", "evidence", "accepted", "refused"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One thing that was told of a task. What was taken back is left out before."""

    word: Word
    on: datetime.date
    remaining_d: float | None = None  # working days, of a report on what is under way


def progress_of(told: Iterable[Told]) -> Progress:
    """How far a task is after all that was told of it, in the order in which it was.

    Refused means: not finished after all, and what was shown before shows nothing. The refusal stands until something new is handed in.
    """
    progress = NOTHING
    for each in told:
        progress = _after(progress, each)
    return progress


def _after(was: Progress, told: Told) -> Progress:
    on = told.on
    if told.word == "evidence":
        return dataclasses.replace(was, evidence_on=on, refused_on=None)
    if told.word == "accepted":
        return dataclasses.replace(was, accepted_on=on, refused_on=None)
    if told.word == "refused":
        return dataclasses.replace(was, refused_on=on, finished_on=None, evidence_on=None)
    has_trouble = told.word == "trouble"
    said = dataclasses.replace(was, reported_on=on, has_trouble=has_trouble, is_fine=not has_trouble)
    if told.word == "finished":
        return dataclasses.replace(
            said, started_on=was.started_on or on, finished_on=on, remaining_d=None, remaining_on=None
        )
    started = was.started_on or (on if told.word != "trouble" else None)
    said = dataclasses.replace(said, started_on=started, finished_on=None)
    return (
        said if told.remaining_d is None else dataclasses.replace(said, remaining_d=told.remaining_d, remaining_on=on)
    )
