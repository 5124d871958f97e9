"""A workbook to begin with."""

from __future__ import annotations

from hostcity.plan.plan import Plan
from hostcity.plan.rows import Calendar, LinkKind, Model, RosterRules


def empty_plan() -> Plan:
    """A plan without rows, but for the model and usual kinds of links: what a planner fills in."""
    return Plan(
        edition=(),
        model=(Model(code="day"),),
        link_kinds=(
            LinkKind(code="level"),
            LinkKind(code="door"),
            LinkKind(code="stairs", speed_up=0.35, speed_down=0.5, flow_share=0.8, step_free=False),
            LinkKind(code="escalator", speed_up=0.6, speed_down=0.6, flow_share=0.9, step_free=False),
            LinkKind(code="ramp", speed_up=0.8, speed_down=0.9),
            LinkKind(code="lift", speed_up=0.4, speed_down=0.4, flow_share=0.3),
        ),
    )


def empty_force() -> Plan:
    """The same of a force: the usual rules of a roster."""
    return Plan(edition=(), roster_rules=(RosterRules(code="usual"),))


def empty_preparation() -> Plan:
    """The same of a preparation: a usual calendar, and one that works on every day."""
    return Plan(edition=(), calendars=(Calendar(code="usual"), Calendar(code="every-day", week="every_day")))
