"""Looking up files."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from hostcity.core import policy
from hostcity.core.models import Edition, Person, StoredFile


def files_of(edition: Edition, person: Person, *, subject: tuple[str, str] | None = None) -> QuerySet[StoredFile]:
    """The files that a person may see, of an object if one is named; without their bytes. One query."""
    rows = StoredFile.objects.filter(edition=edition).select_related("by").defer("blob__data")
    if subject is not None:
        rows = rows.filter(subject_kind=subject[0], subject_key=subject[1]).order_by("-id")
    return policy.allowed(person, policy.SEE_FILES, edition, rows).select_related("by", "blob")


def file_of(edition: Edition, person: Person, public_id: UUID) -> StoredFile | None:
    """A file that a person may see; None for what is not there for them. One query."""
    return files_of(edition, person).filter(public_id=public_id).first()
