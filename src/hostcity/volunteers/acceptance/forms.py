"""By when shifts are to be accepted."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

FORMAT = "%Y-%m-%dT%H:%M"  # as browsers write a time of a day


def due_field(*, required: bool) -> forms.DateTimeField:
    """A time in the zone of the expo."""
    widget = forms.DateTimeInput({"type": "datetime-local"}, format=FORMAT)
    return forms.DateTimeField(
        label=_("Answers by"), required=required, widget=widget, input_formats=[FORMAT, "%Y-%m-%d %H:%M"],
        help_text=_("In the time of the expo. Then reserves are promoted in place of those who declined or did not answer."),
    )  # fmt: skip


class DeadlineForm(forms.Form):
    """A deadline, and the one that was looked at."""

    due_at = due_field(required=True)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class PublishForm(forms.Form):
    """What is said besides publishing a draft."""

    due_at = due_field(required=False)
