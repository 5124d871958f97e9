"""What is asked of a correction."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.typed_texts import TextField
from hostcity.volunteers.acceptance.forms import FORMAT
from hostcity.volunteers.hours.services import Witnessed
from hostcity.volunteers.models.hours import MOST_REASON


class WitnessedForm(forms.Form):
    """Why, and who says so too."""

    reason = TextField(label=pgettext_lazy("hours", "Reason"), max_length=MOST_REASON)
    second = TextField(
        label=_("Second person"), max_length=100, help_text=_("Code or sign-in name of somebody else who knows it: the leader of the post, a colleague. It stands in the ledger."),
    )  # fmt: skip

    def witnessed(self) -> Witnessed:
        """What was said."""
        return Witnessed(self.cleaned_data["reason"], self.cleaned_data["second"])


def _time(label: Any, *, required: bool) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format=FORMAT)
    return forms.DateTimeField(label=label, required=required, widget=widget, input_formats=[FORMAT, "%Y-%m-%d %H:%M"])


class CorrectionForm(WitnessedForm):
    """When somebody came and left."""

    checked_in_at = _time(pgettext_lazy("hours", "Came"), required=True)
    checked_out_at = _time(pgettext_lazy("hours", "Left"), required=False)
    stamp = TextField(widget=forms.HiddenInput, required=False, max_length=60)
    field_order = ("checked_in_at", "checked_out_at", "reason", "second")
