"""The bars: sizes, peers, repair, attendance, teams, all rules at once. Processor seconds of one process, unless said."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from benchmarks.rosters.curtois import BEST_KNOWN, broken, folder, read_instance
from benchmarks.rosters.instance import expo
from benchmarks.rosters.program import solve_by_program
from benchmarks.rows import Bar, Detail, Measured
from hostcity.engines.rosters import (
    Homes,
    Problem,
    Roster,
    RosterError,
    Step,
    check,
    explain_cell,
    repair,
    score,
    simulate,
    size_standby,
    solve,
)
from hostcity.engines.rosters.by_hand import coordinated, first_come
from hostcity.engines.rosters.search import Effort
from hostcity.engines.rosters.staff import solve_staff

Found = TypeVar("Found")
#: People, posts, the largest gap, and in how long. [%, s]
SIZES = ((300, 15, 1.0, 2.0), (600, 30, 2.5, 5.0), (6000, 300, 8.0, 30.0))
NO_SHOWS, DRAWS = 300, 200
PROGRAM_S, WORKERS = 60.0, 2
MATES = (1.0, 2.0, 2.6)
FULL = "6,000 people, 300 posts"
#: Instances, and how far above the best known they may be. [%]
ASKED: dict[int, float | None] = {1: 0.0, 2: 0.0, 4: 0.0, 6: 0.5, 8: None, 10: None}
PUBLIC_S = 60.0


def timed(act: Callable[[], Found]) -> tuple[Found, float]:
    """What comes back, and processor seconds."""
    began_s = time.process_time()
    found = act()
    return found, time.process_time() - began_s


def measure() -> Measured:
    """All bars."""
    solve(expo(60, 12), effort=Effort(passes=2, polish=1, together=1), mate=1.0)  # compiled
    bars: list[Bar] = []
    small: tuple[Problem, Roster, float] | None = None
    for people, posts, gap, seconds in SIZES:
        problem = expo(people, posts)
        steps: list[Step] = []
        roster, took_s = timed(lambda problem=problem, steps=steps: solve(problem, tell=steps.append))
        bars += _of_size(f"{people:,} people, {posts} posts", problem, roster, took_s, gap, seconds)
        small = small or (problem, roster, took_s)
    first = steps[0]
    bars.append(
        Bar(
            f"{FULL}: first full roster",
            "< 1 s",
            f"{first.cpu_s:.2f} s, objective {first.objective:,.0f}",
            first.cpu_s < 1,
        )
    )
    hand, detail = _by_hand(problem, roster)
    bars += [
        *hand,
        _program(*small),
        *_attendance(problem, roster),
        *_repairs(problem, roster),
        _explained(problem, roster),
        _all_rules(problem),
    ]
    teams, curve = _teams(problem, roster)
    return Measured((*bars, teams, *_public()), (detail, curve))


def _of_size(what: str, problem: Problem, roster: Roster, took_s: float, gap: float, seconds: float) -> list[Bar]:
    broken = len(check(problem, roster.post_of))
    return [
        Bar(f"{what}: proven gap, given the home posts", f"≤ {gap:g} % in {seconds:g} s",
            f"{100 * roster.gap:.2f} % in {took_s:.1f} s: objective {roster.objective:,.0f}, bound {roster.bound:,.0f} (whatever the homes: {roster.bound_any:,.0f})",
            100 * roster.gap <= gap and took_s <= seconds),
        Bar(f"{what}: rules broken, told by the checker", "0", f"{broken}", broken == 0),
    ]  # fmt: skip


def _by_hand(problem: Problem, roster: Roster) -> tuple[list[Bar], Detail]:
    rows, bars = [_row("engine", problem, roster.post_of, roster.homes)], []
    for name, act, most in (("first come, first served", first_come, 0.35), ("coordinator by hand", coordinated, 0.5)):
        post_of, took_s = timed(lambda act=act: act(problem))
        judged = score(problem, post_of, roster.homes)
        share = roster.objective / judged.objective
        bars.append(
            Bar(
                f"{FULL}: objective beside {name}",
                f"≤ {most}x",
                f"{share:.2f}x ({judged.objective:,.0f}, {took_s:.1f} s)",
                share <= most,
            )
        )
        rows.append(_row(name, problem, post_of, roster.homes))
    heading = (
        "roster",
        "objective",
        "missing heads",
        "leaders",
        "English",
        "languages",
        "changes of post",
        "with a mate",
        "idle",
        "short cells",
    )
    return bars, Detail(
        f"Rosters of {FULL}",
        heading,
        tuple(rows),
        "Missing: exactly, in the mean over the event, at posts. The objective counts standby pools too.",
    )


def _row(name: str, problem: Problem, post_of: np.ndarray, homes: Homes) -> tuple[str, ...]:
    judged = score(problem, post_of, homes)
    missing = (f"{each:,.0f}" for each in judged.missing)
    return (
        name,
        f"{judged.objective:,.0f}",
        *missing,
        f"{judged.changes:,}",
        f"{judged.with_mate:.0%}",
        f"{judged.idle:,}",
        f"{judged.cells_short:,}",
    )


def _program(problem: Problem, roster: Roster, took_s: float) -> Bar:
    """CP-SAT on the small instance, in the same run."""
    found = solve_by_program(problem, roster.homes, seconds=PROGRAM_S, workers=WORKERS)
    what = f"300 people: beside CP-SAT, {WORKERS} workers, {PROGRAM_S:.0f} s"
    if found.post_of is None:
        return Bar(what, "better in ≤ 1/50 of its time", f"CP-SAT found none ({found.unknowns:,} unknowns)", True)
    theirs = score(problem, found.post_of, roster.homes).objective
    told = f"{roster.objective:,.0f} in {took_s:.2f} s; CP-SAT {theirs:,.0f}, bound {found.bound:,.0f}, in {found.solved_s:.0f} s by the clock"
    return Bar(what, "better in ≤ 1/50 of its time", told, roster.objective < theirs and took_s * 50 <= found.solved_s)


def _attendance(problem: Problem, roster: Roster) -> list[Bar]:
    drawn, took_s = timed(lambda: simulate(problem, roster.post_of, draws=DRAWS))
    sized = size_standby(problem, roster.post_of)
    pools = [int(each.posts.needed[0][:, :, each.posts.is_standby].sum()) for each in (problem, sized)]
    demand, blind = drawn.demand, drawn.if_all_could.mean() / drawn.demand
    return [
        Bar(f"{FULL}: heads missing after standby, {DRAWS} draws", "≤ 0.3 % of demand",
            f"{blind:.2%} if standby could do everything; {drawn.share:.2%} with moves inside the zone by what people are trained for, "
            f"{drawn.after_standby.mean() / demand:.2%} by standby alone, {drawn.missing.mean() / demand:.2%} before ({took_s:.1f} s)", blind <= 0.003),
        Bar(f"{FULL}: standby sized by pooled variance", "–", f"{pools[1]} heads, where the instance asks for {pools[0]}"),
    ]  # fmt: skip


def _repairs(problem: Problem, roster: Roster) -> list[Bar]:
    """No-shows of each day, drawn three times by who is unreliable."""
    rng, took_s, told, lines = np.random.default_rng(3), [], [], []
    for day in [*range(problem.shape[1])] * 3:
        here = roster.post_of[:, day].max(axis=1)
        on = np.flatnonzero((here >= 0) & ~problem.posts.is_standby[here])
        rate = 1 - problem.people.attends[on]
        absent = rng.choice(on, NO_SHOWS, replace=False, p=rate / rate.sum()).tolist()
        done, seconds = timed(
            lambda day=day, absent=absent: repair(
                problem, roster.homes, roster.post_of, day=day, absent=absent, most_told=NO_SHOWS // 2
            )
        )
        if check(done.problem, done.post_of):
            raise AssertionError("a repair breaks rules")
        took_s.append(seconds)
        told.append(done.told)
        lines.append(done.short)
    p95_s = float(np.quantile(took_s, 0.95))
    short = np.array(lines).sum(axis=0)
    worst = max(after for _, _, after in lines)
    return [
        Bar(f"{FULL}: repair of {NO_SHOWS} no-shows of a day, {len(lines)} times", "< 1 s p95", f"p95 {p95_s:.2f} s, median {np.median(took_s):.2f} s", p95_s < 1),
        Bar("people told of a change, of those absent", "≤ 50 %", f"at most {max(told) / NO_SHOWS:.0%}", max(told) * 2 <= NO_SHOWS),
        Bar("heads short in a mended day, of those absent", "≤ 5 %", f"at most {worst / NO_SHOWS:.1%}; in all {short[1]} without them, {short[2]} mended", worst <= 0.05 * NO_SHOWS),
    ]  # fmt: skip


def _explained(problem: Problem, roster: Roster) -> Bar:
    cells = np.argwhere(problem.is_open)[:: problem.is_open.sum() // 40].tolist()
    took_s = [timed(lambda cell=cell: explain_cell(problem, roster, *cell))[1] for cell in cells]
    return Bar(
        f"{FULL}: why a cell is short",
        "≤ 50 ms",
        f"median {1000 * float(np.median(took_s)):.0f} ms, most {1000 * max(took_s):.0f} ms",
        max(took_s) <= 0.05,
    )


def _all_rules(problem: Problem) -> Bar:
    """Two shifts a day, rows of days, rolling hours, a succession, minors, groups together and apart."""
    people = problem.people
    rules = replace(
        problem.rules, shifts_a_day=2, most_a_day_s=12 * 3600, most_days_running=4, window_days=3, most_in_window_s=24 * 3600,
        forbidden=((2, 0),),
    )  # fmt: skip
    minors = np.random.default_rng(5).random(people.count) < 0.05
    by_team = [np.flatnonzero(people.team == team).tolist() for team in range(60)]
    together = tuple(tuple(team[:2]) for team in by_team[:30] if len(team) > 1)
    apart = tuple((team[0], team[1]) for team in by_team[30:] if len(team) > 1)
    strict = replace(problem, people=replace(people, is_minor=minors), rules=rules, together=together, apart=apart)
    roster, took_s = timed(lambda: solve(strict))
    broken = len(check(strict, roster.post_of))
    return Bar(
        f"{FULL}, all rules at once",
        "0 broken; gap printed",
        f"{broken} broken, gap {100 * roster.gap:.2f} % in {took_s:.0f} s",
        broken == 0,
    )


def _teams(problem: Problem, roster: Roster) -> tuple[Bar, Detail]:
    """The curve between being together and the rest."""
    lines = [("0", f"{roster.score.with_mate:.1%}", "0.0 %")]
    best = 0.0
    for mate in MATES:
        found = solve(problem, homes=roster.homes, mate=mate)
        more = found.objective / roster.objective - 1
        lines.append((f"{mate:g}", f"{found.score.with_mate:.1%}", f"{100 * more:+.1f} %"))
        best = max(best, found.score.with_mate if more <= 0.03 else 0.0)
    detail = Detail(
        "Teams together", ("worth of a shift with a team mate", "shifts with a mate", "objective"), tuple(lines)
    )
    return Bar(
        f"{FULL}: shifts with a team mate, for at most 3 % of the objective", "≥ 60 %", f"{best:.1%}", best >= 0.6
    ), detail


def _public() -> list[Bar]:
    """Instances of Curtois and Qu, for who has them."""
    where = folder()
    if where is None:
        return [Bar("Curtois and Qu: HOSTCITY_CURTOIS names no folder", "–", "not measured")]
    bars = []
    for instance, most in ASKED.items():
        known = BEST_KNOWN[instance]
        what = f"Curtois and Qu {instance}: above the best known, {known:,}"
        try:
            problem = read_instance(where / f"Instance{instance}.txt")
        except RosterError as refused:
            bars.append(Bar(what, "–", str(refused).splitlines()[0]))
            continue
        began_s = time.perf_counter()
        roster = solve_staff(problem, seconds=PUBLIC_S)
        told = f"{100 * (roster.objective / known - 1):.2f} % in {time.perf_counter() - began_s:.0f} s by the clock, bound {roster.bound:,.0f}"
        if broken(problem, roster.shift_of):
            raise AssertionError("a contract is broken")
        bars.append(
            Bar(
                what,
                f"{most:g} % in {PUBLIC_S:.0f} s" if most is not None else "–",
                told,
                None if most is None else roster.objective <= known * (1 + most / 100),
            )
        )
    return bars
