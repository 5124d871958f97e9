"""What every kind of work on a plan shares: bounds of its inputs, and how it is cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.services import cancel_job
from hostcity.core.models import Person
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import Work

MOST_SEED = 2**63 - 1
MOST_OVERRIDES = 200


def check_seed(seed: int) -> None:
    """Raise ``Refused`` for a seed out of range."""
    if not 0 <= seed <= MOST_SEED:
        raise Refused(
            "rehearsal.seed", _("The seed is out of range."), _("Give a number from 0 to 2^63 - 1."), field="seed"
        )


def check_runs(runs: int, least: int, most: int, code: str) -> None:
    """Raise ``Refused`` for a number of runs out of range."""
    if not least <= runs <= most:
        what = filled(_("{runs} runs are out of range."), runs=runs)
        raise Refused(code, what, filled(_("Give {least} to {most}."), least=least, most=most), field="runs")


def checked_overrides(overrides: Sequence[str]) -> list[str]:
    """Overrides without those that say nothing. Raises ``Refused`` for too many."""
    found = [each.strip() for each in overrides if each.strip()]
    if len(found) > MOST_OVERRIDES:
        what = filled(_("There are more than {most} changes."), most=MOST_OVERRIDES)
        raise Refused("rehearsal.overrides", what, _("Change the plan itself."), field="overrides")
    return found


def filled(message: Any, **values: Any) -> str:
    """A message with its values, in the language of the reader."""
    return str(message).format(**values)


def cancel_work(work: Work, by: Person) -> None:
    """End work that waits or runs; the job's act is the line of the ledger. `Refused` when it has ended."""
    matrix.require(by, policy.CANCEL_REHEARSAL, work.edition, work)
    if work.job is None:
        raise Refused("job.ended", _("The work has ended already."), _("Look at its answer."))
    cancel_job(job=work.job, by=by)
