"""Pages of files, and their bytes."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy
from hostcity.core.errors import Refused
from hostcity.core.files.checks import MOST_BYTES
from hostcity.core.files.forms import AddFile
from hostcity.core.files.lines import lines_of
from hostcity.core.files.queries import file_of, files_of
from hostcity.core.files.services import add_file, remove_file
from hostcity.core.ledger_queries import path_of
from hostcity.core.middleware import acting
from hostcity.core.models import StoredFile
from hostcity.core.paging import keyset_page
from hostcity.core.results import read_blob
from hostcity.core.sayings import said


@acting(policy.SEE_FILES)
@require_safe
def list_files(request: Any) -> HttpResponse:
    return _list(request, AddFile())


@acting(policy.ADD_FILES)
@require_POST
def add(request: Any) -> HttpResponse:
    form = AddFile(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=422)
    given, subject = form.cleaned_data["file"], (form.cleaned_data["kind"], form.cleaned_data["key"])
    try:
        data = given.read(MOST_BYTES + 1)
        file = add_file(edition=request.edition, name=given.name, data=data, by=request.user, subject=subject)
    except Refused as refused:
        form.add_error("file", said(refused))
        return _list(request, form, status=refused.status)
    messages.success(request, _("Uploaded: {name}").format(name=file.name))
    return redirect(_home_of(file))


@acting(policy.SEE_FILES)
@require_safe
def download(request: Any, public_id: UUID) -> HttpResponse:
    """The bytes, never shown as a page of this site: saved, not sniffed, in a sandbox, cached by this browser only."""
    file = _file(request, public_id)
    if request.headers.get("If-None-Match") == f'"{file.blob_id}"':
        return HttpResponseNotModified()
    answer = HttpResponse(read_blob(file.blob_id), content_type=file.media_type)
    answer["Content-Disposition"] = f"attachment; filename=\"file\"; filename*=UTF-8''{quote(file.name)}"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = f'"{file.blob_id}"'
    return answer


@acting(policy.REMOVE_FILES)
def remove(request: Any, public_id: UUID) -> HttpResponse:
    """Asks first, so that it needs no script."""
    file = _file(request, public_id)
    policy.require(request.user, policy.REMOVE_FILES, request.edition, file)
    back = _home_of(file)
    if request.method != "POST":
        return render(request, "core/files/remove.html", {"file": file, "back": back})
    try:
        remove_file(file=file, by=request.user)
        messages.success(request, _("Removed: {name}").format(name=file.name))
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect(back)


def _file(request: Any, public_id: UUID) -> StoredFile:
    file = file_of(request.edition, request.user, public_id)
    if file is None:
        raise Http404(public_id)
    return file


def _home_of(file: StoredFile) -> str:
    """The page of the object that the file is at, or that of all files."""
    path = path_of(file.edition, file.subject_kind, file.subject_key) if file.subject_kind else ""
    return path or reverse("files", kwargs={"edition": file.edition.code})


def _list(request: Any, form: AddFile, status: int = 200) -> HttpResponse:
    page = keyset_page(files_of(request.edition, request.user), order=("-id",), after=request.GET.get("after", ""))
    values = {
        "page": page,
        "lines": lines_of(request, page.rows, shows_place=True),
        "form": form,
        "may_add": policy.may(request.user, policy.ADD_FILES, request.edition),
    }
    return render(request, "core/files/page.html", values, status=status)
