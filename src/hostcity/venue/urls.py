"""Addresses of an edition's venue."""

from django.urls import path, re_path

from hostcity.venue import views

urlpatterns = [
    path("", views.show_map, name="map"),
    re_path(r"^levels/(?P<level>.+)\.svg$", views.show_level, name="map-level"),
]
