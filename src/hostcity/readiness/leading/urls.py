"""Addresses of the leader's screen."""

from django.urls import path

from hostcity.readiness.leading import views

urlpatterns = [
    path("", views.show_leader, name="leader"),
    path("wall/", views.show_wall, name="leader-wall"),
    path("brief.pdf", views.print_leader, name="leader-brief"),
]
