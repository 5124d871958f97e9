"""The API's root: the operations of every slice under /api/v1, their document, and the reference for people."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from hostcity.core.api import problems
from hostcity.core.api.bodies import StrictParser
from hostcity.site.api.routers import routers

DESCRIPTION = """Everything that the pages of a hostcity site do, for programs.

Send `Authorization: Bearer …` with a token that you made on the page `Tokens`. A token is good for one edition and for
the actions chosen when it was made; what it may do is never more than its person may do at that moment. Pages of the
site use their session's cookie with the CSRF token instead.

Errors are problem details (RFC 9457) with a stable `code`, the same as the command line prints, in the language of
`Accept-Language` (en, zh-hans). Lists are paged by `after` and `size`. A change names the version it was made from
(`version`, or `If-Match` with the answer's ETag); who comes second gets 409 with the differences. A POST with an
`Idempotency-Key` may be sent again: it has one effect, and gets the same answer for two days."""


def _api() -> NinjaAPI:
    api = NinjaAPI(
        title="hostcity",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        openapi_url=None,
        parser=StrictParser(),
        urls_namespace="api",
    )
    for kind in (Exception, ValidationError, HttpError):
        api.add_exception_handler(kind, problems.respond)
    for router in routers():
        api.add_router("", router)
    return api


api = _api()


def urlpatterns() -> list[URLPattern | URLResolver]:
    """The addresses under /api/. The door of each operation asks who it is, so no page of signing in stands before."""
    from hostcity.site.api import views

    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        pattern.callback.login_required = False
    own = [
        path("openapi.json", views.show_document, name="openapi"),
        path("docs", views.show_reference, name="reference"),
    ]
    return [path("v1/", (own + patterns, app_name, namespace))]  # type: ignore[list-item]
