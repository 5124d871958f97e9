"""What is asked of an offer, and of the rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.typed_texts import TextField
from hostcity.volunteers.duty.cells import Cells
from hostcity.volunteers.models import Shift
from hostcity.volunteers.models.rosters import MOST_CODE
from hostcity.volunteers.own import name_of
from hostcity.volunteers.swaps.offers import Band, Rule


class OfferForm(forms.Form):
    """To whom a shift is offered, and for what."""

    named = TextField(
        label=_("Only to one volunteer: their code"), required=False, max_length=MOST_CODE,
        help_text=_("Empty: whoever may serve then by the rules sees it."),
    )  # fmt: skip
    wanted = forms.MultipleChoiceField(
        label=_("In return I take a shift in one of these bands"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None: you give it away for nothing in return."),
    )  # fmt: skip

    def __init__(self, cells: Cells, shift: Shift, held: set[Band], now: datetime, *given: Any) -> None:
        super().__init__(*given)
        bands = sorted((cells.hours(day, band), day, band) for day in cells.days for band in cells.bands)
        self.bands = {
            f"{day}|{band}": (day, band)
            for hours, day, band in bands
            if hours.starts_at > now and ((day, band) not in held or (day, band) == (shift.day, shift.band))
        }
        self.fields["wanted"].choices = [  # type: ignore[attr-defined]
            (value, f"{cells.days[day].date} {cells.times(band)} {name_of(cells.bands[band])}")
            for value, (day, band) in self.bands.items()
        ]

    def asked(self) -> dict[str, Any]:
        """What was said."""
        given = self.cleaned_data
        return {"named": given["named"].strip(), "wanted": [self.bands[value] for value in given["wanted"]]}


class RuleForm(forms.Form):
    """The rule by which swaps hold."""

    is_automatic = forms.BooleanField(
        label=pgettext_lazy("swap", "A swap holds at once where the rule allows it; else I am asked"), required=False
    )
    percent = forms.FloatField(
        label=_("I am asked where a post becomes short more likely than now, and than this (%)"), min_value=0, max_value=100,
        widget=forms.NumberInput({"step": "any"}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @classmethod
    def of(cls, rule: Rule) -> RuleForm:
        """With what holds now."""
        percent = round(100 * rule.most_short, 6)
        return cls(initial={"is_automatic": rule.is_automatic, "percent": f"{percent:g}", "version": rule.version})

    def asked(self) -> dict[str, Any]:
        """What was said."""
        given = self.cleaned_data
        return {
            "is_automatic": given["is_automatic"], "most_short": round(given["percent"] / 100, 8), "version": given["version"],
        }  # fmt: skip
