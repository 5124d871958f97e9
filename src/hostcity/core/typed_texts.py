"""What people type into forms: no character that shows nothing, or shows a text other than it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hostcity.plan.characters import odd_character


class TextField(forms.CharField):
    """Django's field of a text, which knows whether it has lines."""

    def clean(self, value: Any) -> Any:
        """The text. A value of another type, as of a field that is made of this one, is that field's own."""
        cleaned = super().clean(value)
        has_lines = isinstance(self.widget, forms.Textarea)
        if isinstance(cleaned, str) and (odd := odd_character(_with_line_ends(cleaned), has_lines=has_lines)):
            message = _("This holds the character %(character)s, which no text may hold. Remove it.")
            raise ValidationError(message, code="character", params={"character": odd})
        return cleaned


def _with_line_ends(text: str) -> str:
    """As browsers send it, but with line ends as everywhere else."""
    return text.replace("\r\n", "\n")
