"""Addresses that belong to no edition."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hostcity.core.editions.urls")),
]
