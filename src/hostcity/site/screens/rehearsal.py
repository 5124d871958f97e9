"""What `hostcity rehearse` prints: the day on one screen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hostcity.engines.day.results import Overload
from hostcity.plan.plan import Plan
from hostcity.report.clocks import minutes_text
from hostcity.report.events import event_text, target_name
from hostcity.report.figure_names import figure_name
from hostcity.report.findings import number_text, value_text
from hostcity.report.quantities import quantity_name
from hostcity.report.sentences import held_sentence, left_out_sentence, still_there
from hostcity.report.terms import OF_DENSITY, TERMS
from hostcity.report.verdict_words import tells_turned_away
from hostcity.report.words import Both, named, say
from hostcity.site.screens.tables import Column, is_narrow, show_beside, table_of, wrapped
from hostcity.site.screens.verdict_lines import clock, minutes, verdict_text
from hostcity.site.screens.words import Words
from hostcity.studies.clearances import Clearance
from hostcity.studies.rehearsal import Rehearsal
from hostcity.studies.reported import Compared
from hostcity.studies.swings import Swing
from hostcity.studies.wrong_turns import WrongTurnFigures

MOST_EVENTS = 5
MOST_EXITS = 3
MOST_SHIFTS = 3
#: Rows of a list of places, and of figures that carry the verdict, on a wide and on a narrow screen.
PLACES, SWINGS = {False: 4, True: 3}, {False: 5, True: 4}
RELATIONS = {"equals": "", "at_least": "≥ ", "at_most": "≤ "}
#: Units that go without saying: the figure's name has them.
UNSAID = ("persons", "halls")
NOTE_MARKS = "¹²³⁴⁵⁶⁷⁸⁹"


def show_rehearsal(console: Console, played: Rehearsal, report: Path | None, _: Words) -> None:
    """The day on one screen."""
    _say_title(console, played, _)
    if played.day.is_valid:
        console.print(verdict_text(played.verdict, _))
    left_out = left_out_sentence(played)
    if left_out:
        console.print(f"  {_.told(left_out)}")
    _say_trouble(console, played, _)
    _say_events(console, played, _)
    most = PLACES[is_narrow(console)]
    show_beside(console, _gates(console, played, most, _), _halls(console, played, most, _))
    show_beside(console, _walkways(console, played, most, _), _queues(console, played, most, _))
    if played.reported:
        _show_reported(console, played.plan, played.reported, _)
    if played.swings and played.swings.swings:
        _show_swings(console, played.plan, played.swings.swings, _)
    elif played.swings:
        console.print(_("No figure of the gates is assumed, so none was varied."))
    console.print(_summing_up(played, _))
    if played.figures.wrong_turns:
        console.print(_lost(played.figures.wrong_turns, _))
    if played.shifts:
        console.print(_dearest_shifts(played, _))
    console.print(
        _("Seed {seed}, plan {plan}, results {results}, version {version}.").format(
            seed=played.day.seed, plan=played.plan.sha256[:12], results=played.day.results_sha256[:12],
            version=played.day.version,
        )
    )  # fmt: skip
    if report:
        console.print(_("Report: {path}").format(path=report), soft_wrap=True)


def _summing_up(played: Rehearsal, _: Words) -> Text:
    """Appointments, the last one out, the most inside and outside, and who was not home in the end."""
    rows = played.figures.appointments
    missed, late, invited = (sum(getattr(each, name) for each in rows) for name in ("missed", "late", "invited"))
    told = _(
        "Appointments: {missed} missed, {late} late of {invited}. Last one out {out}. Most inside {inside} at {at}."
    )
    text = Text(
        told.format(
            missed=missed, late=late, invited=f"{invited:,}", out=clock(played.figures.last_out_s),
            inside=f"{played.day.inside_peak_persons:,}", at=clock(played.day.inside_peak_s),
        )
    )  # fmt: skip
    held = held_sentence(played)
    for each, style in ((held, ""), *((still, "yellow") for still in still_there(played))):
        if each:
            text.append("" if _.chinese else " ").append(_.told(each), style)
    return text


def _dearest_shifts(played: Rehearsal, _: Words) -> Text:
    """The shifts whose missing people cost visitors most."""
    posts, bands = ({row.code: named(row) for row in rows} for rows in (played.plan.posts, played.plan.bands))
    listed = _("; ").join(
        _("{post}, {band}: {heads} missing, {hours} h more").format(
            post=_.told(posts[each.post]), band=_.told(bands[each.band]), heads=f"{each.lacking:,.0f}",
            hours=f"{each.waited_s / 3600:,.0f}",
        )
        for each in played.shifts[:MOST_SHIFTS]
    )  # fmt: skip
    return Text(_("Shifts whose missing people cost visitors most in queues: {listed}.").format(listed=listed))


def _lost(found: WrongTurnFigures, _: Words) -> Text:
    """What newcomers lost by turning wrong, and where most of it."""
    told = _(
        "Newcomers: {astray} of {newcomers} turned wrong, {each} min in vain each; {questions} questions at information desks. Chances: assumed."
    )
    text = Text(
        told.format(
            astray=f"{found.astray:,}", newcomers=f"{found.newcomers:,}", each=f"{found.lost_each_s / 60:.1f}",
            questions=f"{found.questions:,}",
        )
    )  # fmt: skip
    if found.places:
        worst = found.places[0]
        where = _("Most at {node}: {turns} wrong turns.").format(node=worst.node, turns=f"{worst.turns:,}")
        text.append("" if _.chinese else " ").append(where)
    return text


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
    for event in sorted(played.figures.events, key=lambda each: each.clearance is None)[:MOST_EVENTS]:
        until = clock(event.ends_at_s) if event.ends_at_s is not None else ""
        target, what = target_name(played.plan, event.action, event.target), event_text(played.plan, event)
        told = Both(f"{target.en}: {what.en}", f"{target.zh}：{what.zh}")
        text = f"  {clock(event.starts_at_s)}-{until} {_.told(told)}"
        if event.clearance:
            text += " · " + _out_text(event.clearance, _)
        console.print(Text(text, "cyan"))
    _say_more(console, len(played.figures.events) - MOST_EVENTS, _)


def _say_more(console: Console, left: int, _: Words) -> None:
    if left > 0:
        console.print(f"  {_more(left, _)}", style="dim")


def _more(left: int, _: Words) -> str:
    return _("... and {n} more in the report").format(n=f"{left:,}") if left > 0 else ""


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


def _gates(console: Console, played: Rehearsal, most: int, _: Words) -> Table:
    names = {row.code: _.of(row.name_en, row.name_zh) for row in played.plan.gates}
    rows = (
        (f"{each.gate} {names[each.gate]}".strip(),
         minutes(each.worst_p99_s, _, played.verdict.limit_from(each.worst_starts_s)), clock(each.worst_starts_s),
         f"{each.entries:,}")
        for each in played.gates[:most]
    )  # fmt: skip
    return table_of(
        console, _("Gates, the worst first"), ((_("gate"), "w"), (_("99 % within"), "r"), (_("from"), "r"), (_("entries"), "r")),
        rows, _more(len(played.gates) - most, _),
    )  # fmt: skip


def _halls(console: Console, played: Rehearsal, most: int, _: Words) -> Table:
    reported = {each.row.quantity: each.row for each in played.reported if each.row.quantity.startswith("areas.")}
    halls = sorted((each for each in played.figures.areas if each.kind == "hall"), key=lambda each: -each.peak_persons)

    def said(code: str) -> str:
        known = reported.get(f"areas.{code}.peak_persons")
        return f"{RELATIONS[known.relation]}{known.value:,.0f}" if known else ""

    rows = ((each.code, f"{each.peak_persons:,}", clock(each.peak_at_s), said(each.code)) for each in halls[:most])
    return table_of(
        console, _("Fullest halls"), ((_("hall"), "l"), (_("most persons"), "r"), (_("at"), "r"), (_("reported"), "r")), rows,
        _more(len(halls) - most, _),
    )  # fmt: skip


def _walkways(console: Console, played: Rehearsal, most: int, _: Words) -> Table:
    links = sorted(played.figures.links, key=lambda each: (-each.peak_per_m2, each.code))
    rows = (
        (each.code, f"{each.peak_per_m2:.2f}", each.level_of_service, clock(each.peak_at_s)) for each in links[:most]
    )
    return table_of(
        console, _("Densest walkways"), ((_("link"), "l"), ("/m²", "r"), (_("level"), "l"), (_("at"), "r")), rows,
        _more(len(links) - most, _),
    )  # fmt: skip


def _queues(console: Console, played: Rehearsal, most: int, _: Words) -> Table:
    """As the report's tables: by the five minutes of joining with the longest 99th percentile."""
    served = [each for each in played.figures.stations if each.served and each.service not in ("security", "badge")]
    served.sort(key=lambda each: (-each.worst_p99_s, -each.queue_peak, each.code))
    rows = (
        (each.code, minutes(each.wait_p99_s, _), minutes(each.worst_p99_s, _), clock(each.worst_at_s))
        for each in served[:most]
    )
    return table_of(
        console, _("Longest waits beyond the gates: 99 of 100"),
        ((_("station"), "l"), (_("all day"), "r"), (_("worst 5 min"), "r"), (_("from"), "r")), rows,
        _more(len(served) - most, _),
    )  # fmt: skip


def _show_reported(console: Console, plan: Plan, compared: tuple[Compared, ...], _: Words) -> None:
    """What was played beside what was reported, and the notes on it."""
    uses = {"fitted": _("fitted"), "held_back": _("held back"), "shown": _("shown")}
    notes = list(dict.fromkeys(note for each in compared if (note := _.of(each.row.note_en, each.row.note_zh))))
    marks = {note: _note_mark(at) for at, note in enumerate(notes)} | {"": ""}
    rows = (
        (_.told(quantity_name(plan, each.row.quantity)) + marks[_.of(each.row.note_en, each.row.note_zh)],
         _amount(each.played, each.row.unit, _), RELATIONS[each.row.relation] + _amount(each.row.value, each.row.unit, _),
         each.row.edition, uses[each.row.use], _("agrees") if each.agrees else _("differs"))
        for each in compared
    )  # fmt: skip
    columns: tuple[Column, ...] = (
        (_("figure"), "w"), (_("played"), "r"), (_("reported"), "r"), (_("ed."), "r"), (_("use"), "l"), ("", "l"),
    )  # fmt: skip
    console.print(table_of(console, _("Predicted beside reported"), columns, rows))
    if notes:
        told = ("；" if _.chinese else "; ").join(f"{_note_mark(at)} {note}" for at, note in enumerate(notes))
        console.print(wrapped(told, console.width), style="dim")


def _note_mark(at: int) -> str:
    return NOTE_MARKS[at] if at < len(NOTE_MARKS) else f"({at + 1})"


def _amount(value: float, unit: str, _: Words) -> str:
    return number_text(value) if unit in UNSAID and not math.isnan(value) else _.told(value_text(value, unit))


def _show_swings(console: Console, plan: Plan, swings: tuple[Swing, ...], _: Words) -> None:
    """Those that decide, as many as there is room for. On a narrow screen their marks stand behind their names."""
    narrow = is_narrow(console)
    shown = swings[: max(SWINGS[True], min(SWINGS[narrow], sum(swing.decides for swing in swings)))]
    columns: list[Column] = [
        (_("figure"), "w"), (_("tried"), "l"), (_("peak hour [min]"), "l"), (_("other quarters [min]"), "l"),
        (_("promise"), "l"),
    ]  # fmt: skip
    rows = [list(_swing(plan, swing, _)) for swing in shown]
    if narrow:
        behind = "{}（{}）" if _.chinese else "{} ({})"
        rows = [[behind.format(row[0], _(swing.mark)), *row[1:]] for row, swing in zip(rows, shown, strict=True)]
    else:
        columns.insert(1, (_("mark"), "l"))
        rows = [[row[0], _(swing.mark), *row[1:]] for row, swing in zip(rows, shown, strict=True)]
    title = _("What carries the verdict: one figure wrong at a time, gates alone, 99 of 100")
    console.print(table_of(console, title, columns, rows))
    below = [_more(len(swings) - len(shown), _)]
    if any(swing.is_usual for swing in shown):
        below.append(_("* nobody gave it a range: tried between the usual factors"))
    console.print(*filter(None, below), sep=" · ", style="dim")


def _swing(plan: Plan, swing: Swing, _: Words) -> Iterator[str]:
    """Its name, what was tried, the entry times at both ends, and what becomes of the promise."""
    kept = {True: _("kept"), False: _("broken")}
    ends = (swing.low, swing.high)
    yield _.told(figure_name(plan, swing.figure))
    yield "…".join(swing.tried) + ("*" if swing.is_usual else "")
    yield "…".join(_bare(each.peak_p99_s, each.peak_limit_s) for each in ends)
    yield "…".join(_bare(each.other_p99_s, each.other_limit_s) for each in ends)
    yield "…".join(kept[each.kept] for each in ends)


def _bare(seconds: float, limit_s: float) -> str:
    return "∞" if math.isinf(seconds) else minutes_text(seconds, limit_s)
