"""Finds the edition of a request, asks the policy, and scopes everything that the view reads to that edition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import get_user
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.models import Edition
from hostcity.core.refusals import answer_of


class EditionMiddleware:
    """For every address under /e/CODE/: 404 for who has no part in the edition, 403 where the matrix says no.

    A view names its action with `acting`; one that names none is nobody's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Run the view in its edition's scope."""
        if not request.resolver_match.route.startswith("e/<"):
            return None
        request.user = get_user(request)  # not Django's stand-in for it: a page asks it hundreds of times
        edition = Edition.objects.select_related("expo", "head").filter(code=kwargs["edition"]).first()
        if edition is None or not policy.may(request.user, policy.SEE_EDITION, edition):
            if not request.user.is_authenticated:
                return None  # LoginRequiredMiddleware has sent them to the sign-in page already
            raise Http404(edition)
        request.edition = edition
        policy.require(request.user, action_of(view), edition)
        with scope(edition=edition), timezone.override(edition.zone):
            try:
                answer = view(request, *args, **{name: value for name, value in kwargs.items() if name != "edition"})
                if hasattr(answer, "render") and callable(answer.render):
                    answer = answer.render()
            except Exception as error:
                said = answer_of(request, error)
                if said is None:
                    raise
                return said
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for a view outside of editions."""
        return answer_of(request, error)


def acting(action: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Name the action of the policy matrix that a page stands for."""

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        view.action = action  # type: ignore[attr-defined]
        return view

    return mark


def action_of(view: Callable[..., Any]) -> str:
    """The action that a view named."""
    action: str | None = getattr(view, "action", None)
    if action is None:
        raise policy.NotAllowed(f"{view.__module__}.{getattr(view, '__name__', view)} names no action")
    return action
