"""The language in which the commands speak."""

from __future__ import annotations

import os

from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import Both, Sentence, in_sentences
from hostcity.report.problems import problem_in_chinese, problems_in_chinese
from hostcity.report.words import chinese_of, in_chinese

#: Context of the commands' messages in the catalog.
CONTEXT = "command"


class Words:
    """Texts in one language: call it with an English message of the catalog."""

    def __init__(self, *, chinese: bool) -> None:
        self.chinese = chinese

    def __call__(self, message: str) -> str:
        return chinese_of(message, CONTEXT) if self.chinese else message

    def told(self, text: str | Both | PlanError) -> str:
        """A text of the plan or the report, or everything that is wrong with a plan, in this language."""
        if isinstance(text, PlanError):
            return problems_in_chinese(text) if self.chinese else str(text)
        if isinstance(text, Both):
            return text.zh if self.chinese else text.en
        return in_chinese(text) if self.chinese and isinstance(text, Sentence) else str(text)

    def problem(self, problem: Problem) -> str:
        """One problem in this language: where, what, how to mend it, code."""
        return problem_in_chinese(problem) if self.chinese else str(problem)

    def error(self, what: str, mend: str, code: str) -> str:
        """What is wrong, how to mend it, and the code, in this language."""
        return f"{in_sentences(self.told(what), self.told(mend), chinese=self.chinese)} [{code}]"

    def of(self, en: str, zh: str) -> str:
        """A plan's own text in this language, or in the other when it has only that."""
        return (zh or en) if self.chinese else (en or zh)


def chosen_words(language: str | None) -> Words:
    """Words in ``en`` or ``zh``; without one, Chinese when the terminal's locale is Chinese."""
    locale = language or os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "en"
    return Words(chinese=locale.lower().startswith("zh"))


def language_asked(words: list[str]) -> str | None:
    """The language that a command line asks for by --lang, before it is read; None when it does not."""
    for at, word in enumerate(words):
        if word == "--lang":
            return next(iter(words[at + 1 :]), None)
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None
