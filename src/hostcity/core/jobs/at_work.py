"""What a job's function is given: for whom it works, and how it tells how far it is."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hostcity.core.jobs import leases

if TYPE_CHECKING:
    from hostcity.core.jobs.leases import Lease
    from hostcity.core.models import Edition, Job, Person

TELL_EVERY_S = 0.3


class Cancelled(BaseException):
    """Somebody asked for the job to be cancelled."""


class LeaseLost(BaseException):
    """Another worker has the job now: nothing that this one does counts any more."""


class AtWork:
    """The job's side of its function."""

    def __init__(self, job: Job, lease: Lease) -> None:
        self.job, self.lease = job, lease
        self._told_at = self._share = 0.0
        self._stage = ""

    @property
    def edition(self) -> Edition:
        """The edition that the job belongs to."""
        if self.job.edition is None:
            raise ValueError(f"a job of kind {self.job.kind} belongs to no edition")
        return self.job.edition

    @property
    def by(self) -> Person:
        """Who asked for it."""
        if self.job.by is None:
            raise ValueError(f"nobody asked for the job of kind {self.job.kind}")
        return self.job.by

    def progress(self, share: float, stage: str = "", figures: Sequence[Any] | None = None) -> None:
        """Tell the share done, 0 to 1, and what is being done (a message of the catalog); ``figures`` are curves of it, for a chart.

        Raises `Cancelled` when that was asked for. Not for use inside a transaction: it would hold the job's row.
        """
        stage, share = stage or self._stage, min(max(float(share), self._share), 1.0)
        now = time.monotonic()
        if stage == self._stage and share < 1 and now - self._told_at < TELL_EVERY_S:
            return
        self._told_at, self._share, self._stage = now, share, stage
        if not leases.tell(self.lease, share=share, stage=stage, figures=figures):
            raise Cancelled if leases.is_cancelled(self.lease) else LeaseLost
