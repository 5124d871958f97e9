"""What is wrong with the words of a command line, told like every other error: where, what, how to mend it, a code.

The library that reads the command line has words of its own, in English only. What it says is recognized by its form;
what is not recognized is told as it stands.
"""

from __future__ import annotations

import re
from typing import Any

from hostcity.plan.sentences import Sentence
from hostcity.site.screens.words import Words

#: Form of what the library says -> code, what is wrong, how to mend it.
FORMS = (
    (r"(?:Value error, )?(?P<value>.+) is not one of (?P<choices>.+)\.", "command.choice",
     Sentence("{value} is no choice."), Sentence("Give one of {choices}.")),
    (r"Input should be a valid integer.*", "command.number",
     Sentence("This is no whole number."), Sentence("Give a whole number.")),
    (r"Input should be greater than or equal to (?P<least>.+)", "command.range",
     Sentence("The number is too small."), Sentence("Give at least {least}.")),
    (r"Input should be less than or equal to (?P<most>.+)", "command.range",
     Sentence("The number is too large."), Sentence("Give at most {most}.")),
    (r"A folder has a name\.", "command.folder",
     Sentence("This is no folder."), Sentence("Give its name.")),
    (r"Missing (?:argument|option|parameter:?) ?'?(?P<name>[^']*)'?\.?", "command.missing",
     Sentence("{name} is missing."), Sentence("Give it; what it is, says {help}.")),
    (r"Missing command\.", "command.missing",
     Sentence("The command is missing."), Sentence("See which there are: {help}.")),
    (r"No such command (?P<name>.+?)\. Did you mean (?P<others>.+)\?", "command.unknown",
     Sentence("There is no command {name}."), Sentence("Did you mean {others}?")),
    (r"No such command (?P<name>.+)\.", "command.unknown",
     Sentence("There is no command {name}."), Sentence("See which there are: {help}.")),
    (r"No such option: (?P<name>\S+) \(Possible options: (?P<others>.+)\)", "command.option",
     Sentence("There is no option {name}."), Sentence("Did you mean {others}?")),
    (r"No such option: (?P<name>\S+) Did you mean (?P<others>.+)\?", "command.option",
     Sentence("There is no option {name}."), Sentence("Did you mean {others}?")),
    (r"No such option: (?P<name>\S+)", "command.option",
     Sentence("There is no option {name}."), Sentence("See which there are: {help}.")),
    (r"Option (?P<name>.+) requires an argument\.", "command.value",
     Sentence("{name} has no value."), Sentence("Write its value behind it.")),
    (r"Option (?P<name>.+) does not take a value\.", "command.value",
     Sentence("{name} takes no value."), Sentence("Leave the value out.")),
    (r"Got unexpected extra arguments?(?:\(s\))? \((?P<name>.*)\)", "command.extra",
     Sentence("This is too much: {name}."), Sentence("Leave it out, or see where it belongs: {help}.")),
)  # fmt: skip


def told(error: Any, words: Words) -> str:
    """One line of an error of the library's: command and argument, what is wrong, how to mend it, code."""
    context, parameter = getattr(error, "ctx", None), getattr(error, "param", None)
    where = context.command_path if context else "hostcity"
    code, what, mend = _recognized(_said_of(error), f"{where} --help")
    if parameter is not None and code != "command.missing":  # which names it already
        where = words("{command}, {argument}").format(command=where, argument=_name_of(parameter))
    return words("{where}: {error}").format(where=where, error=words.error(what, mend, code))


def _said_of(error: Any) -> str:
    """What the library says, without the name of the argument before it."""
    is_bad_value = type(error).__name__ == "BadParameter"
    return str(error.message if is_bad_value else error.format_message()).strip()


def _name_of(parameter: Any) -> str:
    long = [each for each in parameter.opts if each.startswith("--")]
    return str((long or parameter.opts)[0])


def _recognized(said: str, help_command: str) -> tuple[str, str, Sentence]:
    for form, code, what, mend in FORMS:
        match = re.fullmatch(form, said, re.DOTALL)
        if match:
            values = {"help": help_command, **match.groupdict()}
            return code, Sentence(what.message, **values), Sentence(mend.message, **values)
    return "command.words", said, Sentence("See which words there are: {help}.", help=help_command)
