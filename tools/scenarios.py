"""Play every scenario of the demonstration and write its page into docs/scenarios: `python tools/scenarios.py`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

from hostcity.plan import Plan, read_plan
from hostcity.plan.cells import clock_text
from hostcity.plan.scenarios import Scenario, apply_scenario, scenario_files
from hostcity.report.clocks import minutes_text
from hostcity.report.events import events_of, together_of
from hostcity.report.words import Both
from hostcity.studies import Rehearsal, rehearse
from hostcity.studies.clearances import Clearance
from hostcity.studies.figures import StationFigure

ROOT = Path(__file__).parents[1]
PLAN = ROOT / "examples" / "ciie2019"
PAGES = ROOT / "docs" / "scenarios"
MOST_EVENTS = 8
HEAD = """# Scenarios: drills on the demonstration

Made by `python tools/scenarios.py`, which plays each of them with seed 1: change the files in `examples/ciie2019/scenarios`, not these pages.

A scenario is a file beside a plan that says what goes wrong on its day, what was drilled so, and what it teaches.
`hostcity scenarios PLAN` lists them, `hostcity rehearse PLAN --scenario NAME` plays one, `hostcity compare PLAN NAME` plays
it beside the day as planned, on several days with intervals. To write your own, see [your own scenarios](../how-to/scenarios.md).

情景是方案旁的一个文件，说明当日发生什么、真实演练过什么、能得到什么教训。`hostcity scenarios 方案` 列出全部情景，
`hostcity rehearse 方案 --scenario 名称` 推演其中之一，`hostcity compare 方案 名称` 将其与原方案对比。

"""


def main() -> None:
    """Write all pages."""
    plan = read_plan(PLAN)
    base = rehearse(plan, with_swings=False)
    rows = []
    for path in scenario_files(PLAN):
        changed, scenario = apply_scenario(plan, path)
        played = rehearse(changed, scenarios=(scenario,), with_swings=False)
        (PAGES / f"{scenario.name}.md").write_text(page(scenario, base, played), "utf-8")
        verdict = _kept(played).en
        rows.append(f"| [{scenario.title_en}]({scenario.name}.md) | {scenario.title_zh} | {verdict} |")
    table = "\n".join(["| scenario | 情景 | promise at the entrance |", "|---|---|---|", *rows])
    (PAGES / "README.md").write_text(f"{HEAD}{table}\n", "utf-8")


def page(scenario: Scenario, base: Rehearsal, played: Rehearsal) -> str:
    """The page of a scenario, in English and Chinese."""
    command = f"hostcity rehearse examples/ciie2019 --scenario {scenario.name} --no-swings"
    hashes = (
        f"scenario {scenario.sha256[:12]}, plan {played.plan.sha256[:12]}, results {played.day.results_sha256[:12]}; "
        f"as planned: plan {base.plan.sha256[:12]}, results {base.day.results_sha256[:12]}; seed 1"
    )
    rows = list(_figures(base, played))
    events = list(_events(played))
    return f"""# {scenario.title_en} · {scenario.title_zh}

Made by `python tools/scenarios.py`. The same figures: `{command}`

## What was drilled

{scenario.source_en}

## What is played

{_list(each.en for each in events)}

## What comes of it

{_table(("figure", "as planned", "with the scenario"), ((name.en, one.en, two.en) for name, one, two in rows))}

{_valid(played).en}

## What it teaches

{scenario.teaches_en}

---

## 真实演练

{scenario.source_zh}

## 推演内容

{_list(each.zh for each in events)}

## 结果

{_table(("数据", "原方案", "该情景"), ((name.zh, one.zh, two.zh) for name, one, two in rows))}

{_valid(played).zh}

## 教训

{scenario.teaches_zh}

---

{hashes}
"""


def _list(lines: Iterator[str]) -> str:
    return "\n".join(f"* {each}" for each in lines)


def _table(headings: tuple[str, str, str], rows: Iterator[tuple[str, str, str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (headings, ("---", "---:", "---:"), *rows))


def _events(played: Rehearsal) -> Iterator[Both]:
    told = events_of(played)
    for each in told[:MOST_EVENTS]:
        begins = clock_text(each.figure.starts_at_s)
        ends = "" if each.figure.ends_at_s is None else clock_text(each.figure.ends_at_s)
        yield Both(
            f"{begins}-{ends} {each.target.en}: {each.what.en}", f"{begins}-{ends} {each.target.zh}：{each.what.zh}"
        )
    if len(told) > MOST_EVENTS:
        more = len(told) - MOST_EVENTS
        yield Both(f"and {more} events more of these kinds", f"以及另外 {more} 个同类事件")


def _valid(played: Rehearsal) -> Both:
    if played.day.is_valid:
        return Both(
            "The day is valid: no cap is broken, and everybody gets home.", "当日有效：未超过任何上限，所有人都回到家。"
        )
    reasons = ", ".join(f"{each.reason} at {each.place}: {each.figure:g}" for each in played.day.overloads)
    return Both(
        f"The day is **invalid** ({reasons}): do not use its figures.", f"当日**无效**（{reasons}）：请勿使用其数据。"
    )


def _kept(played: Rehearsal) -> Both:
    if not played.day.is_valid:
        return Both("no verdict: invalid", "无结论：无效")
    return Both("kept", "兑现") if played.verdict.kept else Both("broken", "未兑现")


def _figures(base: Rehearsal, played: Rehearsal) -> Iterator[tuple[Both, Both, Both]]:
    """Name, and the figure of both days."""
    for en, zh, of in FIGURES:
        yield Both(en, zh), of(base), of(played)
    worst, usual = _worst_check(played), {each.code: each for each in base.figures.stations}
    for en, zh, of_station in CHECK:
        name = Both(en.format(code=worst.code), zh.format(code=worst.code))
        yield name, _same(of_station(usual[worst.code])), _same(of_station(worst))
    none = Both("–", "–")
    together = together_of(played)
    if together and together.figure.clearance:
        yield from ((name, none, text) for name, text in _cleared("all areas", "全部区域", together.figure.clearance))
        return
    for each in events_of(played):
        if each.figure.clearance:
            yield from (
                (name, none, text) for name, text in _cleared(each.target.en, each.target.zh, each.figure.clearance)
            )


def _cleared(en: str, zh: str, cleared: Clearance) -> Iterator[tuple[Both, Both]]:
    yield Both(f"{en}: inside at the alarm", f"{zh}：报警时在内"), _same(f"{cleared.persons_before:,}")
    for share, zh_share, seconds in (
        ("half", "半数", cleared.out_50_s), ("95 of 100", "95%", cleared.out_95_s), ("all", "全部", cleared.out_all_s),
    ):  # fmt: skip
        yield Both(f"{en}: {share} out after", f"{zh}：{zh_share}离开用时"), _minutes(seconds)
    yield Both(f"{en}: most waiting in refuges", f"{zh}：避难点最多等候人数"), _same(f"{cleared.refuge_most:,}")
    for link, persons in cleared.exits[:6]:
        yield Both(f"left by `{link}`", f"由 `{link}` 离开"), _same(f"{persons:,}")


def _worst_check(played: Rehearsal) -> StationFigure:
    """The security check with the longest waits."""
    checks = [each for each in played.figures.stations if each.service == "security"]
    return max(checks, key=lambda each: (each.wait_p99_s, each.code))


def _clock(seconds: float) -> str:
    return "–" if math.isnan(seconds) else clock_text(round(seconds / 60) * 60.0)


def _same(text: str) -> Both:
    return Both(text, text)


def _minutes(seconds: float) -> Both:
    text = minutes_text(seconds)
    return (
        Both(f"{text} min", f"{text} 分钟")
        if not math.isnan(seconds)
        else Both("not while it lasted", "疏散期间未完成")
    )


def _of_station(code: str, of: Callable[[StationFigure], Both]) -> Callable[[Rehearsal], Both]:
    return lambda played: of(next(each for each in played.figures.stations if each.code == code))


def _step_free_stay(played: Rehearsal) -> Both:
    plan: Plan = played.plan
    chosen = [row.step_free for row in plan.groups]
    day = played.day
    stay = [
        left - came
        for left, came, group in zip(day.visitor_left_s, day.visitor_arrive_s, day.visitor_group, strict=True)
        if chosen[group] and not math.isnan(left)
    ]
    return _minutes(sum(stay) / len(stay))


FIGURES: tuple[tuple[str, str, Callable[[Rehearsal], Both]], ...] = (
    ("promise at the entrance", "入场承诺", _kept),
    ("busiest hour: 99 of 100 in within", "最忙一小时：99% 入场用时", lambda each: _minutes(each.verdict.peak_p99_s)),
    ("worst other quarter: 99 of 100 in within", "其余最差一刻钟：99% 入场用时", lambda each: _minutes(each.verdict.other_p99_s)),
    ("most inside at once", "同时在内最多人数", lambda each: _same(f"{each.day.inside_peak_persons:,}")),
    ("appointments missed", "错过的预约", lambda each: _same(f"{sum(row.missed for row in each.figures.appointments):,}")),
    ("last one out", "最后一人离开", lambda each: _same(_clock(each.figures.last_out_s))),
    ("line 2, wait for a train: 99 of 100 within", "2号线候车：99% 在此之内", _of_station("L2-trains", lambda each: _minutes(each.wait_p99_s))),
    ("line 2, most waiting at once", "2号线同时候车最多人数", _of_station("L2-trains", lambda each: _same(f"{each.queue_peak:,}"))),
    ("step-free visitors: mean time from arrival to leaving", "无障碍人员：到达至离开平均时长", _step_free_stay),
)  # fmt: skip
CHECK: tuple[tuple[str, str, Callable[[StationFigure], str]], ...] = (
    ("longest queue at `{code}`, the worst check", "最差安检 `{code}` 的最长队伍", lambda each: f"{each.queue_peak:,}"),
    ("wait at `{code}`: 99 of 100 within [min]", "`{code}` 等候：99% 在此之内（分钟）", lambda each: minutes_text(each.wait_p99_s)),
)  # fmt: skip


if __name__ == "__main__":
    main()
