"""Addresses of somebody's own tokens."""

from django.urls import path

from hostcity.core.tokens import views

urlpatterns = [
    path("tokens/", views.show_tokens, name="tokens"),
    path("tokens/new/", views.make_token, name="make-token"),
    path("tokens/<uuid:token>/revoke/", views.revoke_token, name="revoke-token"),
]
