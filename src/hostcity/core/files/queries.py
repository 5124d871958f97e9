"""Looking up files."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from hostcity.core import policy
from hostcity.core.models import Edition, Person, StoredFile

OWN_FIELDS = [each.name for each in StoredFile._meta.concrete_fields]


def files_of(edition: Edition, person: Person, *, subject: tuple[str, str] | None = None) -> QuerySet[StoredFile]:
    """The files that a person may see, of an object if one is named; without their bytes. One query."""
    rows = StoredFile.objects.filter(edition=edition)
    if subject is not None:
        rows = rows.filter(subject_kind=subject[0], subject_key=subject[1]).order_by("-id")
    found = policy.allowed(person, policy.SEE_FILES, edition, rows).select_related("by", "blob")
    return found.only(*OWN_FIELDS, "by__code", "by__name", "by__username", "blob__size")


def file_of(edition: Edition, person: Person, public_id: UUID) -> StoredFile | None:
    """A file that a person may see; None for what is not there for them. One query."""
    return files_of(edition, person).filter(public_id=public_id).first()
