"""Pages that an edition opens with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hostcity.core import policy
from hostcity.core.home.cards import cards_of
from hostcity.core.middleware import acting


@acting(policy.SEE_EDITION)
def show_home(request: HttpRequest) -> HttpResponse:
    return render(request, "core/home/home.html", {"cards": cards_of(request)})
