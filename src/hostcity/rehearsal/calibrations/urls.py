"""Addresses of an edition's calibrations."""

from django.urls import path

from hostcity.rehearsal.calibrations import views

urlpatterns = [
    path("", views.list_calibrations, name="calibrations"),
    path("start/", views.start, name="calibration-start"),
    path("questions/", views.start_log, name="calibration-log"),
    path("<uuid:key>/", views.show, name="calibration"),
    path("<uuid:key>/files/", views.download, name="calibration-files"),
    path("<uuid:key>/take/", views.take, name="calibration-take"),
]
