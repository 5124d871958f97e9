"""Addresses of an edition's advice."""

from django.urls import path

from hostcity.rehearsal.advice import views

urlpatterns = [
    path("", views.list_advice, name="advices"),
    path("start/", views.start, name="advice-start"),
    path("<uuid:key>/", views.show, name="advice"),
]
