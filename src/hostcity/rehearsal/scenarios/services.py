"""Trying, keeping and removing scenarios."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Job, Person
from hostcity.core.models.jobs import JobState
from hostcity.core.results import keep_blob
from hostcity.core.search.services import forget, index
from hostcity.plan.scenarios import SUFFIX, Scenario
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import KeptScenario
from hostcity.rehearsal.scenarios.documents import KIND, of_scenario
from hostcity.rehearsal.scenarios.trials import JOB, told

MOST_BYTES = 64 * 1024
MOST_KEPT = 100
LONGEST_NAME = 80
TEXTS = ("title_en", "title_zh", "teaches_en", "teaches_zh", "source_en", "source_zh")


def try_file(*, edition: Edition, name: str, data: bytes, by: Person) -> Job:
    """Have the worker try a scenario's file on the plan: what is wrong with it, or what it would change. Nothing is kept yet.

    Raises ``Refused`` for a file too large or of another kind.
    """
    matrix.require(by, policy.KEEP_SCENARIO, edition)
    name = name_of_file(name)
    if len(data) > MOST_BYTES:
        raise too_large()
    blob = keep_blob(data)
    with transaction.atomic(), scope(edition=edition):
        arguments = {"name": name + SUFFIX, "scenario": name, "sha256": blob.sha256}
        job = enqueue(JOB, arguments=arguments, edition=edition, by=by)
        body = {"name": name, "sha256": blob.sha256}
        record("scenario.upload", edition=edition, by=by, subject=("scenario-trial", str(job.public_id)), body=body)
        return job


def name_of_file(name: str) -> str:
    """The scenario's name in that of its file: letters, digits, hyphens. Raises ``Refused`` for a file of another kind."""
    path = PurePath(unicodedata.normalize("NFC", name.replace("\\", "/")))
    plain = re.sub(r"[^\w.-]+", "-", path.stem).strip("-.")[:LONGEST_NAME]
    if path.suffix.lower() != SUFFIX or not plain:
        what, mend = _("This is no file of a scenario."), _("Choose a text file that ends with .toml.")
        raise Refused("scenario.file_kind", what, mend, field="file")
    return plain


def too_large() -> Refused:
    """What is said of a file that is too large."""
    mend = _("Remove what does not belong to the scenario.")
    return Refused("scenario.file_size", _("The file is larger than 64 KiB."), mend, field="file")


def keep_scenario(*, edition: Edition, job: Job, by: Person) -> KeptScenario:
    """Keep the scenario of a trial, in place of one of the same name. The same bytes again are no act.

    Raises ``Refused`` when the file was not tried or has problems.
    """
    matrix.require(by, policy.KEEP_SCENARIO, edition)
    if job.edition_id != edition.pk or job.kind != JOB or job.state != JobState.DONE or not job.answer:
        raise Refused("scenario.no_trial", _("This file has not been tried."), _("Upload it again."))
    return _kept(edition, job.arguments["scenario"], job.answer, by)


def keep_file(*, edition: Edition, scenario: Scenario, data: bytes, by: Person) -> KeptScenario:
    """Keep a scenario that was read already, without a trial: for the demonstration."""
    matrix.require(by, policy.KEEP_SCENARIO, edition)
    keep_blob(data)
    return _kept(edition, scenario.name, told(scenario), by)


def _kept(edition: Edition, name: str, said: Mapping[str, Any], by: Person) -> KeptScenario:
    try:
        with transaction.atomic(), scope(edition=edition):
            return _in_place(edition, name, said, by)
    except IntegrityError:
        what = _("Somebody kept a scenario of this name meanwhile.")
        raise Refused("scenario.kept_meanwhile", what, _("Look at it, then try again.")) from None


def _in_place(edition: Edition, name: str, said: Mapping[str, Any], by: Person) -> KeptScenario:
    kept = KeptScenario.objects.filter(edition=edition, removed_at__isnull=True)
    before = kept.select_for_update(of=("self",)).filter(name=name).first()
    if before and before.blob_id == said["sha256"]:
        return before
    if before:
        _take_away(before)
    elif kept.count() >= MOST_KEPT:
        what = format_lazy(_("The edition keeps {most} scenarios already."), most=MOST_KEPT)
        raise Refused("scenario.most", what, _("Remove one first."))
    texts = {each: said[each] for each in TEXTS}
    made = KeptScenario.objects.create(edition=edition, name=name, blob_id=said["sha256"], by=by, **texts)
    index(edition, [of_scenario(made)])
    body = {"name": name, "sha256": made.blob_id} | ({"replaces": before.key} if before else {})
    record("scenario.keep", edition=edition, by=by, subject=("scenario", made.key), body=body)
    return made


def _take_away(scenario: KeptScenario) -> None:
    scenario.removed_at = timezone.now()
    scenario.save(update_fields=["removed_at"])
    forget(scenario.edition, KIND, scenario.key)


@transaction.atomic
def remove_scenario(*, scenario: KeptScenario, by: Person) -> None:
    """Let a scenario no longer be chosen; what was played with it can still be played again. Removing it twice is no act."""
    edition = scenario.edition
    matrix.require(by, policy.KEEP_SCENARIO, edition, scenario)
    stored = KeptScenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
    if stored.removed_at:
        return
    stored.edition = edition
    _take_away(stored)
    body = {"name": stored.name, "sha256": stored.blob_id}
    record("scenario.remove", edition=edition, by=by, subject=("scenario", stored.key), body=body)
