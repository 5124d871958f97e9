"""Who may do what to which task: the policy matrix, asked for the bureau that is a department of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hostcity.core import policy as matrix
from hostcity.core.models import Bureau, Edition, Person
from hostcity.core.policy import Reach
from hostcity.readiness import policy
from hostcity.readiness.owners import bureau_code, own_bureaus


@dataclass(frozen=True, slots=True)
class OfBureau:
    """What a bureau may do things to, for the matrix."""

    reached_by: ClassVar[dict[str, str]] = {"bureau": "bureau"}
    edition_id: int
    bureau_id: int  # 0 = the department is no bureau of the site


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do to tasks of an edition."""

    edition: Edition
    person: Person
    bureaus: dict[str, int]  # id by code

    def may_report(self, department: str) -> bool:
        """On tasks for which a department answers."""
        return matrix.may(self.person, policy.REPORT_TASKS, self.edition, self._of(department))

    def may_accept(self, department: str, accepted_by: str) -> bool:
        """Tasks of a department that another accepts. Nobody accepts what their own department did, whatever else they may."""
        if self._of(department).bureau_id in own_bureaus(self.edition, self.person):
            return False
        return matrix.may(self.person, policy.ACCEPT_TASKS, self.edition, self._of(accepted_by))

    def accepts_for_any(self) -> bool:
        """Whether they accept for whatever department is named, and where none is."""
        return Reach.EDITION in matrix.reach_of(self.person, policy.ACCEPT_TASKS, self.edition)

    def _of(self, department: str) -> OfBureau:
        return OfBureau(self.edition.pk, self.bureaus.get(bureau_code(department), 0))


def rights_of(edition: Edition, person: Person) -> Rights:
    """What somebody may do; one query."""
    return Rights(edition, person, dict(Bureau.objects.filter(edition=edition).values_list("code", "pk")))
