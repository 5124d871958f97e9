"""Forms of scenarios."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.core.sayings import is_chinese
from hostcity.rehearsal.models import KeptScenario


class UploadForm(forms.Form):
    """A scenario's file to be tried."""

    file = forms.FileField(
        label=_("File"), help_text=_("A text file that ends with .toml, at most 64 KiB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".toml"}),
    )  # fmt: skip


class ScenariosField(forms.MultipleChoiceField):
    """Scenarios to happen, chosen by their titles."""

    def __init__(self, scenarios: list[KeptScenario], **options: Any) -> None:
        choices = [(each.name, each.title_zh if is_chinese() else each.title_en) for each in scenarios]
        super().__init__(
            label=_("What goes wrong"), required=False, widget=forms.CheckboxSelectMultiple, choices=choices,
            help_text=_("Scenarios of this edition; several happen one after the other."), **options,
        )  # fmt: skip
