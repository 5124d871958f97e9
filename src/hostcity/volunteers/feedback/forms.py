"""How a shift was, and the answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.typed_texts import TextField
from hostcity.volunteers.models.feedback import MOST_TEXT

CHOICES = (
    ("5", pgettext_lazy("feedback", "5 – very good")),
    ("4", pgettext_lazy("feedback", "4 – good")),
    ("3", pgettext_lazy("feedback", "3 – fair")),
    ("2", pgettext_lazy("feedback", "2 – poor")),
    ("1", pgettext_lazy("feedback", "1 – bad")),
)


class SayForm(forms.Form):
    """How a shift was."""

    rating = forms.TypedChoiceField(
        label=pgettext_lazy("feedback", "How was it?"), choices=CHOICES, coerce=int, widget=forms.RadioSelect
    )
    text = TextField(
        label=_("What should we know?"), max_length=MOST_TEXT, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Only the coordinators read it, with your code beside it. They can answer you."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class AnswerForm(forms.Form):
    """The answer."""

    answer = TextField(
        label=pgettext_lazy("feedback", "Answer"), max_length=MOST_TEXT, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("The volunteer reads it under My feedback. Empty takes an answer back."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
