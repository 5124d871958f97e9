"""Addresses of an edition's calibrations."""

from django.urls import path

from hostcity.rehearsal.calibrations import views

urlpatterns = [
    path("", views.list_calibrations, name="calibrations"),
    path("start/", views.start, name="calibration-start"),
    path("<uuid:key>/", views.show, name="calibration"),
    path("<uuid:key>/files/", views.download, name="calibration-files"),
]
