"""Addresses of an edition that core itself has."""

from django.urls import URLPattern, path

from hostcity.core.home import views as home

urlpatterns: list[URLPattern] = [
    path("", home.show_home, name="edition-home"),
    path("wall/", home.show_wall, name="wall"),
    path("brief.pdf", home.print_brief, name="brief"),
]
