"""What is asked of issuing and revoking."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.typed_texts import TextField
from hostcity.volunteers.models.certificates import MOST_REASON


class IssueForm(forms.Form):
    """Who is to get one."""

    least_hours = forms.FloatField(
        label=_("To everybody who has served at least (hours)"), min_value=0, max_value=1000, initial=1,
        widget=forms.NumberInput({"step": "any"}),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why a certificate holds no more."""

    reason = TextField(
        label=pgettext_lazy("certificate", "Reason"), max_length=MOST_REASON,
        help_text=_("The staff sees it; the public page says only that the certificate holds no more."),
    )  # fmt: skip


class VerifyForm(forms.Form):
    """The number of a certificate."""

    code = TextField(label=_("Number of the certificate"), max_length=40)
