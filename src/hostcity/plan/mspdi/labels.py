"""Names that carry a code: calendars and their days have no custom fields in the format, and a name of them is read by people too.

``[code] name in English | 中文名``; a calendar says what it follows as ``[code@calendar]``, a day that is of the calendar which is
followed as ``[calendar=code]``. Codes of a plan have neither ``@`` nor ``=``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hostcity.plan.mspdi.fields import MOST_OF_A_NAME

_LABEL = re.compile(r"\[([^\[\]]+)\](?: ([^\n]*?))?(?: \| ([^\n]*))?")


@dataclass(frozen=True, slots=True)
class Label:
    """A code with names. ``other`` is the calendar that is followed."""

    code: str
    name_en: str = ""
    name_zh: str = ""
    other: str = ""

    def of_calendar(self) -> str:
        """The name of a calendar."""
        return self._named(f"{self.code}@{self.other}" if self.other else self.code)

    def of_days(self) -> str:
        """The name of an exception."""
        return self._named(f"{self.other}={self.code}" if self.other else self.code)

    def _named(self, key: str) -> str:
        zh = f" | {self.name_zh}" if self.name_zh else ""
        return f"[{key}]" + (f" {self.name_en}" if self.name_en else "") + zh


def label_of(name: str) -> Label | None:
    """What a name carries; None = it is of another program."""
    match = _LABEL.fullmatch(name.strip()) if len(name) <= MOST_OF_A_NAME else None
    if not match:
        return None
    key, en, zh = match[1], match[2] or "", match[3] or ""
    if "@" in key:
        code, _, other = key.partition("@")
    else:
        other, _, code = key.rpartition("=")
    return Label(code, en, zh, other) if code else None
