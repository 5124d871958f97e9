"""Tables of what programs cost, the engine first, and where a peer takes less than it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.peers.costs import Fresh, Spent, median_run_s, median_whole_s, times_as_long
from benchmarks.rows import Detail

HEADING = (
    "who", "wholly, median [CPU s]", "run alone [CPU s]", "times the engine's, wholly", "run alone", "fresh process [CPU s]",
    "its peak [MiB]",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Program:
    """One program and what an instance cost it."""

    name: str
    spent: tuple[Spent, ...]
    fresh: Fresh
    unmatched: str = ""  # why its times stand beside the engine's without a ratio; empty = it does the same


@dataclass(frozen=True, slots=True)
class Instance:
    """What the engine and its peers were given, and what each took; the engine is the first of the programs."""

    title: str
    programs: tuple[Program, ...]
    note: str

    @property
    def engine(self) -> Program:
        """Ours."""
        return self.programs[0]

    @property
    def peers(self) -> tuple[Program, ...]:
        """The others."""
        return self.programs[1:]


def ratio_words(peer: Program, engine: Program) -> str:
    """How many times as long a peer takes; nothing but the reason when it does not do the same."""
    if peer.unmatched:
        return f"not matched, ratio not quoted: {peer.unmatched}"
    whole, run = times_as_long(peer.spent, engine.spent)
    return (
        f"{whole:.3g}x (run alone {run:.3g}x): {median_whole_s(peer.spent):.3g} s against {median_whole_s(engine.spent):.3g} s; "
        f"peak {peer.fresh.peak_mib:.0f} MiB against {engine.fresh.peak_mib:.0f} MiB"
    )


def costs_detail(instance: Instance) -> Detail:
    """One line per program."""
    return Detail(
        instance.title, HEADING, tuple(_line(each, instance.engine) for each in instance.programs), instance.note
    )


def _line(program: Program, engine: Program) -> tuple[str, ...]:
    if program is engine:
        ratios = ("1x", "1x")
    elif program.unmatched:
        ratios = ("not matched", "not matched")
    else:
        whole, run = times_as_long(program.spent, engine.spent)
        ratios = (f"{whole:.3g}x", f"{run:.3g}x")
    return (
        program.name, f"{median_whole_s(program.spent):.3f}", f"{median_run_s(program.spent):.3f}", *ratios,
        f"{program.fresh.cpu_s:.2f}", f"{program.fresh.peak_mib:.0f}",
    )  # fmt: skip


#: What is compared, its unit, and how it is read.
MEASURES: tuple[tuple[str, str, Callable[[Program], float]], ...] = (
    ("processor time, wholly", "s", lambda program: median_whole_s(program.spent)),
    ("processor time, run alone", "s", lambda program: median_run_s(program.spent)),
    ("processor time of a fresh process, imports included", "s", lambda program: program.fresh.cpu_s),
    ("peak memory of a fresh process", "MiB", lambda program: program.fresh.peak_mib),
)


def where_a_peer_takes_less(instances: Sequence[Instance]) -> Detail:
    """Every figure in which a peer is below the engine."""
    lines = tuple(
        (peer.name, instance.title, what, f"{read(peer):.3g} {unit}", f"{read(instance.engine):.3g} {unit}")
        for instance in instances
        for peer in instance.peers
        for what, unit, read in MEASURES
        if read(peer) < read(instance.engine)
    )
    return Detail(
        "Where a peer is faster or leaner",
        ("who", "instance", "what", "peer", "engine"),
        lines or (("nobody", "all of these", "all of these", "–", "–"),),
        "From the tables above. A process of the engine loads its compiled code and NumPy, Numba included, before anybody "
        "walks: on a small instance that is most of its time and memory.",
    )
