"""Addresses of screens within an edition."""

from django.urls import URLPattern, path

from hostcity.core.walls import views

urlpatterns: list[URLPattern] = [
    path("wall/screens/", views.list_screens, name="wall-screens"),
    path("wall/screens/<uuid:screen>/revoke/", views.revoke_screen, name="wall-screen-revoke"),
]
