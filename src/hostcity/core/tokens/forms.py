"""Which token somebody wants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.core.subjects import BySubjectField
from hostcity.core.tokens.services import MOST_DAYS
from hostcity.core.typed_texts import TextField


class TokenForm(forms.Form):
    """A name, what it may do, for how long."""

    name = TextField(label=_("What it is for"), max_length=100)
    actions = BySubjectField(label=_("What it may do"))
    days = forms.IntegerField(label=_("Days until it ends"), min_value=1, max_value=MOST_DAYS, initial=90)

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actions"].offer(choices)  # type: ignore[attr-defined]
