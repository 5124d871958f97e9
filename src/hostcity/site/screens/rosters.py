"""Rosters on one screen: how good one is and beside what, why a post is short, who is told of what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console

from hostcity.engines.rosters import Attendance, CellWhy, Effect, Move, Offer, PersonWhy, Repair, Step
from hostcity.engines.rosters.from_plan import Force
from hostcity.plan import Plan, Problem
from hostcity.report.words import named
from hostcity.site.screens.tables import Column, table_of
from hostcity.site.screens.words import Words
from hostcity.studies.rostering import Judged, Role, RosterStudy


def note_of(step: Step, _: Words) -> str:
    """How good the roster is while it is made."""
    text = f"{step.objective:,.0f}"
    if step.bound > 0 and step.objective > 0:
        gap = 100 * (step.objective - step.bound) / step.objective
        text += " " + _("(bound {bound:,.0f}, gap at most {gap:.1f} %)").format(bound=step.bound, gap=gap)
    return text


def show_roster(console: Console, plan: Plan, study: RosterStudy, _: Words) -> None:
    """The roster beside what people make without an engine, by role, and what standing by brings."""
    names = {"first_come": _("first come, first served"), "by_hand": _("careful by hand")}
    rosters = [(_("this roster"), study.judged), *((names[name], judged) for name, judged in study.beside)]
    show_judged(console, rosters, _)
    text = _("No roster with these home posts has less harm than {bound:,.0f}: at most {gap:.1f} % could be saved.")
    console.print(text.format(bound=study.roster.bound, gap=100 * study.roster.gap), style="bold")
    show_roles(console, plan, study.roles, _)
    show_attendance(console, study.attendance, _)


def show_judged(console: Console, rosters: Sequence[tuple[str, Judged]], _: Words) -> None:
    """Rosters side by side."""
    columns: tuple[Column, ...] = (
        (_("roster"), "l"), (_("harm"), "r"), (_("heads missing, expected"), "r"), (_("shifts with too few"), "r"), (_("shifts served"), "r"),
        (_("without a shift"), "r"), (_("changes of post"), "r"), (_("with a team mate [%]"), "r"), (_("rules broken"), "r"),
    )  # fmt: skip
    title = _("The roster, of {demand:,} heads needed").format(demand=rosters[0][1].score.demand)
    console.print(table_of(console, title, columns, (_judged(name, each) for name, each in rosters)))


def show_roles(console: Console, plan: Plan, roles: Sequence[Role], _: Words) -> None:
    """What is asked and missing, role by role."""
    names = {skill.code: _.told(named(skill)) for skill in plan.skills}
    said = {"": _("heads"), "least": _("of the minimum")}
    columns: tuple[Column, ...] = ((_("role"), "l"), (_("needed"), "r"), (_("missing, expected"), "r"))
    rows = ((said.get(each.skill) or names[each.skill], f"{each.asked:,}", f"{each.missing:,.1f}") for each in roles)
    console.print(table_of(console, _("By role, at posts over the whole event"), columns, rows))


def show_attendance(console: Console, attendance: Attendance, _: Words) -> None:
    """What is missing when some do not come, before and after standing by."""
    text = _(
        "{draws} draws of who comes: {missing:,.1f} heads missing; {standby:,.1f} after those who stand by fill in where they are trained; "
        "{moves:,.1f} when others of the zone move too ({share:.2f} % of {demand:,})."
    )
    console.print(
        text.format(
            draws=attendance.missing.size, missing=attendance.missing.mean(), standby=attendance.after_standby.mean(),
            moves=attendance.after_moves.mean(), share=100 * attendance.share, demand=attendance.demand,
        )
    )  # fmt: skip


def show_check(
    console: Console,
    judged: Judged,
    problems: Sequence[Problem],
    plan: Plan,
    roles: Sequence[Role],
    _: Words,
    most: int,
) -> None:
    """A roster on sheet shifts: its score, and every rule that it breaks."""
    show_judged(console, [(_("sheet shifts"), judged)], _)
    show_roles(console, plan, roles, _)
    show_problems(console, problems, _("Every rule is kept."), _, most)


def show_problems(console: Console, problems: Sequence[Problem], none: str, _: Words, most: int) -> None:
    """Problems, the first of them; or a line that there are none."""
    if not problems:
        console.print(none, style="green")
    for each in problems[:most]:
        console.print(_.problem(each), soft_wrap=True)
    if len(problems) > most:
        console.print(_("and {count} more").format(count=len(problems) - most), style="dim")


def show_cell(console: Console, force: Force, why: CellWhy, post: int, _: Words) -> None:
    """Why a post is short in one band, and what one change would bring."""
    lines = (_line(force, line, post, _) for line in range(len(why.needed)))
    rows = [
        (name, str(why.needed[at]), f"{why.expected[at]:.2f}", f"{why.price[at]:.1f}")
        for at, name in enumerate(lines)
        if name
    ]
    columns: tuple[Column, ...] = (
        (_("asked for"), "l"),
        (_("needed"), "r"),
        (_("come, expected"), "r"),
        (_("one more saves"), "r"),
    )
    console.print(table_of(console, _("{heads} rostered").format(heads=why.heads), columns, rows))
    reasons = (
        (_reason(name, _), f"{many:,}", f"{lacking:,}")
        for (name, many), (_same, lacking) in zip(why.people, why.lacking, strict=True)
    )
    columns = (
        (_("everybody, by the first reason"), "l"),
        (_("people"), "r"),
        (_("of these with what is dearest"), "r"),
    )
    console.print(table_of(console, _("Why nobody else"), columns, reasons))
    offers = [*_offers(force, why.calls, _("call"), _), *_offers(force, why.swaps, _("move"), _)]
    columns = ((_("change"), "l"), (_("volunteer"), "l"), (_("from"), "l"), (_("harm"), "r"))
    console.print(table_of(console, _("Best single changes"), columns, offers))


def show_person(console: Console, force: Force, why: PersonWhy, _: Words) -> None:
    """Somebody's shifts, the best others at the same prices, and what keeps him from the rest."""
    for title, plan in ((_("Shifts now"), why.plan), (_("Best shifts at these prices"), why.best)):
        axes = force.axes
        served = ", ".join(f"{axes.days[day]} {axes.bands[band]} {axes.posts[post]}" for day, band, post in plan.served)
        console.print(f"{title}: {served or _('none')} ({plan.reduced:,.1f})", soft_wrap=True)
    columns: tuple[Column, ...] = ((_("open cells, by the first reason"), "l"), (_("cells"), "r"))
    console.print(
        table_of(
            console,
            _("What keeps from other shifts"),
            columns,
            ((_reason(name, _), f"{many:,}") for name, many in why.cells),
        )
    )


def show_repair(console: Console, force: Force, mended: Repair, messages: Sequence[str], _: Words) -> None:
    """What a day lacked and lacks now, and a message for each person."""
    before, without, after = mended.short
    text = _(
        "Heads short that day: {before} before, {without} without the absent, {after} mended. {told} people are told."
    )
    console.print(text.format(before=before, without=without, after=after, told=mended.told), style="bold")
    for message in messages:
        console.print(message, soft_wrap=True)


def messages_of(force: Force, moves: Sequence[Move], day: str, _: Words) -> list[str]:
    """One line for each person who is told of a change."""
    return [_message(force, move, day, _) for move in sorted(moves, key=lambda each: (each.person, each.shift))]


def show_effect(console: Console, effect: Effect, problems: Sequence[Problem], _: Words, most: int) -> None:
    """What edits would do, term by term."""
    terms = effect.change
    rows = (
        (_("missing heads"), terms.heads), (_("missing roles"), sum(terms.traits)), (_("unwanted shifts"), terms.shifts),
        (_("unwanted posts"), terms.posts), (_("changes of post"), terms.changes), (_("fairness"), terms.fairness),
        (_("away from home"), terms.away), (_("total"), terms.total),
    )  # fmt: skip
    columns: tuple[Column, ...] = ((_("harm"), "l"), (_("change"), "r"))
    console.print(
        table_of(
            console,
            _("What would change; below 0 is better"),
            columns,
            ((name, f"{change:+,.2f}") for name, change in rows),
        )
    )
    show_problems(console, problems, _("No rule is broken that was kept before."), _, most)


def _judged(name: str, judged: Judged) -> tuple[str, ...]:
    score = judged.score
    return (
        name, f"{score.objective:,.0f}", f"{score.missing[0]:,.1f}", f"{score.cells_short:,}", f"{score.shifts:,}", f"{score.idle:,}",
        f"{score.changes:,}", f"{100 * score.with_mate:.0f}", f"{len(judged.violations):,}",
    )  # fmt: skip


def _line(force: Force, line: int, post: int, _: Words) -> str:
    """What a line asks for at a post; "" = nothing."""
    kind = force.lines[line].kind
    if kind == "heads":
        return _("heads")
    if kind == "least":
        return _("of the minimum") if force.problem.posts.needed[line, :, :, post].any() else ""
    return force.skill_at(line, post)


def _reason(name: str, _: Words) -> str:
    return {
        "serves here": _("serves here"), "not trained": _("not trained, certified or accredited"), "not free": _("not free then"),
        "locked": _("locked"), "elsewhere": _("on duty elsewhere that day"), "at limit": _("has most shifts already"),
        "rest and hours": _("rest and hours"), "could come": _("could come"),
    }[name]  # fmt: skip


def _offers(force: Force, offers: Sequence[Offer], name: str, _: Words) -> Iterator[tuple[str, ...]]:
    for each in offers:
        source = force.axes.posts[each.source] if each.source >= 0 else _("off that day")
        yield name, force.axes.people[each.person], source, f"{each.harm:+,.1f}"


def _message(force: Force, move: Move, day: str, _: Words) -> str:
    axes = force.axes
    source = axes.posts[move.source] if move.source >= 0 else ""
    target = axes.posts[move.target] if move.target >= 0 else ""
    values = {
        "person": axes.people[move.person],
        "day": day,
        "band": axes.bands[move.shift],
        "source": source,
        "target": target,
    }
    if not target:
        text = _("{person}: {day}, {band}: {source} no longer needs you; you are free.")
    elif not source:
        text = _("{person}: {day}, {band}: please come to {target}, though you were off.")
    else:
        text = _("{person}: {day}, {band}: please go to {target} instead of {source}.")
    return text.format(**values)
