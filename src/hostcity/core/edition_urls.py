"""Addresses of an edition that core itself has."""

from django.urls import URLPattern, URLResolver, include, path

from hostcity.core.editions import views as editions

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hostcity.core.people.urls")),
    path("settings/", editions.change_edition, name="edition-settings"),
]
