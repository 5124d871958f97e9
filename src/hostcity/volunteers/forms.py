"""What is asked of a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.volunteers.services.making import MOST_MATE, MOST_SEED


class MakeForm(forms.Form):
    """A draft to be made. A figure that is left empty is the usual one."""

    seed = forms.IntegerField(
        label=_("Seed"), required=False, min_value=1, max_value=MOST_SEED, help_text=_("The same seed and plan give the same roster.")
    )  # fmt: skip
    mate = forms.FloatField(
        label=_("Worth of a team mate beside one"), required=False, min_value=0, max_value=MOST_MATE,
        help_text=_("0 = teams are kept at their home posts only."),
    )  # fmt: skip
    judge = forms.BooleanField(label=pgettext_lazy("roster", "Judge the roster as it holds, make none"), required=False)

    def asked(self) -> dict[str, Any]:
        """What was said."""
        given = self.cleaned_data
        figures = {name: given[name] for name in ("seed", "mate") if given.get(name) is not None}
        return figures | {"is_judged": bool(given.get("judge"))}
