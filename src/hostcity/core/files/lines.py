"""Files as lines of a list. Made without a template, where each word of a line would cost ten times as much."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hostcity.core import policy
from hostcity.core.ledger_queries import path_of
from hostcity.core.models import Edition, StoredFile
from hostcity.core.templatetags.shell import icon
from hostcity.core.times import written


def lines_of(request: Any, files: Iterable[StoredFile], *, shows_place: bool = False) -> SafeString:
    """A line for each file, with what the person may do to it, and the page of the object it is at; no query."""
    all_files = reverse("files", kwargs={"edition": request.edition.code})
    lines = [_line(request, each, f"{all_files}{each.public_id}/", shows_place=shows_place) for each in files]
    return mark_safe("".join(lines))  # noqa: S308 -- every text in it is escaped


def _line(request: Any, file: StoredFile, path: str, *, shows_place: bool) -> str:
    name = escape(file.name)
    facts = f"{filesizeformat(file.blob.size)} · {escape(str(file.by))} · {written(file.created_at)}"
    return (
        f'<li class="d-flex flex-wrap gap-2 align-items-baseline"><a class="text-break" href="{path}" download>{name}</a>'
        f' <span class="quiet small">{facts}</span>{_place(request.edition, file) if shows_place else ""}'
        f"{_remove(request, file, path, name)}</li>"
    )


def _place(edition: Edition, file: StoredFile) -> str:
    path = path_of(edition, file.subject_kind, file.subject_key) if file.subject_kind else ""
    words = escape(_("Where it belongs"))
    return f' <a class="small" href="{escape(path)}">{words}</a>' if path else ""


def _remove(request: Any, file: StoredFile, path: str, name: str) -> str:
    if not policy.may(request.user, policy.REMOVE_FILES, request.edition, file):
        return ""
    words = escape(_("Remove"))
    return (
        f' <a class="small ms-auto" href="{path}remove/">{icon("remove")} {words}'
        f'<span class="visually-hidden"> {name}</span></a>'
    )
