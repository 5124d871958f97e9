"""What a program costs: processor time in turns with the others, and a fresh process for its memory. Imports no engine."""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec

from benchmarks.processes import run_python

REPEATS = 3
MIB = 1024.0**2

FRESH_PROCESS = """
import importlib, json, sys, time
module, function, *arguments = sys.argv[1:]
getattr(importlib.import_module(module), function)(*arguments)
spent_s = time.process_time()
from benchmarks.processes import own_peak_bytes
print(json.dumps({"peak_bytes": own_peak_bytes(), "cpu_s": spent_s}))
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds of one repeat."""

    whole_s: float  # from what is given to what is read out
    run_s: float  # of it the run alone, tables and people made before


@dataclass(frozen=True, slots=True)
class Fresh:
    """What a process of its own took, imports included."""

    cpu_s: float
    peak_mib: float


Act = Callable[[], Spent]


def cpu_of(act: Callable[[], object]) -> float:
    """Processor seconds of a call."""
    began = time.process_time()
    act()
    return time.process_time() - began


def in_turns(acts: Mapping[str, Act], repeats: int = REPEATS) -> dict[str, tuple[Spent, ...]]:
    """Every act so many times, one after the other, so that a busy machine slows all; nobody clears up after another."""

    def alone(act: Act) -> Spent:
        gc.collect()
        return act()

    rounds = [{name: alone(act) for name, act in acts.items()} for _ in range(repeats)]
    return {name: tuple(each[name] for each in rounds) for name in acts}


def median_whole_s(spent: tuple[Spent, ...]) -> float:
    """Median of the whole. [s]"""
    return statistics.median(each.whole_s for each in spent)


def median_run_s(spent: tuple[Spent, ...]) -> float:
    """Median of the run alone. [s]"""
    return statistics.median(each.run_s for each in spent)


def times_as_long(slow: tuple[Spent, ...], quick: tuple[Spent, ...]) -> tuple[float, float]:
    """How many times as long one takes as the other, wholly and run alone: medians over repeats that followed each other."""
    pairs = list(zip(slow, quick, strict=True))
    return (
        statistics.median(one.whole_s / other.whole_s for one, other in pairs),
        statistics.median(one.run_s / other.run_s for one, other in pairs),
    )


def fresh(module: str, function: str, *arguments: str) -> Fresh:
    """What a function of a module takes in a process of its own; raises when it fails."""
    told = json.loads(run_python(FRESH_PROCESS, module, function, *arguments))
    return Fresh(cpu_s=told["cpu_s"], peak_mib=told["peak_bytes"] / MIB)


def is_installed(package: str) -> bool:
    """Whether a peer is there; requirements/bench.txt has them all."""
    return find_spec(package) is not None


def versioned(name: str, package: str) -> str:
    """A peer's name with the version that is installed."""
    return f"{name} {version(package)}"
