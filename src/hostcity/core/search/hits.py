"""What a question finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """Something found."""

    kind: str
    key: str
    title: str
    other_title: str  # in the other language, "" = the same or none
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a question found, best first."""

    hits: list[Hit]
    has_more: bool
