"""The form with which a file is uploaded."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core.files.checks import KINDS
from hostcity.core.sayings import Joined
from hostcity.core.typed_texts import TextField

ENDINGS = [f".{ending}" for ending in KINDS]


class AddFile(forms.Form):
    """One file, perhaps for an object."""

    file = forms.FileField(
        label=_("File"),
        help_text=format_lazy(_("At most 10 MB. Taken are: {kinds}."), kinds=Joined(KINDS)),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    kind = TextField(required=False, max_length=40, widget=forms.HiddenInput)
    key = TextField(required=False, max_length=120, widget=forms.HiddenInput)
