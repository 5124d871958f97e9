"""A picture of a proof: what is new, moved, changed and gone on its level, doubts and refusals numbered."""

from __future__ import annotations

from collections.abc import Callable

from hostcity.plan.dxf.proof import Proof
from hostcity.plan.problems import Problem
from hostcity.plan.redrawn import marked_picture


def picture_of_proof(proof: Proof, tell: Callable[[Problem], str] = str, say: Callable[[str], str] = str) -> str:
    """An SVG of the level with what would become of it; refusals are numbered before doubts."""
    problems = (*proof.refusals, *proof.doubts)
    return marked_picture(proof.was, proof.would_be, proof.changes, proof.level, problems, tell, say, proof.refused)
