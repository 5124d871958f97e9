"""The command that finds a way between two places of the venue."""

from __future__ import annotations

import os
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hostcity.plan import Plan, PlanError, Problem
from hostcity.plan.cells import CellError, clock_seconds
from hostcity.plan.sentences import Sentence
from hostcity.site.command.arguments import AsJson, Lang, PlanPath, Scenarios, Sets
from hostcity.site.command.opened import opened
from hostcity.site.command.plan_files import as_path, refuse_to_overwrite, wrong_kind
from hostcity.site.command.telling import print_json, progress, screen
from hostcity.site.screens.words import Words, chosen_words

if TYPE_CHECKING:
    from hostcity.engines.wayfinding import Book, Crowding

app = typer.Typer()
HOUR_S = 3600.0
NO_WAY = 3  # exit code: the places are known, and no way leads from one to the other


class For(StrEnum):
    """For whom a way is found."""

    walking = "walking"
    step_free = "step-free"
    pram = "pram"
    goods = "goods"


@app.command()
def way(
    plan: PlanPath,
    start: Annotated[
        str, typer.Argument(metavar="FROM", help="Code of a stand, amenity, area, opening, connector or node.")
    ],
    end: Annotated[str, typer.Argument(metavar="TO", help="The same, of where to go.")],
    profile: Annotated[For, typer.Option(help="For whom.")] = For.walking,
    at: Annotated[
        str,
        typer.Option(
            help="Time of day, HH:MM: what the timeline has closed then, and the crowd of that hour. [default: none]"
        ),
    ] = "",
    closed: Annotated[
        list[str] | None,
        typer.Option(help="Opening, connector or link that is closed. May be given again.", metavar="CODE"),
    ] = None,
    results: Annotated[
        Path | None,
        typer.Option(parser=as_path, help="Folder of a rehearsal's report, for the crowd of the hour. [default: none]"),
    ] = None,
    picture: Annotated[
        Path | None, typer.Option(parser=as_path, help="File for the way on the floor plan: .svg. [default: none]")
    ] = None,
    scenario: Scenarios = None,
    set_: Sets = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Find the quickest way between two places, in steps: on foot, step-free, with a pram, with goods."""
    words = chosen_words(lang)
    if picture:
        refuse_to_overwrite(picture)
        if picture.suffix.lower() != ".svg":
            raise wrong_kind(picture, Sentence("Name a file that ends in .svg."))
    at_s = _seconds(at)
    day_plan = opened(plan, set_, scenario)
    crowding = _crowding(results) if results else None
    from hostcity.engines.wayfinding import Guide, Way, closed_at, closed_by_codes, crowded_s, find_way, known_of
    from hostcity.report.way_data import way_data
    from hostcity.report.way_picture import way_picture
    from hostcity.site.screens.way import show_way

    book = _book(day_plan, profile.value, words)
    asked = closed_by_codes(book, closed or ())
    if at_s is not None:
        of_the_day = known_of(book, closed_at(day_plan, at_s))
        asked = type(asked)(asked.portals | of_the_day.portals, asked.barriers + of_the_day.barriers)
    found = find_way(book, start, end, asked)
    hour = int(at_s // HOUR_S) if at_s is not None else None
    in_crowd_s = None
    if isinstance(found, Way) and crowding and hour is not None:
        in_crowd_s = crowded_s(found, crowding, day_plan.areas, hour)
    if isinstance(found, Way) and picture:
        picture.write_text(way_picture(day_plan, found), "utf-8")
    guide = Guide(day_plan)
    if as_json:
        print_json(way_data(guide, found) | {"hour": hour, "crowded_s": in_crowd_s and round(in_crowd_s, 1)})
    else:
        show_way(screen(), guide, found, in_crowd_s, hour, words)
        if isinstance(found, Way) and picture:
            print(picture)  # noqa: T201 -- for programs
    if not isinstance(found, Way):
        raise typer.Exit(NO_WAY)


def _seconds(at: str) -> float | None:
    """A time of day. [s after midnight]"""
    if not at:
        return None
    try:
        return clock_seconds(at)
    except CellError as error:
        mend = Sentence("Write a time as HH:MM, e.g. 09:30; 25:30 is half past one at night.")
        what = Sentence("--at {at} is no time of day.", at=at[:100])
        raise PlanError(
            [Problem(code="way.at", what=what, mend=mend)], Sentence("the way that was asked for")
        ) from error


def _book(plan: Plan, profile: str, words: Words) -> Book:
    """The route book of a plan's drawing, made once and kept beside the compiled code."""
    from hostcity.engines.wayfinding import PROFILES, content_sha256, read_book, written

    path = _kept(content_sha256(plan, PROFILES[profile]))
    try:
        return read_book(path.read_bytes())
    except (OSError, ValueError):
        pass
    with progress(words("Making the route book"), words) as tell:
        from hostcity.engines.wayfinding.making import make_book

        book = make_book(plan, PROFILES[profile], progress=tell)
    _keep(path, written(book))
    return book


def _kept(sha256: str) -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "hostcity" / "ways" / f"{sha256}.npz"


def _keep(path: Path, data: bytes) -> None:
    """Whole or not at all; where nothing can be kept it is made again the next time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
            aside.write(data)
        Path(aside.name).replace(path)
    except OSError:
        pass


def _crowding(folder: Path) -> Crowding:
    """The crowd of a rehearsal's report."""
    import numpy as np

    from hostcity.engines.wayfinding import crowding_of
    from hostcity.plan import read_plan

    path = folder / "results.npz"
    try:
        with np.load(path, allow_pickle=False) as stored:
            codes, density, begins_s = (
                stored["link_codes"].tolist(),
                stored["link_density_per_m2"],
                float(stored["clock_start_s"]),
            )
    except (KeyError, ValueError) as error:
        what = Sentence("{path} holds no results of a rehearsal.", path=str(path))
        mend = Sentence("Name the folder of a report, as `hostcity rehearse PLAN --out DIR` writes it.")
        raise PlanError(
            [Problem(code="way.results", what=what, mend=mend)], Sentence("the way that was asked for")
        ) from error
    return crowding_of(read_plan(folder / "plan.json"), codes, density, begins_s)
