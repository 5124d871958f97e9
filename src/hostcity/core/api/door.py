"""The door of every operation: who asks, how often, of which edition, with which right, and what they bring."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.cache import get_conditional_response, quote_etag
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.api import once, problems, rates
from hostcity.core.api.errors import Forged, OtherKind, SiteOnly, TooLarge, TooOften, Unknown
from hostcity.core.errors import Refused
from hostcity.core.models import Edition, Person
from hostcity.core.tokens.queries import person_of_token
from hostcity.core.tokens.use import note_use

SAFE = ("GET", "HEAD")
JSON = "application/json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """What one operation asks of a request. ``action`` None = it belongs to no edition, and to no token."""

    action: str | None
    kind: str = JSON  # of its body
    most_bytes: int = 256 * 1024
    is_secret: bool = False  # its answer is shown once, so it is never kept
    for_tokens: bool = True

    def __call__(self, run: Callable[..., Any]) -> Callable[..., HttpResponse]:
        """ninja's operation behind this door."""

        def enter(request: HttpRequest, **values: Any) -> HttpResponse:
            try:
                return self._answer(request, lambda: run(request, **values), values.get("edition"))
            except Exception as error:
                return problems.respond(request, error)

        return enter

    def _answer(self, request: Any, run: Callable[[], HttpResponse], code: str | None) -> HttpResponse:
        request.person = request.user = person = person_of(request)
        if wait_s := rates.KNOWN.wait_s(f"{person.pk}"):
            raise TooOften(wait_s)
        edition = edition_for(person, code) if code is not None else None
        if edition is None and person.token is not None and not self.for_tokens:
            raise SiteOnly
        if self.action is not None and edition is not None:
            policy.require(person, self.action, edition)
        self._check_body(request)
        request.edition = edition
        with _within(edition):
            if request.method == "POST" and once.HEADER in request.headers:
                answer = self._answer_once(request, person, run)
            else:
                answer = run()
        answer = _conditional(request, answer)
        note_use(person.token, answer)
        return answer

    def _answer_once(self, request: HttpRequest, person: Person, run: Callable[[], HttpResponse]) -> HttpResponse:
        if self.is_secret:
            what = _("What this answers is shown once and not kept, so it takes no Idempotency-Key.")
            raise Refused("idempotency.secret", what, _("Leave the header out."), field=once.HEADER)
        return once.answer_once(request, person, run)

    def _check_body(self, request: HttpRequest) -> None:
        if request.method in SAFE:
            return
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > self.most_bytes:
            raise TooLarge(self.most_bytes)
        if int(length) and request.content_type != self.kind:
            raise OtherKind(self.kind)


@contextlib.contextmanager
def _within(edition: Edition | None) -> Iterator[None]:
    """An edition's rows and its time zone, if the operation is of one."""
    if edition is None:
        yield
        return
    with scope(edition=edition), timezone.override(edition.zone):
        yield


def person_of(request: HttpRequest) -> Person:
    """Who asks: a token's person, else the session's. Raises `Unknown` and `Forged`."""
    said = request.headers.get("Authorization", "")
    if said:
        scheme, _space, secret = said.partition(" ")
        person = person_of_token(secret.strip()) if scheme.lower() == "bearer" else None
    else:
        person = request.user if isinstance(request.user, Person) and request.user.is_active else None
        if person is not None and request.method not in SAFE:
            _check_csrf(request)
    if person is None:
        if wait_s := rates.UNKNOWN.wait_s(request.META.get("REMOTE_ADDR", "")):
            raise TooOften(wait_s)
        raise Unknown
    return person


def edition_for(person: Person, code: str) -> Edition:
    """The edition in which somebody has a part. Raises Http404 for any other, be there one or not."""
    token = person.token
    if token is not None:
        if token.edition.code != code:
            raise Http404
        edition = token.edition
    else:
        edition = Edition.objects.select_related("expo").filter(code=code).first() if "\0" not in code else None
    if edition is None or not (person.is_superuser or policy.roles_of(person, edition)):
        raise Http404
    return edition


def _check_csrf(request: Any) -> None:
    """Django's own check, which it leaves out where an address takes tokens as well."""
    request.csrf_processing_done = False
    check = CsrfViewMiddleware(lambda _request: HttpResponse())
    check.process_request(request)
    if check.process_view(request, lambda: None, (), {}) is not None:
        raise Forged


def _conditional(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Say what it is (ETag), and 304 where that is known already."""
    answer.setdefault("Cache-Control", "private, no-cache" if request.method in SAFE else "no-store")
    if request.method not in SAFE or answer.status_code != 200 or answer.streaming:
        return answer
    if "ETag" not in answer:
        answer["ETag"] = f"W/{quote_etag(_content_hash(answer))}"
    if "If-None-Match" not in request.headers:
        return answer
    again = get_conditional_response(request, etag=answer["ETag"], response=answer)
    return again if isinstance(again, HttpResponse) else answer


def _content_hash(answer: HttpResponse) -> str:
    import hashlib

    return hashlib.sha256(answer.content).hexdigest()[:32]
