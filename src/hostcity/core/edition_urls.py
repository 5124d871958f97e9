"""Addresses of an edition that core itself has."""

from django.urls import URLPattern, path

from hostcity.core.home import views as home

urlpatterns: list[URLPattern] = [
    path("", home.show_home, name="edition-home"),
]
