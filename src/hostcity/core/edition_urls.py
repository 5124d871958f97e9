"""Addresses of an edition that core itself has."""

from django.urls import URLPattern, URLResolver, include, path

from hostcity.core.calendar import views as calendar
from hostcity.core.changes.urls import urlpatterns as changes
from hostcity.core.deliveries.urls import urlpatterns as deliveries
from hostcity.core.editions import views as editions
from hostcity.core.files.urls import urlpatterns as files
from hostcity.core.home import views as home
from hostcity.core.jobs.urls import urlpatterns as jobs
from hostcity.core.notices.urls import urlpatterns as notices
from hostcity.core.search.urls import urlpatterns as search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.show_home, name="edition-home"),
    path("", include("hostcity.core.people.urls")),
    path("settings/", editions.change_edition, name="edition-settings"),
    path("wall/", home.show_wall, name="wall"),
    path("", include("hostcity.core.walls.urls")),
    path("brief.pdf", home.print_brief, name="brief"),
    *jobs,
    *changes,
    *search,
    *files,
    *notices,
    *deliveries,
    path("", include("hostcity.core.tokens.urls")),
    path("calendar/", calendar.show_calendar, name="calendar"),
    path("calendar/renew/", calendar.renew_address, name="calendar-renew"),
    path("calendar/revoke/", calendar.revoke_address, name="calendar-revoke"),
    path("plan/", include("hostcity.core.plan_rows.urls")),
]
