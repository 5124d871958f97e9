"""Commands on drawings of other programs (DXF): their layers, a proof of what they would change, its approval."""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hostcity.plan import Plan, read_plan
from hostcity.plan.sentences import Sentence
from hostcity.site.command.arguments import BAD_INPUT, AsJson, Lang, PlanPath
from hostcity.site.command.plan_files import as_path, refuse_to_overwrite, write_plan, wrong_kind
from hostcity.site.command.telling import print_json, screen, waiting
from hostcity.site.screens.words import Words, chosen_words

if TYPE_CHECKING:
    from hostcity.plan.dxf import Proof

app = typer.Typer()
dxf = typer.Typer(no_args_is_help=True, help="Read a drawing (DXF) into a plan by its layers, with a proof; write one.")
app.add_typer(dxf, name="dxf")

MIB = 1024**2


class Unit(StrEnum):
    """Units of drawings."""

    m = "m"
    dm = "dm"
    cm = "cm"
    mm = "mm"
    km = "km"
    ft = "ft"
    inch = "in"


DxfPath = Annotated[Path, typer.Argument(parser=as_path, help="Drawing of another program (.dxf).")]
MapPath = Annotated[
    Path,
    typer.Option("--map", parser=as_path, help="What its layers are (.toml or .json): see dxf layers.", metavar="FILE"),
]
UnitOf = Annotated[
    Unit | None,
    typer.Option("--unit", help="Unit of the drawing, whatever the map and the file say. [default: the map's]"),
]
IntoPlan = Annotated[
    Path, typer.Option("--plan", parser=as_path, help="Plan that it is compared with.", metavar="PLAN")
]
MostMib = Annotated[int, typer.Option("--most-mib", help="Largest file that is read. [MiB]", min=1, max=1024)]


@dxf.command()
def layers(
    drawing: DxfPath,
    write: Annotated[
        Path | None, typer.Option(parser=as_path, help="Write a map to begin with: a .toml.", metavar="FILE")
    ] = None,
    level: Annotated[str, typer.Option(help="Level of the plan that is drawn, for the map.")] = "",
    most_mib: MostMib = 20,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """List the layers of a drawing: how much is on each, sample texts, and what it probably is by its name."""
    from hostcity.plan.dxf import as_toml, guessed_map, layers_of, read_contents
    from hostcity.site.screens.drawings import layer_bodies, layer_notes, show_layers

    words = chosen_words(lang)
    if write:
        refuse_to_overwrite(write)
        if write.suffix.lower() != ".toml":
            raise wrong_kind(write, Sentence("Name a file that ends in .toml."))
    with waiting(words("Reading the drawing")):
        contents = read_contents(drawing, most_mib * MIB)
    found = layers_of(contents)
    if write:
        write.write_text(as_toml(guessed_map(found, level), layer_notes(found, words)), "utf-8")
    if as_json:
        print_json({"unit": contents.unit, "layers": layer_bodies(found)})
        return
    show_layers(screen(), contents, found, words)
    if write:
        print(write)  # noqa: T201 -- for programs


@dxf.command()
def proof(
    drawing: DxfPath,
    map_: MapPath,
    plan: IntoPlan,
    unit: UnitOf = None,
    picture: Annotated[
        Path | None, typer.Option(help="Draw the level: what is new, moved, gone, and doubts numbered: an .svg.")
    ] = None,
    most_mib: MostMib = 20,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show what a drawing would change in a plan, and all that is doubtful. Nothing is changed. Exit code 2 when it is refused."""
    from hostcity.site.screens.drawings import proof_body, show_proof

    words = chosen_words(lang)
    if picture:
        refuse_to_overwrite(picture)
        if picture.suffix.lower() != ".svg":
            raise wrong_kind(picture, Sentence("Name a file that ends in .svg."))
    made = _proof(drawing, map_, read_plan(plan), unit, most_mib, words)
    if picture:
        _draw(made, picture, words)
    if as_json:
        print_json(proof_body(made))
    else:
        show_proof(screen(), made, words)
    if made.refusals:
        raise typer.Exit(BAD_INPUT)


@dxf.command()
def approve(
    drawing: DxfPath,
    map_: MapPath,
    plan: IntoPlan,
    proof_: Annotated[str, typer.Option("--proof", help="Hash of the proof that was looked at.", metavar="HASH")],
    into: Annotated[
        Path,
        typer.Option(
            parser=as_path, help="File to write the plan with the drawing to: .xlsx or .json.", metavar="FILE"
        ),
    ],
    unit: UnitOf = None,
    most_mib: MostMib = 20,
    lang: Lang = None,
) -> None:
    """Write the plan with a drawing in it, if file, map and plan are those of the proof."""
    from hostcity.plan.dxf import approve as approved

    words = chosen_words(lang)
    refuse_to_overwrite(into)
    write_plan(approved(_proof(drawing, map_, read_plan(plan), unit, most_mib, words), proof_.strip().lower()), into)
    print(into)  # noqa: T201 -- for programs


@dxf.command()
def write(
    plan: PlanPath,
    to: Annotated[Path, typer.Argument(parser=as_path, help="File to write: .dxf.")],
    level: Annotated[str, typer.Option(help="Level of the plan that is drawn.")],
    map_: Annotated[
        Path | None,
        typer.Option(
            "--map", parser=as_path, help="Write the map to read it again with, too: a .toml.", metavar="FILE"
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Write a level of a plan as a drawing: a layer for each kind, numbers as texts, in meters."""
    from hostcity.plan.dxf import as_toml, own_map, write_dxf

    words = chosen_words(lang)
    for path, suffix, mend in (
        (to, ".dxf", Sentence("Name a file that ends in .dxf.")),
        (map_, ".toml", Sentence("Name a file that ends in .toml.")),
    ):
        if path is not None:
            refuse_to_overwrite(path)
            if path.suffix.lower() != suffix:
                raise wrong_kind(path, mend)
    read = read_plan(plan)
    with waiting(words("Writing the drawing")):
        write_dxf(read, level, to)
    if map_ is not None:
        map_.write_text(as_toml(own_map(read, level)), "utf-8")
    print(to)  # noqa: T201 -- for programs


def _proof(
    drawing: Path, map_path: Path, plan: Plan, unit: Unit | None, most_mib: int, words: Words
) -> Proof:  # fmt: skip
    from hostcity.plan.dxf import prove, read_layer_map

    layer_map = read_layer_map(map_path)
    if unit is not None:
        layer_map = replace(layer_map, unit=unit.value)
    with waiting(words("Reading the drawing")):
        return prove(drawing, layer_map, plan, most_mib * MIB)


def _draw(made: Proof, path: Path, words: Words) -> None:
    from hostcity.plan.dxf import picture_of_proof

    path.write_text(picture_of_proof(made, words.problem, words.told), "utf-8")
    print(words("Picture: {picture}").format(picture=path), file=sys.stderr)  # noqa: T201 -- speaks to its user
