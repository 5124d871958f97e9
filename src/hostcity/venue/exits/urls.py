"""Addresses of exits."""

from django.urls import path

from hostcity.venue.exits import views

urlpatterns = [
    path("exits/", views.show_exits, name="exits"),
    path("exits/cards/", views.show_cards, name="exits-cards"),
    path("exits/check/", views.check, name="exits-check"),
]
