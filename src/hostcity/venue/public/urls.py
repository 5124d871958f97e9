"""Addresses of a venue's public pages."""

from django.urls import path, re_path

from hostcity.venue.public import views
from hostcity.venue.ways import public as ways

urlpatterns = [
    path("", views.show_map, name="public-map"),
    re_path(r"^levels/(?P<level>.+)\.svg$", views.show_level, name="public-map-level"),
    path("ways/", ways.show_ways, name="public-ways"),
    re_path(r"^ways/(?P<level>.+)\.svg$", ways.show_level, name="public-ways-level"),
]
