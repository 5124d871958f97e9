"""The language in which the commands speak."""

from __future__ import annotations

import os

from hostcity.report.words import chinese_of

#: Context of the commands' messages in the catalog.
CONTEXT = "command"


class Words:
    """Texts in one language: call it with an English message of the catalog."""

    def __init__(self, *, chinese: bool) -> None:
        self.chinese = chinese

    def __call__(self, message: str) -> str:
        return chinese_of(message, CONTEXT) if self.chinese else message

    def of(self, en: str, zh: str) -> str:
        """A plan's own text in this language, or in the other when it has only that."""
        return (zh or en) if self.chinese else (en or zh)


def chosen_words(language: str | None) -> Words:
    """Words in ``en`` or ``zh``; without one, Chinese when the terminal's locale is Chinese."""
    locale = language or os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "en"
    return Words(chinese=locale.lower().startswith("zh"))
