"""Who answers for a department: the owners of the bureau that has its code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hostcity.core.models import Assignment, Edition, Person
from hostcity.core.models.people import Role
from hostcity.core.policy import assignments_of


@dataclass(frozen=True, slots=True)
class Owners:
    """People of bureaus that have departments of the plan, by the bureau's code."""

    of: dict[str, tuple[Person, ...]]

    def department(self, code: str) -> tuple[Person, ...]:
        """Who answers for a department."""
        return self.of.get(bureau_code(code), ())

    @property
    def people(self) -> tuple[Person, ...]:
        """All of them by name, each once."""
        found = {person.pk: person for people in self.of.values() for person in people}
        return tuple(sorted(found.values(), key=lambda each: (str(each), each.pk)))

    def departments_of(self, person_code: str, departments: Iterable[str]) -> frozenset[str]:
        """Those of some departments for which somebody answers."""
        return frozenset(
            code for code in departments if any(each.code == person_code for each in self.department(code))
        )


def bureau_code(department: str) -> str:
    """The code of the bureau that is a department of the plan: codes of bureaus are in lower case."""
    return department.lower()


def owners_of(edition: Edition) -> Owners:
    """All of an edition; one query."""
    rows = Assignment.objects.filter(edition=edition, role=Role.BUREAU_OWNER, person__is_active=True)
    found: dict[str, tuple[Person, ...]] = {}
    for each in rows.select_related("person", "bureau").order_by("person__name", "person_id"):
        code = each.bureau.code if each.bureau else ""
        found[code] = (*found.get(code, ()), each.person)
    return Owners(found)


def own_bureaus(edition: Edition, person: Person) -> frozenset[int]:
    """The bureaus that somebody owns here."""
    held = assignments_of(person, edition)
    return frozenset(each.bureau_id for each in held if each.role == Role.BUREAU_OWNER and each.bureau_id)
