"""The engine beside SimPy: the same 20,000 visitors, in turns, in one process."""

from __future__ import annotations

import dataclasses
import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from examples.ciie2019.build import build_plan
from numpy.typing import NDArray

from benchmarks.day import play_loop
from benchmarks.rows import Bar, Detail, Measured
from benchmarks.scaled import scale_plan
from benchmarks.simpy_twin import TwinResult, play_with_simpy
from hostcity.engines.day import DayResult, rehearse_day
from hostcity.engines.day.rehearse import Day, prepare
from hostcity.plan.overrides import apply_overrides
from hostcity.plan.plan import Plan

VISITORS = 20_000
SEEDS = (1, 2, 3, 4, 5)
TIMES_ASKED = 75.0
#: Two-sided 95 % points of Student's t, by degrees of freedom.
STUDENT_T = {2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}


@dataclass(frozen=True, slots=True)
class Day20k:
    """What both tell of one played day, so that one function reads either."""

    entry_s: NDArray[np.float64]
    left_s: NDArray[np.float64]
    service_station: NDArray[np.int16]
    service_wait_s: NDArray[np.float64]
    area_persons: NDArray[np.int32]  # [A, M]


@dataclass(slots=True)
class Times:
    """Processor seconds of every repeat."""

    whole: list[float] = field(default_factory=list)
    loop: list[float] = field(default_factory=list)
    whole_5s: list[float] = field(default_factory=list)
    twin: list[float] = field(default_factory=list)
    resources: list[float] = field(default_factory=list)


def static_plan() -> Plan:
    """The demonstration for 20,000 visitors, with the routes of an empty venue."""
    return apply_overrides(scale_plan(build_plan(), VISITORS), ["model.day.route_update_s=0"])


def of_engine(result: DayResult) -> Day20k:
    """What is compared of the engine's day."""
    return Day20k(
        result.visitor_entry_s,
        result.visitor_left_s,
        result.service_station,
        result.service_wait_s,
        result.area_persons,
    )


def of_twin(plan: Plan, day: Day, result: TwinResult) -> Day20k:
    """What is compared of the twin's day; persons by area as the engine counts them."""
    persons = np.zeros((len(plan.areas), result.way_persons.shape[0]), np.int32)
    for area in range(len(plan.areas)):
        persons[area] = result.way_persons[:, day.network.area_of_way == area].sum(axis=1)
        persons[area] += result.floor_persons[:, day.network.area_of_node == area].sum(axis=1)
    return Day20k(result.entry_s, result.left_s, result.service_station, result.service_wait_s, persons)


Reader = Callable[[Day20k, Day], float]


def quantities(plan: Plan) -> dict[str, tuple[str, Reader]]:
    """What is compared: name, unit and how it is read."""
    found: dict[str, tuple[str, Reader]] = {}
    for at, gate in enumerate(plan.gates):
        found[f"entry time at gate {gate.code}, mean"] = (
            "s",
            lambda played, day, at=at: float(np.nanmean(played.entry_s[day.chosen.gate == at])),
        )
    for service in ("security", "badge", "catering", "toilets", "metro"):
        stations = np.array([at for at, row in enumerate(plan.stations) if row.service == service])
        found[f"wait for {service}, mean"] = (
            "s",
            lambda played, _, of=stations: float(played.service_wait_s[np.isin(played.service_station, of)].mean()),
        )
    found["stay from arrival to leaving, mean"] = (
        "min",
        lambda played, day: float(np.nanmean(played.left_s - day.people.arrive_s)) / 60.0,
    )
    halls = [at for at, area in enumerate(plan.areas) if area.kind == "hall"]
    found["fullest hall, peak"] = ("persons", lambda played, _: float(played.area_persons[halls].max()))
    found["all halls, mean of peaks"] = (
        "persons",
        lambda played, _: float(played.area_persons[halls].max(axis=1).mean()),
    )
    inside = [at for at, area in enumerate(plan.areas) if area.inside]
    found["inside together, peak"] = ("persons", lambda played, _: float(played.area_persons[inside].sum(axis=0).max()))
    return found


def interval(values: list[float]) -> tuple[float, float]:
    """Mean and half width of its 95 % confidence interval."""
    half = STUDENT_T[len(values) - 1] * statistics.stdev(values) / math.sqrt(len(values))
    return statistics.fmean(values), half


def _cpu_of(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def measure() -> Measured:
    """Time and results of both, run after run in turns."""
    plan = static_plan()
    coarse = apply_overrides(plan, ["model.day.step_s=5"])
    rehearse_day(plan)  # compiled
    play_with_simpy(prepare(scale_plan(plan, 200), seed=1))  # imports and small compiled draws too
    times, compared = Times(), quantities(plan)
    values: dict[str, tuple[list[float], list[float], list[float]]] = {name: ([], [], []) for name in compared}
    home, blocked, events = [], 0, 0
    for seed in SEEDS:
        began = time.process_time()
        ours = rehearse_day(plan, seed=seed)
        times.whole.append(time.process_time() - began)
        day = prepare(plan, seed=seed)
        times.loop.append(_cpu_of(lambda day=day: play_loop(day)))
        times.whole_5s.append(_cpu_of(lambda seed=seed: rehearse_day(coarse, seed=seed)))
        day = prepare(plan, seed=seed)
        twin = play_with_simpy(day)
        resources = play_with_simpy(day, resources=True)
        times.twin.append(twin.cpu_s)
        times.resources.append(resources.cpu_s)
        for name, (_, read) in compared.items():
            for into, played in zip(
                values[name], (of_engine(ours), of_twin(plan, day, twin), of_twin(plan, day, resources)), strict=True
            ):
                into.append(read(played, day))
        home.append([int(np.isfinite(each.left_s).sum()) for each in (of_engine(ours), twin, resources)])
        blocked += twin.blocked
        events = ours.events
        print(
            f"  seed {seed}: engine {times.whole[-1]:.3f} s, SimPy {twin.cpu_s:.1f} s and {resources.cpu_s:.1f} s",
            flush=True,
        )
    agreement, agree = _agreement(compared, values)
    return Measured((*_bars(times), _agreement_bar(agree, home), measure_free_speeds(plan)), (_times_detail(times, events, blocked), agreement))  # fmt: skip


def measure_free_speeds(plan: Plan) -> Bar:
    """Both with free speed on every link: the rest of the model is the same, so visitors' times can be compared."""

    def free(day: Day) -> Day:
        return dataclasses.replace(
            day, speeds=np.ones_like(day.speeds), rules=day.rules._replace(counter_flow_loss=0.0)
        )

    day = free(prepare(plan, seed=1))
    play_loop(day)
    twin = play_with_simpy(free(prepare(plan, seed=1)))
    off_s = day.log.entry - twin.entry_s
    here = np.isfinite(off_s)
    equal = float((np.abs(off_s[here]) < 1e-6).mean())
    return Bar(
        "with free speed on all links (nothing left but the step): entry times of single visitors",
        "–",
        f"{100 * equal:.0f} % equal to 1e-6 s, mean difference {off_s[here].mean():+.3f} s",
    )


def _ratio(slow: list[float], quick: list[float]) -> float:
    """Median of the ratios of repeats that ran one after the other."""
    return statistics.median(one / other for one, other in zip(slow, quick, strict=True))


def _bars(times: Times) -> tuple[Bar, ...]:
    bars = []
    for what, slow in (
        (
            "SimPy, places on links as its Resources, 20,000 visitors, 2 s step",
            times.resources,
        ),
        ("SimPy, places on links as counters, 20,000 visitors, 2 s step", times.twin),
    ):
        whole, loop = _ratio(slow, times.whole), _ratio(slow, times.loop)
        bars.append(
            Bar(
                what,
                "≥ 75x",
                f"{whole:.0f}x (loop only {loop:.0f}x): {statistics.median(slow):.1f} s against "
                f"{statistics.median(times.whole):.3f} s (loop {statistics.median(times.loop):.3f} s)",
                whole >= TIMES_ASKED,
            )
        )
    return tuple(bars)


def _agreement_bar(agree: dict[str, tuple[bool, bool]], home: list[list[int]]) -> Bar:
    inside = sum(overlaps for overlaps, _ in agree.values())
    paired = sum(is_zero for _, is_zero in agree.values())
    everybody = all(count == VISITORS for each in home for count in each)
    return Bar(
        f"results beside SimPy, {len(SEEDS)} seeds, same draws",
        "within their confidence intervals",
        f"{inside} of {len(agree)} within; {paired} of {len(agree)} paired differences not told from 0; "
        f"{'everybody home in all' if everybody else 'not everybody home'}",
        inside == len(agree) and everybody,
    )


def _times_detail(times: Times, events: int, blocked: int) -> Detail:
    lines = tuple(
        (name, f"{statistics.median(each):.3f}", f"{min(each):.3f}", f"{max(each):.3f}", f"{_ratio(times.twin, each):.1f}x", f"{_ratio(times.resources, each):.1f}x")
        for name, each in (
            ("engine, 2 s step, wholly", times.whole), ("engine, 2 s step, loop only", times.loop),
            ("engine, 5 s step, wholly", times.whole_5s), ("SimPy, counters on links", times.twin),
            ("SimPy, Resources on links", times.resources),
        )
    )  # fmt: skip
    heading = ("who", "median [CPU s]", "least", "most", "SimPy with counters takes", "with Resources")
    note = (
        f"{events:,} events. Wholly: `rehearse_day` with routes, people, loop and results. SimPy is charged for its run "
        f"only: tables, draws and lists are made before. In SimPy with counters somebody found a place full {blocked} times."
    )
    return Detail(f"Processor time for {VISITORS:,} visitors, in turns, {len(SEEDS)} times", heading, lines, note)


def _agreement(
    compared: dict[str, tuple[str, Reader]], values: dict[str, tuple[list[float], list[float], list[float]]]
) -> tuple[Detail, dict[str, tuple[bool, bool]]]:
    lines, agree = [], {}
    for name, (unit, _) in compared.items():
        engine, twin, resources = (interval(each) for each in values[name])
        pair = interval([one - other for one, other in zip(values[name][0], values[name][1], strict=True)])
        overlaps = all(abs(engine[0] - other[0]) <= engine[1] + other[1] for other in (twin, resources))
        agree[name] = (overlaps, abs(pair[0]) <= pair[1])
        lines.append(
            (f"{name} [{unit}]", *(f"{mean:.2f} ± {half:.2f}" for mean, half in (engine, twin, resources)), f"{pair[0]:+.3f} ± {pair[1]:.3f}", "yes" if overlaps else "**no**")
        )  # fmt: skip
    heading = (
        "quantity",
        "engine",
        "SimPy, counters",
        "SimPy, Resources",
        "engine less SimPy (counters), paired",
        "within",
    )
    note = (
        f"Mean and 95 % interval over {len(SEEDS)} seeds. Paired: differences under the same draws; their interval is much "
        "narrower, so it shows what a speed fixed at entry and the engine's step do."
    )
    return Detail("Results of the engine beside SimPy", heading, tuple(lines), note), agree
