"""Arguments and options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hostcity.site.command.plan_files import as_path

BAD_INPUT = 2  # exit code


class Language(StrEnum):
    """Languages of the commands and their order of preference."""

    en = "en"
    zh = "zh"


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Lang = Annotated[Language | None, typer.Option("--lang", help="Language of what is printed.")]
Home = Annotated[
    Path | None, typer.Option(help="Folder of the site: settings, keys, database of its own. [default: var]")
]

PlanPath = Annotated[
    Path, typer.Argument(parser=as_path, help="A folder with an expo.xlsx, a workbook (.xlsx) or a plan as .json.")
]
DrawnPath = Annotated[
    Path,
    typer.Argument(
        parser=as_path,
        help="A folder with an expo.xlsx, a workbook (.xlsx), a plan as .json, or an archive of a floor plan (.zip, IMDF).",
    ),
]
Seed = Annotated[int, typer.Option(help="Seed of every random draw.", min=0, max=2**63 - 1)]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set", help="Change the plan: SHEET.KEY.FIELD[@HH:MM-HH:MM]=VALUE. May be given again.", metavar="CHANGE"
    ),
]

Scenarios = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario",
        help="Let a scenario happen: a .toml file, or the name of one beside the plan. May be given again.",
        metavar="NAME",
    ),
]

Processes = Annotated[int, typer.Option(help="Processes of this machine that play the runs.", min=1, max=1024)]
Dask = Annotated[
    str | None, typer.Option(help="Play the runs on a Dask cluster, e.g. tcp://10.0.0.5:8786.", metavar="ADDRESS")
]
