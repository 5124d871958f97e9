"""Addresses of search within an edition."""

from django.urls import URLPattern, path

from hostcity.core.search import views

urlpatterns: list[URLPattern] = [path("search/", views.show_search, name="search")]
