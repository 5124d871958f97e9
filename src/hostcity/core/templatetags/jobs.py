"""Tags for pages that show a job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from hostcity.core import policy
from hostcity.core.jobs.chart import chart_of
from hostcity.core.models import Job
from hostcity.core.models.jobs import JobState

register = template.Library()

BADGES = {
    JobState.QUEUED: "secondary", JobState.RUNNING: "primary", JobState.DONE: "success", JobState.FAILED: "danger",
    JobState.CANCELLED: "secondary",
}  # fmt: skip


@register.simple_tag(takes_context=True)
def may_cancel(context: Any, job: Job) -> bool:
    """Whether the reader may cancel the job now."""
    request = context["request"]
    is_possible = job.is_open and not job.is_cancel_asked
    return is_possible and policy.may(request.user, policy.CANCEL_JOBS, request.edition, job)


@register.filter
def badge(job: Job) -> str:
    """The color of its state."""
    return BADGES[JobState(job.state)]


@register.simple_tag
def job_chart(figures: Sequence[Any]) -> SafeString:
    """The curves of a job; nothing where it tells none."""
    return chart_of(figures)
