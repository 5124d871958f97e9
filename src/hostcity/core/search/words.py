"""How text is cut into what can be found, and a question into what must be there. The same on both databases.

- words: lower case, without accents; every word can be found by its beginning
- codes: ``W-security.north`` gives its parts and all of it together
- Chinese: every character and every pair of neighbors, so that any two characters are found, whatever words they form
- pinyin of titles: from every character on, in full (``yingjiyuan``) and by initials (``yjya``)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 40  # characters of a token
SYLLABLES = 6  # of pinyin in one token
MOST_TERMS = 12  # of a question
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUNS = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:[-._/][^\W_{HAN}]+)*")
_HAN = re.compile(rf"[{HAN}]")
_JOINTS = re.compile(r"[-._/]")


@dataclass(frozen=True, slots=True)
class Term:
    """What a document must have: this token, or (``is_begun``) one that begins so."""

    token: str
    is_begun: bool = False

    def is_in(self, tokens: Collection[str]) -> bool:
        """Whether one of these is it."""
        return self.token in tokens or (self.is_begun and any(each.startswith(self.token) for each in tokens))


def plain(text: str) -> str:
    """Lower case, full-width forms made usual, accents taken off."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", "".join(each for each in apart if not unicodedata.combining(each)))


def tokens_of(text: str, *, with_pinyin: bool = False) -> list[str]:
    """What can be found of a text, each once, in order."""
    found: dict[str, None] = {}
    for run in _RUNS.findall(plain(text)):
        if _HAN.match(run):
            found.update(dict.fromkeys((*run, *(run[place : place + 2] for place in range(len(run) - 1)))))
            if with_pinyin:
                found.update(dict.fromkeys(_pinyin(run)))
        else:
            found.update(dict.fromkeys(_parts(run)))
    return list(found)


def terms_of(question: str) -> list[Term]:
    """What a question asks for; all of it must be there. At most twelve terms."""
    found: dict[Term, None] = {}
    for run in _RUNS.findall(plain(question)):
        if _HAN.match(run):
            pairs = [run[place : place + 2] for place in range(len(run) - 1)] or [run]
            found.update(dict.fromkeys(Term(each) for each in pairs))
        else:
            found.update(dict.fromkeys(Term(each[:LONGEST], len(each) > 1) for each in _JOINTS.split(run)))
    return list(found)[:MOST_TERMS]


def whole_of(text: str) -> str:
    """The token of a whole title or code, so that what is named exactly comes first."""
    return "=" + "".join(_JOINTS.sub("", run) for run in _RUNS.findall(plain(text)))[:LONGEST]


def _parts(run: str) -> Iterator[str]:
    parts = _JOINTS.split(run)
    yield from (part[:LONGEST] for part in parts)
    if len(parts) > 1:
        yield "".join(parts)[:LONGEST]


def _pinyin(run: str) -> Iterator[str]:
    """Syllables and initials from every character on."""
    syllables = _syllables(run)
    for place in range(len(syllables)):
        ahead = syllables[place : place + SYLLABLES]
        yield "".join(ahead)[:LONGEST]
        yield "".join(each[0] for each in ahead if each)


@lru_cache(maxsize=10_000)
def _syllables(run: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # some 20 MiB, for who indexes Chinese only

    return tuple(plain(each) for each in lazy_pinyin(run, errors="ignore"))
