"""Look-ups of people, and of what may be seen of them and done to them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet
from django_scopes import scopes_disabled

from hostcity.core import policy
from hostcity.core.models import Assignment, Bureau, Edition, Organization, Person
from hostcity.core.models.people import Role

CHUNK = 500  # values of one IN


def people_of(
    by: Person, edition: Edition, *, role: str = "", bureau: str = "", organization: str = "", text: str = ""
) -> QuerySet[Person]:
    """People with a role in the edition whom ``by`` may see, each once, with ``roles_here``: two queries."""
    assignments = policy.allowed(by, policy.SEE_PEOPLE, edition, Assignment.objects.all())
    if role:
        assignments = assignments.filter(role=role)
    if bureau:
        assignments = assignments.filter(bureau__code=bureau)
    if organization:
        assignments = assignments.filter(organization__code=organization)
    found = Person.objects.filter(pk__in=assignments.values("person"))
    if text:
        found = found.filter(_matches(text))
    here = Assignment.objects.select_related("bureau", "organization").order_by("role")
    return found.prefetch_related(Prefetch("assignments", here, to_attr="roles_here"))


def _matches(text: str) -> Q:
    """Every word is in the name, the sign-in name or the code; a few letters also find a Chinese name by its pinyin."""
    wanted = Q()
    for word in text.split()[:8]:
        wanted &= (
            Q(name__icontains=word)
            | Q(username__icontains=word)
            | Q(code__iexact=word)
            | Q(pinyin__contains=word.lower())
        )
    return wanted


def bureaus_of(edition: Edition) -> QuerySet[Bureau]:
    """The edition's bureaus by code."""
    return Bureau.objects.filter(edition=edition).order_by("code")


def organizations_of(edition: Edition) -> QuerySet[Organization]:
    """The edition's organizations by code."""
    return Organization.objects.filter(edition=edition).order_by("code")


class Sight:
    """Whose phone numbers and mail addresses somebody may see in an edition."""

    def __init__(self, by: Person, edition: Edition) -> None:
        self.by, self.edition = by, edition
        self._is_seen = policy.checker(by, policy.SEE_CONTACTS, edition)
        self._volunteers_are_seen = policy.may(by, policy.SEE_VOLUNTEER_CONTACTS, edition)

    def of(self, person: Person) -> bool:
        """Whether those of this person; no query where ``roles_here`` is there."""
        roles = getattr(person, "roles_here", None)
        if roles is None:
            roles = Assignment.objects.filter(person=person)
        if person.pk == self.by.pk or any(map(self._is_seen, roles)):
            return True
        return self._volunteers_are_seen and {each.role for each in roles} == {Role.VOLUNTEER}


def is_manager_of(by: Person, person: Person, edition: Edition) -> bool:
    """Whether ``by`` may change this person's account; see `managed`."""
    return bool(managed(by, [person], edition))


def managed(by: Person, people: Iterable[Person], edition: Edition) -> list[Person]:
    """Those of ``people`` whose accounts ``by`` may change.

    An account is the person's in every edition. So it is changed by who may change people in each of them; by who may
    add volunteers, where the person is a volunteer here and nothing anywhere else; and a superuser's by another only.
    """
    people = list(people)
    if by.is_superuser:
        return people
    roles = roles_anywhere(people)
    return [
        person for person in people if not person.is_superuser and _is_managed(by, roles.get(person.pk, []), edition)
    ]


def roles_anywhere(people: Iterable[Person]) -> dict[int, list[Assignment]]:
    """The roles of each in all editions, by the key of the person."""
    roles: dict[int, list[Assignment]] = {}
    keys = [person.pk for person in people]
    with scopes_disabled():  # what a person is in other editions counts here
        for start in range(0, len(keys), CHUNK):
            for each in Assignment.objects.filter(person__in=keys[start : start + CHUNK]).select_related("edition"):
                roles.setdefault(each.person_id, []).append(each)
    return roles


def _is_managed(by: Person, roles: list[Assignment], edition: Edition) -> bool:
    if not roles:
        return False  # nobody's but a superuser's
    if all(policy.may(by, policy.CHANGE_PEOPLE, each.edition) for each in roles):
        return True
    is_volunteer_here = all(each.role == Role.VOLUNTEER and each.edition_id == edition.pk for each in roles)
    return is_volunteer_here and policy.may(by, policy.ADD_VOLUNTEERS, edition)


def require_authority(by: Person, people: Iterable[Person], edition: Edition) -> None:
    """Raise ``NotAllowed`` unless ``by`` may change the accounts of all of them."""
    people = list(people)
    if len(managed(by, people, edition)) != len(people):
        raise policy.NotAllowed(policy.CHANGE_PEOPLE)
