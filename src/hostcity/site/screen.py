"""What the commands print: one screen each, from the studies' results."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hostcity.engines.day.results import Overload
from hostcity.plan.plan import Plan
from hostcity.report.compared import compared_name, compared_text, place_name, sorted_differences
from hostcity.report.events import event_text, target_name
from hostcity.report.figure_names import figure_name
from hostcity.report.findings import value_text
from hostcity.report.quantities import quantity_name
from hostcity.report.terms import OF_DENSITY, TERMS
from hostcity.report.verdict_words import tells_turned_away
from hostcity.report.words import Both, say
from hostcity.site.verdict_lines import clock, minutes, verdict_text
from hostcity.site.words import Words
from hostcity.studies.clearances import Clearance
from hostcity.studies.compare import Comparison
from hostcity.studies.lane_breaks import MEND, NoScheduleError
from hostcity.studies.lanes import LanePlan
from hostcity.studies.rehearsal import Rehearsal
from hostcity.studies.reported import Compared
from hostcity.studies.swings import Swing

MOST_ROWS = 5
MOST_EXITS = 3
WIDTH = 110
RELATIONS = {"equals": "", "at_least": "≥ ", "at_most": "≤ "}


def show_rehearsal(console: Console, played: Rehearsal, report: Path | None, _: Words) -> None:
    """The day on one screen."""
    plan, day = played.plan, played.day
    _say_title(console, played, _)
    if day.is_valid:
        console.print(verdict_text(played.verdict, _))
    _say_trouble(console, played, _)
    _say_events(console, played, _)
    console.print(_side_by_side(_gates(played, _), _halls(played, _)))
    console.print(_side_by_side(_walkways(played, _), _queues(played, _)))
    if played.reported:
        console.print(_reported(plan, played.reported, _))
    if played.swings and played.swings.swings:
        console.print(_swings(plan, played.swings.swings, _))
        if any(swing.is_usual for swing in played.swings.swings):
            console.print(_("* nobody gave it a range: tried between the usual factors"), style="dim")
    elif played.swings:
        console.print(_("No figure of the gates is assumed, so none was varied."))
    missed = sum(each.missed for each in played.figures.appointments)
    late = sum(each.late for each in played.figures.appointments)
    invited = sum(each.invited for each in played.figures.appointments)
    console.print(
        _("Appointments: {missed} missed, {late} late of {invited}. Last one out {out}. Most inside {inside} at {at}.").format(
            missed=missed, late=late, invited=f"{invited:,}", out=clock(played.figures.last_out_s),
            inside=f"{day.inside_peak_persons:,}", at=clock(day.inside_peak_s),
        )
    )  # fmt: skip
    console.print(
        _("Seed {seed}, plan {plan}, results {results}, version {version}.").format(
            seed=day.seed, plan=plan.sha256[:12], results=day.results_sha256[:12], version=day.version
        )
    )
    if report:
        console.print(_("Report: {path}").format(path=report), soft_wrap=True)


def show_run_time(console: Console, played: Rehearsal, wall_s: float, _: Words) -> None:
    """Time and memory: apart, because they differ from machine to machine."""
    console.print(
        _("{events} moves in {cpu} s of processor time; {wall} s in all, {memory} MiB.").format(
            events=f"{played.day.events:,}",
            cpu=f"{played.day.cpu_s:.1f}",
            wall=f"{wall_s:.1f}",
            memory=f"{played.peak_mib:.0f}",
        ),
        style="dim",
    )


def _say_title(console: Console, played: Rehearsal, _: Words) -> None:
    plan = played.plan
    name = _.of(plan.day.name_en, plan.day.name_zh) or plan.day.code
    persons = sum(stream.persons for stream in plan.streams)
    console.print(
        Text(
            _("{name}, {date}: {persons} persons, {entries} entries").format(
                name=name, date=plan.day.date, persons=f"{persons:,}", entries=f"{played.verdict.entries:,}"
            ),
            "bold",
        )
    )
    for each in played.scenarios:
        title = _.of(each.title_en, each.title_zh)
        told = _("Scenario {name}: {title} ({sha256})").format(name=each.name, title=title, sha256=each.sha256[:12])
        console.print(Text(f"  {told}", "bold cyan"))
    for text in played.overrides:
        console.print(Text(f"  --set {text}", "dim"))


def _say_trouble(console: Console, played: Rehearsal, _: Words) -> None:
    day = played.day
    for each in day.overloads:
        console.print(
            Text(
                _("INVALID, no verdict: {reason} at {place}, {at} ({figure}). Do not use the figures below.").format(
                    reason=_overload_reason(each, _),
                    place=each.place or "–",
                    at=clock(each.at_s),
                    figure=_overload_figure(each, _),
                ),
                "bold red",
            )
        )
    if day.rotations:
        console.print(
            Text(
                _("Warning: {n} people had to squeeze past one another in jams.").format(n=f"{day.rotations:,}"),
                "yellow",
            )
        )
    if day.gate_hold_s:
        console.print(
            Text(
                _("Warning: security stopped admitting for {time}: too full inside.").format(
                    time=minutes(day.gate_hold_s, _)
                ),
                "yellow",
            )
        )
    if played.verdict.turned_away and not tells_turned_away(played.verdict):
        console.print(
            Text(_("Warning: {n} people were turned away.").format(n=f"{played.verdict.turned_away:,}"), "yellow")
        )


def _overload_reason(overload: Overload, _: Words) -> str:
    if overload.event:
        return _("narrowed by event {event}").format(event=overload.event)
    return _.told(say(TERMS[overload.reason]))


def _overload_figure(overload: Overload, _: Words) -> str:
    if overload.reason in OF_DENSITY:
        return f"{overload.figure:.2f}/m²"
    return _("{n} persons").format(n=f"{overload.figure:,.0f}")


def _say_events(console: Console, played: Rehearsal, _: Words) -> None:
    """What the timeline changes, and how evacuated areas emptied."""
    if played.figures.cleared:
        told = _("All evacuated areas together: {out}").format(out=_out_text(played.figures.cleared, _))
        console.print(Text(f"  {told}", "bold cyan"))
    # How areas emptied is told before what was closed or changed.
    for event in sorted(played.figures.events, key=lambda each: each.clearance is None)[:MOST_ROWS]:
        until = clock(event.ends_at_s) if event.ends_at_s is not None else ""
        target, what = target_name(played.plan, event.action, event.target), event_text(played.plan, event)
        told = Both(f"{target.en}: {what.en}", f"{target.zh}：{what.zh}")
        text = f"  {clock(event.starts_at_s)}-{until} {_.told(told)}"
        if event.clearance:
            text += " · " + _out_text(event.clearance, _)
        console.print(Text(text, "cyan"))


def _out_text(cleared: Clearance, _: Words) -> str:
    """How an area emptied: its people, when they were out, who could not leave, and the exits that most took."""
    text = _("{n} inside; half out after {half}, 95 of 100 after {most}, all after {last}").format(
        n=f"{cleared.persons_before:,}", half=minutes(cleared.out_50_s, _),
        most=minutes(cleared.out_95_s, _), last=minutes(cleared.out_all_s, _),
    )  # fmt: skip
    if cleared.refuge_most:
        text += " · " + _("up to {n} waiting in refuges").format(n=f"{cleared.refuge_most:,}")
    if cleared.exits:
        exits = ", ".join(f"{link} {persons:,}" for link, persons in cleared.exits[:MOST_EXITS])
        text += " · " + _("exits: {exits}").format(exits=exits)
    return text


def _table(title: str, columns: Iterable[tuple[str, str]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, padding=(0, 1), pad_edge=False)
    for heading, justify in columns:
        table.add_column(heading, justify="right" if justify == "r" else "left", header_style="dim", overflow="fold")
    return table


def _side_by_side(left: Table, right: Table) -> Table:
    grid = Table.grid(padding=(0, 4))
    grid.add_row(left, right)
    return grid


def _gates(played: Rehearsal, _: Words) -> Table:
    table = _table(
        _("Gates, the worst first"), ((_("gate"), "l"), (_("99 % in within"), "r"), (_("at"), "r"), (_("entries"), "r"))
    )
    names = {row.code: _.of(row.name_en, row.name_zh) for row in played.plan.gates}
    for gate in played.gates[:MOST_ROWS]:
        table.add_row(
            f"{gate.gate} {names[gate.gate]}".strip(),
            minutes(gate.worst_p99_s, _),
            clock(gate.worst_starts_s),
            f"{gate.entries:,}",
        )
    return table


def _halls(played: Rehearsal, _: Words) -> Table:
    table = _table(
        _("Fullest halls"), ((_("hall"), "l"), (_("most persons"), "r"), (_("at"), "r"), (_("reported"), "r"))
    )
    reported = {
        each.row.quantity.removeprefix("areas.").removesuffix(".peak_persons"): each
        for each in played.reported
        if each.row.quantity.startswith("areas.")
    }
    halls = sorted((each for each in played.figures.areas if each.kind == "hall"), key=lambda each: -each.peak_persons)
    for hall in halls[:MOST_ROWS]:
        known = reported.get(hall.code)
        said = f"{RELATIONS[known.row.relation]}{known.row.value:,.0f}" if known else ""
        table.add_row(hall.code, f"{hall.peak_persons:,}", clock(hall.peak_at_s), said)
    return table


def _walkways(played: Rehearsal, _: Words) -> Table:
    table = _table(_("Densest walkways"), ((_("link"), "l"), ("/m²", "r"), (_("level"), "l"), (_("at"), "r")))
    for link in sorted(played.figures.links, key=lambda each: (-each.peak_per_m2, each.code))[:MOST_ROWS]:
        table.add_row(link.code, f"{link.peak_per_m2:.2f}", link.level_of_service, clock(link.peak_at_s))
    return table


def _queues(played: Rehearsal, _: Words) -> Table:
    table = _table(
        _("Longest waits of the day beyond the gates"),
        ((_("station"), "l"), ("p50", "r"), ("p99", "r"), (_("worst from"), "r")),
    )
    served = [each for each in played.figures.stations if each.served and each.service not in ("security", "badge")]
    for station in sorted(served, key=lambda each: (-each.wait_p99_s, each.code))[:MOST_ROWS]:
        table.add_row(
            station.code, minutes(station.wait_p50_s, _), minutes(station.wait_p99_s, _), clock(station.worst_at_s)
        )
    return table


def _reported(plan: Plan, compared: Iterable[Compared], _: Words) -> Table:
    table = _table(
        _("Predicted beside reported"),
        ((_("figure"), "l"), (_("played"), "r"), (_("reported"), "r"), (_("edition"), "r"), (_("use"), "l"), ("", "l")),
    )
    uses = {"fitted": _("fitted"), "held_back": _("held back"), "shown": _("shown")}
    for each in compared:
        row = each.row
        table.add_row(
            _.told(quantity_name(plan, row.quantity)), _.told(value_text(each.played, row.unit)),
            RELATIONS[row.relation] + _.told(value_text(row.value, row.unit)),
            row.edition, uses[row.use], _("agrees") if each.agrees else _("differs"),
        )  # fmt: skip
    return table


def _swings(plan: Plan, swings: tuple[Swing, ...], _: Words) -> Table:
    table = _table(
        _("Which figures carry the verdict: one at a time, gates by themselves, 99 of 100 within"),
        (
            (_("figure"), "l"),
            (_("mark"), "l"),
            (_("tried"), "l"),
            (_("in the peak hour"), "l"),
            (_("in other quarters"), "l"),
            (_("promise"), "l"),
        ),
    )
    words = {True: _("kept"), False: _("broken")}
    shown = max(MOST_ROWS, min(2 * MOST_ROWS, sum(swing.decides for swing in swings)))
    for swing in swings[:shown]:
        table.add_row(
            _.told(figure_name(plan, swing.figure)), _(swing.mark), " … ".join(swing.tried) + ("*" if swing.is_usual else ""),
            _from_to(swing.low.peak_p99_s, swing.high.peak_p99_s, _), _from_to(swing.low.other_p99_s, swing.high.other_p99_s, _),
            f"{words[swing.low.kept]} … {words[swing.high.kept]}",
        )  # fmt: skip
    return table


def _from_to(low_s: float, high_s: float, _: Words) -> str:
    low = "∞" if math.isinf(low_s) else f"{low_s / 60:.1f}"
    return f"{low} … {minutes(high_s, _)}"


def show_lanes(console: Console, plan: Plan, found: LanePlan, _: Words) -> None:
    """The lanes by the hour, beside those planned."""
    hours = found.stations[0].hours_from_s if found.stations else ()
    table = _table(
        _("Fewest security lanes by the hour (planned)"),
        (
            (_("station"), "l"),
            *((clock(hour), "r") for hour in hours[:-1]),
            (_("lane-hours"), "r"),
        ),
    )
    for station in found.stations:
        cells = [f"{lanes} ({planned})" for lanes, planned in zip(station.lanes, station.planned, strict=True)]
        table.add_row(station.station, *cells, f"{station.lane_hours:.0f}")
    console.print(table)
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
    console.print(
        _("Fresh runs that the search has not seen: kept in {kept} of {runs}.").format(
            kept=found.fresh_kept, runs=found.fresh_runs
        ),
        style="" if found.fresh_kept == found.fresh_runs else "yellow",
    )
    console.print(_("To play them again:"))
    console.print(" ".join(f"--set {text}" for text in found.overrides), soft_wrap=True, style="dim", highlight=False)


def show_no_schedule(console: Console, error: NoScheduleError, _: Words) -> None:
    """Where the promise breaks first with all lanes open, and why."""
    first = error.first
    console.print(_("All security lanes, open all day, don't keep the promise."), style="bold red")
    if first.gate:
        console.print(
            _("Who joins at gate {gate} from {start} needs {took} (promised {limit}).").format(
                gate=first.gate,
                start=clock(first.starts_s),
                took=minutes(first.took_s, _),
                limit=minutes(first.limit_s, _),
            )
        )
    console.print(_.told(first.why))
    console.print(_.told(MEND[first.reason]))
    console.print(_("The gates or the day with all lanes open:"), verdict_text(error.verdict, _), sep="\n")


def show_comparison(console: Console, plan: Plan, compared: Comparison, _: Words) -> None:
    """What changed, the promise first."""
    console.print(
        _("Promise kept in {a} of {runs} runs by A, {b} of {runs} by B; the same draws for both.").format(
            a=compared.a_kept, b=compared.b_kept, runs=compared.runs
        ),
        style="bold",
    )
    if compared.a_invalid or compared.b_invalid:
        console.print(
            Text(_("INVALID runs: {a} of A, {b} of B.").format(a=compared.a_invalid, b=compared.b_invalid), "bold red")
        )
    table = _table(
        _("What changed (mean of B − A, 95 % interval)"),
        ((_("place"), "l"), (_("figure"), "l"), ("A", "r"), ("B", "r"), ("B − A", "r"), ("±", "r"), ("", "l")),
    )
    promise, others = sorted_differences(compared)
    for each in [*promise, *others[:20]]:
        change = compared_text(each.figure, each.difference, is_change=True)
        table.add_row(
            _.told(place_name(plan, each)), _.told(compared_name(each.figure)), compared_text(each.figure, each.a),
            compared_text(each.figure, each.b), change,
            compared_text(each.figure, each.half_width, is_change=True).removeprefix("+"),
            _("clear") if each.is_clear else "",
        )  # fmt: skip
    console.print(table)
    left = len(others) - 20
    if left > 0:
        console.print(_("{n} more places changed clearly: --json lists all.").format(n=left), style="dim")
    if compared.runs == 1:
        console.print(_("One run gives no interval: use --runs 2 or more."), style="yellow")
