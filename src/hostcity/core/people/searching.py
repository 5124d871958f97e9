"""What search is told of people, bureaus and organizations. Contacts are not searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django_scopes import scope, scopes_disabled

from hostcity.core import policy
from hostcity.core.models import Assignment, Bureau, Edition, Organization, Person, SearchDoc
from hostcity.core.registries import Document
from hostcity.core.search.services import index

KIND = "person"


def person_document(edition: Edition, person: Person) -> Document:
    """A person by name, for who may see people."""
    return Document(
        kind=KIND,
        key=person.code,
        action=policy.SEE_PEOPLE,
        title_en=str(person),
        title_zh="",
        path=reverse("person", kwargs={"edition": edition.code, "person": person.code}),
        words=f"{person.username} {person.pinyin}",
    )


def party_document(edition: Edition, party: Bureau | Organization) -> Document:
    """A bureau or an organization by its names, for who prepares the expo."""
    kind = type(party).__name__.lower()
    return Document(
        kind=kind,
        key=party.code,
        action=policy.SEE_BUREAUS,
        title_en=party.name_en,
        title_zh=party.name_zh,
        path=reverse(kind, kwargs={"edition": edition.code, "code": party.code}),
    )


def people_documents(edition: Edition) -> Iterator[Document]:
    """Everybody with a role and an open account."""
    with scope(edition=edition):
        keys = Assignment.objects.filter(edition=edition).values("person")
        for person in Person.objects.filter(pk__in=keys, is_active=True).iterator(chunk_size=500):
            yield person_document(edition, person)


def bureau_documents(edition: Edition) -> Iterator[Document]:
    """Every bureau."""
    with scope(edition=edition):
        yield from (party_document(edition, each) for each in Bureau.objects.filter(edition=edition))


def organization_documents(edition: Edition) -> Iterator[Document]:
    """Every organization."""
    with scope(edition=edition):
        yield from (party_document(edition, each) for each in Organization.objects.filter(edition=edition))


def tell_search(people: Iterable[Person]) -> None:
    """Let people be found as they are stored now, in the editions where they have a role, and nowhere else.

    Part of a service's transaction. Two queries, and one for each edition.
    """
    people = list(people)
    with scopes_disabled():  # a person may have roles in several
        rows = Assignment.objects.filter(person__in=people, person__is_active=True)
        wanted: dict[Edition, dict[str, Person]] = {}
        for each in rows.select_related("edition", "person"):
            wanted.setdefault(each.edition, {})[each.person.code] = each.person
        kept = {(edition.pk, code) for edition, known in wanted.items() for code in known}
        stored = SearchDoc.objects.filter(kind=KIND, key__in=[each.code for each in people])
        gone = [pk for pk, of, code in stored.values_list("pk", "edition_id", "key") if (of, code) not in kept]
        if gone:
            SearchDoc.objects.filter(pk__in=gone).delete()
    for edition, known in wanted.items():
        index(edition, [person_document(edition, person) for person in known.values()])
