"""The job: the walkable network is derived from the plan's own drawing, and compared with the one that the plan has.

Imported in the worker's child only: it needs the compiled engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop

from hostcity.core.jobs.at_work import AtWork
from hostcity.core.results import plan_as_it_stands
from hostcity.plan import Plan
from hostcity.plan.check import new_problems
from hostcity.plan.closings import unplayed, unplayed_doubts
from hostcity.plan.problems import Listing
from hostcity.plan.redrawn import Change, changes_between, network_shapes
from hostcity.venue.drawings.links import MEASURES, most_different_first
from hostcity.venue.drawings.reading import proof_answer

#: What is written, and what it is made of.
WRITTEN = ("nodes", "links", "provenance")
MADE_OF = ("levels", "areas", "stands", "openings", "connectors")
MOST_LINKS = 2_000  # that an answer lists, the most different ones; all are counted
MEASURED = 0.95  # of the work, when all ways are


def run(_arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """What the drawing would make of nodes and links. Raises ``PlanError`` where it cannot be walked on."""
    from hostcity.engines.network import derive_network

    now = plan_as_it_stands(at_work.edition).plan
    at_work.progress(0.0, gettext_noop("Measuring ways"))
    derived = derive_network(now, progress=lambda share: at_work.progress(MEASURED * share))
    at_work.progress(MEASURED, gettext_noop("Comparing with the plan"))
    would_be = derived.plan
    changes = changes_between(now, would_be, WRITTEN)
    shapes = {level.code: list(network_shapes(now, would_be, changes, level.code)) for level in would_be.levels}
    names = {level: level for level in shapes}
    refusals = list(Listing(new_problems(now, would_be)))
    doubts = list(unplayed_doubts(would_be))
    answer = proof_answer(at_work.edition, now, would_be, WRITTEN, changes, refusals, doubts, shapes, names)
    return answer | {
        "made_of": list(MADE_OF), "made_sha256": now.sha256_of(MADE_OF), "kept": len(derived.kept),
        "now_played": newly_played(now, would_be),
        "links": most_different_first(link_lines(now, would_be, changes))[:MOST_LINKS],
    }  # fmt: skip


def newly_played(was: Plan, now: Plan) -> list[str]:
    """Codes of what is shut for a time and has a link now, as it had none before: a rehearsal plays it from then on."""
    still = {event.code for event in unplayed(now)}
    return [event.target for event in unplayed(was) if event.code not in still]


def link_lines(was: Plan, now: Plan, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Each link that is new, changed or gone, with its ends, and its measures before and after. [m]"""
    before, after = ({link.code: link for link in plan.links} for plan in (was, now))
    found = []
    for each in changes:
        if each.sheet == "links":
            old, new = before.get(each.code), after.get(each.code)
            ends = new or old
            found.append(
                {
                    "code": each.code, "verb": each.verb, "start": ends.start if ends else "", "end": ends.end if ends else "",
                    "measures": [[getattr(old, name, None), getattr(new, name, None)] for name in MEASURES],
                }
            )  # fmt: skip
    return found
