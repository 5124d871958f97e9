"""Addresses of looks, below those of an edition's rehearsals."""

from django.urls import path

from hostcity.rehearsal.looks import views

urlpatterns = [
    path("<uuid:key>/", views.show, name="look"),
    path("<uuid:key>/page/", views.show_page, name="look-page"),
    path("<uuid:key>/files/", views.download, name="look-files"),
]
