"""Addresses of signing in: those of allauth that are used here, and one-time codes."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from hostcity.core.accounts import detail_views, recovery_views, views

urlpatterns = [
    path("", mfa.index, name="mfa_index"),
    path("details/", detail_views.change_details, name="account_details"),
    path("details/confirm/", detail_views.confirm_contact, name="account_confirm_contact"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("second-factor/", mfa.authenticate, name="mfa_authenticate"),
    path("second-factor/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", recovery_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/make/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery-codes/download/", recovery_views.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("code/", views.sign_in_by_code, name="account_code"),
    path("phone/", views.ask_for_phone_code, name="account_phone"),
    path("phone/code/", views.sign_in_by_phone_code, name="account_phone_code"),
]
