"""A trial of rosters on one screen: what each costs visitors, and which shifts cost most."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from hostcity.plan.plan import Plan
from hostcity.report.compared import change_texts, compared_name, compared_text, telling_text, too_few
from hostcity.report.words import named
from hostcity.site.screens.tables import Column, table_of
from hostcity.site.screens.words import Words
from hostcity.studies.manning import EVERYBODY, FIGURES, RosterTrial

MOST_SHIFTS = 10


def show_roster_trial(console: Console, plan: Plan, trial: RosterTrial, _: Words) -> None:
    """Means by roster and rate, then the others less the first, then the dearest shifts of the first."""
    columns: tuple[Column, ...] = (
        (_("roster"), "w"), (_("no-shows"), "r"), (_("heads missing"), "r"),
        *((_.told(compared_name(name)), "r") for name in FIGURES),
    )  # fmt: skip
    title = _("Days with these rosters, {runs} of each, under the same draws: means").format(runs=trial.runs)
    console.print(table_of(console, title, columns, _means(trial, _)))
    if trial.differences:
        columns = ((_("roster"), "w"), (_("figure"), "w"), (_("change"), "r"), ("±", "r"), ("", "l"))
        title = _("Beside {first} (mean of the change, 95 % interval)").format(first=trial.variants[1].name)
        console.print(table_of(console, title, columns, _changes(trial, _)))
    if few := too_few(trial.runs):
        console.print(_.told(few), style="yellow")
    for variant in trial.variants[1:]:
        if variant.name == trial.variants[1].name:
            _show_dearest(console, plan, trial, variant.no_shows, _)
    if any(each.invalid for each in trial.variants):
        listed = ", ".join(f"{each.name} {each.invalid}" for each in trial.variants if each.invalid)
        console.print(_("INVALID runs: {listed}.").format(listed=listed), style="bold red")


def _means(trial: RosterTrial, _: Words) -> Iterator[tuple[str, ...]]:
    for each in trial.variants:
        name = _("everybody there") if each.name == EVERYBODY else each.name
        rate = "–" if each.name == EVERYBODY else _("as likely") if each.no_shows is None else f"{each.no_shows:.0%}"
        yield (
            name, rate, f"{each.lacking:,.1f}",
            *(compared_text(figure, value) for figure, value in zip(FIGURES, each.means, strict=True)),
        )  # fmt: skip


def _changes(trial: RosterTrial, _: Words) -> Iterator[tuple[str, ...]]:
    for each in trial.differences:
        yield (
            each.code, _.told(compared_name(each.figure)), *change_texts(each.figure, each.difference, each.half_width),
            _.told(telling_text(each)),
        )  # fmt: skip


def _show_dearest(console: Console, plan: Plan, trial: RosterTrial, no_shows: float | None, _: Words) -> None:
    first = trial.variants[1].name
    posts, bands = {row.code: row for row in plan.posts}, {row.code: row for row in plan.bands}
    rows = [
        (
            f"{_.told(named(posts[each.post]))} ({each.post})", f"{_.told(named(bands[each.band]))} ({each.band})",
            each.station, f"{each.lacking:,.1f}", f"{each.waited_s / 3600:+,.0f}", f"{each.half_width_s / 3600:,.0f}",
        )
        for each in trial.dearest(first, no_shows, MOST_SHIFTS)
        if each.waited_s > 0
    ]  # fmt: skip
    if not rows:
        return
    columns: tuple[Column, ...] = (
        (_("post"), "w"), (_("band"), "w"), (_("station"), "w"), (_("heads missing"), "r"), (_("waited more [h]"), "r"),
        ("±", "r"),
    )  # fmt: skip
    rate = _("as likely") if no_shows is None else f"{no_shows:.0%}"
    title = _("Shifts of {roster} that cost visitors most, no-shows {rate}").format(roster=first, rate=rate)
    console.print(table_of(console, title, columns, iter(rows)))
