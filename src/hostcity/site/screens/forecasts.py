"""A forecast of the preparation on one screen: the bracket with its rules, and what it hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console

from hostcity.plan.rows import Task
from hostcity.report.forecasts import RULE_NAMES
from hostcity.report.words import named
from hostcity.site.screens.tables import Column, table_of
from hostcity.site.screens.words import Words
from hostcity.studies.readiness.forecast import RULES, SHARES, SHORTER, SLIP_D, ByRule, Ends, PlanForecast

MIDDLE = SHARES.index(0.5)
SURE = 0.95  # milestones that are less likely in time are named
TOLD = (SHARES.index(0.1), MIDDLE, SHARES.index(0.9))


def show_forecast(console: Console, told: PlanForecast, _: Words, most: int) -> None:
    """The opening by every rule, then milestones, departments, slips, risks, effort."""
    _show_opening(console, told, _)
    _show_milestones(console, told, _, most)
    _show_departments(console, told, _, most)
    _show_slips(console, told, _, most)
    _show_risks(console, told, _, most)
    _show_effort(console, told, _)
    _show_basis(console, told, _)


def _show_opening(console: Console, told: PlanForecast, _: Words) -> None:
    low, high = sorted(told.opening.chance[1:])
    text = _("Ready for the opening on {opens}: {low:.0%} to {high:.0%} likely, with the crews that there are.")
    style = "bold green" if low >= 0.8 else "bold yellow" if high >= 0.5 else "bold red"
    console.print(text.format(opens=told.opens.isoformat(), low=low, high=high), style=style)
    columns: tuple[Column, ...] = (
        (_("rule"), "w"), (_("in time"), "r"), (_("± by chance"), "r"), (_("10 % by"), "l"), (_("50 % by"), "l"), (_("90 % by"), "l"),
    )  # fmt: skip
    rows = (
        (
            _.told(RULE_NAMES[rule]), f"{told.opening.chance[at]:.1%}", f"{told.errors[at]:.1%}",
            *(_day(told.opening.ends[at][place]) for place in TOLD),
        )
        for at, rule in enumerate(RULES)
    )  # fmt: skip
    console.print(table_of(console, _("All is ready, by the rule by which tasks get people"), columns, rows))


def _show_milestones(console: Console, told: PlanForecast, _: Words, most: int) -> None:
    risky = sorted((each for each in told.milestones if min(each.chance) < SURE), key=_worst)
    tasks = {task.code: task for task in told.network.plan.tasks}
    columns: tuple[Column, ...] = (
        (_("milestone"), "l"), (_("name"), "w"), (_("needed by"), "l"), *_rules(_), (_("half by"), "l"),
    )  # fmt: skip
    rows = (
        (each.code, _.told(named(tasks[each.code])), _day(each.need_by), *_shares(each.chance), _day(each.ends[2][MIDDLE]))
        for each in risky[:most]
    )  # fmt: skip
    title = _("Milestones that are less than {share:.0%} likely in time").format(share=SURE)
    console.print(table_of(console, title, columns, rows, _more(len(risky), most, _)))


def _worst(each: Ends) -> tuple[float, float, str]:
    return each.chance[2], each.chance[1], each.code


def _show_departments(console: Console, told: PlanForecast, _: Words, most: int) -> None:
    names = {each.code: _.told(named(each)) for each in told.network.plan.departments}
    columns: tuple[Column, ...] = (
        (_("department"), "l"), (_("name"), "w"), (_("tasks"), "r"), *_rules(_), (_("late [d]"), "r"),
    )  # fmt: skip
    rows = (
        (each.code, names[each.code], f"{each.tasks:,}", *_shares(each.chance), f"{each.late_d[2]:.1f}")
        for each in told.departments[:most]
    )  # fmt: skip
    title = _("Departments: all their tasks by their need-by dates, the worst first")
    console.print(table_of(console, title, columns, rows, _more(len(told.departments), most, _)))


def _show_slips(console: Console, told: PlanForecast, _: Words, most: int) -> None:
    tasks = {task.code: task for task in told.network.plan.tasks}
    names = {each.code: _.told(named(each)) for each in told.network.plan.departments}
    columns: tuple[Column, ...] = (
        (_("task"), "l"), (_("name"), "w"), (_("department"), "w"), *_two_rules(_), (_("later [d]"), "r"),
    )  # fmt: skip

    def row(code: str, task: Task) -> tuple[str, str, str]:
        return code, _.told(named(task)), names[task.department]

    rows = (
        (*row(each.code, tasks[each.code]), *(f"-{100 * points:.1f}" for points in each.points), f"{each.days[1]:.1f}")
        for each in told.slips[:most]
    )  # fmt: skip
    title = _("What a delay of {days:g} working days costs, in points of the probability of the opening").format(
        days=SLIP_D
    )
    console.print(table_of(console, title, columns, rows, _more(len(told.slips), most, _)))


def _show_risks(console: Console, told: PlanForecast, _: Words, most: int) -> None:
    risks = {each.code: each for each in told.network.plan.risk_drivers}
    columns: tuple[Column, ...] = (
        (_("risk"), "l"), (_("name"), "w"), (_("probability"), "r"), *_two_rules(_), (_("earlier [d]"), "r"),
    )  # fmt: skip
    rows = (
        (
            each.code, _.told(named(risks[each.code])), f"{risks[each.code].probability:.0%}", *(f"+{100 * points:.1f}" for points in each.points),
            f"{each.days[1]:.1f}",
        )
        for each in told.risks[:most]
    )  # fmt: skip
    title = _("What is gained when a risk does not happen, in points")
    console.print(table_of(console, title, columns, rows, _more(len(told.risks), most, _)))


def _show_effort(console: Console, told: PlanForecast, _: Words) -> None:
    effort = told.effort
    if not effort.tasks:
        return
    text = _(
        "Best use of {saved:.1f} working days: {share:.0%} less for each of {tasks}. {before:.1%} becomes {after:.1%} (hands in the plan's order)."
    )
    said = text.format(
        saved=effort.saved_d, share=SHORTER, tasks=", ".join(effort.tasks), before=effort.before, after=effort.after
    )
    console.print(said, soft_wrap=True)


def _show_basis(console: Console, told: PlanForecast, _: Words) -> None:
    text = _("{samples:,} draws of {tasks:,} tasks, seed {seed}; days [d] are working days of calendar {calendar}.")
    plan = told.network.plan
    said = text.format(
        samples=told.samples, tasks=len(plan.tasks), seed=told.seed, calendar=plan.preparation[0].calendar
    )
    console.print(said, style="dim")
    text = _("Slips and risks were dispatched in the fast mode, those that do most in the plan's order.")
    console.print(text, style="dim")


def _rules(_: Words) -> Sequence[Column]:
    return tuple((_.told(RULE_NAMES[rule]), "r") for rule in RULES)


def _two_rules(_: Words) -> Sequence[Column]:
    return tuple((_.told(RULE_NAMES[rule]), "r") for rule in RULES[1:])


def _shares(chance: ByRule) -> Iterable[str]:
    return (f"{each:.1%}" for each in chance)


def _more(count: int, most: int, _: Words) -> str:
    return _("and {count} more").format(count=count - most) if count > most else ""


def _day(day: object) -> str:
    return str(day) if day else "–"
