"""What `hostcity lanes` prints: lanes by the hour beside those planned, or why there are none to be found."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from hostcity.plan.plan import Plan
from hostcity.site.screens.tables import Column, table_of, width_of
from hostcity.site.screens.verdict_lines import clock, limit, minutes, verdict_text
from hostcity.site.screens.words import Words
from hostcity.studies.lane_breaks import MEND, NoScheduleError
from hostcity.studies.lanes import LanePlan


def show_lanes(console: Console, plan: Plan, found: LanePlan, _: Words) -> None:
    """The lanes by the hour, beside those planned."""
    table = _lanes(console, found, _)
    console.print(table if width_of(table) <= console.width else _lanes_by_hour(console, found, _))
    planned = sum(sum(p * h for p, h in zip(each.planned, each.hours_h, strict=True)) for each in found.stations)
    console.print(
        _(
            "{found} lane-hours; planned {planned}. No schedule keeps the promise with fewer than {bound} (fluid bound)."
        ).format(found=f"{found.lane_hours:.0f}", planned=f"{planned:.0f}", bound=f"{found.bound_lane_hours:.0f}")
    )
    if found.limit_share < 1.0:
        console.print(
            _("The search aimed at {share} of the limits, so that runs which it has not seen keep them too.").format(
                share=f"{found.limit_share:.0%}"
            )
        )
    if found.repairs:
        console.print(_("The whole day needed more lanes than the gates by themselves: added where it broke first."))
    console.print(_("The whole day, played with these lanes:"))
    console.print(verdict_text(found.verdict, _))
    console.print(_fresh(found, _), style="" if found.fresh_kept == found.fresh_runs else "yellow")
    console.print(_("To play them again:"))
    console.print(" ".join(f"--set {text}" for text in found.overrides), soft_wrap=True, style="dim", highlight=False)


def _lanes(console: Console, found: LanePlan, _: Words) -> Table:
    """A row per station."""
    hours = found.stations[0].hours_from_s[:-1] if found.stations else ()
    rows = (
        (each.station, *(f"{lanes} ({planned})" for lanes, planned in zip(each.lanes, each.planned, strict=True)),
         f"{each.lane_hours:.0f}")
        for each in found.stations
    )  # fmt: skip
    columns: tuple[Column, ...] = ((_("station"), "l"), *((clock(hour), "r") for hour in hours), (_("lane-hours"), "r"))
    return table_of(console, _("Few security lanes by the hour (planned)"), columns, rows)


def _lanes_by_hour(console: Console, found: LanePlan, _: Words) -> Table:
    """A row per hour, for a screen that is too narrow for a column of each."""
    rows = [
        (clock(hour), *(f"{each.lanes[at]} ({each.planned[at]})" for each in found.stations))
        for at, hour in enumerate(found.stations[0].hours_from_s[:-1])
    ]
    rows.append((_("lane-hours"), *(f"{each.lane_hours:.0f}" for each in found.stations)))
    columns: tuple[Column, ...] = ((_("from"), "l"), *((each.station, "r") for each in found.stations))
    return table_of(console, _("Few security lanes by the hour (planned)"), columns, rows)


def _fresh(found: LanePlan, _: Words) -> str:
    judged = found.fresh_runs - found.fresh_void
    if not judged:
        return _("Fresh runs that the search has not seen: no verdict, nobody joined a queue.")
    kept = _("Fresh runs that the search has not seen: kept in {kept} of {runs}.")
    return kept.format(kept=found.fresh_kept, runs=judged)


def show_no_schedule(console: Console, error: NoScheduleError, _: Words) -> None:
    """Where the promise breaks first with all lanes open, and why."""
    first = error.first
    console.print(_("All security lanes, open all day, don't keep the promise."), style="bold red")
    if first.gate:
        console.print(
            _("Who joins at gate {gate} from {start} needs {took} (promised {limit}).").format(
                gate=first.gate,
                start=clock(first.starts_s),
                took=minutes(first.took_s, _, first.limit_s),
                limit=limit(first.limit_s, _),
            )
        )
    console.print(_.told(first.why))
    console.print(_.told(MEND[first.reason]))
    console.print(_("The gates or the day with all lanes open:"), verdict_text(error.verdict, _), sep="\n")
