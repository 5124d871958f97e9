"""Plans that tests play."""

from __future__ import annotations

import dataclasses

from examples.tiny.build import build_plan

from hostcity.plan.plan import Plan


def small_fair(persons: int = 300) -> Plan:
    """The tiny example with as many people as a test wants, and no desks: everybody passes the same checks every day."""
    plan = build_plan(persons)
    return plan.replace(
        uncertainties=(),
        stations=tuple(row for row in plan.stations if row.service not in ("registration", "information")),
        groups=tuple(
            dataclasses.replace(row, registration_share=0.0, information_visits_mean=0.0) for row in plan.groups
        ),
    )


def fair_with_desks(persons: int = 300) -> Plan:
    """The tiny example: some register before security, and some ask at an information desk."""
    return build_plan(persons)
