"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hostcity.plan.sentences import Sentence


class State(StrEnum):
    """How it is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """What was found, and how to mend it when it is not well."""

    code: str
    state: State
    what: Sentence
    mend: Sentence | None = None

    def as_data(self) -> dict[str, Any]:
        """For programs, in English."""
        return {"code": self.code, "state": self.state.value, "what": str(self.what), "mend": str(self.mend or "")}


def ok(code: str, what: Sentence) -> Check:
    """All is well."""
    return Check(code, State.OK, what)


def warn(code: str, what: Sentence, mend: Sentence) -> Check:
    """It works, and somebody should look."""
    return Check(code, State.WARN, what, mend)


def fail(code: str, what: Sentence, mend: Sentence) -> Check:
    """It does not work, or is not safe."""
    return Check(code, State.FAIL, what, mend)
