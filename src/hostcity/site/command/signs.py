"""Commands on wayfinding signs: plan faces for the trips of a day, say what is wrong with those of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hostcity.plan import Plan, PlanError, Problem, problems_of
from hostcity.plan.picture import sheet_of
from hostcity.plan.sentences import Sentence
from hostcity.site.command import floor_plans, sign_trials
from hostcity.site.command.arguments import BAD_INPUT, AsJson, Lang, PlanPath, Scenarios, Seed, Sets
from hostcity.site.command.opened import opened
from hostcity.site.command.plan_files import as_folder, as_path, refuse_to_overwrite, wrong_kind
from hostcity.site.command.telling import print_json, progress, screen
from hostcity.site.screens.words import chosen_words

if TYPE_CHECKING:
    from hostcity.studies.signs import WalkedDay

app = typer.Typer()
signs = typer.Typer(no_args_is_help=True, help="Plan wayfinding signs, and check those of a plan.")
app.add_typer(signs, name="signs")
signs.command("try")(sign_trials.try_signs)
signs.command("calibrate")(sign_trials.calibrate_signs)
PLAYED = 0.5  # of the work
WALKED = (
    "node_codes", "link_codes", "visitor_stream", "replay_person", "replay_at_s", "replay_kind", "replay_place",
    "link_density_per_m2",
)  # fmt: skip
Rows = Annotated[int, typer.Option(help="Rows of each list.", min=1, max=1000)]


@signs.command("plan")
def plan_signs(
    plan: PlanPath,
    faces: Annotated[int, typer.Option(help="New faces at most.", min=1, max=5000)] = 100,
    names: Annotated[int, typer.Option(help="Names on each new face at most.", min=1, max=20)] = 6,
    letters: Annotated[
        float, typer.Option(help="Height of letters: read at ease from 167 times as far. [mm]", min=5, max=2000)
    ] = 180.0,
    recovery: Annotated[
        bool, typer.Option("--recovery/--no-recovery", help="Who turns wrong walks on from there, or is lost.")
    ] = True,
    afresh: Annotated[bool, typer.Option("--afresh", help="Let nothing that hangs already stay.")] = False,
    bound: Annotated[float, typer.Option(help="Processor time for the bound. [s]", min=0, max=86_400)] = 60.0,
    results: Annotated[
        Path | None,
        typer.Option(
            parser=as_path, help="Folder of a rehearsal's report, for its trips. [default: the day is played]"
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            parser=as_folder,
            help="Folder for the sign schedule, the bill of quantities and the plan with its new faces. [default: none]",
        ),
    ] = None,
    rows: Rows = 12,
    seed: Seed = 1,
    scenario: Scenarios = None,
    set_: Sets = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Plan which faces to hang and what they name, for the trips of a day, with a bound that no plan passes."""
    words = chosen_words(lang)
    day_plan = opened(plan, set_, scenario)
    from hostcity.report.folder import check_folder, write_folder
    from hostcity.report.signs import PARTS, signs_data, write_signs
    from hostcity.site.screens.signs import show_signs
    from hostcity.studies.signs import demand_of, plan_faces

    if out:
        check_folder(out, PARTS)  # before anything is computed
    if problems := problems_of(day_plan):
        raise PlanError(problems)
    with progress(words("Planning signs"), words) as tell:
        day = _walked(day_plan, results) if results else _played(day_plan, seed, lambda share: tell(PLAYED * share))
        study = plan_faces(
            day_plan, demand_of(day_plan, day), faces=faces, names=names, letter_mm=letters, recovers=recovery, afresh=afresh,
            bound_s=bound, seed=1 + seed % (2**31 - 1), progress=lambda share: tell(PLAYED + (1 - PLAYED) * share),
        )  # fmt: skip
    folder = write_folder(out, partial(write_signs, day_plan, study), PARTS) if out else None
    if as_json:
        print_json(signs_data(study))
        return
    show_signs(screen(), day_plan, study, words, rows)
    if folder:
        screen().print(words("Folder: {folder}").format(folder=folder), soft_wrap=True)


@signs.command()
def audit(
    plan: PlanPath,
    picture: Annotated[
        Path | None,
        typer.Option(parser=as_path, help="Draw the levels, with what is wrong marked and numbered: an .svg."),
    ] = None,
    rows: Rows = 12,
    scenario: Scenarios = None,
    set_: Sets = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say what is wrong with the faces of a plan: arrows, gaps, names, letters, what hides them. Exit code 2 when there is anything."""
    words = chosen_words(lang)
    if picture:
        refuse_to_overwrite(picture)
        if picture.suffix.lower() != ".svg":
            raise wrong_kind(picture, Sentence("Name a file that ends in .svg."))
    day_plan = opened(plan, set_, scenario)
    if problems := problems_of(day_plan):
        raise PlanError(problems)
    from hostcity.site.screens import as_data
    from hostcity.site.screens.signs import show_audit
    from hostcity.studies.signs import audit_faces

    found = audit_faces(day_plan, lambda _sheet, _index: 0)
    if picture:
        floor_plans.draw(sheet_of(day_plan), found, picture, words)
    if as_json:
        print_json({"faces": len(day_plan.faces), "problems": [as_data.of_problem(each) for each in found]})
    else:
        show_audit(screen(), found, len(day_plan.faces), words, rows)
    if found:
        raise typer.Exit(BAD_INPUT)


def _played(plan: Plan, seed: int, tell: Any) -> WalkedDay:
    from hostcity.studies.played import play_day

    return play_day(plan, seed=seed, progress=tell)


@dataclass(frozen=True, kw_only=True)
class _Walked:
    """What a kept day says of who walked where; see ``WalkedDay``."""

    node_codes: tuple[str, ...]
    link_codes: tuple[str, ...]
    visitor_stream: Any
    replay_person: Any
    replay_at_s: Any
    replay_kind: Any
    replay_place: Any
    link_density_per_m2: Any


def _walked(plan: Plan, folder: Path) -> WalkedDay:
    """The trips of a rehearsal's report. Raises ``PlanError`` where it holds none, or of another network."""
    import numpy as np

    path = folder / "results.npz"
    try:
        with np.load(path, allow_pickle=False) as stored:
            kept = {name: stored[name] for name in WALKED}
    except (KeyError, ValueError, FileNotFoundError, NotADirectoryError) as error:
        what = Sentence("{path} holds no results of a rehearsal.", path=str(path))
        raise _refused(what, "signs.results") from error
    codes = {name: tuple(str(each) for each in kept[name]) for name in ("node_codes", "link_codes")}
    if codes["node_codes"] != tuple(node.code for node in plan.nodes) or codes["link_codes"] != tuple(
        link.code for link in plan.links
    ):
        raise _refused(Sentence("{path} is of another network than the plan's.", path=str(path)), "signs.network")
    return _Walked(**{**kept, **codes})


def _refused(what: Sentence, code: str) -> PlanError:
    mend = Sentence("Name the folder of a report, as `hostcity rehearse PLAN --out DIR` writes it.")
    return PlanError([Problem(code=code, what=what, mend=mend)], Sentence("the signs that were asked for"))
