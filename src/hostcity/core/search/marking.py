"""Showing why something was found: the parts of a title that were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hostcity.core.search.words import Term, plain


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a title."""

    text: str
    is_asked_for: bool


def pieces_of(title: str, terms: Sequence[Term]) -> list[Piece]:
    """The title in pieces, in order; words are marked from their beginning, Chinese anywhere."""
    text, places = _plain_with_places(title)
    marked = [False] * len(title)
    for term in terms:
        start = text.find(term.token)
        while start >= 0:
            if (
                not term.token[0].isascii()
                or start == 0
                or not text[start - 1].isalnum()
                or not text[start - 1].isascii()
            ):
                for place in places[start : start + len(term.token)]:
                    marked[place] = True
            start = text.find(term.token, start + 1)
    found: list[Piece] = []
    for sign, is_marked in zip(title, marked, strict=True):
        if found and found[-1].is_asked_for == is_marked:
            found[-1] = Piece(found[-1].text + sign, is_marked)
        else:
            found.append(Piece(sign, is_marked))
    return found


def _plain_with_places(title: str) -> tuple[str, list[int]]:
    """The title as words are compared, and for each of its characters the place in the title that it stems from."""
    text, places = "", []
    for place, sign in enumerate(title):
        made = plain(sign)
        text += made
        places += [place] * len(made)
    return text, places
