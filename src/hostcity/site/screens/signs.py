"""A plan of signs, and what is wrong with those that hang, on one screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console

from hostcity.engines.signs import SignPlan
from hostcity.plan import Plan, Problem
from hostcity.report.signs import figure_of
from hostcity.report.words import named
from hostcity.site.screens.tables import Column, table_of
from hostcity.site.screens.words import Words
from hostcity.studies.signs import PlannedFace, SignStudy

NAMES = 60  # characters of the names on a face


def show_signs(console: Console, plan: Plan, study: SignStudy, _: Words, most: int) -> None:
    """The plan beside others and its bound, then face by face what each is good for."""
    unit = _("meters walked in vain a trip") if study.recovers else _("guided all the way [%]")
    columns: tuple[Column, ...] = ((_("signs"), "l"), (_("faces"), "r"), (unit, "r"))
    console.print(table_of(console, _("The plan beside others"), columns, _beside(study, _)))
    console.print(_bound_line(study, _), style="bold")
    names = {area.code: _.told(named(area)) for area in plan.areas}
    columns = (
        (_("face"), "l"), (_("where"), "w"), (_("names"), "w"), (_("readers an hour"), "r"), (_("lost without it an hour"), "r"),
    )  # fmt: skip
    rows = (_face(each, names, _) for each in study.faces[:most])
    below = _("and {count} more").format(count=len(study.faces) - most) if len(study.faces) > most else ""
    title = (
        _("What each face is good for, in meters")
        if study.recovers
        else _("What each face is good for, in persons guided")
    )
    console.print(table_of(console, title, columns, rows, below))
    if study.left_out:
        text = _("Faces that stay, but tell nobody a right way (see signs audit): {codes}.")
        console.print(text.format(codes=", ".join(study.left_out)), style="yellow")
    text = _(
        "{persons:,.0f} trips an hour of {followed:,} visitors followed through the day, over {hours:.1f} h. Chances of a right turn: assumed."
    )
    console.print(
        text.format(persons=study.found.persons, followed=study.demand.followed, hours=study.demand.hours), style="dim"
    )


def show_audit(console: Console, problems: Sequence[Problem], count: int, _: Words, most: int) -> None:
    """What is wrong, by kind, and the first of them."""
    if not count:
        console.print(_("The plan has no faces: add them to sheets faces and face_lines."))
        return
    if not problems:
        console.print(_("Faces: {count}. Nothing is wrong with them.").format(count=count), style="green")
        return
    kinds: Counter[str] = Counter()
    for each in problems:
        kinds[each.code] += each.more or 1
    columns: tuple[Column, ...] = ((_("what"), "l"), (_("times"), "r"))
    title = _("Faces: {count}. What is wrong").format(count=count)
    console.print(table_of(console, title, columns, ((code, str(times)) for code, times in kinds.most_common())))
    for each in problems[:most]:
        console.print(_.problem(each))
    if len(problems) > most:
        console.print(_("and {count} more").format(count=len(problems) - most), style="dim")


def _beside(study: SignStudy, _: Words) -> Iterator[tuple[str, str, str]]:
    def row(name: str, plan: SignPlan) -> tuple[str, str, str]:
        return name, str(plan.faces.size), _number(study, plan.score)

    yield _("none"), "0", _number(study, study.found.unsigned)
    if study.as_it_hangs.faces.size:
        yield row(_("those that stay"), study.as_it_hangs)
    yield row(_("where most floor sees them"), study.floor)
    yield row(_("at the busiest corners"), study.corners)
    yield row(_("this plan"), study.found)
    yield _("bound: no plan is better than"), str(study.most_faces), _number(study, study.bound.score)


def _number(study: SignStudy, score: float) -> str:
    return f"{figure_of(study, score):.1f}"


def _bound_line(study: SignStudy, _: Words) -> str:
    if study.bound.is_optimal:
        return _("Proved: no plan of so many faces is better.")
    gap = f"{100 * study.bound.gap:.1f}"
    if study.recovers:
        return _("Of what signs could spare, {gap} % are open between this plan and the bound.").format(gap=gap)
    return _("This plan is {gap} % below the bound.").format(gap=gap)


def _face(face: PlannedFace, names: dict[str, str], _: Words) -> tuple[str, ...]:
    said = [_.of(line.name_en, line.name_zh) for line in face.lines]
    listed = ("、" if _.chinese else ", ").join(said)
    where = f"{names[face.row.area]} ({face.node})"
    stays = "" if face.is_new else f" ({_('stays')})"
    return (
        f"{face.row.code}{stays}", where, listed if len(listed) <= NAMES else f"{listed[: NAMES - 1]}…", f"{face.readers_h:,.0f}",
        f"{face.lost_without_h:,.0f}",
    )  # fmt: skip
