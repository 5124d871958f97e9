"""Addresses where anybody sees whether a certificate holds."""

from django.urls import path

from hostcity.volunteers.certificates.views import public

urlpatterns = [
    path("", public.ask, name="certificate-verify"),
    path("<str:code>/", public.verify, name="certificate-verified"),
]
