"""Acts on rehearsals, what is said of them, and what they found."""

from hostcity.rehearsal.services.findings import add_finding, change_finding, undo_state
from hostcity.rehearsal.services.rehearsals import (
    add_remark,
    cancel_comparison,
    cancel_rehearsal,
    compare_rehearsals,
    end_comparison,
    end_rehearsal,
    repeat_rehearsal,
    start_rehearsal,
)

__all__ = [
    "add_finding",
    "add_remark",
    "cancel_comparison",
    "cancel_rehearsal",
    "change_finding",
    "compare_rehearsals",
    "end_comparison",
    "end_rehearsal",
    "repeat_rehearsal",
    "start_rehearsal",
    "undo_state",
]
