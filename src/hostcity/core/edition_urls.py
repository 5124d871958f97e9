"""Addresses of an edition that core itself has."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hostcity.core.tokens.urls")),
]
