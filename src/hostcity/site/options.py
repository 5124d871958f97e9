"""Options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    """Languages of the commands and their order of preference."""

    en = "en"
    zh = "zh"


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Lang = Annotated[Language | None, typer.Option("--lang", help="Language of what is printed.")]
Home = Annotated[
    Path | None, typer.Option(help="Folder of the site: settings, keys, database of its own. [default: var]")
]
