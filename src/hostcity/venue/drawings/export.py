"""The present plan as drawings of other programs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused
from hostcity.core.models import Edition
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.sayings import is_chinese, whole
from hostcity.plan import PlanError
from hostcity.plan.dxf import dxf_of
from hostcity.plan.imdf import archive_of
from hostcity.report.words import in_chinese


def archive_of_plan(edition: Edition) -> bytes:
    """The drawing of an edition's plan as an IMDF archive. Raises ``Refused`` when it is not tied to the earth, or has none."""
    try:
        return archive_of(plan_of(edition))
    except PlanError as error:
        say = in_chinese if is_chinese() else str
        told = whole(*(say(part) for each in error.problems for part in (each.what, each.mend)))
        raise Refused(error.problems[0].code, _("The drawing cannot go out so."), told) from None


def level_of_plan(edition: Edition, level: str) -> bytes | None:
    """A level of an edition's plan as a DXF drawing; None when it has no such level."""
    plan = plan_of(edition)
    if level not in {each.code for each in plan.levels}:
        return None
    return dxf_of(plan, level)
