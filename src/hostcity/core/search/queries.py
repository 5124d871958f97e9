"""Finding: what a person may see, best first."""

from __future__ import annotations

from hostcity.core import policy
from hostcity.core.models import Edition, Person, SearchDoc
from hostcity.core.sayings import is_chinese
from hostcity.core.search.hits import Found, Hit
from hostcity.core.search.matching import first_with
from hostcity.core.search.words import Term, plain, terms_of, whole_of

CANDIDATES = 200  # of each kind of match, by age; a word that more documents have needs a second word
SHOWN = 50


def find(edition: Edition, person: Person, question: str, limit: int = SHOWN) -> Found:
    """What a person may see and what has every word of the question; at most three queries.

    First what is named exactly so, then what has the words in its title, then the rest; within each shorter titles
    first. Of very common words the oldest 200 documents of each are looked at.
    """
    terms = terms_of(question)
    if not terms:
        return Found(hits=[], has_more=False)
    actions = actions_of(person, edition)
    ranked: dict[int, tuple[int, SearchDoc]] = {}
    for rank, (asked, in_title) in enumerate(((_whole(question), True), (terms, True), (terms, False))):
        if len(ranked) <= limit:
            for each in first_with(asked, edition=edition, actions=actions, in_title=in_title, most=CANDIDATES):
                ranked.setdefault(each.pk, (rank, each))
    is_zh = is_chinese()
    asked_for = plain(question).strip()
    rows = sorted(ranked.values(), key=lambda pair: _order(*pair, asked_for))
    return Found(hits=[_hit(each, is_zh) for _, each in rows[:limit]], has_more=len(rows) > limit)


def actions_of(person: Person, edition: Edition) -> list[str]:
    """The actions that reach all objects of an edition for a person: their documents may be found."""
    return [each for each in policy.MATRIX if policy.Reach.EDITION in policy.reach_of(person, each, edition)]


def _whole(question: str) -> list[Term]:
    token = whole_of(question)
    return [Term(token)] if len(token) > 1 else []


def _order(rank: int, doc: SearchDoc, asked_for: str) -> tuple[int, bool, int, str, str]:
    titles = [plain(each) for each in (doc.title_en, doc.title_zh) if each]
    is_begun = any(each.startswith(asked_for) for each in titles)
    return rank, not is_begun, min(map(len, titles), default=0), doc.kind, doc.key


def _hit(doc: SearchDoc, is_zh: bool) -> Hit:
    title, other = (doc.title_zh, doc.title_en) if is_zh and doc.title_zh else (doc.title_en, doc.title_zh)
    return Hit(kind=doc.kind, key=doc.key, title=title, other_title=other if other != title else "", path=doc.path)
