"""Addresses of a venue's public pages."""

from django.urls import path, re_path

from hostcity.venue.public import views

urlpatterns = [
    path("", views.show_map, name="public-map"),
    re_path(r"^levels/(?P<level>.+)\.svg$", views.show_level, name="public-map-level"),
]
