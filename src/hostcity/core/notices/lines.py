"""Notices as lines of a list. Made without a template, where each word of a line would cost ten times as much."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from hostcity.core.models import Notice
from hostcity.core.notices.queries import words_of
from hostcity.core.templatetags.shell import ago


def lines_of(notices: Iterable[Notice]) -> SafeString:
    """A line for each notice that was read, a link to where it leads."""
    return mark_safe("\n".join([_line(each) for each in notices]))  # noqa: S308 -- every text in it is escaped


def _line(notice: Notice) -> str:
    words = escape(words_of(notice))
    if notice.path:
        words = f'<a href="{escape(notice.path)}">{words}</a>'
    return f'<li>{words} <span class="quiet small nowrap">{ago(notice.created_at)}</span></li>'
