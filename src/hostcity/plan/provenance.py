"""How well a figure of a plan is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hostcity.plan.columns import columns_of
from hostcity.plan.patterns import is_pattern, matcher
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.rows import Provenance
from hostcity.plan.sentences import Sentence


def split_figure(figure: str) -> tuple[str, str, str] | None:
    """SHEET.KEY.FIELD as its three parts; the key may hold dots. None when it is not of that form."""
    sheet, _, rest = figure.partition(".")
    key, _, field = rest.rpartition(".")
    return (sheet, key, field) if sheet and key and field else None


def figures_named(codes: Mapping[str, Collection[str]], figure: str) -> Sentence | None:
    """Why a figure names nothing in a plan with these codes by sheet; None when it does."""
    parts = split_figure(figure)
    if parts is None:
        return Sentence("{figure} is not SHEET.KEY.FIELD.", figure=repr(figure))
    sheet, key, field = parts
    if sheet not in SHEETS:
        return Sentence("{figure}: there is no sheet {sheet}.", figure=repr(figure), sheet=sheet)
    if field != "*" and field not in columns_of(SHEETS[sheet]):
        return Sentence("{figure}: sheet {sheet} has no field {field}.", figure=repr(figure), sheet=sheet, field=field)
    if key not in codes[sheet] and not (is_pattern(key) and any(map(matcher(key), codes[sheet]))):
        return Sentence("{figure}: sheet {sheet} has no row {key}.", figure=repr(figure), sheet=sheet, key=key)
    return None


def provenance_of(plan: Plan, sheet: str, key: str, field: str) -> Provenance | None:
    """What is known of one figure: the row that names it most exactly (fewest wildcards, then longest)."""
    best: Provenance | None = None
    best_rank: tuple[int, int] = (0, 0)
    for row in plan.provenance:
        parts = split_figure(row.figure)
        if parts is None or parts[0] != sheet:
            continue
        if matcher(parts[1])(key) and parts[2] in ("*", field):
            rank = (-row.figure.count("*") - row.figure.count("?"), len(row.figure))
            if best is None or rank > best_rank:
                best, best_rank = row, rank
    return best


def mark_of(plan: Plan, sheet: str, key: str, field: str) -> str:
    """reported, derived, assumed or fitted; a figure that nobody speaks of counts as assumed."""
    row = provenance_of(plan, sheet, key, field)
    return row.mark if row else "assumed"
