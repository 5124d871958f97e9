"""Characters that no text of a person holds: those that show nothing, or show a text other than it is."""

from __future__ import annotations

import re

#: Controls, halves of a pair, what is no character; and those that turn the direction of all that follows.
ODD = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufffe\\uffff"
_ODD, _ODD_OR_LINES = re.compile(f"[{ODD}]"), re.compile(f"[{ODD}\\t\\n]")
#: For programs that cannot ask: a JSON schema's pattern of a text of one line, and of more.
ONE_LINE = r"^[^\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$"
LINES = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$"


def odd_character(text: str, *, has_lines: bool) -> str:
    """The first character that a text may not hold, as U+XXXX; "" = there is none. Tabs and line ends are for lines."""
    if text.isprintable():  # of a page of plain texts, nearly all
        return ""
    found = (_ODD if has_lines else _ODD_OR_LINES).search(text)
    return f"U+{ord(found[0]):04X}" if found else ""
