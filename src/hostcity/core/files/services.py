"""Keeping and removing files."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.errors import Refused
from hostcity.core.files.checks import checked_name, media_type_of
from hostcity.core.files.documents import KIND, document_of
from hostcity.core.files.pictures import drawn_anew, is_picture
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Person, StoredFile
from hostcity.core.results import keep_blob, let_go
from hostcity.core.search.services import forget, index


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that can be kept."""

    name: str
    media_type: str
    data: bytes


def checked_file(name: str, data: bytes) -> Checked:
    """A file as it will be kept: of a safe name, and of a picture nothing but the picture. Takes a second for a large photo.

    Raises ``Refused`` for a file that is too large, of a kind that is not taken, or not what its name says.
    """
    name = checked_name(name)
    media_type = media_type_of(name, data)
    return Checked(name, media_type, drawn_anew(data, media_type) if is_picture(media_type) else data)


def add_file(
    *, edition: Edition, name: str, data: bytes, by: Person, subject: tuple[str, str] = ("", "")
) -> StoredFile:
    """Keep a file, at an object of the edition if one is named. Equal bytes are kept once.

    Raises ``Refused`` as `checked_file` does; `NotAllowed`.
    """
    policy.require(by, policy.ADD_FILES, edition)
    return keep_file(edition=edition, file=checked_file(name, data), by=by, subject=subject)


def keep_file(*, edition: Edition, file: Checked, by: Person, subject: tuple[str, str] = ("", "")) -> StoredFile:
    """Keep a file that was checked before, as `add_file` does: for acts that check before they lock. Raises `NotAllowed`."""
    policy.require(by, policy.ADD_FILES, edition)
    kind, key = subject
    with transaction.atomic(), scope(edition=edition):
        stored = StoredFile.objects.create(
            edition=edition, blob=keep_blob(file.data), name=file.name, media_type=file.media_type, subject_kind=kind,
            subject_key=key, by=by,
        )  # fmt: skip
        index(edition, [document_of(stored)])
        record("file.add", edition=edition, by=by, subject=_subject(stored), body=_body(stored))
    return stored


def remove_file(*, file: StoredFile, by: Person) -> None:
    """Take a file away, and its bytes if nothing else has them. Raises `NotAllowed`, and ``Refused`` where something shows itself by it."""
    policy.require(by, policy.REMOVE_FILES, file.edition, file)
    with transaction.atomic(), scope(edition=file.edition):
        sha256, subject, body = file.blob_id, _subject(file), _body(file)
        forget(file.edition, KIND, str(file.public_id))
        try:
            file.delete()
        except ProtectedError:
            what, mend = _("This file is evidence, so it stays."), _("Take the evidence back on its own page.")
            raise Refused("files.evidence", what, mend) from None
        let_go([sha256])
        record("file.remove", edition=file.edition, by=by, subject=subject, body=body)


def _subject(file: StoredFile) -> tuple[str, str]:
    """Where its line in the ledger belongs: to the object that it is at, so that its history tells of it."""
    return (file.subject_kind, file.subject_key) if file.subject_kind else ("file", str(file.public_id))


def _body(file: StoredFile) -> dict[str, str]:
    return {"file": str(file.public_id), "sha256": file.blob_id, "kind": file.name.rpartition(".")[2]}
