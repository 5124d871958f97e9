"""Addresses of an edition's scenarios."""

from django.urls import path

from hostcity.rehearsal.scenarios import views

urlpatterns = [
    path("", views.list_scenarios, name="scenarios"),
    path("upload/", views.upload, name="scenario-upload"),
    path("trials/<uuid:public_id>/", views.show_trial, name="scenario-trial"),
    path("trials/<uuid:public_id>/keep/", views.keep, name="scenario-keep"),
    path("<uuid:key>/", views.show, name="scenario"),
    path("<uuid:key>/file/", views.download, name="scenario-file"),
    path("<uuid:key>/remove/", views.remove, name="scenario-remove"),
]
