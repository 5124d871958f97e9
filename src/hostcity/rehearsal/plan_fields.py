"""What the forms of everything that is played share: scenarios, and changes of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.rehearsal.models import KeptScenario
from hostcity.rehearsal.scenarios.forms import ScenariosField


class OverridesField(forms.CharField):
    """Overrides, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "class": "font-monospace"}),
            help_text=_("One a line: SHEET.KEY.FIELD=VALUE, as in the workbook. The plan itself stays as it is."),
            **options,
        )

    def clean(self, value: Any) -> list[str]:
        """Lines in which something stands."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """A list as lines."""
        return "\n".join(value) if isinstance(value, list) else value


def of_plan_fields(scenarios: list[KeptScenario], data: Mapping[str, Any], label: Any) -> dict[str, forms.Field]:
    """Both fields; no scenarios where the edition keeps none, unless somebody sends some all the same."""
    chosen = {"scenarios": ScenariosField(scenarios)} if scenarios or data.get("scenarios") else {}
    return {**chosen, "overrides": OverridesField(label=label)}
