"""Icons, form controls, times: what templates are made with."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from hostcity.core.home.countdown import Countdown, countdown_of
from hostcity.core.models import Edition
from hostcity.core.policy import MEANINGS
from hostcity.core.sayings import is_chinese, said
from hostcity.core.subjects import act_name
from hostcity.core.times import written

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
    kind = "select" if hasattr(widget, "allow_multiple_selected") and not _input_type(widget) else _input_type(widget)
    given = str(widget.attrs.get("class", ""))
    return field.as_widget(attrs={"class": f"{CLASSES.get(kind, 'form-control')} {given}".strip()})


def _boxes(field: BoundField) -> SafeString:
    """One box to tick per choice; the field's own id belongs to what stands around them."""
    widget = field.field.widget
    shown = widget.get_context(field.html_name, field.value(), {"id": field.auto_id})["widget"]
    return format_html_join(
        "",
        "{}",
        ((_group(str(name or ""), [BoundWidget(widget, each, field.form.renderer) for each in options]),)
         for name, options, _index in shown["optgroups"]),
    )  # fmt: skip


def _group(name: str, boxes: list[BoundWidget]) -> SafeString:
    """Boxes, under their subject where they have one; one for all of it (`boxes.ts`) ends in ".*"."""
    for each in boxes:
        each.data["attrs"]["class"] = CLASSES["checkbox"]
        if str(each.data["value"]).endswith(".*"):
            each.data["attrs"]["data-whole"] = True
    told = format_html_join("", "<div><label>{} {}</label></div>", ((each.tag(), each.choice_label) for each in boxes))
    if not name:
        return told
    return format_html('<fieldset class="subject"><legend>{}</legend><div>{}</div></fieldset>', name, told)


@register.filter
def act(verb: str) -> Any:
    """What acts of a verb are called."""
    return act_name(verb)


@register.filter("whole")
def whole_error(error: Any) -> str:
    """What is wrong and how to mend it, as sentences of the reader's language."""
    return said(error)


@register.simple_tag
def has_phone_gateway() -> bool:
    """Whether this site can send codes to phones."""
    return bool(settings.PHONE_GATEWAY_URL)


@register.simple_tag
def colon() -> str:
    """Between a label and its value: full-width in Chinese."""
    return "：" if is_chinese() else ": "


@register.simple_tag
def comma() -> str:
    """Between the words of a list."""
    return "、" if is_chinese() else ", "


@register.simple_tag
def gap() -> str:
    """Between two sentences, or a sentence and a link: a space, and nothing in Chinese, whose full stops have one."""
    return "" if is_chinese() else " "


@register.filter
def thousands(number: int) -> str:
    """A number with a comma every three digits, in Chinese too, as everywhere else on pages."""
    return f"{number:,}"


@register.filter
def percent_text(percent: int) -> str:
    """A number of percent with its sign, which stands close in Chinese."""
    return f"{percent}%" if is_chinese() else f"{percent} %"


@register.filter
def meaning(action: str) -> Any:
    """What an action is, for people."""
    return MEANINGS.get(action) or action


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


@register.filter
def countdown(edition: Edition) -> Countdown:
    """How long until an edition opens, in words."""
    return countdown_of(edition)


@register.filter
def lasted(seconds: float) -> str:
    """How long something took, in the units that people say."""
    if seconds < 60:
        return _("{seconds} s").format(seconds=number_format(seconds, 1))
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    return _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


@register.simple_tag
def ago(at: datetime | None) -> SafeString | str:
    """How long ago something was, with the exact time behind it; kept true by the page's script."""
    if at is None:
        return ""
    if (timezone.now() - at).total_seconds() < 60:
        said = _("just now")
    else:
        said = _("%(time)s ago") % {"time": timesince(at, depth=1)}
    exact = escape(written(at, "DATETIME_FORMAT"))
    return mark_safe(  # noqa: S308 -- every text in it is escaped
        f'<time datetime="{at.isoformat()}" title="{exact}" data-relative>{escape(said)}</time>'
    )


@register.filter
def short(at: datetime) -> str:
    """A time as lists have it: ``date:"SHORT_DATETIME_FORMAT"``, but fast."""
    return written(at)
