"""Errors that come from before an operation's door (no such address, no such method), as problem details too."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hostcity.core.api import problems


class ProblemMiddleware:
    """Puts problem details in place of pages for people, under /api/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if not request.path_info.startswith("/api/") or answer.status_code < 400:
            return answer
        if answer["Content-Type"] == problems.KIND:
            return answer
        problem = problems.response(answer.status_code)
        for header in ("Allow", "Retry-After"):
            if header in answer:
                problem[header] = answer[header]
        return problem
