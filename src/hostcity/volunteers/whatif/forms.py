"""What is asked of a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused
from hostcity.core.sayings import said
from hostcity.core.typed_texts import TextField
from hostcity.volunteers.whatif.asking import Asked, move_of, need_of, rows_in

MOST_TEXT = 6_000  # characters of an address, in all
#: Field -> most codes on a line, least, an example, what becomes of a line.
LINES: dict[str, tuple[int, int, str, Callable[..., Any]]] = {
    "moves": (4, 3, "V1 D1 early P2", move_of), "absent": (2, 2, "V1 D1", tuple), "closed": (3, 3, "D1 early P1", tuple),
    "needs": (4, 4, "D1 early P1 5", need_of),
}  # fmt: skip


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "spellcheck": "false", "autocapitalize": "off", "class": "font-monospace"})


class TryForm(forms.Form):
    """Changes, one a line."""

    moves = TextField(
        label=_("Moved, or taken off"), required=False, max_length=MOST_TEXT, widget=_lines(3),
        help_text=_("Volunteer, day, band and post by their codes: V1 D1 early P2. Without a post: taken off."),
    )  # fmt: skip
    absent = TextField(
        label=_("Away on a day"), required=False, max_length=MOST_TEXT, widget=_lines(3), help_text=_("Volunteer and day: V1 D1.")
    )  # fmt: skip
    closed = TextField(
        label=_("Cells that are closed"), required=False, max_length=MOST_TEXT, widget=_lines(2), help_text=_("Day, band and post: D1 early P1.")
    )  # fmt: skip
    needs = TextField(
        label=_("Cells that need other numbers"), required=False, max_length=MOST_TEXT, widget=_lines(2),
        help_text=_("Day, band, post and how many people: D1 early P1 5."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Lines as codes; all fields that cannot be read are told."""
        given = self.cleaned_data
        for field, (most, least, example, made) in LINES.items():
            try:
                given[field] = [made(row) for row in rows_in(given.get(field, ""), field, most, example, least)]
            except Refused as refused:
                self.add_error(field, said(refused))
        return given

    def asked(self) -> Asked:
        """What was said."""
        return Asked(**{name: self.cleaned_data[name] for name in LINES})

    @property
    def is_asked(self) -> bool:
        """Whether an address names any field."""
        return any(self.data.get(name, "").strip() for name in LINES)
