"""Addresses of an edition that core itself has."""

from django.urls import URLPattern, path

from hostcity.core.deliveries.urls import urlpatterns as deliveries
from hostcity.core.home import views as home
from hostcity.core.jobs.urls import urlpatterns as jobs

urlpatterns: list[URLPattern] = [
    path("", home.show_home, name="edition-home"),
    *jobs,
    *deliveries,
]
