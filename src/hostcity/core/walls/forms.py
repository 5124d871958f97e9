"""Which screen somebody hangs."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hostcity.core.typed_texts import TextField


class ScreenForm(forms.Form):
    """A name and a language."""

    name = TextField(label=_("Where it hangs"), max_length=100)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
