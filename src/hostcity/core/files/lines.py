"""Files as lines of a list. Made without a template, where each word of a line would cost ten times as much."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hostcity.core import policy
from hostcity.core.ledger_queries import path_of
from hostcity.core.models import Edition, StoredFile
from hostcity.core.templatetags.shell import icon
from hostcity.core.times import writer


def lines_of(request: Any, files: Iterable[StoredFile], *, shows_place: bool = False) -> SafeString:
    """A line for each file, with what the person may do to it, and the page of the object it is at; no query."""
    edition, all_files = request.edition, reverse("files", kwargs={"edition": request.edition.code})
    may_remove, write = policy.checker(request.user, policy.REMOVE_FILES, edition), writer()
    place, remove = escape(_("Where it belongs")), f"{icon('remove')} {escape(_('Remove'))}"
    language, lines = get_language(), []
    for file in files:
        name, path = escape(file.name), f"{all_files}{file.public_id}/"
        parts = [
            f'<li class="d-flex flex-wrap gap-2 align-items-baseline"><a class="text-break" href="{path}" download>{name}</a>'
            f' <span class="quiet small">{_size(file.blob.size, language)} · {escape(str(file.by))}'
            f" · {write(file.created_at)}</span>"
        ]
        if shows_place and (where := _where(edition, file)):
            parts.append(f' <a class="small" href="{escape(where)}">{place}</a>')
        if may_remove(file):
            parts.append(
                f' <a class="small ms-auto" href="{path}remove/">{remove}<span class="visually-hidden"> {name}</span></a>'
            )
        lines.append("".join(parts) + "</li>")
    return mark_safe("".join(lines))  # noqa: S308 -- every text in it is escaped


def _where(edition: Edition, file: StoredFile) -> str:
    return path_of(edition, file.subject_kind, file.subject_key) if file.subject_kind else ""


@lru_cache(maxsize=1024)
def _size(count: int, _language: str | None) -> str:
    """A size in the language of the reader, which is part of the key."""
    return filesizeformat(count)
