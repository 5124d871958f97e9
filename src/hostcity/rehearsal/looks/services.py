"""Putting a place of a rehearsal's day under the microscope, cancelling and ending it."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Person
from hostcity.core.results import keep_result
from hostcity.rehearsal import policy
from hostcity.rehearsal.looks.documents import of_look
from hostcity.rehearsal.models import Look, Rehearsal
from hostcity.rehearsal.services.news import find_by, tell
from hostcity.rehearsal.works import cancel_work, filled

JOB = "rehearsal.look"
LEAST_MINUTES, MOST_MINUTES = 1, 15
MOST_TRIALS = 10
LONGEST_AT, LONGEST_CLOCK = 80, 8
#: What `hostcity[micro]` brings.
EXTRA = ("shapely", "jupedsim", "pedpy")
FILES, PAGE = "microscope.zip", "microscope.html.gz"


def is_there() -> bool:
    """Whether the extra is installed; nothing of it is imported."""
    return all(importlib.util.find_spec(name) is not None for name in EXTRA)


def missing() -> Refused:
    """What is said where the extra is not installed."""
    return Refused(
        "micro.missing", _("The microscope is not installed with this site: it needs JuPedSim and PedPy."),
        _("Whoever runs the site installs them with pip install 'hostcity[micro]' and starts the worker again."),
    )  # fmt: skip


def start_look(*, rehearsal: Rehearsal, by: Person, at: str, starts: str, minutes: int = 5, trials: int = 3) -> Look:
    """Have the persons of a rehearsal's day walk in the plane, at one place for some minutes.

    Raises `Refused` for what is out of range or empty, for a rehearsal that has no result, and where the extra is not
    installed; nothing is written then. Place and time are read by the worker: their problems are the job's.
    """
    edition = rehearsal.edition
    matrix.require(by, policy.START_REHEARSAL, edition)
    if not rehearsal.is_played:
        what = _("This rehearsal has no result yet.")
        raise Refused("look.rehearsal", what, _("Wait until it has been played, or choose another one."))
    at, starts = at.strip(), starts.strip()
    for field, text, longest, mend in (
        ("at", at, LONGEST_AT, _("Name a node or a link of the plan.")),
        ("starts", starts, LONGEST_CLOCK, _("Write the time at which the minutes begin, e.g. 09:30.")),
    ):
        if not text or len(text) > longest:
            raise Refused(f"look.{field}", _("It is empty, or too long."), mend, field=field)
    for field, value, least, most in (
        ("minutes", minutes, LEAST_MINUTES, MOST_MINUTES),
        ("trials", trials, 0, MOST_TRIALS),
    ):
        if not least <= value <= most:
            what = filled(_("{value} is out of range."), value=value)
            raise Refused(
                f"look.{field}", what, filled(_("Give {least} to {most}."), least=least, most=most), field=field
            )
    if not is_there():
        raise missing()
    with transaction.atomic():
        look = Look(
            edition=edition, by=by, rehearsal=rehearsal, at=at, starts=starts, minutes=minutes, trials=trials
        )  # fmt: skip
        look.job = enqueue(JOB, arguments={"look": look.key}, edition=edition, by=by, dedupe_key=look.key)
        look.save()
        find_by(edition, of_look(look))
        record("look.start", edition=edition, by=by, subject=("look", look.key), body=_inputs(look))
    return look


def _inputs(look: Look) -> dict[str, Any]:
    asked = {"at": look.at, "starts": look.starts, "minutes": look.minutes, "trials": look.trials}
    return {"rehearsal": look.rehearsal.key} | asked


def cancel_look(*, look: Look, by: Person) -> None:
    """End a look that waits or runs. `Refused` when it has ended."""
    cancel_work(look, by)


@transaction.atomic
def end_look(*, look: Look, answer: Mapping[str, Any]) -> Look:
    """Link the result to its question: the effect of the job, in the transaction that ends it."""
    rows = Look.objects.select_for_update(of=("self",)).select_related("rehearsal__snapshot", "by")
    look = rows.get(pk=look.pk)
    if look.is_played:
        return look
    edition = look.edition
    look.result = keep_result(
        edition=edition, kind="look", snapshot=look.rehearsal.snapshot, inputs=_inputs(look),
        engine_version=answer["engine_version"], results_sha256=answer["results_sha256"], summary=answer["summary"],
        blobs=answer["blobs"],
    )  # fmt: skip
    look.found = answer["found"]
    look.save(update_fields=["result", "found"])
    body = {"results_sha256": look.result.results_sha256}
    act = record("look.end", edition=edition, by=None, subject=("look", look.key), body=body)
    tell(look.by, "look.ended", {"number": look.number}, look, act)
    return look
