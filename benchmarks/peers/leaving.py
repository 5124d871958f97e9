"""The engine beside UXsim's C++ engine and jupedsim-network: the same venue empties by the same doors."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.day import play_loop
from benchmarks.peers import network_leaving, uxsim_leaving
from benchmarks.peers.costs import Act, Spent, cpu_of, fresh, in_turns, versioned
from benchmarks.peers.leaving_plan import leaving_plan, left_of, starts_of
from benchmarks.peers.tables import Instance, Program, ratio_words
from benchmarks.peers.tree import EXIT_DOOR_M, EXITS, FLOW_PER_M_PER_S, Floats, Left
from benchmarks.rows import Bar, Detail
from hostcity.engines.day import rehearse_day
from hostcity.engines.day.rehearse import prepare

SMALL, LARGE = 20_160, 100_800  # whole platoons of five at each of 112 places
PLATOONS = (1, 5)
MATCHED = 0.03  # farther apart than this, times are not compared
SHARES = (0.5, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer on one instance: how it is played in turns, and alone in a process."""

    name: str
    act: Act
    alone: tuple[str, ...]  # module, function, arguments


def apart(left: Left, ours: Left) -> float:
    """Largest difference of the times by which a half, 95 % and all are out, as a share of ours."""
    return max(abs(left.share_s(share) / ours.share_s(share) - 1.0) for share in SHARES)


def uxsim_left(starts_s: Mapping[str, Floats], platoon: int) -> tuple[Left, Spent]:
    """UXsim's way out, and what it took: wholly with its World, its vehicles and reading when each was out."""
    began = time.process_time()
    world = uxsim_leaving.make_world(starts_s, platoon)
    run_s = cpu_of(lambda: uxsim_leaving.run(world))
    left = uxsim_leaving.left_of(world, platoon)
    return left, Spent(whole_s=time.process_time() - began, run_s=run_s)


def network_left(persons: int) -> tuple[Left, Spent]:
    """jupedsim-network's way out, and what it took: wholly with its network."""
    began = time.process_time()
    simulation = network_leaving.make_simulation(persons)
    made = time.process_time()
    left = network_leaving.left_of(network_leaving.run(simulation))
    ended = time.process_time()
    return left, Spent(whole_s=ended - began, run_s=ended - made)


def engine_left(persons: int) -> tuple[Left, Spent]:
    """Our way out, and what it took: wholly with the plan and the results, and the loop alone once more."""
    began = time.process_time()
    left = left_of(rehearse_day(leaving_plan(persons), seed=1))
    whole_s = time.process_time() - began
    day = prepare(leaving_plan(persons), seed=1)
    return left, Spent(whole_s=whole_s, run_s=cpu_of(lambda: play_loop(day)))


def measure_leaving(persons: int, *, with_network: bool) -> tuple[tuple[Bar, ...], Detail, Instance]:
    """Results of all, then processor time in turns and memory."""
    starts_s = starts_of(rehearse_day(leaving_plan(persons), seed=1))
    lefts: dict[str, Left] = {}

    def kept(name: str, play: Callable[[], tuple[Left, Spent]]) -> Act:
        def act() -> Spent:
            lefts[name], spent = play()
            return spent

        return act

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "starts.npz"
        np.savez(file, **starts_s)  # type: ignore[arg-type]
        peers = [
            Peer("engine", kept("engine", lambda: engine_left(persons)),
                 ("benchmarks.peers.leaving_plan", "fresh", str(persons))),
            *_uxsim_peers(starts_s, file, kept),
        ]  # fmt: skip
        if with_network:
            alone = ("benchmarks.peers.network_leaving", "fresh", str(persons))
            name = versioned("jupedsim-network", "jupedsim-network")
            peers.append(Peer(name, kept(name, lambda: network_left(persons)), alone))
        spent = in_turns({peer.name: peer.act for peer in peers})
        programs = tuple(
            Program(peer.name, spent[peer.name], fresh(*peer.alone), _unmatched(lefts[peer.name], lefts["engine"]))
            for peer in peers
        )
    title = f"A venue that empties, {persons:,} persons"
    return _bars(persons, programs, lefts), _results(title, lefts), Instance(f"{title}: cost", programs, COST_NOTE)


def _uxsim_peers(
    starts_s: Mapping[str, Floats], file: Path, kept: Callable[[str, Callable[[], tuple[Left, Spent]]], Act]
) -> list[Peer]:
    uxsim_left({"H0-0": np.arange(5.0)}, 1)  # imported
    return [
        Peer(
            name := f"{versioned('UXsim', 'uxsim')} C++, platoons of {platoon}",
            kept(name, lambda platoon=platoon: uxsim_left(starts_s, platoon)),  # type: ignore[misc]
            ("benchmarks.peers.uxsim_leaving", "fresh", str(file), str(platoon)),
        )
        for platoon in PLATOONS
    ]


def _unmatched(left: Left, ours: Left) -> str:
    far = apart(left, ours)
    return "" if far <= MATCHED else f"people are out at times up to {100 * far:.1f} % from the engine's"


def _bars(persons: int, programs: tuple[Program, ...], lefts: Mapping[str, Left]) -> tuple[Bar, ...]:
    engine = programs[0]
    return tuple(
        Bar(
            f"{peer.name}, a venue that empties, {persons:,} persons: a half, 95 % and all out; time and memory",
            f"≤ {100 * MATCHED:.0f} % apart, else no ratio",
            f"{100 * apart(lefts[peer.name], lefts['engine']):.1f} % apart; takes {ratio_words(peer, engine)}",
            not peer.unmatched,
        )
        for peer in programs[1:]
    )


def _results(title: str, lefts: Mapping[str, Left]) -> Detail:
    ours = lefts["engine"]
    lines = tuple(
        (name, *(f"{left.share_s(share):.1f}" for share in SHARES), f"{left.flow_per_s:.2f}",
         f"{100 * apart(left, ours):.1f} %")
        for name, left in lefts.items()
    )  # fmt: skip
    heading = ("who", "a half out [s]", "95 % out [s]", "all out [s]", "through the exits [persons/s]", "most apart")
    asked = EXITS * EXIT_DOOR_M * FLOW_PER_M_PER_S
    note = (
        f"A tree of one-way links from 112 places by 14 halls to {EXITS} exits with doors of {EXIT_DOOR_M} m: while all are "
        f"crowded, {asked:.2f} persons/s can pass. Everybody starts within 10 minutes and would walk 1.34 m/s alone; a lane "
        "of 0.8 m carries 0.976 persons/s and holds 3.2 persons a meter in all. UXsim has our very starts, rounded to its "
        "step (0.79 s; 3.96 s with platoons of five); jupedsim-network draws its own. Through the exits: between a tenth and "
        "a half of all. Not the same: speed falls with density with us (Weidmann) and in jupedsim-network (linear), UXsim is "
        "triangular; we let nobody into a direction above 2.6 persons/m2, jupedsim-network above 2.75; UXsim fills up to 4."
    )
    return Detail(title, heading, lines, note)


COST_NOTE = (
    "Median of three in turns. Wholly: from making plan, World or Network to when each is out; run alone: everything made "
    "before. With platoons of five UXsim moves a fifth as many things. The engine carries everybody to their place first, "
    "over two links and through a check, and keeps a whole day's results. UXsim's vehicles are added by one call of Python "
    "each, so that all have the starts of our day: in wholly, not in run alone."
)
