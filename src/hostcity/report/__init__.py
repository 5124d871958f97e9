"""A played day as pages and tables that people read."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hostcity.report.folder import check_folder, write_report
    from hostcity.report.summing_up import summary

__all__ = ["check_folder", "summary", "write_report"]

_HOMES = {"check_folder": "folder", "write_report": "folder", "summary": "summing_up"}
#: No module may have the name of what it gives: importing it would put the module in its place.


def __getattr__(name: str) -> Any:
    """Import when it is asked for: every command needs this package's words, few the compiled engine behind the rest."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"hostcity.report.{_HOMES[name]}"), name)
