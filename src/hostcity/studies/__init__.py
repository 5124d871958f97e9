"""Many days, and what they say about the plan: verdicts, comparisons, advice."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hostcity.studies.rehearsal import Rehearsal, rehearse

__all__ = ["Rehearsal", "rehearse"]


def __getattr__(name: str) -> Any:
    """Rehearsals bring compiled engines with them: a web process that wants another study has none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("hostcity.studies.rehearsal"), name)
