"""The `hostcity` command: what it begins and ends with. Each command calls one study and shows what it gives."""

from __future__ import annotations

import io
import sys
from typing import Annotated, Any

import typer

from hostcity import __version__
from hostcity.plan import PlanError
from hostcity.site.command import (
    drawings,
    facilities,
    plans,
    rehearsing,
    rosters,
    running,
    signs,
    site_plans,
    studying,
    tasks,
    venues,
    ways,
    wrong_words,
)
from hostcity.site.command.arguments import BAD_INPUT
from hostcity.site.command.in_chinese import speak_chinese, system_said
from hostcity.site.screens.words import Words, chosen_words, language_asked

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Rehearse the day of a very large trade expo from one plan, an Excel workbook.",
)
for each in (
    rehearsing,
    studying,
    plans,
    drawings,
    venues,
    ways,
    facilities,
    signs,
    rosters,
    tasks,
    running,
    site_plans,
):
    app.add_typer(each.app)


def main() -> None:
    """Run the command line; wrong input ends with exit code 2 and every problem, never with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows ?, and the command goes on
    words = chosen_words(language_asked(sys.argv[1:]))
    try:
        _run(words)
    except PlanError as error:
        _stop(words.told(error))
    except OSError as error:
        if error.errno is None:  # raised by this program, in sentences
            _stop(f"{words.told(error.args[0])} [{getattr(error, 'code', 'file.refused')}]")
        said = system_said(error.strerror or "") if words.chinese else error.strerror or ""
        what = words("{what}: {path}").format(what=said, path=error.filename) if error.filename else said
        _stop(words.error(what, words("Check the path and its permissions."), f"file.{error.errno}"))
    except KeyboardInterrupt:
        sys.exit(130)


def _run(words: Words) -> None:
    """Read the command line and do it; the process ends as the library ends it."""
    command: Any = typer.main.get_command(app)
    if words.chinese:
        speak_chinese(command)
    try:
        sys.exit(command.main(prog_name="hostcity", standalone_mode=False) or 0)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        is_help = type(error).__name__ == "NoArgsIsHelpError"  # its message is the help
        _stop(error.format_message() if is_help else wrong_words.told(error, words))


def _stop(message: str) -> None:
    print(message, file=sys.stderr)  # noqa: T201 -- plain text: codes in brackets are no markup
    sys.exit(BAD_INPUT)


@app.callback(invoke_without_command=True)
def hostcity(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Rehearse the day of a very large trade expo from one plan, an Excel workbook."""
    if version:
        print(__version__)  # noqa: T201 -- for programs
        raise typer.Exit
