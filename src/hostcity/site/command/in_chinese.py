"""The command line's help and headings in Chinese.

The library that reads the command line knows English only: its help is rewritten in the tree of commands. What it says
of wrong words is told by `wrong_words`.
"""

from __future__ import annotations

import gettext
import os
from typing import Any

from hostcity.report.words import CHINESE, LOCALE, chinese_of

HELP, OPTIONS, ARGUMENTS = "Show this message and exit.", "[OPTIONS]", "COMMAND [ARGS]..."
#: What the system says of a file, by the words that Python has for it.
OF_THE_SYSTEM = (
    "No such file or directory", "Permission denied", "Not a directory", "Is a directory", "File exists",
    "File name too long", "No space left on device", "Read-only file system", "Directory not empty",
)  # fmt: skip


def system_said(said: str) -> str:
    """What the system says of a file, in Chinese when it is one of the usual."""
    return _said(said) if said in OF_THE_SYSTEM else said


def speak_chinese(command: Any) -> None:
    """Make a tree of commands, and the library's own headings, Chinese."""
    gettext.bindtextdomain("hostcity", str(LOCALE))
    gettext.textdomain("hostcity")  # "Options" and other headings, which the library looks up there
    os.environ["LANGUAGE"] = CHINESE
    translate(command)


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


def one_line(text: str) -> str:
    return " ".join(text.split())


def _said(message: str) -> str:
    return chinese_of(message, "help") if message else ""
