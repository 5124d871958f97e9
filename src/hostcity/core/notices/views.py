"""The page of notices."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy
from hostcity.core.middleware import acting
from hostcity.core.models import Notice
from hostcity.core.notices.lines import lines_of
from hostcity.core.notices.queries import notices_of, words_of
from hostcity.core.notices.services import choose_mail, mark_read
from hostcity.core.paging import keyset_page

MOST_UNREAD = 100  # shown above the rest, latest first


@acting(policy.SEE_NOTICES)
@require_safe
def list_notices(request: Any) -> HttpResponse:
    """Unread ones first, all of them on the first page; then those that were read, page by page."""
    after = request.GET.get("after", "")
    rows = notices_of(request.edition, request.user)
    unread = [] if after else list(rows.filter(read_at=None).order_by("-id")[:MOST_UNREAD])
    page = keyset_page(rows.filter(read_at__isnull=False), order=("-id",), after=after)
    values = {"unread": _told(unread), "read": lines_of(page.rows), "page": page, "wants_mail": request.user.wants_mail}
    return render(request, "core/notices/list.html", values)


@acting(policy.SEE_NOTICES)
@require_POST
def open_notice(request: Any, key: int) -> HttpResponse:
    """Marks it as read and goes where it leads."""
    notice = notices_of(request.edition, request.user).filter(pk=key).first()
    if notice is None:
        raise Http404(key)
    mark_read(edition=request.edition, by=request.user, keys=[notice.pk])
    if notice.path and url_has_allowed_host_and_scheme(notice.path, allowed_hosts=None):
        return redirect(notice.path)
    return redirect("notices", edition=request.edition.code)


@acting(policy.SEE_NOTICES)
@require_POST
def mark_all_read(request: Any) -> HttpResponse:
    mark_read(edition=request.edition, by=request.user)
    return redirect("notices", edition=request.edition.code)


@acting(policy.SEE_NOTICES)
@require_POST
def set_mail(request: Any) -> HttpResponse:
    wants_mail = request.POST.get("wants_mail") == "yes"
    choose_mail(wants_mail=wants_mail, by=request.user)
    messages.success(
        request,
        _("Notices are sent to you by mail too.") if wants_mail else _("Notices are no longer sent to you by mail."),
    )
    return redirect("notices", edition=request.edition.code)


def _told(notices: list[Notice]) -> list[dict[str, Any]]:
    return [{"notice": each, "words": words_of(each)} for each in notices]
