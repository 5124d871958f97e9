"""What is asked for mending a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.errors import Refused
from hostcity.core.models import Edition
from hostcity.core.plan_rows.queries import stored_rows
from hostcity.core.sayings import said
from hostcity.core.typed_texts import TextField
from hostcity.volunteers.drafts import named
from hostcity.volunteers.mending.asking import MOST_TOLD, codes_in, factors_in

MOST_TEXT = 200_000  # characters: 6,000 codes of 30


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "spellcheck": "false", "autocapitalize": "off", "class": "font-monospace"})


class MendForm(forms.Form):
    """A day, and what has come of it."""

    day = forms.ChoiceField(label=pgettext_lazy("roster", "Day"))
    band = forms.ChoiceField(
        label=_("From which band on"), required=False, help_text=_("What begins before it stays as it is.")
    )
    absent = TextField(
        label=_("Who does not come"), required=False, max_length=MOST_TEXT, widget=_lines(5),
        help_text=_("Codes of volunteers, pasted as they are: one a line, or with commas or spaces between them."),
    )  # fmt: skip
    closed = TextField(
        label=_("Posts that are closed"), required=False, max_length=MOST_TEXT, widget=_lines(2), help_text=_("Codes of posts.")
    )  # fmt: skip
    factors = TextField(
        label=_("Posts that need more"), required=False, max_length=MOST_TEXT, widget=_lines(2),
        help_text=_("One post a line, then how many times as many people: P1 2. Without a number: twice as many."),
    )  # fmt: skip

    most_told = forms.IntegerField(
        label=_("People told at most"), required=False, min_value=0, max_value=MOST_TOLD,
        help_text=_("Besides those whose post is closed. Empty: as many as it pays for."),
    )  # fmt: skip

    def __init__(self, edition: Edition, *given: Any) -> None:
        super().__init__(*given)
        days, bands = ([row.body for row in stored_rows(edition, sheet)] for sheet in ("service_days", "bands"))
        days.sort(key=lambda day: day["date"])
        bands.sort(key=lambda band: (band["start_s"], band["end_s"]))
        whole: tuple[str, Any] = ("", _("the whole day"))
        self.fields["day"].choices = [(each["code"], f"{named(each)} · {each['date']}") for each in days]  # type: ignore[attr-defined]
        self.fields["band"].choices = [  # type: ignore[attr-defined]
            whole, *((each["code"], f"{named(each)} · {each['start_s']}") for each in bands)
        ]  # fmt: skip

    def clean_factors(self) -> dict[str, float]:
        """Posts and factors."""
        try:
            return factors_in(self.cleaned_data["factors"])
        except Refused as refused:
            raise forms.ValidationError(said(refused)) from None

    def asked(self) -> dict[str, Any]:
        """What was said."""
        given = self.cleaned_data
        return given | {name: codes_in(given[name]) for name in ("absent", "closed")}
