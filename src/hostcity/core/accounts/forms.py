"""Forms of signing in: allauth's, in our words."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.cache import cache
from django.core.validators import RegexValidator
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

from hostcity.core.people.fields import plain_phone
from hostcity.core.sayings import whole
from hostcity.core.typed_texts import TextField

PHONE = RegexValidator(r"^\+?[0-9]{5,20}\Z", _("Write the number with digits only, e.g. +8613812345678."))


#: What Django says of passwords: the catalog has it too, in Chinese as polite as everything else here.
OF_DJANGO = (
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
)


def _password_rules() -> str:
    return whole(*password_validators_help_texts())


password_rules = lazy(_password_rules, str)


class _Worded:
    """Gives fields our labels, and takes placeholders away: a label says it."""

    labels: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.labels.get(name, field.label)
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})


class SignInForm(_Worded, account.LoginForm):
    """Name or mail, and password."""

    labels: ClassVar[dict[str, Any]] = {"login": _("Sign-in name or mail address"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].max_length = 254
        self.fields["login"].widget.attrs.update({"autocomplete": "username", "autofocus": True})


class ConfirmPasswordForm(_Worded, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    labels: ClassVar[dict[str, Any]] = {"password": _("Password")}


class _TypedTwice:
    def clean(self) -> Any:
        """Both must be equal."""
        cleaned = super(account.PasswordVerificationMixin, self).clean()  # type: ignore[misc]
        first, second = (self.cleaned_data.get(name) for name in ("password1", "password2"))  # type: ignore[attr-defined]
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))  # type: ignore[attr-defined]
        return cleaned


class ChangePasswordForm(_Worded, _TypedTwice, account.ChangePasswordForm):
    """A new password."""

    labels: ClassVar[dict[str, Any]] = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password, again"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_rules()


class SetPasswordForm(_Worded, _TypedTwice, account.SetPasswordForm):
    """A first password."""

    labels: ClassVar[dict[str, Any]] = {"password1": _("New password"), "password2": _("New password, again")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_rules()


def _as_code(form: forms.Form) -> None:
    form.fields["code"].widget.attrs.update({"autocomplete": "one-time-code", "autofocus": True})


class _Once:
    def clean_code(self) -> str:
        """A code that holds now and was not used: codes hold for longer than allauth remembers those that were.

        The one with which the authenticator was set up is used too.
        """
        code: str = super().clean_code()  # type: ignore[misc]
        steps = 1 + 2 * mfa_settings.TOTP_TOLERANCE
        key = f"second-factor.used?user={self.user.pk}&code={normalize_user_code(code)}"  # type: ignore[attr-defined]
        if not cache.add(key, True, timeout=steps * mfa_settings.TOTP_PERIOD):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_Worded, _Once, mfa.AuthenticateForm):
    """The code of the authenticator, or a recovery code."""

    labels: ClassVar[dict[str, Any]] = {"code": _("Code of the authenticator, or a recovery code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self)


class ConfirmSecondFactorForm(_Worded, _Once, mfa.ReauthenticateForm):
    """The code once more, before something that matters."""

    labels = SecondFactorForm.labels

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self)


class SetUpSecondFactorForm(_Worded, _Once, totp.ActivateTOTPForm):
    """The first code of the authenticator shows that it has been set up."""

    labels: ClassVar[dict[str, Any]] = {"code": _("Code that the authenticator shows")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class OneTimeCodeForm(forms.Form):
    """A code from a list."""

    code = TextField(
        label=_("One-time code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )


class PhoneForm(forms.Form):
    """Where a code is to be sent."""

    phone = TextField(
        label=_("Phone number"),
        max_length=32,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "autofocus": True}),
    )

    def clean_phone(self) -> str:
        """Without the signs that people put between digits."""
        phone = plain_phone(self.cleaned_data["phone"])
        PHONE(phone)
        return phone


class PhoneCodeForm(forms.Form):
    """The code that was sent to a phone."""

    code = TextField(
        label=_("Code from the message"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )
