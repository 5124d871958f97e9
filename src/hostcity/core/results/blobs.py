"""Bytes under their SHA-256."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.utils import timezone

from hostcity.core.models import Blob

FRESH = timedelta(hours=1)  # much less than what nobody needs is left alone for


class DamagedBlob(Exception):  # noqa: N818 -- says what is so, as Refused does
    """Stored bytes do not have the hash under which they were kept: the database was changed by hand, or is broken."""

    code = "results.damaged"


def keep_blob(data: bytes) -> Blob:
    """Keep bytes; equal bytes are kept once. Needs no lock: who comes second finds the same row.

    They are young again then: whatever is kept is not collected before the row that names it is written.
    """
    now = timezone.now()
    sha256 = hashlib.sha256(data).hexdigest()
    known = Blob.objects.defer("data").filter(sha256=sha256)
    found = known.first()
    if found and found.created_at < now - FRESH and not known.update(created_at=now):
        found = None  # it was collected at this very moment
    if found is None:
        Blob.objects.bulk_create([Blob(sha256=sha256, size=len(data), data=data)], ignore_conflicts=True)
        found = known.get()
    return found


def read_blob(sha256: str) -> bytes:
    """The bytes of a hash.

    Raises ``Blob.DoesNotExist`` for one that was never kept, and `DamagedBlob` when the bytes are not those of the hash.
    """
    data = bytes(Blob.objects.only("data").get(sha256=sha256).data)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedBlob(f"the bytes kept under {sha256} are others. Restore them from a backup. [{DamagedBlob.code}]")
    return data
