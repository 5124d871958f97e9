"""Sentences for people that keep their message and values, so that a layer above can say them in another language.

Nothing here translates: the plan stays free of catalogs. A sentence *is* its English text; whoever has a catalog looks
its message up (`hostcity.report.words.in_chinese`).
"""

from __future__ import annotations

from typing import Any, NamedTuple, Self


class Both(NamedTuple):
    """A text in English and in Chinese."""

    en: str
    zh: str


class Sentence(str):
    """An English text, made from a message of the catalog and the values of its {names}.

    A value may be a sentence again, or ``Both``; a message without values is taken as it stands, braces and all.
    """

    #: Of the messages in the catalog.
    context = "problem"
    message: str
    values: dict[str, Any]

    def __new__(cls, message: str, **values: Any) -> Self:
        english = {name: each.en if isinstance(each, Both) else each for name, each in values.items()}
        sentence = super().__new__(cls, message.format(**english) if values else message)
        sentence.message, sentence.values = message, values
        return sentence

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.message,), self.values


#: What ends a sentence, and what ends only a heading or a clause.
_STOPS, _NO_STOPS = ".!?…。！？", ":;,：；， "


def in_sentences(*parts: str, chinese: bool) -> str:
    """Parts, such as what is wrong and how to mend it, as whole sentences in a row; empty ones are left out.

    English ones end in a full stop and stand a space apart, Chinese ones end in 。 and stand close together.
    """
    texts = [str(part).strip().rstrip(_NO_STOPS) for part in parts]
    return ("" if chinese else " ").join(_ended(text, "。" if chinese else ".") for text in texts if text)


def _ended(text: str, stop: str) -> str:
    if text[-1] == "." and stop == "。" and not text.isascii():
        return f"{text[:-1]}{stop}"
    return text if text[-1] in _STOPS else f"{text}{stop}"


class Choice(Sentence):
    """A choice of a column, or yes and no."""

    context = "choice"


class Unit(Sentence):
    """The unit of a figure."""

    context = "unit"
