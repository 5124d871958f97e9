"""Addresses of files within an edition."""

from django.urls import URLPattern, path

from hostcity.core.files import views

urlpatterns: list[URLPattern] = [
    path("files/", views.list_files, name="files"),
    path("files/add/", views.add, name="file-add"),
    path("files/<uuid:public_id>/", views.download, name="file"),
    path("files/<uuid:public_id>/remove/", views.remove, name="file-remove"),
]
