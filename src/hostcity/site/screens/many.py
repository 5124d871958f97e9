"""What many runs of a day say, on the screen."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hostcity.report.compared import compared_name, compared_text, place_name
from hostcity.report.possible_days import (
    MOST_DRIVERS,
    correlation_text,
    drawn_text,
    half_width_text,
    interval_text,
    kept_sentence,
    share_text,
    shown_estimates,
    what_varies,
)
from hostcity.site.screens.words import Words
from hostcity.studies.replicate import Replications


def show_many(console: Console, many: Replications, _: Words) -> None:
    """How often the promise is kept, every figure's interval, and what was drawn."""
    console.print()
    console.print(_kept(many, _), style="bold")
    if many.target:
        said = (
            _("Stopped before {asked} runs: the half-width of {figure} is at most {width}.") if many.stopped
            else _("All {asked} runs were played: the half-width of {figure} is still above {width}.")
        )  # fmt: skip
        figure, __, width = str(many.target).rpartition("=")
        console.print(said.format(asked=many.asked, figure=figure, width=width))
    if many.invalid_runs:
        console.print(
            Text(_("INVALID runs: {n}. Do not use the figures below.").format(n=many.invalid_runs), "bold red")
        )
    if not many.plan.uncertainties:
        console.print(
            _("The plan declares no uncertainties: the runs differ only by chance within the day. See sheet uncertainties."),
            style="yellow",
        )  # fmt: skip
    console.print(_estimates(many, _))
    if many.results[0].drawn:
        console.print(_drivers(many, _))
    if many.runs == 1:
        console.print(_("One run gives no interval: use --runs 2 or more."), style="yellow")
    console.print(_("Results of all runs {results}.").format(results=many.results_sha256[:12]))


def _kept(many: Replications, _: Words) -> str:
    kept = many.kept
    if not many.judged_runs:
        return _.told(kept_sentence(many))
    told = _("{runs} runs: the promise is kept on {kept} of {judged} days, {share} % (95 % interval {low}–{high} %).")
    return told.format(
        runs=many.runs, kept=many.kept_runs, judged=many.judged_runs,
        share=f"{100 * kept.value:.0f}", low=f"{100 * kept.low:.0f}", high=f"{100 * kept.high:.0f}",
    )  # fmt: skip


def _estimates(many: Replications, _: Words) -> Table:
    table = Table(
        title=_("What the days have in common (95 % intervals)"), title_justify="left", box=None, pad_edge=False
    )
    for name, justify in (
        (_("place"), "left"), (_("figure"), "left"), (_("mean"), "right"), ("±", "right"),
        (_("half of the days up to"), "right"), (_("9 of 10 days up to"), "right"),
    ):  # fmt: skip
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for each in shown_estimates(many):
        table.add_row(
            _.told(place_name(many.plan, each)), _.told(compared_name(each.figure)), compared_text(each.figure, each.mean),
            half_width_text(each),
            interval_text(each, each.median), interval_text(each, each.tenth_worst),
        )  # fmt: skip
    return table


def _drivers(many: Replications, _: Words) -> Table:
    table = Table(
        title=_("What was drawn, and what it does to the promise"), title_justify="left", box=None, pad_edge=False
    )
    for name, justify in (
        (_("uncertainty"), "left"), (_("what varies"), "left"), (_("drawn"), "right"), (_("rank correlation"), "right"),
        (_("kept, lower half"), "right"), (_("kept, upper half"), "right"),
    ):  # fmt: skip
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for each in many.drivers[:MOST_DRIVERS]:
        table.add_row(
            each.uncertainty, _.told(what_varies(many.plan, each)), drawn_text(many.plan, each), correlation_text(each),
            share_text(each.kept_when_low), share_text(each.kept_when_high),
        )  # fmt: skip
    return table
