"""What every public page of a venue has in common: whose it is, in which language, the pages beside it, how caches keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django_scopes import scope

from hostcity.core.models import Edition
from hostcity.core.public_pages import Reader, for_anybody, kept_by_caches, language_links, pages_of, reader_of
from hostcity.venue.queries import VenueMap, venue_map


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody asks for a public page of an edition's venue."""

    request: HttpRequest
    edition: Edition
    reader: Reader
    venue: VenueMap

    def page(self, template: str, look_up: Callable[[], dict[str, Any]], state: Iterable[object] = ()) -> HttpResponse:
        """A page on ``venue/public/page.html``, which caches may keep as long as edition, plan and ``state`` stay the same.

        ``look_up`` gives the template's values, and is not asked where the browser has the page already.
        """
        pages = pages_of(self.request, self.edition, self.reader)
        values = {"pages": pages, **self._values()}
        beside = (each.path for each in pages)
        return self.answer(lambda: render(self.request, template, values | look_up()), (*state, *beside))

    def answer(self, make: Callable[[], HttpResponse], state: Iterable[object] = ()) -> HttpResponse:
        """Likewise something else than a page."""
        state = (self.edition.code, self.edition.version, self.venue.number, self.venue.sha256, *state)
        return kept_by_caches(self.request, self.reader, state, make)

    def _values(self) -> dict[str, Any]:
        return {
            "shown": self.edition,
            "reader": self.reader,
            "kept": self.reader.kept,
            "languages": language_links(self.request, self.reader),
        }


def for_visitors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a `Visit`, for anybody while the edition shows its map to the public; 404 otherwise."""

    @for_anybody
    @wraps(view)
    def visited(request: HttpRequest, edition: str, **kwargs: Any) -> HttpResponse:
        found = get_object_or_404(Edition.objects.select_related("expo"), code=edition, is_map_public=True)
        reader = reader_of(request)
        with scope(edition=found), timezone.override(found.zone), translation.override(reader.language):
            return view(Visit(request, found, reader, venue_map(found)), **kwargs)

    return visited
