"""Addresses of notices within an edition."""

from django.urls import URLPattern, path

from hostcity.core.notices import views

urlpatterns: list[URLPattern] = [
    path("notices/", views.list_notices, name="notices"),
    path("notices/read/", views.mark_all_read, name="notices-read"),
    path("notices/mail/", views.set_mail, name="notices-mail"),
    path("notices/<int:key>/open/", views.open_notice, name="notice"),
]
