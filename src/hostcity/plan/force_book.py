"""The force in a workbook of its own beside the day's, kept by another bureau."""

from __future__ import annotations

from pathlib import Path

from hostcity.plan.books import VOLUNTEERS, Joined, read_joined

BOOK = VOLUNTEERS.file
FORCE_SHEETS = VOLUNTEERS.own
BOOK_SHEETS = VOLUNTEERS.sheets
WithForce = Joined


def read_with_force(path: Path | str) -> WithForce:
    """The plan at a path; of a folder, with the volunteers.xlsx in it. Raises PlanError with every problem of both."""
    return read_joined(path, VOLUNTEERS)
