"""What is asked of each kind of amenity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows.drawing import AMENITY_KINDS
from hostcity.plan.sentences import Sentence

#: Kinds that few use and all must reach.
SELDOM = ("aed", "first_aid", "nursing_room", "prayer_room")


@dataclass(frozen=True, kw_only=True, slots=True)
class Want:
    """What is asked of one kind. All figures are assumed."""

    kind: str
    walk_m: float  # farthest, one way
    wait_s: float = 600.0  # longest queue, where a station has one
    uses_per_h: float = 0.0  # of one person inside


#: A minute on foot is 80 m. An AED is fetched and brought within three minutes by who runs (2 m/s): 180 m one way, less corners.
USUAL = {
    each.kind: each
    for each in (
        Want(kind="seats", walk_m=80.0, uses_per_h=0.5),
        Want(kind="toilets", walk_m=100.0, uses_per_h=0.3),
        Want(kind="water", walk_m=120.0, uses_per_h=0.3),
        Want(kind="catering", walk_m=200.0, wait_s=900.0, uses_per_h=0.2),
        Want(kind="charging", walk_m=150.0, uses_per_h=0.05),
        Want(kind="information", walk_m=200.0, wait_s=300.0, uses_per_h=0.05),
        Want(kind="cloakroom", walk_m=300.0, uses_per_h=0.02),
        Want(kind="nursing_room", walk_m=200.0, uses_per_h=0.005),
        Want(kind="prayer_room", walk_m=400.0, uses_per_h=0.005),
        Want(kind="first_aid", walk_m=250.0, wait_s=300.0, uses_per_h=0.0001),
        Want(kind="aed", walk_m=150.0, uses_per_h=0.0),
    )
}


def wants_with(walks: Iterable[str] = (), waits: Iterable[str] = ()) -> dict[str, Want]:
    """The usual wants, some changed by words like ``toilets=80`` (walk, m) and ``catering=20`` (queue, min).

    Raises
    ------
    PlanError
        With every word that names no kind or no number above 0.
    """
    wants, problems = dict(USUAL), []
    for words, is_walk in ((walks, True), (waits, False)):
        for word in words:
            kind, _, number = word.partition("=")
            value = _number(number)
            if kind in wants and value is not None:
                usual = wants[kind]
                wants[kind] = replace(usual, walk_m=value) if is_walk else replace(usual, wait_s=60.0 * value)
                continue
            what = Sentence("{word} is no limit.", word=word)
            mend = Sentence("Write KIND=NUMBER, the number above 0; kinds: {kinds}.", kinds=", ".join(AMENITY_KINDS))
            problems.append(Problem(code="facilities.limit", what=what, mend=mend))
    if problems:
        raise PlanError(problems)
    return wants


def _number(word: str) -> float | None:
    """A number above 0 and below a million."""
    try:
        value = float(word)
    except ValueError:
        return None
    return value if 0 < value < 1e6 else None
