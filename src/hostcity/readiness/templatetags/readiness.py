"""Names of kinds of evidence, and of people."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from hostcity.core.plan_rows.words import choice_name

register = template.Library()


@register.simple_tag
def evidence_kind(kind: str) -> str:
    """What a kind of evidence is called."""
    return choice_name(kind)


@register.simple_tag
def by_name(names: dict[str, str], code: str) -> str:
    """Who it was: by name, or by the code of somebody who was erased."""
    return names.get(code, code) if code else _("the site")
