"""Addresses that belong to no edition."""

from django.urls import URLPattern, path

from hostcity.core import shell_views
from hostcity.core.calendar import views as calendar

urlpatterns: list[URLPattern] = [
    path("language/", shell_views.set_language, name="set_language"),
    path("colors/", shell_views.set_theme, name="set_theme"),
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar-feed"),
]
