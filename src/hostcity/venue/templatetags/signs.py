"""What pages of signs are made with: arrows of the legend, reasons of acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hostcity.core.models import Act
from hostcity.venue.signs.pictograms import arrow
from hostcity.venue.signs.picture import Arrow, arrow_svg
from hostcity.venue.signs.services.states import reason_of
from hostcity.venue.signs.words import STATE_NAMES

register = template.Library()


@register.simple_tag
def sign_arrow(style: str) -> SafeString:
    """The arrow of a state as it stands on the map; "fault" = one with a fault."""
    drawn = Arrow("", (-1.8, 0.0), 90.0, "installed" if style == "fault" else style, "", has_fault=style == "fault")
    inner = arrow_svg(drawn, 1.0).replace(' id="mark-"', "").replace("<title></title>", "")
    head = '<svg class="sign-mark" viewBox="-2.6 -1.8 4.6 3.6" aria-hidden="true" focusable="false">'
    return mark_safe(f"{head}{inner}</svg>")  # noqa: S308 -- nothing in it was typed by anybody


@register.simple_tag
def line_arrow(kind: str) -> SafeString:
    """The arrow of a line, as it is drawn on the face; a word for it stands beside."""
    head = '<svg class="sign-arrow" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
    return mark_safe(f"{head}{arrow(kind)}</svg>")  # noqa: S308 -- nothing in it was typed by anybody


@register.inclusion_tag("venue/signs/legend.html")
def sign_legend(of: str) -> Mapping[str, Any]:
    """What arrows on a picture mean."""
    if of == "plan":
        return {"styles": [("approved", pgettext("sign", "new")), ("installed", pgettext("sign", "stays"))]}
    if of == "difference":
        return {"styles": [("gone", _("Only in A")), ("new", _("Only in B")), ("made", _("In both, with other names"))]}
    return {"styles": [*STATE_NAMES.items(), ("fault", _("with a fault"))]}


@register.filter
def said_reason(act: Act) -> Any:
    """Why something was done, as whoever did it said."""
    return reason_of(act)


@register.filter
def unlocalized(number: float) -> str:
    """A number as attributes have it."""
    return f"{number:g}"


@register.simple_tag
def day_title(days: Mapping[int, str], result: int | None) -> str:
    """What the rehearsal is called whose trips were taken."""
    if result is None:
        return _("the plan's day, played for this")
    return days.get(result) or _("a rehearsal that is not kept any more")
