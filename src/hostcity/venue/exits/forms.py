"""What is asked of exits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.plan.evacuations import EXIT_LIMITS

LABELS = {
    "distance_m": _("Farthest way to an exit, m"),
    "persons_per_m2": _("Load, persons per m²"),
    "persons_per_m": _("Persons per 1 m of exit width"),
}


class LimitsForm(forms.Form):
    """A check to be started, with its limits. One that is left empty is the usual one."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, limit in EXIT_LIMITS.items():
            text = _("{low} to {high}, usually {usual}").format(
                low=f"{limit.low:g}", high=f"{limit.high:,g}", usual=f"{limit.usual:g}"
            )
            self.fields[name] = forms.FloatField(
                label=LABELS[name], required=False, min_value=limit.low, max_value=limit.high, initial=f"{limit.usual:g}", help_text=text,
                widget=forms.NumberInput({"step": "any", "size": 6}),
            )  # fmt: skip

    def limits(self) -> dict[str, float]:
        """What was said of them."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}
