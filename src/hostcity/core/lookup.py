"""A text for which the site offers what fits, as one types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MOST_FOUND = 20  # offered at once; more letters find the rest
MOST_LETTERS = 100


class Lookup(forms.TextInput):
    """A text input with a list of what ``path`` answers to its text. Without scripts it is a text input."""

    template_name = "core/lookup.html"

    def __init__(self, path: str, attrs: dict[str, Any] | None = None) -> None:
        asks = {
            "hx-get": path, "hx-trigger": "input changed delay:150ms", "hx-target": "next .lookup-list",
            "hx-sync": "this:replace", "role": "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
            "autocomplete": "off", "spellcheck": "false",
        }  # fmt: skip
        super().__init__({**asks, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the name of its list."""
        context = super().get_context(name, value, attrs)
        listed = f"{context['widget']['attrs'].get('id', name)}-list"
        context["widget"]["attrs"]["aria-controls"] = listed
        return context | {"listed": listed}


def asked(request: HttpRequest) -> str:
    """What was typed."""
    return request.GET.get("q", "").strip()[:MOST_LETTERS]


def answer(request: HttpRequest, found: Iterable[tuple[str, str]]) -> HttpResponse:
    """What fits, as the part of a page that the list is filled with: values, and what they are called."""
    return render(request, "core/lookup_found.html", {"found": list(found)[:MOST_FOUND]})
