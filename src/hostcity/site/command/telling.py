"""How commands tell: a console as wide as its reader's, JSON for programs, progress for who waits."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from hostcity.site.screens.words import Words

WIDTH = 140  # columns, where no terminal has any


def print_json(body: Any) -> None:
    """Print for programs: UTF-8 where standard output is, else escapes."""
    is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    json.dump(body, sys.stdout, ensure_ascii=not is_unicode, indent=1, allow_nan=False)
    sys.stdout.write("\n")


def tell(text: str) -> None:
    """Say something on standard error: what a program reads stays on standard output."""
    print(text, file=sys.stderr)  # noqa: T201 -- a command speaks to its user


def screen() -> Console:
    """Standard output, as wide as the terminal, or as COLUMNS says."""
    console = Console(highlight=False, markup=False, emoji=False)  # brackets and colons are the planner's own
    if not console.is_terminal:
        asked = os.environ.get("COLUMNS", "")
        console.width = int(asked) if asked.isdecimal() else WIDTH
    return console


def show_page(page: Path, words: Words) -> None:
    """Say where a page was written, on one line however long."""
    screen().print(words("Page: {page}").format(page=page), soft_wrap=True)


@contextmanager
def progress(what: str, words: Words) -> Iterator[Callable[[float], None]]:
    """A bar on standard error, with the time that is left; nothing where nobody looks."""
    with noted_progress(what, words) as tell:
        yield lambda share: tell(share, "")


@contextmanager
def noted_progress(what: str, words: Words) -> Iterator[Callable[[float, str], None]]:
    """The same, with a note on how good it is that changes."""
    from hostcity.engines.cache import cache_folder

    console = Console(stderr=True)
    if not cache_folder().exists():
        console.print(words("Compiling the engine, once: about a minute."), style="dim")
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(), TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task(what, total=1.0)
        yield lambda share, note: bar.update(task, completed=share, description=f"{what} {note}".rstrip())


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say on standard error what takes a while, and how long it has taken; nothing where nobody looks."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        bar.add_task(what, total=None)
        yield
