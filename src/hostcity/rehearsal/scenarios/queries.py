"""Looking up the scenarios of an edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.models import Edition, Person
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import KeptScenario, OfPlan

MOST_AT_ONCE = 5  # in one rehearsal


def scenarios(edition: Edition, person: Person) -> QuerySet[KeptScenario]:
    """The scenarios that a person may see, by name, with who kept them."""
    return _all(edition, person).filter(removed_at__isnull=True).order_by("name")


def scenario_in_full(edition: Edition, person: Person, public_id: Any) -> KeptScenario:
    """One scenario, also one that was removed; one query. Raises ``KeptScenario.DoesNotExist``."""
    scenario = _all(edition, person).get(public_id=public_id)
    scenario.edition = edition
    return scenario


def _all(edition: Edition, person: Person) -> QuerySet[KeptScenario]:
    rows = KeptScenario.objects.filter(edition=edition).select_related("by")
    return matrix.allowed(person, policy.SEE_REHEARSALS, edition, rows)


def scenarios_named(edition: Edition, names: Sequence[str]) -> list[KeptScenario]:
    """The kept scenarios of these names, in this order; one query, none without names.

    Raises ``Refused`` for a name that there is not, for one that is given twice, and for too many.
    """
    names = [each.strip() for each in names if each.strip()]
    if not names:
        return []
    if len(names) > MOST_AT_ONCE:
        what = format_lazy(_("There are more than {most} scenarios."), most=MOST_AT_ONCE)
        raise Refused("rehearsal.scenarios", what, _("Choose fewer."), field="scenarios")
    kept = {
        each.name: each
        for each in KeptScenario.objects.filter(edition=edition, removed_at__isnull=True, name__in=names)
    }
    for name in names:
        if name not in kept:
            what = format_lazy(_("There is no scenario {name}."), name=name[:80])
            raise Refused("scenario.unknown", what, _("Choose one that the edition keeps."), field="scenarios")
    if len(set(names)) < len(names):
        what = _("A scenario is chosen twice.")
        raise Refused("rehearsal.scenarios", what, _("Choose each once."), field="scenarios")
    return [kept[name] for name in names]


def scenarios_of(work: OfPlan) -> list[KeptScenario]:
    """The scenarios that something was played with, in their order; one query, none without scenarios."""
    if not work.scenarios:
        return []
    keys = [each["scenario"] for each in work.scenarios]
    found = {each.key: each for each in KeptScenario.objects.filter(edition=work.edition, public_id__in=keys)}
    return [found[key] for key in keys]


def as_data(scenario: KeptScenario) -> dict[str, Any]:
    """What is written down of a scenario with which something is played."""
    return {
        "scenario": scenario.key,
        "name": scenario.name,
        "sha256": scenario.blob_id,
        "title": {"en": scenario.title_en, "zh": scenario.title_zh},
    }


def as_inputs(work: OfPlan) -> dict[str, Any]:
    """Scenarios and overrides, as the inputs of a result and the ledger keep them."""
    scenarios = [{"name": each["name"], "sha256": each["sha256"]} for each in work.scenarios]
    return {"overrides": list(work.overrides)} | ({"scenarios": scenarios} if scenarios else {})


def blobs_of_scenarios() -> Iterator[str]:
    """Hashes of all bytes that scenarios need, also of those removed."""
    return KeptScenario.objects.values_list("blob_id", flat=True).iterator()
