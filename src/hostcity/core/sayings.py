"""What is said to the reader of a page or an answer, in one language at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language

from hostcity.plan.sentences import in_sentences


def is_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "").startswith("zh")


def whole(*parts: Any) -> str:
    """Parts, such as what is wrong and how to mend it, as sentences of the reader's language."""
    return in_sentences(*(str(part) for part in parts), chinese=is_chinese())


class Joined:
    """Texts, lazy ones too, as a list in the language of whoever reads them."""

    def __init__(self, texts: Iterable[Any]) -> None:
        self.texts = tuple(texts)

    def __str__(self) -> str:
        return ("、" if is_chinese() else ", ").join(map(str, self.texts))


def said(error: Any) -> str:
    """What is wrong and how to mend it: of a refusal, of a problem of a list, or of either as data."""
    if isinstance(error, Mapping):
        return whole(error["what"], error["mend"])
    return whole(error.what, error.mend)
