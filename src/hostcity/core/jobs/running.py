"""Runs one job whose lease is held, in this process, and writes how it ended."""

from __future__ import annotations

import logging
import resource
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.utils.module_loading import import_string
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.jobs import errors, leases
from hostcity.core.jobs.at_work import AtWork, Cancelled, LeaseLost
from hostcity.core.models import Job
from hostcity.core.registries import JobKind, registries
from hostcity.plan import PlanError

logger = logging.getLogger("hostcity.jobs")


def run_leased(job: Job) -> None:
    """Run a job to its end. Raises what nobody expected, after it is written down."""
    kind, lease = registries.job_kinds[job.kind], leases.lease_of(job)
    at_work = AtWork(job, lease)
    try:
        with _within(job):
            _finish(kind, at_work, import_string(kind.run)(job.arguments, at_work))
    except Cancelled:
        leases.cancel(lease)
    except LeaseLost:
        logger.warning("job %s is another worker's now", job.public_id)
    except PlanError as error:
        leases.fail(lease, errors.of_plan_error(error), peak_mib=peak_mib())
    except Refused as error:
        leases.fail(lease, errors.of_refused(error), peak_mib=peak_mib())
    except NotAllowed:
        leases.fail(lease, errors.not_allowed(), peak_mib=peak_mib())
    except MemoryError:
        leases.fail(lease, errors.too_much_memory(kind.most_mib), peak_mib=peak_mib())
    except Exception:
        leases.try_again(lease, errors.crashed())
        raise


def _within(job: Job) -> AbstractContextManager[Any]:
    return scope(edition=job.edition) if job.edition else nullcontext()


def _finish(kind: JobKind, at_work: AtWork, answer: Mapping[str, Any]) -> None:
    def effects() -> Mapping[str, Any] | None:
        return import_string(kind.complete)(answer, at_work) if kind.complete else None

    if not leases.finish(at_work.lease, answer, peak_mib=peak_mib(), effects=effects):
        raise Cancelled if leases.is_cancelled(at_work.lease) else LeaseLost


def peak_mib() -> float:
    """The most memory that this process has had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 ** (2 if sys.platform == "darwin" else 1)
