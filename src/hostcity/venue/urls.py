"""Addresses of an edition's venue."""

from django.urls import path, re_path

from hostcity.venue import views
from hostcity.venue.drawings.urls import urlpatterns as drawings
from hostcity.venue.exits.urls import urlpatterns as exits
from hostcity.venue.facilities.urls import urlpatterns as facilities
from hostcity.venue.signs.urls import urlpatterns as signs
from hostcity.venue.ways import views as ways

urlpatterns = [
    path("", views.show_map, name="map"),
    re_path(r"^levels/(?P<level>.+)\.svg$", views.show_level, name="map-level"),
    path("ways/", ways.show_ways, name="ways"),
    path("ways/make/", ways.make, name="ways-make"),
    path("ways/posters/", ways.show_posters, name="ways-posters"),
    re_path(r"^ways/(?P<level>.+)\.svg$", ways.show_level, name="ways-level"),
    path("days/<int:result>/", views.send_day, name="map-day"),
    *drawings,
    *exits,
    *facilities,
    *signs,
]
