"""Plans that tests play."""

from __future__ import annotations

from examples.tiny.build import build_plan

from hostcity.plan.plan import Plan


def small_fair(persons: int = 300) -> Plan:
    """The tiny example with as many people as a test wants."""
    return build_plan(persons)
