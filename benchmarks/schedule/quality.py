"""Whether the forecast's advice and its probabilities hold: beside finite differences, a greedy oracle, and simulated histories."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.rows import Bar, Detail
from benchmarks.schedule.plans import expo
from hostcity.engines.schedule import Problem, cpm
from hostcity.engines.schedule.forecast import Change, Execution, Option, best_effort, changed, drivers, forecast

NETWORKS, TOP, TRIED = 20, 10, 40
SMALL = 600  # tasks of the plans on which much is tried
TIMES = 0.7
OTHER_SEED = 77  # the reference's samples are not ours
TRUE_SAMPLES = 20_000
BUDGET, EFFORTS = 10, 3
HISTORIES, MILESTONES, WORLDS = 400, 12, 20


def due_at(plan: Problem, share: float) -> Problem:
    """The opening needed by when it is ready in such a share of samples, hands not counted."""
    need_by = np.full(len(plan.duration), np.inf)
    need_by[-1] = forecast(plan, execution="unlimited", ends=False).quantile(share)
    return replace(plan, need_by=need_by)


def drivers_bar() -> Bar:
    """Our ten strongest tasks beside those of finite differences: whole forecasts of changed plans, in other and more samples."""
    hits, by_index, by_length = [], [], []
    for seed in range(NETWORKS):
        plan = due_at(expo(SMALL, seed=100 + seed, teams=False), 0.5)
        told = forecast(plan, execution="unlimited", ends=False)
        index = np.argsort(-told.criticality * plan.duration)
        base = _true(plan)
        ranked = drivers(plan, TOP, execution="unlimited")
        ours = [each.number for each in ranked.tasks]
        tried = list(dict.fromkeys([*ours, *index[:TRIED].tolist()]))
        gains = [_true(changed(plan, [Change(tasks=(task,), times=TIMES)])) - base for task in tried]
        best = {tried[at] for at in np.argsort(-np.array(gains))[:TOP]}
        hits.append(len(best & set(ours)))
        by_index.append(len(best & set(index[:TOP].tolist())))
        by_length.append(len(best & set(np.argsort(-plan.duration)[:TOP].tolist())))
    said = f"mean {np.mean(hits):.1f}, least {min(hits)}; criticality x duration {np.mean(by_index):.1f}, longest tasks {np.mean(by_length):.1f}"
    return Bar(
        f"drivers: of the top {TOP} by finite differences ({TRUE_SAMPLES:,} other samples), {NETWORKS} networks of {SMALL} tasks",
        "≥ 9 in the mean", said, float(np.mean(hits)) >= 9,
    )  # fmt: skip


def _true(plan: Problem) -> float:
    return forecast(plan, execution="unlimited", samples=TRUE_SAMPLES, seed=OTHER_SEED, ends=False).probability


def effort_bar() -> Bar:
    """Ten of forty tasks 30 % shorter: beside an oracle that simulates every choice anew in the samples that judge."""
    shares, rules = [], []
    for seed in range(EFFORTS):
        plan = due_at(expo(SMALL, seed=200 + seed, teams=False), 0.2)
        told = forecast(plan, execution="unlimited", ends=False)
        tasks = np.argsort(-told.criticality * plan.duration)[:TRIED].tolist()
        changes = [Change(tasks=(task,), times=TIMES) for task in tasks]
        ours = best_effort(plan, [Option(change=each, cost=1.0) for each in changes], BUDGET, execution="unlimited")
        mine = _true(changed(plan, [changes[each] for each in ours.options]))
        oracle = _true(changed(plan, _oracle(plan, changes)))
        shares.append(mine / oracle)
        critical = np.flatnonzero(cpm(plan).is_critical)
        longest = critical[np.argsort(-plan.duration[critical])][:BUDGET].tolist()
        rules.append(mine - _true(changed(plan, [Change(tasks=tuple(longest), times=TIMES)])))
    said = f"{', '.join(f'{share:.1%}' for share in shares)} of the oracle's P; above the longest critical tasks by {min(rules):.2f} at least"
    return Bar(
        f"best effort: {BUDGET} of {TRIED} tasks, {EFFORTS} networks",
        "≥ 98 % of a greedy oracle",
        said,
        min(shares) >= 0.98,
    )


def _oracle(plan: Problem, changes: list[Change]) -> list[Change]:
    """The choice after each step that is best in the judge's own samples."""
    made: list[Change] = []
    for _ in range(BUDGET):
        left = [each for each in changes if each not in made]
        made.append(max(left, key=lambda each: _true(changed(plan, [*made, each]))))
    return made


def calibration() -> tuple[list[Bar], Detail]:
    """Simulated histories of plans whose teams dispatch: how often what was forecast with a probability came true."""
    rules: tuple[Execution, ...] = ("unlimited", "order", "dispatch", "dispatch_fast")
    said: dict[Execution, list[float]] = {rule: [] for rule in rules}
    came: list[float] = []
    for seed in range(WORLDS):
        plan, rng = expo(SMALL // 2, seed=300 + seed), np.random.default_rng(seed)
        milestones = np.append(rng.choice(len(plan.duration) - 1, MILESTONES - 1, replace=False), -1)
        ends = forecast(plan, execution="dispatch", samples=2000).ends
        need_by = np.full(len(plan.duration), np.inf)
        low, high = ends[0, milestones], ends[2, milestones]
        need_by[milestones] = low + (high - low) * rng.uniform(-0.2, 1.2, MILESTONES)
        need_by = np.maximum(need_by, plan.optimistic)
        dated = replace(plan, need_by=need_by)
        came += (
            forecast(dated, execution="dispatch", samples=HISTORIES, seed=OTHER_SEED, ends=False)
            .in_time[milestones]
            .tolist()
        )
        for rule in rules:
            said[rule] += forecast(dated, execution=rule, ends=False).in_time[milestones].tolist()
    true, rows, slopes = np.array(came), [], {}
    for rule, told in said.items():
        p = np.array(told)
        slopes[rule] = float(np.polyfit(p, true, 1)[0]) if p.std() else 0.0
        brier = float(np.mean(true * (1 - p) ** 2 + (1 - true) * p**2))
        rows.append((rule, f"{slopes[rule]:.2f}", f"{brier:.3f}", f"{p.mean():.2f}", f"{true.mean():.2f}"))
    bar = Bar(
        f"calibration: slope over {WORLDS} plans x {MILESTONES} milestones x {HISTORIES} histories, all dispatched", "0.9-1.1",
        f"dispatch {slopes['dispatch']:.2f}; {slopes['dispatch_fast']:.2f} in the fast mode", 0.9 <= slopes["dispatch"] <= 1.1,
    )  # fmt: skip
    note = "Histories are drawn by the same model in other samples: whether real estimates hold is not shown by it, what is lost by not counting hands is."
    return [bar], Detail("Reliability of what is forecast by each rule, where teams dispatch", ("rule", "slope", "Brier score", "mean forecast", "came true"), tuple(rows), note)  # fmt: skip
