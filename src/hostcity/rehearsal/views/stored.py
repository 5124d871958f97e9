"""The report of a rehearsal as it was written, and what can be downloaded."""

from __future__ import annotations

import gzip
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from hostcity.core.middleware import acting
from hostcity.core.results import bytes_of
from hostcity.core.sayings import is_chinese
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import Rehearsal
from hostcity.rehearsal.views.parts import rehearsal_or_404

REPORT = "report.html.gz"
#: What can be downloaded: media type by name.
FILES = {
    "summary.json": "application/json",
    "tables.zip": "application/zip",
    "arrays.npz": "application/octet-stream",
    "runs.npz": "application/octet-stream",
    "plan.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: How the page begins, in English; a reader without scripts gets it in Chinese by this one exchange.
ENGLISH, CHINESE = b'<html lang="en" data-lang="en"', b'<html lang="zh-Hans" data-lang="zh"'


@acting(policy.SEE_REHEARSALS)
@require_safe
@xframe_options_sameorigin
def show_report(request: Any, key: Any) -> HttpResponse:
    """The report's own page, for the frame in ours: its policy lets in nothing but its own script and style."""
    rehearsal = _played(request, key)
    return page_as_kept(request, bytes_of(rehearsal.result, REPORT), rehearsal.told["policy"])  # type: ignore[arg-type]


def page_as_kept(request: Any, packed: bytes, its_policy: str) -> HttpResponse:
    """A page of the report as it was written, packed, in the reader's language and under its own policy."""
    takes_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    if is_chinese():
        page = gzip.decompress(packed).replace(ENGLISH, CHINESE, 1)
        packed = gzip.compress(page, 1) if takes_packed else page
    elif not takes_packed:
        packed = gzip.decompress(packed)
    answer = HttpResponse(packed, content_type="text/html; charset=utf-8")
    if takes_packed:
        answer["Content-Encoding"] = "gzip"
    answer["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    answer["Content-Security-Policy"] = f"{its_policy}; frame-ancestors 'self'"
    answer["Cache-Control"] = "private, no-store"
    return answer


@acting(policy.SEE_REHEARSALS)
@require_safe
def download(request: Any, key: Any, name: str) -> HttpResponse:
    """One of the result's files."""
    rehearsal = _played(request, key)
    if name not in FILES or name not in rehearsal.result.blobs:  # type: ignore[union-attr]
        raise Http404(name)
    answer = HttpResponse(bytes_of(rehearsal.result, name), content_type=FILES[name])  # type: ignore[arg-type]
    file = f"{rehearsal.edition.code}-rehearsal-{rehearsal.number}-{name}"
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _played(request: Any, key: Any) -> Rehearsal:
    rehearsal = rehearsal_or_404(request, key)
    if not rehearsal.is_played:
        raise Http404(str(key))
    return rehearsal
