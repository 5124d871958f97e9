"""Addresses that belong to no edition."""

from django.urls import URLPattern, path

from hostcity.core.calendar import views as calendar

urlpatterns: list[URLPattern] = [
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar-feed"),
]
