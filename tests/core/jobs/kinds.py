"""Kinds of work that exist in tests only; the worker under test registers them too."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from django.db import transaction

from hostcity.core.errors import Refused
from hostcity.core.ledger import record
from hostcity.core.registries import SHORT_S, JobKind, registries
from hostcity.plan import PlanError, Problem
from hostcity.plan.sentences import Sentence

HERE = "tests.core.jobs.kinds"


def add(arguments, at_work):
    """Adds two numbers, in three steps."""
    at_work.progress(0.5, "Adding")
    return {"sum": arguments["a"] + arguments["b"], "pid": os.getpid()}


def write_line(answer, at_work):
    """The effect of `add`: a line in the ledger, which can be counted."""
    record(
        "test.add", edition=at_work.edition, by=at_work.by, subject=("test", str(at_work.job.arguments.get("key", "")))
    )
    return {**answer, "written": True}


def refuse(arguments, at_work):
    """Cannot be done."""
    raise Refused("test.no", "No.", "Ask for something else.")


def find_problems(arguments, at_work):
    """Finds a problem in a plan."""
    what, mend = Sentence("exists already."), Sentence("Name another file, or remove it first.")
    raise PlanError([Problem(code="gates.lanes", what=what, mend=mend, sheet="Gates", row=7, column="lanes")])


def crash(arguments, at_work):
    """Has an error."""
    raise ZeroDivisionError("a secret of the program")


def die(arguments, at_work):
    """Is killed by somebody, each time."""
    os.kill(os.getpid(), signal.SIGKILL)


def dream(arguments, at_work):
    """Takes very long, or until a file is there; with a file for once, only the first time."""
    if "once" in arguments:
        path = Path(arguments["once"])
        if path.exists():
            return {"dreamt": False}
        path.write_text(str(os.getpid()))
    morning = Path(arguments["until"]) if "until" in arguments else None
    for step in range(int(arguments.get("s", 60) * 20)):
        if not arguments.get("deaf"):
            at_work.progress(step / 1200)
        if morning is not None and morning.exists():
            break
        time.sleep(0.05)
    return {"dreamt": True}


def warm_up():
    """Imports nothing."""


def compile_all():
    """Takes as long as the child of a nursery that compiles."""
    time.sleep(8)


def eat(arguments, at_work):
    """Takes memory, piece by piece."""
    kept = []
    for _step in range(int(arguments["mib"])):
        kept.append(bytearray(os.urandom(1024) * 1024))
        time.sleep(0.002)
    return {"mib": len(kept)}


def refuse_late(answer, at_work):
    """Writes, and is refused afterwards."""
    write_line(answer, at_work)
    raise Refused("test.late", "Too late.", "Be earlier.")


def write_and_crash(answer, at_work):
    """Writes, and breaks afterwards."""
    write_line(answer, at_work)
    assert transaction.get_connection().in_atomic_block
    raise ZeroDivisionError


KINDS = (
    JobKind(name="test.add", title="Add", run=f"{HERE}.add", complete=f"{HERE}.write_line"),
    JobKind(name="test.refuse", title="Refuse", run=f"{HERE}.refuse"),
    JobKind(name="test.problems", title="Problems", run=f"{HERE}.find_problems"),
    JobKind(name="test.crash", title="Crash", run=f"{HERE}.crash", most_attempts=2),
    JobKind(name="test.die", title="Die", run=f"{HERE}.die", most_attempts=2),
    JobKind(name="test.dream", title="Dream", run=f"{HERE}.dream", complete=f"{HERE}.write_line"),
    JobKind(
        name="test.warm",
        title="Warm",
        run=f"{HERE}.add",
        complete=f"{HERE}.write_line",
        warm=f"{HERE}.warm_up",
        prepare=f"{HERE}.compile_all",
    ),
    JobKind(name="test.hurry", title="Hurry", run=f"{HERE}.dream", most_seconds=1),
    JobKind(name="test.short", title="Short", run=f"{HERE}.add", most_seconds=SHORT_S),
    JobKind(name="test.eat", title="Eat", run=f"{HERE}.eat", most_mib=120),
    JobKind(name="test.refuse-late", title="Late", run=f"{HERE}.add", complete=f"{HERE}.refuse_late"),
    JobKind(name="test.break-late", title="Late", run=f"{HERE}.add", complete=f"{HERE}.write_and_crash"),
)


def register():
    """Put them into the registry."""
    registries.job_kinds.update({each.name: each for each in KINDS})
