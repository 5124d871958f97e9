"""What keeps a command of the site from doing its work."""

from __future__ import annotations

from hostcity.plan.sentences import Sentence, in_sentences


class SiteError(Exception):
    """What is wrong, how to mend it, and a code for programs."""

    def __init__(self, code: str, what: Sentence, mend: Sentence) -> None:
        self.code, self.what, self.mend = code, what, mend
        super().__init__(code, what, mend)  # so that it can be handed to another process

    def __str__(self) -> str:
        return f"{in_sentences(self.what, self.mend, chinese=False)} [{self.code}]"
