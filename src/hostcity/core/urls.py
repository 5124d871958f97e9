"""Addresses that belong to no edition."""

from django.urls import URLPattern, URLResolver, include, path

from hostcity.core import shell_views
from hostcity.core.calendar import views as calendar
from hostcity.core.home import views as home
from hostcity.core.polling.views import answer_poll
from hostcity.core.walls.views import show_screen

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hostcity.core.editions.urls")),
    path("favicon.ico", shell_views.show_mark, name="favicon"),
    path("language/", shell_views.set_language, name="set_language"),
    path("colors/", shell_views.set_theme, name="set_theme"),
    path("p/<slug:edition>/", home.show_public, name="public"),
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar-feed"),
    path("wall/<str:secret>/", show_screen, name="wall-screen"),
    path("poll/<str:key>", answer_poll, name="poll"),  # answered by PollMiddleware already
]
