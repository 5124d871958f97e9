"""Answers polls before sessions, languages and sign-in are looked at: the key in the address is all that is needed."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hostcity.core.polling.views import answer_poll

PREFIX = "/poll/"
LONGEST = 64


class PollMiddleware:
    """Stands behind SecurityMiddleware, whose headers polls carry too, and in front of everything that costs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.path_info[len(PREFIX) :] if request.path_info.startswith(PREFIX) else ""
        if not key or "/" in key or len(key) > LONGEST:
            return self.get_response(request)
        return answer_poll(request, key)
