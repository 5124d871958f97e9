"""Addresses of an edition that core itself has."""

from django.urls import URLPattern, URLResolver, include, path

from hostcity.core.home import views as home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.show_home, name="edition-home"),
    path("", include("hostcity.core.tokens.urls")),
]
