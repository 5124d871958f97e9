"""What search is told of files."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.models import Edition, StoredFile
from hostcity.core.registries import Document

KIND = "file"


def document_of(file: StoredFile) -> Document:
    """A file by its name; what stands in it is not searched."""
    path = reverse("file", kwargs={"edition": file.edition.code, "public_id": file.public_id})
    return Document(
        kind=KIND, key=str(file.public_id), action=policy.SEE_FILES, title_en=file.name, title_zh="", path=path
    )


def documents_of(edition: Edition) -> Iterator[Document]:
    """All files of an edition."""
    with scope(edition=edition):
        rows = StoredFile.objects.filter(edition=edition).select_related("edition")
        yield from map(document_of, rows.iterator(chunk_size=500))
