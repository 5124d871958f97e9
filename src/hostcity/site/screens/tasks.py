"""The tasks of a preparation on one screen: the critical path with dates, and how sound their network is."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from hostcity.report.readiness import CHECKS
from hostcity.report.words import named
from hostcity.site.screens.tables import Column, table_of
from hostcity.site.screens.words import Words
from hostcity.studies.readiness import Compared, Dated, DatedPath, Finding, Health
from hostcity.studies.readiness.health import LEAST_INDEX
from hostcity.studies.readiness.path import Day

MOST_CODES = 3  # of rows that fail a check


def show_path(console: Console, dated: DatedPath, _: Words, most: int) -> None:
    """When all is ready, the critical path by date, and what misses its need-by, the latest first."""
    _show_ready(console, dated, _)
    _show_tasks(console, _("Critical path"), dated.critical, dated, _, most)
    if dated.late:
        _show_tasks(console, _("Ends after its need-by date"), dated.late, dated, _, most)
    _show_basis(console, dated, _)


def show_moved(console: Console, name: str, compared: Compared, _: Words, most: int) -> None:
    """What ends on another day than it was to, the most delayed first."""
    columns: tuple[Column, ...] = (
        (_("task"), "l"), (_("name"), "w"), (_("was to start"), "l"), (_("was to end"), "l"), (_("start"), "l"), (_("end"), "l"),
        (_("later by [d]"), "r"),
    )  # fmt: skip
    rows = (
        (
            each.now.task.code, _.told(named(each.now.task)), _day(each.was_start), _day(each.was_end), _day(each.now.start),
            _day(each.now.end), f"{each.days:+g}",
        )
        for each in compared.moved[:most]
    )  # fmt: skip
    below = _("and {count} more").format(count=len(compared.moved) - most) if len(compared.moved) > most else ""
    console.print(table_of(console, _("Against the baseline {name}").format(name=name), columns, rows, below))
    text = _(
        "{later:,} tasks end later than they were to, {earlier:,} earlier, {kept:,} on the day; {new:,} are new, {gone:,} gone."
    )
    counts = {"later": compared.later, "earlier": len(compared.moved) - compared.later, "kept": compared.kept}
    console.print(text.format(**counts, new=len(compared.new), gone=len(compared.gone)))


def show_health(console: Console, dated: DatedPath, health: Health, _: Words) -> None:
    """Every check: how many fail it, how many may, and the first of them."""
    _show_ready(console, dated, _)
    columns: tuple[Column, ...] = (
        (_("check"), "w"), (_("sheet"), "l"), (_("fail"), "r"), (_("of"), "r"), (_("share"), "r"), (_("may"), "r"), ("", "l"),
        (_("which"), "w"),
    )  # fmt: skip
    console.print(
        table_of(console, _("How sound the network is"), columns, (_finding(each, _) for each in health.findings))
    )
    text = _("Critical path with its spare time over its length: {index:.2f} (should be {least} at least).")
    console.print(
        text.format(index=health.path_index, least=LEAST_INDEX),
        style="" if health.path_index >= LEAST_INDEX else "yellow",
    )
    _show_basis(console, dated, _)


def _finding(each: Finding, _: Words) -> tuple[str, ...]:
    codes = ", ".join(each.codes[:MOST_CODES]) + (" …" if len(each.codes) > MOST_CODES else "")
    return (
        _.told(CHECKS[each.check]), each.sheet, f"{len(each.codes):,}", f"{each.of:,}", f"{each.share:.1%}", f"{each.may:,}",
        _("good") if each.is_good else _("TOO MANY"), codes,
    )  # fmt: skip


def _show_ready(console: Console, dated: DatedPath, _: Words) -> None:
    if dated.spare_d >= 0:
        text, style = _("Ready on {ready}, {spare:g} working days before the opening on {opens}."), "bold green"
    else:
        text, style = _("Ready on {ready}, {spare:g} working days too late for the opening on {opens}."), "bold red"
    said = text.format(ready=_day(dated.ready), spare=abs(dated.spare_d), opens=_day(dated.opens))
    console.print(said, style=style)


def _show_tasks(console: Console, title: str, tasks: Sequence[Dated], dated: DatedPath, _: Words, most: int) -> None:
    names = {each.code: _.told(named(each)) for each in dated.network.plan.departments}
    columns: tuple[Column, ...] = (
        (_("task"), "l"), (_("name"), "w"), (_("department"), "w"), (_("start"), "l"), (_("end"), "l"), (_("needed by"), "l"),
        (_("harmless until"), "l"), (_("float [d]"), "r"), (_("spare [d]"), "r"),
    )  # fmt: skip
    rows = (
        (
            each.task.code, _.told(named(each.task)), names.get(each.task.department, each.task.department), _day(each.start),
            _day(each.end), each.task.need_by or "–", _day(each.harmless_end), f"{each.total_float_d:g}", f"{each.spare_d:g}",
        )
        for each in tasks[:most]
    )  # fmt: skip
    below = _("and {count} more").format(count=len(tasks) - most) if len(tasks) > most else ""
    console.print(table_of(console, title, columns, rows, below))


def _show_basis(console: Console, dated: DatedPath, _: Words) -> None:
    """What the figures rest on."""
    network = dated.network
    text = _(
        "{tasks:,} tasks, {links:,} links; likely durations, nobody's hands counted; [d] are working days of calendar {calendar}."
    )
    told = text.format(
        tasks=len(network.plan.tasks), links=len(network.plan.task_links), calendar=network.plan.preparation[0].calendar
    )
    console.print(told, style="dim")
    if network.own:
        text = _(
            "Tasks with a calendar of their own: {count:,}. Floats around them hold while they take as long as from their early start."
        )
        console.print(text.format(count=len(network.own)), style="dim")
    if not network.is_settled:
        console.print(_("Their times did not settle: take dates of these tasks as rough."), style="yellow")


def _day(day: Day) -> str:
    return day.isoformat() if day else "–"
