"""Signing up without an account, and what an applicant sees and does with the code that they were given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_scopes import scope

from hostcity.core.accounts.adapter import TOO_MANY
from hostcity.core.api.rates import Rate
from hostcity.core.attempts import tried
from hostcity.core.errors import Refused
from hostcity.core.models import Edition
from hostcity.core.people.fields import same_phone
from hostcity.core.public_pages import Reader, language_links, pages_of, reader_of, too_often
from hostcity.core.refusals import answer_of
from hostcity.volunteers.joining import services
from hostcity.volunteers.joining.asking import Choices, choices_of, language_name
from hostcity.volunteers.joining.keys import hash_of_code
from hostcity.volunteers.joining.public_forms import ApplyForm, CodeForm
from hostcity.volunteers.joining.queries import application_by_digest, opening_of
from hostcity.volunteers.joining.services.applying import send_code
from hostcity.volunteers.joining.telling import history_of
from hostcity.volunteers.models import Application, Opening

SESSION = "joining"  # in the session: code of the edition -> what is kept of the applicant's code
#: Applications by address, behind which a whole campus may sit; and of one telephone.
APPLYING = Rate(burst=120, per_s=0.5)
OF_A_PHONE = Rate(burst=5, per_s=1 / 600)


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody without an account asks for a page of joining."""

    request: HttpRequest
    edition: Edition
    reader: Reader
    opening: Opening

    @property
    def is_open(self) -> bool:
        """Whether one can apply today."""
        return self.opening.is_open and self.edition.today() <= self.opening.closes_on

    @property
    def application(self) -> Application | None:
        """The one whose code was shown in this browser."""
        kept = self.request.session.get(SESSION, {})
        return application_by_digest(self.edition, kept.get(self.edition.code, ""))

    def remember(self, digest: str) -> None:
        """Let this browser see an application until it is closed there, or the session ends; "" = no more."""
        kept = {name: each for name, each in self.request.session.get(SESSION, {}).items() if name != self.edition.code}
        self.request.session[SESSION] = kept | ({self.edition.code: digest} if digest else {})

    def to(self, name: str) -> HttpResponse:
        """Go on with another page, in the same language."""
        return HttpResponseRedirect(reverse(name, args=[self.edition.code]) + self.reader.query)

    def page(self, template: str, values: dict[str, Any], status: int = 200) -> HttpResponse:
        """A page on the frame of public pages."""
        frame = {
            "shown": self.edition, "reader": self.reader, "kept": self.reader.kept, "pages": pages_of(self.request, self.edition, self.reader),
            "languages": language_links(self.request, self.reader), "opening": self.opening, "is_open": self.is_open,
        }  # fmt: skip
        return render(self.request, template, frame | values, status=status)


def for_applicants(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a `Visit`, for anybody once the edition has called for volunteers; 404 otherwise. Never kept by caches."""

    @login_not_required
    @never_cache
    @wraps(view)
    def visited(request: HttpRequest, edition: str) -> HttpResponse:
        if refused := too_often(request):
            return refused
        found = get_object_or_404(Edition.objects.select_related("expo"), code=edition)
        opening, reader = opening_of(found), reader_of(request)
        if opening is None:
            raise Http404(edition)
        with scope(edition=found), timezone.override(found.zone), translation.override(reader.language):
            try:
                return view(Visit(request, found, reader, opening))
            except Refused as error:
                answer = answer_of(request, error)
                if answer is None:
                    raise
                return answer

    return visited


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@for_applicants
def apply(visit: Visit) -> HttpResponse:
    """Apply; the answer leads to the application, which shows its code once."""
    request, choices = visit.request, choices_of(visit.edition)
    initial = {"consent_number": visit.opening.consent.number}
    form = ApplyForm(choices, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.given(visit.reader.language)
        if refused := too_often(request, APPLYING):
            return refused
        if OF_A_PHONE.wait_s(f"{visit.edition.pk}/{same_phone(given.phone)}"):
            form.add_error(None, str(TOO_MANY))
        elif made := tried(form, lambda: services.apply(edition=visit.edition, given=given)):
            _show(visit, *made)
            return visit.to("joining-mine")
    return visit.page("volunteers/joining/apply.html", {"form": form}, status=422 if form.errors else 200)


def _show(visit: Visit, application: Application, code: str) -> None:
    """Say the code: the message is in the browser's cookie alone, and shown once."""
    visit.remember(application.secret_sha256)
    messages.success(visit.request, _("Your code: {code}").format(code=code))
    if _may_send(visit, application) and send_code(application, code):
        messages.info(visit.request, _("It has been sent to your phone too."))


def _may_send(visit: Visit, application: Application) -> bool:
    return bool(ratelimit.consume(visit.request, action="phone_code", key=same_phone(application.phone)))


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@for_applicants
def show_mine(visit: Visit) -> HttpResponse:
    """The application whose code is typed, or was typed in this browser."""
    request = visit.request
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        digest = hash_of_code(form.cleaned_data["code"])
        if not ratelimit.consume(request, action="wrong_code", dry_run=True):
            form.add_error(None, str(TOO_MANY))
        elif application_by_digest(visit.edition, digest):
            visit.remember(digest)
            return visit.to("joining-mine")
        else:
            ratelimit.consume(request, action="wrong_code")
            form.add_error("code", _("This code does not work: it is wrong, or its application was withdrawn."))
    application = visit.application if request.method != "POST" else None
    if application is None:
        return visit.page("volunteers/joining/code.html", {"form": form}, status=422 if form.errors else 200)
    return visit.page("volunteers/joining/mine.html", _told(application, choices_of(visit.edition)))


def _told(application: Application, choices: Choices) -> dict[str, Any]:
    spoken = [(language_name(each), level) for each, level in application.languages.items()]
    return {
        "happened": history_of(application),
        "application": application,
        "spoken": spoken,
        "times": times_of(application, choices),
    }


def times_of(application: Application, choices: Choices) -> list[tuple[str, list[str]]]:
    """Days with the bands that were ticked, as far as the plan has them."""
    found: dict[str, list[str]] = {}
    for day, band in application.seats:
        if day in choices.days and band in choices.bands:
            found.setdefault(day, []).append(choices.hours(band))
    return [(choices.name("days", day), bands) for day, bands in found.items()]


@require_POST
@for_applicants
def renew_code(visit: Visit) -> HttpResponse:
    """Another code, for who has shown the one before."""
    if application := visit.application:
        _show(visit, application, services.renew_code(edition=visit.edition, application=application, by=None))
    return visit.to("joining-mine")


@require_POST
@for_applicants
def close(visit: Visit) -> HttpResponse:
    """Show nothing more in this browser."""
    visit.remember("")
    return visit.to("joining-mine")


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def withdraw(visit: Visit) -> HttpResponse:
    """Withdraw, after a page that says what comes of it."""
    application = visit.application
    if application is None:
        return visit.to("joining-mine")
    if visit.request.method != "POST":
        return visit.page("volunteers/joining/withdraw.html", {"application": application})
    services.withdraw(edition=visit.edition, application=application)
    visit.remember("")
    messages.success(visit.request, _("Withdrawn. What you had told us has been erased."))
    return visit.to("joining")
