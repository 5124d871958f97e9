"""Who walked where on a kept day, for the trips that signs are planned for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hostcity.core.models import Result
from hostcity.core.results import arrays_of
from hostcity.plan import Plan, PlanError, Problem
from hostcity.plan.sentences import Sentence

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class KeptDay:
    """What a kept day says of who walked where; see ``WalkedDay``."""

    node_codes: tuple[str, ...]
    link_codes: tuple[str, ...]
    visitor_stream: NDArray[Any]
    replay_person: NDArray[Any]
    replay_at_s: NDArray[Any]
    replay_kind: NDArray[Any]
    replay_place: NDArray[Any]
    link_density_per_m2: NDArray[Any]


def walked_day(plan: Plan, result: Result) -> KeptDay:
    """The day of a result. Raises ``PlanError`` when it was of another network than the plan's."""
    kept = arrays_of(result, *KeptDay.__dataclass_fields__)
    codes = {name: tuple(str(code) for code in kept[name]) for name in ("node_codes", "link_codes")}
    nodes, links = (tuple(each.code for each in rows) for rows in (plan.nodes, plan.links))
    if codes != {"node_codes": nodes, "link_codes": links}:
        what = Sentence("The rehearsal was of another network than the plan's.")
        mend = Sentence("Rehearse the day again, or have it played for the signs.")
        raise PlanError(
            [Problem(code="signs.network", what=what, mend=mend)], Sentence("the signs that were asked for")
        )
    return KeptDay(**(kept | codes))
