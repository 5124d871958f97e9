"""The command line in Chinese: help, headings and what is said of wrong words.

The library that reads the command line knows English only. Its help is rewritten in the tree of commands; what it says
of wrong words is recognized by its form and said again. Whatever is not recognized stays English.
"""

from __future__ import annotations

import gettext
import os
import re
import sys
from typing import Any

import typer

from hostcity.report.words import CHINESE, LOCALE, chinese_of

HELP, OPTIONS, ARGUMENTS = "Show this message and exit.", "[OPTIONS]", "COMMAND [ARGS]..."
#: What the library says of a command line that it cannot read.
SAYINGS = (
    "Missing argument {name}.",
    "Missing option {name}.",
    "Missing command.",
    "Missing parameter: {name}",
    "No such command {name}.",
    "No such option: {name}",
    "No such option: {name} (Possible options: {others})",
    "Did you mean {name}?",
    "Option {name} requires an argument.",
    "Option {name} does not take a value.",
    "Got unexpected extra argument ({name})",
    "Got unexpected extra arguments ({name})",
    "Invalid value for {name}: {what}",
    "{value} is not one of {choices}.",
    "Value error, {what}",
    "Input should be a valid integer, {why}",
    "Input should be greater than or equal to {least}",
    "Input should be less than or equal to {most}",
)


#: What the system says of a file, by the words that Python has for it.
OF_THE_SYSTEM = (
    "No such file or directory", "Permission denied", "Not a directory", "Is a directory", "File exists",
    "File name too long", "No space left on device", "Read-only file system", "Directory not empty",
)  # fmt: skip


def system_said(said: str) -> str:
    """What the system says of a file, in Chinese when it is one of the usual."""
    return _said(said) if said in OF_THE_SYSTEM else said


def speak_chinese(app: typer.Typer) -> None:
    """Run an app in Chinese, and end the process as the library does."""
    gettext.bindtextdomain("hostcity", str(LOCALE))
    gettext.textdomain("hostcity")  # "Options" and other headings, which the library looks up there
    os.environ["LANGUAGE"] = CHINESE
    command: Any = typer.main.get_command(app)
    translate(command)
    try:
        code = command.main(prog_name="hostcity", standalone_mode=False)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        _refuse(error)
        code = 2
    sys.exit(code or 0)


def translate(command: Any) -> None:
    """Every text of a command and of the commands below it, in place."""
    command.help = _said(one_line(command.help or ""))
    command.short_help = None
    command.options_metavar = _said(OPTIONS)
    command.format_usage = lambda context, formatter: formatter.write_usage(
        context.command_path, " ".join(command.collect_usage_pieces(context)), prefix=_said("Usage: ")
    )
    for option in command.params:
        if getattr(option, "help", None):
            option.help = _said(option.help)
    _translate_help_option(command)
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = _said(ARGUMENTS)
    for each in getattr(command, "commands", {}).values():
        translate(each)


def _translate_help_option(command: Any) -> None:
    made = command.get_help_option

    def get_help_option(context: Any) -> Any:
        option = made(context)
        if option is not None:
            option.help = _said(HELP)
        return option

    command.get_help_option = get_help_option


def _refuse(error: Any) -> None:
    """Say what is wrong with the words on the command line."""
    context = getattr(error, "ctx", None)
    message = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":  # the message is the help, which is Chinese already
        print(message, file=sys.stderr)  # noqa: T201
        return
    if context is not None:
        hint = _said("Try '{command}' for help.").format(command=f"{context.command_path} --help")
        print(f"{context.get_usage()}\n{hint}\n", file=sys.stderr)  # noqa: T201
    print(_said("Error: ") + said_again(message), file=sys.stderr)  # noqa: T201


def said_again(message: str) -> str:
    """What the library says, in Chinese when its form is known."""
    for saying in SAYINGS:
        form = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*)", re.escape(saying))
        match = re.fullmatch(form, message.strip(), re.DOTALL)
        if match:
            return _said(saying).format(**{name: said_again(each) for name, each in match.groupdict().items()})
    first, dot, rest = message.partition(". ")  # "No such command 'chek'. Did you mean 'check'?"
    return said_again(f"{first}.") + said_again(rest) if dot else message


def one_line(text: str) -> str:
    return " ".join(text.split())


def _said(message: str) -> str:
    return chinese_of(message, "help") if message else ""
