"""Commands on the drawing of a venue: draw one by size, measure the ways in it, check the exits of its halls."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hostcity.plan import Plan, PlanError, problems_of
from hostcity.plan.check import new_problems
from hostcity.plan.closings import unplayed
from hostcity.plan.evacuations import EXIT_LIMITS, halls_with_exits
from hostcity.plan.sentences import Sentence
from hostcity.site.command.arguments import AsJson, Lang, PlanPath, Scenarios, Sets
from hostcity.site.command.opened import opened, opened_in_work
from hostcity.site.command.plan_files import as_folder, refuse_to_overwrite, write_plan
from hostcity.site.command.telling import print_json, progress, screen, show_page
from hostcity.site.screens.words import chosen_words

if TYPE_CHECKING:
    from hostcity.engines.network import Derived

app = typer.Typer()
FAR, LOAD, WIDTH = EXIT_LIMITS.values()


class Shape(StrEnum):
    """Venues that can be drawn by size."""

    four_leaf = "four-leaf"
    comb = "comb"


@app.command()
def venue(
    shape: Annotated[Shape, typer.Argument(help="Four leaves around a plaza, or a comb along a spine.")],
    to: Annotated[Path, typer.Argument(help="File to write: .xlsx or .json.")],
    halls: Annotated[int, typer.Option(help="Halls in all.")] = 12,
    stands: Annotated[int, typer.Option(help="Stands in each hall.")] = 480,
    width: Annotated[float, typer.Option(help="Width of a hall, along the wall with its doors. [m]")] = 108.0,
    depth: Annotated[float, typer.Option(help="Depth of a hall. [m]")] = 270.0,
    lang: Lang = None,
) -> None:
    """Draw a venue by size into a plan that has nothing else: areas, stands, openings, connectors, amenities, and the ways."""
    from hostcity.plan.template import empty_plan
    from hostcity.plan.venues import HallSize, comb, four_leaf

    refuse_to_overwrite(to)
    size = HallSize(width_m=width, depth_m=depth, stands=stands)
    drawing = comb(halls, size) if shape is Shape.comb else four_leaf(halls, size)
    write_plan(_derived(replace(empty_plan(), **drawing.sheets()), lang).plan, to)
    print(to)  # noqa: T201 -- for programs


@app.command()
def derive(
    plan: PlanPath,
    to: Annotated[Path, typer.Argument(help="File to write: .xlsx or .json.")],
    scenario: Scenarios = None,
    set_: Sets = None,
    lang: Lang = None,
) -> None:
    """Derive nodes and links from the drawing: lengths, widths and narrowest places; typed links stay where nothing is drawn."""
    words = chosen_words(lang)
    refuse_to_overwrite(to)
    typed = opened_in_work(plan, set_, scenario)
    derived = _derived(typed, lang)
    problems = [replace(each, row=0) for each in new_problems(typed, derived.plan)]  # no row of the file is to blame
    if problems:
        raise PlanError(problems, Sentence("the plan with its network"))
    write_plan(derived.plan, to)
    told = words("Links derived: {links}. Nodes added: {nodes}. Typed links kept: {kept}.")
    counts = {"links": len(derived.links), "nodes": len(derived.nodes), "kept": len(derived.kept)}
    screen().print(told.format(**counts), highlight=False)
    if left := len(problems_of(derived.plan)):
        told = words("Problems that the plan had before and still has: {count}. `hostcity check` lists them.")
        screen().print(told.format(count=left), highlight=False)
    if shut := ", ".join(dict.fromkeys(event.target for event in unplayed(derived.plan))):
        told = words("Shut for a time, but no link has their codes, so that a rehearsal does not play it: {codes}.")
        screen().print(told.format(codes=shut), highlight=False)
    print(to)  # noqa: T201 -- for programs


def _derived(plan: Plan, lang: Lang) -> Derived:
    """The network of a plan, with progress."""
    words = chosen_words(lang)
    with progress(words("Measuring ways"), words) as tell:
        from hostcity.engines.network import derive_network

        return derive_network(plan, progress=tell)


@app.command()
def egress(
    plan: PlanPath,
    area: Annotated[
        list[str] | None,
        typer.Option(help="Area to check. May be given again. [default: halls with exits]", metavar="AREA"),
    ] = None,
    limit: Annotated[
        float, typer.Option(help="Farthest that anybody may have to an exit, on foot. [m]", min=FAR.low, max=FAR.high)
    ] = FAR.usual,
    persons_per_m2: Annotated[
        float, typer.Option(help="Persons per m2 of gross area.", min=LOAD.low, max=LOAD.high)
    ] = LOAD.usual,
    persons_per_m: Annotated[
        float, typer.Option(help="Persons per meter of clear exit.", min=WIDTH.low, max=WIDTH.high)
    ] = WIDTH.usual,
    out: Annotated[
        Path | None, typer.Option(parser=as_folder, help="Folder for plan cards to print. [default: none]")
    ] = None,
    set_: Sets = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Check the exits of halls by the drawing: distance from everywhere, width for the load, who takes which."""
    words = chosen_words(lang)
    day_plan = opened(plan, set_)
    from hostcity.report.egress_page import PARTS, egress_data, write_egress
    from hostcity.report.folder import check_folder
    from hostcity.site.screens.egress import show_egress

    if out:
        check_folder(out, PARTS)  # before anything is computed
    asked = area or _halls_with_exits(day_plan)
    found = []
    with progress(words("Measuring ways"), words) as tell:
        from hostcity.engines.egress import Limits, check_egress

        limits = Limits(distance_m=limit, persons_per_m2=persons_per_m2, persons_per_m=persons_per_m)
        for number, code in enumerate(asked):
            found.append(check_egress(day_plan, code, limits))
            tell((number + 1) / len(asked))
    page = write_egress(day_plan, found, out) if out else None
    if as_json:
        print_json(egress_data(found))
        return
    show_egress(screen(), found, words)
    if page:
        show_page(page, words)


def _halls_with_exits(plan: Plan) -> list[str]:
    """Halls that are drawn with an exit, in the order of the plan."""
    from hostcity.plan import Problem

    halls = halls_with_exits(plan.areas, plan.openings)
    if not halls:
        what, mend = Sentence("has no hall with exits."), Sentence("Mark openings as exits in sheet openings.")
        raise PlanError([Problem(code="egress.exits", what=what, mend=mend, sheet="openings", column="is_exit")])
    return halls
