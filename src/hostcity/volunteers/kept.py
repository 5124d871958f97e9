"""A draft of a roster as a result keeps it: the problem's arrays, who is where, prices and risks; codes and names beside.

With it, why a post is short or somebody free is told years later by NumPy alone, whatever has become of the plan.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from hostcity.engines.rosters import Homes, Lock, People, Posts, Problem, Rules, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hostcity.engines.rosters.from_plan import Force
    from hostcity.plan import Plan

ARRAYS, SAID = "arrays.npz", "roster.json"
PEOPLE, POSTS = ([each.name for each in fields(kind)] for kind in (People, Posts))
TIMES = ("starts_s", "ends_s")


@dataclass(frozen=True, kw_only=True, eq=False)
class Made:
    """What a job found: all that is kept of it."""

    post_of: NDArray[Any]  # [N, D, S] -1 = off
    homes: Homes
    prices: NDArray[Any]  # [L, D, S, P] zeros where nothing was searched
    short: NDArray[Any]  # [L, D, S, P] probability that somebody is missing, exactly
    missing: NDArray[Any]  # [L, D, S, P] how many are, in the mean, exactly


def packed(problem: Problem, made: Made) -> bytes:
    """All arrays in one archive."""
    arrays = {f"people_{name}": getattr(problem.people, name) for name in PEOPLE}
    arrays |= {f"posts_{name}": getattr(problem.posts, name) for name in POSTS}
    arrays |= {name: getattr(problem.rules, name) for name in TIMES}
    arrays |= {
        "post_of": made.post_of.astype(np.int16), "home_post": made.homes.post, "home_half": made.homes.half,
        "prices": made.prices, "short": made.short.astype(np.float32), "missing": made.missing.astype(np.float32),
    }  # fmt: skip
    held = io.BytesIO()
    np.savez_compressed(held, **arrays)
    return held.getvalue()


def unpacked(data: bytes, said: Mapping[str, Any]) -> tuple[Problem, Made]:
    """The problem and what was found, from what was kept."""
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        kept = {name: stored[name] for name in stored.files}
    rules = said["rules"] | {"forbidden": tuple(tuple(pair) for pair in said["rules"]["forbidden"])}
    problem = Problem(
        people=People(**{name: kept[f"people_{name}"] for name in PEOPLE}),
        posts=Posts(**{name: kept[f"posts_{name}"] for name in POSTS}),
        rules=Rules(**{name: kept[name] for name in TIMES}, **rules),
        weights=Weights(**said["weights"]),
        locks=tuple(Lock(*each) for each in said["locks"]),
        together=tuple(tuple(each) for each in said["together"]),
        apart=tuple((one, other) for one, other in said["apart"]),
        step=said["step"],
    )
    homes = Homes(post=kept["home_post"], half=kept["home_half"])
    made = Made(
        post_of=kept["post_of"].astype(np.int64), homes=homes, prices=kept["prices"], short=kept["short"], missing=kept["missing"],
    )  # fmt: skip
    return problem, made


def told(plan: Plan, force: Force) -> dict[str, Any]:
    """What is not arrays: codes and names of the axes, rules, weights, locks."""
    problem = force.problem
    rules = {name: value for name, value in asdict(problem.rules).items() if name not in TIMES}
    rows = {sheet: {each.code: each for each in getattr(plan, sheet)} for sheet in ("service_days", "bands", "posts")}
    return {
        "days": [_named(rows["service_days"][code], "date") for code in force.axes.days],
        "bands": [_named(rows["bands"][code], "start_s", "end_s") for code in force.axes.bands],
        "posts": [_named(rows["posts"][code], "zone", "post_class", "node", "is_critical", "is_standby") for code in force.axes.posts],
        "people": [[each.code, each.team] for each in plan.volunteers],
        "zones": [_named(each) for each in plan.zones], "classes": [_named(each) for each in plan.post_classes],
        "skills": [_named(each, "kind") for each in plan.skills],
        "traits": list(force.traits), "lines": [[each.kind, list(each.skills)] for each in force.lines],
        "rules": rules, "weights": asdict(problem.weights), "locks": [list(each) for each in problem.locks],
        "together": [list(each) for each in problem.together], "apart": [list(each) for each in problem.apart],
        "step": problem.step,
    }  # fmt: skip


def as_bytes(said: Mapping[str, Any]) -> bytes:
    """JSON, the same for the same."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _named(row: Any, *more: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("code", "name_en", "name_zh", *more)}
