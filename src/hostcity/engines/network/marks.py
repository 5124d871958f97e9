"""How well a derived network is known: its figures are derived, those of typed links stay what they were."""

from __future__ import annotations

from hostcity.plan.plan import Plan
from hostcity.plan.provenance import provenance_of
from hostcity.plan.rows import Provenance

FIGURES = tuple(f"links.*.{field}" for field in ("length_m", "width_m", "door_m"))
NOTE = "measured in the drawing"


def marked(plan: Plan, kept: tuple[str, ...]) -> tuple[Provenance, ...]:
    """Rows of sheet provenance: what was said of all links holds for the typed ones alone."""
    others = [row for row in plan.provenance if row.figure not in FIGURES and not row.code.startswith("network-")]
    rows = [
        Provenance(code=f"network-{number}", figure=figure, mark="derived", note=NOTE)
        for number, figure in enumerate(FIGURES, 1)
    ]
    for number, code in enumerate(kept, 1):
        known = provenance_of(plan, "links", code, "width_m")
        rows.append(
            Provenance(
                code=f"network-typed-{number}", figure=f"links.{code}.*", mark=known.mark if known else "assumed",
                source=known.source if known else "", note=known.note if known else "",
            )
        )  # fmt: skip
    return (*others, *rows)
