"""What the forms of everything that is played share: scenarios, and changes of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.core.typed_texts import TextField
from hostcity.rehearsal.models import KeptScenario
from hostcity.rehearsal.scenarios.forms import ScenariosField


class LinesField(TextField):
    """Texts, one a line."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "spellcheck": "false", "class": "font-monospace"})
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value: Any) -> list[str]:
        """Lines in which something stands."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """A list as lines."""
        return "\n".join(value) if isinstance(value, list) else value


def of_plan_fields(scenarios: list[KeptScenario], data: Mapping[str, Any], label: Any) -> dict[str, forms.Field]:
    """Both fields; no scenarios where the edition keeps none, unless somebody sends some all the same."""
    chosen = {"scenarios": ScenariosField(scenarios)} if scenarios or data.get("scenarios") else {}
    about = _("One a line: SHEET.KEY.FIELD=VALUE, as in the workbook. The plan itself stays as it is.")
    return {**chosen, "overrides": LinesField(label=label, help_text=about)}
