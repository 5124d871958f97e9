"""Icons, form controls, times: what templates are made with."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

register = template.Library()

#: Bootstrap's class of a control, by the kind of its widget; text fields and files take the usual one.
CLASSES = {"checkbox": "form-check-input", "radio": "form-check-input", "select": "form-select"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing out of the icons' file; it says nothing to screen readers, so a word stands beside it."""
    return _drawing(name)


@cache
def _drawing(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("core/icons.svg"),
        name,
    )


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The control of a form's field, with the classes of its kind."""
    widget = field.field.widget
    if is_group(field):
        return _boxes(field)
    kind = "select" if hasattr(widget, "allow_multiple_selected") else _input_type(widget)
    given = str(widget.attrs.get("class", ""))
    return field.as_widget(attrs={"class": f"{CLASSES.get(kind, 'form-control')} {given}".strip()})


def _boxes(field: BoundField) -> SafeString:
    """One box to tick per choice; the field's own id belongs to what stands around them."""
    boxes = list(field.subwidgets)
    for each in boxes:
        each.data["attrs"]["class"] = CLASSES["checkbox"]
    return format_html_join("", "<div><label>{} {}</label></div>", ((each.tag(), each.choice_label) for each in boxes))


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether the field is one box to tick, whose label stands behind it."""
    return _input_type(field.field.widget) == "checkbox" and not is_group(field)


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether the field is several boxes under one question."""
    return bool(field.use_fieldset)


def _input_type(widget: Any) -> str:
    return str(getattr(widget, "input_type", ""))


@register.simple_tag
def ago(at: datetime | None) -> SafeString | str:
    """How long ago something was, with the exact time behind it; kept true by the page's script."""
    if at is None:
        return ""
    if (timezone.now() - at).total_seconds() < 60:
        said = _("just now")
    else:
        said = _("%(time)s ago") % {"time": timesince(at, depth=1)}
    exact = date_format(timezone.localtime(at), "DATETIME_FORMAT")
    return format_html('<time datetime="{}" title="{}" data-relative>{}</time>', at.isoformat(), exact, said)
