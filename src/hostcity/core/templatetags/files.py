"""The files of an object, for its page: ``{% load files %}{% files_at "finding" finding.key %}``."""

from __future__ import annotations

from typing import Any

from django import template

from hostcity.core import policy
from hostcity.core.files.forms import AddFile
from hostcity.core.files.lines import lines_of
from hostcity.core.files.queries import files_of

register = template.Library()


@register.inclusion_tag("core/files/list.html", takes_context=True)
def files_at(context: Any, kind: str, key: str) -> dict[str, Any]:
    """Files of an object with a form to add one, for who may; one query."""
    request = context["request"]
    edition, person = request.edition, request.user
    values = {
        "edition": edition,
        "csrf_token": context.get("csrf_token"),
        "may_see": policy.may(person, policy.SEE_FILES, edition),
        "may_add": policy.may(person, policy.ADD_FILES, edition),
        "form": AddFile(initial={"kind": kind, "key": key}),
    }
    if values["may_see"]:
        values["lines"] = lines_of(request, files_of(edition, person, subject=(kind, key)))
    return values
