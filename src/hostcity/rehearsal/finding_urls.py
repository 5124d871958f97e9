"""Addresses of an edition's findings."""

from django.urls import path

from hostcity.rehearsal.views import findings

urlpatterns = [
    path("", findings.list_findings, name="findings"),
    path("<uuid:key>/", findings.show, name="finding"),
    path("<uuid:key>/change/", findings.change, name="finding-change"),
    path("<uuid:key>/undo/", findings.undo, name="finding-undo"),
]
