"""How allauth is used here: nobody signs up, secrets are encrypted, and every word is ours, in both languages."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core.accounts.queries import is_urged_to_second_factor

#: What allauth says in passing; a template that is not named here says nothing.
SAID = {
    "account/messages/password_changed.txt": _("Your password has been changed. Other browsers have been signed out."),
    "account/messages/password_set.txt": _("Your password has been set."),
    "mfa/messages/totp_activated.txt": _("The second factor is on."),
    "mfa/messages/totp_deactivated.txt": _("The second factor is off."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes have been made. Older ones no longer work."),
}
WRONG = _("The name or the password is wrong.")
TOO_MANY = _("Too many tries. Wait a few minutes, then try again.")


class Accounts(DefaultAccountAdapter):
    """Accounts are opened by an administrator, never by their owner."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "incorrect_password": _("The password is wrong."),
        "enter_current_password": _("The present password is wrong."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_code": _("The code is wrong, or has been used."),
    }

    def _get_login_attempts_cache_key(self, request: Any, **credentials: Any) -> str:
        """Of the name alone: allauth's holds the Host of the request too, and each port in it would be a new start."""
        return str(credentials.get("email") or credentials.get("username") or "").casefold()

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """The person; a deactivated one is answered like a wrong password, so that nothing is given away."""
        person = super().authenticate(request, **credentials)
        return person if person is not None and person.is_active else None

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Somebody deactivated between the two steps of signing in starts again."""
        return HttpResponseRedirect(reverse("account_login"))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: Any = None,
    ) -> None:
        """Say it in our words."""
        said = SAID.get(message_template or "", message)
        if said:
            messages.add_message(request, level, said, extra_tags)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Urge those who may change everything to protect it."""
        if is_urged_to_second_factor(user):
            messages.warning(
                request, _("You may change everything here. Set up a second factor on the page of your account.")
            )
        return super().post_login(request, user, **kwargs)


class SecondFactors(DefaultMFAAdapter):
    """Secrets of second factors are encrypted with the site's key."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is wrong, or has been used."),
        "cannot_generate_recovery_codes": _("Set up a second factor first."),
    }

    def encrypt(self, text: str) -> str:
        """For the database."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """From the database."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """The name in the authenticator: the sign-in name, never a mail address."""
        return user.get_username()

    def build_totp_svg(self, url: str) -> str:
        """The QR code as a picture without a program in it, drawn here and by no other host."""
        import qrcode
        from qrcode.image.svg import SvgPathFillImage

        return qrcode.make(url, image_factory=SvgPathFillImage, border=2).to_string(encoding="unicode")


def _cipher() -> Fernet:
    key = hashlib.sha256(b"hostcity second factors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
