"""Addresses of editions that stand outside of any one."""

from django.urls import path

from hostcity.core.editions import views

urlpatterns = [
    path("", views.go_to_edition, name="start"),
    path("editions/", views.list_editions, name="editions"),
    path("editions/open/", views.open_edition, name="edition-open"),
]
