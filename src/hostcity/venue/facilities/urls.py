"""Addresses of facilities."""

from django.urls import path

from hostcity.venue.facilities import views

urlpatterns = [
    path("facilities/", views.show_facilities, name="facilities"),
    path("facilities/measure/", views.measure, name="facilities-measure"),
    path("facilities/<int:measure>/levels/<path:level>.svg", views.show_level, name="facilities-level"),
]
