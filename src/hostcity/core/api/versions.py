"""Which version a change was made from."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

from hostcity.core.api.errors import NoVersion

ETAG = re.compile(r'\A(?:W/)?"v(\d{1,9})"\Z')


def etag_of(version: int) -> str:
    """What an answer calls the version that it shows."""
    return f'"v{version}"'


def say_version(response: HttpResponse, version: int) -> None:
    """Give the version as the answer's ETag."""
    response["ETag"] = etag_of(version)


def version_of(request: HttpRequest, given: int | None) -> int:
    """From the body, else from If-Match. Raises `NoVersion`."""
    if given is not None:
        return given
    said = ETAG.match(request.headers.get("If-Match", ""))
    if said is None:
        raise NoVersion
    return int(said[1])
