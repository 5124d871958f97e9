"""Addresses of what is tried."""

from django.urls import path

from hostcity.volunteers.whatif import views

urlpatterns = [
    path("rosters/<int:result>/what-if/", views.show_what_if, name="roster-what-if"),
    path("rosters/<int:result>/what-if/keep/", views.keep, name="roster-what-if-keep"),
]
