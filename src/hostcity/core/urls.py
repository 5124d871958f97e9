"""Addresses that belong to no edition."""

from django.urls import URLPattern, path

from hostcity.core.polling.views import answer_poll

urlpatterns: list[URLPattern] = [
    path("poll/<str:key>", answer_poll, name="poll"),  # answered by PollMiddleware already
]
