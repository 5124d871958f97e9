"""A roster with a proven bound."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from hostcity.engines.rosters.homes import Homes, find_homes
from hostcity.engines.rosters.problem import Problem
from hostcity.engines.rosters.roster import Roster, Step
from hostcity.engines.rosters.score import score

if TYPE_CHECKING:
    from hostcity.engines.rosters.search import Effort, Search


def solve(
    problem: Problem,
    *,
    seconds: float | None = None,
    effort: Effort | None = None,
    mate: float = 0.0,
    homes: Homes | None = None,
    seed: int = 1,
    tell: Callable[[Step], None] | None = None,
) -> Roster:
    """Roster everybody.

    Parameters
    ----------
    seconds
        Time by the clock after which what there is is finished and given back; then the roster depends on the machine. None = the
        whole effort, and the same roster for the same seed.
    mate
        What a shift with a team mate in the cell is worth, when teams are brought together in the end. [harm]
    homes
        Home posts, found anew when not given.
    tell
        Called after each step with how far it is.

    Raises
    ------
    RosterError
        When locks contradict rules or each other.

    Notes
    -----
    One block for each person: the best plan over the whole event at prices on cells, by an exact dynamic program. Blocks are
    coupled by the convex shortage of cells alone; mixtures of plans are moved by pairwise Frank-Wolfe steps [1]_, block after
    block, and their prices prove a bound (`bound.bound_at`). Then the surest plans are made whole, the others are mixed anew,
    and best answers with fading noise polish the end. Slow twin: ``tests/naive/rosters.py``.

    References
    ----------
    .. [1] S. Lacoste-Julien, M. Jaggi, "On the global linear convergence of Frank-Wolfe optimization variants", NIPS 2015. arXiv 1511.05932
    """
    from hostcity.engines.rosters.contradictions import refuse_contradictions
    from hostcity.engines.rosters.search import Effort, Search

    began_s = time.process_time()
    effort = Effort.of(problem.people.count) if effort is None else effort
    refuse_contradictions(problem)
    until_s = time.monotonic() + seconds if seconds is not None else np.inf
    homes = find_homes(problem) if homes is None else homes
    search = Search(problem, homes, seed, until_s, tell, began_s)
    search.greedy()
    if not search.is_late and effort.passes:
        search.mix(effort.passes)
        search.dive(effort.dive_passes)
    search.part()
    search.polish(effort.polish)
    if mate > 0.0:
        search.polish(effort.together, mate)
    return finish(search)


def finish(search: Search) -> Roster:
    """The roster of a search, judged by what knows nothing of it."""
    from hostcity.engines.rosters.bound import bound_at
    from hostcity.engines.rosters.model import model_of

    problem = search.problem
    post_of = search.post_of()
    if not np.isfinite(search.bound):
        search.prove(np.maximum(search.price.astype(np.float64), 0.0))
    anywhere = model_of(problem, search.homes, search.units, anywhere=True, exact=True)
    bound_any = bound_at(anywhere, search.cover, search.best_price) + search.same
    return Roster(
        post_of=post_of, homes=search.homes, score=score(problem, post_of, search.homes), bound=search.bound,
        bound_any=bound_any, prices=search.best_price.reshape(problem.posts.needed.shape), steps=tuple(search.steps),
    )  # fmt: skip
