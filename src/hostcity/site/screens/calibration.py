"""What a calibration says, on one screen."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hostcity.plan.cells import clock_text
from hostcity.report.calibrated_words import said_of, value_text, values_text, what_of
from hostcity.site.screens.words import Words
from hostcity.studies.calibration import Calibration
from hostcity.studies.calibration.findings import Series

MOST_SERIES = 16


def show_calibration(console: Console, found: Calibration, _: Words) -> None:
    """Fitted figures, counts before and after, and what no figure explains."""
    console.print(
        _("{count} counts of {name}; rows in which nobody counted: {gaps}. {played} days played.").format(
            count=len(found.counts.counts), name=found.counts.name, gaps=found.counts.gaps, played=f"{found.played:,}"
        ),
        style="bold",
    )
    _show_figures(console, found, _)
    _show_series(console, found, _)
    console.print(
        _("Weighted square of the gaps (χ²): {before} before, {after} after; {dof} expected.").format(
            before=f"{found.chi2_before:,.0f}", after=f"{found.chi2_after:,.0f}", dof=found.dof
        )
    )
    for group in found.told_apart:
        console.print(
            _("These counts cannot tell apart: {figures}. Their declared ranges stay.").format(
                figures=", ".join(group)
            ),
            style="yellow",
        )
    if found.unseen:
        console.print(
            _("These counts say nothing of: {figures}. They are left as the plan has them.").format(
                figures=", ".join(each.parameter.figure for each in found.unseen)
            ),
            style="yellow",
        )
    if found.untried:
        console.print(
            _("Not tried, for they are too many: {figures}. Name them with --fit.").format(
                figures=", ".join(found.untried)
            )
        )
    _show_misfits(console, found, _)
    if not found.converged:
        console.print(
            _("The fit still moved when its rounds were over: play more runs, or fit fewer figures."), style="yellow"
        )
    if found.changes:
        console.print(_("To play the fitted plan:"))
        console.print(Text(" ".join(f"--set '{each}'" for each in found.changes)), soft_wrap=True)
    else:
        console.print(_("Nothing is changed by the fit."), style="yellow")


def _show_figures(console: Console, found: Calibration, _: Words) -> None:
    if not found.fitted:
        console.print(
            _("No assumed or derived figure has a range: give one in sheet uncertainties or provenance, or use --fit."),
            style="yellow",
        )
        return
    table = Table(title=_("Figures, with ranges of 95 %"), title_justify="left", box=None, pad_edge=False)
    for name, justify in (
        (_("figure"), "left"), (_("plan"), "right"), (_("fitted"), "right"), (_("range"), "right"), (_("declared"), "right"), ("", "left"),
    ):  # fmt: skip
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for each in found.fitted:
        parameter = each.parameter
        table.add_row(
            parameter.figure, value_text(parameter, parameter.begins), value_text(parameter, each.value),
            values_text(parameter, each.low, each.high), values_text(parameter, parameter.low, parameter.high),
            _.told(said_of(each)),
        )  # fmt: skip
    console.print(table)


def _show_series(console: Console, found: Calibration, _: Words) -> None:
    table = Table(
        title=_("Counts: root mean square gap between played and counted"),
        title_justify="left",
        box=None,
        pad_edge=False,
    )
    for name, justify in (
        ("", "left"), (_("place"), "left"), (_("counts"), "right"), (_("before"), "right"), (_("after"), "right"),
        (_("χ² per count"), "right"), ("", "left"),
    ):  # fmt: skip
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for each in found.series[:MOST_SERIES]:
        unit = "s" if each.what == "wait" else ""
        table.add_row(
            _.told(what_of(each.what)), each.place or _("whole expo"), str(len(each.counts)),
            f"{each.rmse_before:,.1f} {unit}".strip(), f"{each.rmse_after:,.1f} {unit}".strip(),
            f"{each.chi2 / len(each.counts):.2f}", _("not explained") if each.is_misfit else "",
        )  # fmt: skip
    console.print(table)
    left = len(found.series) - MOST_SERIES
    if left > 0:
        console.print(_("{count} more series: see --json or --out.").format(count=left), style="dim")


def _show_misfits(console: Console, found: Calibration, _: Words) -> None:
    for each in (series for series in found.series if series.is_misfit):
        console.print(_misfit(each, _), style="yellow")
    if found.is_misfit:
        console.print(
            _("The plan misses these counts by more than days and counting explain; ranges are widened accordingly."),
            style="yellow",
        )


def _misfit(each: Series, _: Words) -> str:
    worst = max(each.counts, key=lambda row: abs(row.gap))
    return _("No figure explains {what} at {place}, most at {time}: {counted} counted, {after} played.").format(
        what=_.told(what_of(each.what)), place=each.place or _("whole expo"), time=clock_text(worst.count.asked.starts_s),
        counted=f"{worst.count.value:,.0f}", after=f"{worst.after:,.0f}",
    )  # fmt: skip
