"""Every message of the package with its context in the catalog, taken from the sources by the catalog's own tool.

Messages of pages, which Django looks up, are in a catalog of their own.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import typer
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

import hostcity
from hostcity.plan.columns import columns_of
from hostcity.plan.plan import SHEETS
from hostcity.plan.rows import MARKS
from hostcity.report.compared import FIGURES
from hostcity.report.terms import TERMS
from hostcity.report.words import CHINESE, LOCALE
from hostcity.site.command import app, in_chinese
from hostcity.studies.calibration.counts import CountRow
from tests.report.messages import player_messages

PACKAGE = Path(inspect.getfile(hostcity)).parent
#: Functions that take a message, with its context.
TAKERS = {"say": "", "t": "", "_": "command", "words": "command", "_said": "help", "Sentence": "problem"}
#: Looked up by the library that reads the command line.
OF_THE_LIBRARY = ("Options", "Arguments", "Commands", "required", "default: {default}")


@cache
def messages() -> set[tuple[str, str]]:
    """Context and message of everything that is said."""
    modules = [path for path in PACKAGE.rglob("*.py") if "django.utils.translation" not in path.read_text("utf-8")]
    found = {(context, message) for path in modules for context, message in _of_module(path)}
    for path in PACKAGE.rglob("*.j2"):
        with path.open("rb") as file:
            found |= {("", _first(each[2])) for each in babel_extract(file, ["t", "say"], [], {})}
    found |= {("", each) for each in (*TERMS.values(), *(name for name, *_ in FIGURES.values()), *OF_THE_LIBRARY)}
    found |= {("help", each) for each in (*in_chinese.OF_THE_SYSTEM, *_help(typer.main.get_command(app)))}
    found |= {("player", each) for each in player_messages()}
    found |= {("command", each) for each in MARKS}  # beside a figure that was varied
    return found | set(_of_columns())


def catalog() -> Any:
    """The Chinese catalog as it is written."""
    with (LOCALE / CHINESE / "LC_MESSAGES" / "hostcity.po").open("rb") as file:
        return read_po(file)


def _of_module(path: Path) -> Iterator[tuple[str, str]]:
    with path.open("rb") as file:
        for _, taker, message, _ in extract_python(file, TAKERS, [], {}):
            if _first(message):  # else it is no literal: its messages are collected where they stand
                yield TAKERS[taker], _first(message)


def _first(message: Any) -> str:
    return message[0] if isinstance(message, tuple) else message


def _help(command: Any) -> Iterator[str]:
    yield from (in_chinese.one_line(command.help), in_chinese.HELP, in_chinese.OPTIONS, in_chinese.ARGUMENTS)
    yield from (each.help for each in command.params if getattr(each, "help", None))
    for each in getattr(command, "commands", {}).values():
        yield from _help(each)


def _of_columns() -> Iterator[tuple[str, str]]:
    for row_type in (*SHEETS.values(), CountRow):
        for column in columns_of(row_type).values():
            if column.unit not in ("-", "HH:MM"):
                yield "unit", column.unit
            yield from (("choice", each) for each in column.choices)
    yield from (("choice", each) for each in ("yes", "no"))
