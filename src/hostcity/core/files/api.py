"""Files by the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form, Query
from ninja.files import UploadedFile
from pydantic import Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Body, Listed, Paging, page_of
from hostcity.core.files import queries, services
from hostcity.core.files.checks import MOST_BYTES
from hostcity.core.models import StoredFile
from hostcity.core.results import read_blob

operations = Operations("files")
UPLOAD = {"kind": "multipart/form-data", "most_bytes": MOST_BYTES + 64 * 1024}


class FileShown(Answer):
    """An uploaded file."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    subject_kind: str = Field(description="Kind of the object that it is at; empty = the edition.")
    subject_key: str
    by: str = Field(description="Code of the person who uploaded it.")
    created_at: datetime


class FilesPage(Listed):
    """A page of files."""

    rows: list[FileShown]


class FilesAsked(Paging):
    """Which files."""

    subject_kind: str = Field("", max_length=40)
    subject_key: str = Field("", max_length=120)


class Subject(Body):
    """The object that a file is at."""

    subject_kind: str = Field("", max_length=40)
    subject_key: str = Field("", max_length=120)


def shown(file: StoredFile) -> dict[str, Any]:
    """A file as the API shows it."""
    return {
        "id": file.public_id, "name": file.name, "media_type": file.media_type, "size": file.blob.size,
        "sha256": file.blob_id, "subject_kind": file.subject_kind, "subject_key": file.subject_key,
        "by": file.by.code, "created_at": file.created_at,
    }  # fmt: skip


def _file(request: Any, file: UUID) -> StoredFile:
    found = queries.file_of(request.edition, request.person, file)
    if found is None:
        raise Http404
    return found


@operations.get("/files", policy.SEE_FILES, FilesPage)
def list_files(request: Any, asked: Query[FilesAsked]) -> Any:
    """List files.

    Latest first; of one object when it is named.
    """
    subject = (asked.subject_kind, asked.subject_key) if asked.subject_kind else None
    rows = queries.files_of(request.edition, request.person, subject=subject)
    return page_of(rows, asked, order=("-pk",), shown=shown)


@operations.post("/files", policy.ADD_FILES, FileShown, **UPLOAD)
def add_file(request: Any, file: File[UploadedFile], subject: Form[Subject]) -> Any:
    """Upload a file.

    At most 10 MiB; its kind is looked up in its bytes, and has to be the one that its name says. Of a picture the picture
    alone is kept, upright: no place, time, owner or device that a camera wrote.
    """
    made = services.add_file(
        edition=request.edition, name=file.name or "", data=file.read(MOST_BYTES + 1), by=request.person,
        subject=(subject.subject_kind, subject.subject_key),
    )  # fmt: skip
    return shown(made)


@operations.get("/files/{file}", policy.SEE_FILES, FileShown)
def show_file(request: Any, file: UUID) -> Any:
    """Show what is known of a file.

    Not its bytes: those are under /content.
    """
    return shown(_file(request, file))


@operations.get("/files/{file}/content", policy.SEE_FILES, None, gives="application/octet-stream")
def download_file(request: Any, file: UUID) -> HttpResponse:
    """Download a file.

    The very bytes that are kept; their SHA-256 is checked on the way out.
    """
    found = _file(request, file)
    answer = HttpResponse(read_blob(found.blob_id), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    return answer


@operations.delete("/files/{file}", policy.REMOVE_FILES)
def remove_file(request: Any, file: UUID) -> None:
    """Remove a file.

    Your own, or any if you are an administrator.
    """
    services.remove_file(file=_file(request, file), by=request.person)
