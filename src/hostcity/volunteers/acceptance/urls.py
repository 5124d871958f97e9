"""Addresses of acceptance."""

from django.urls import path

from hostcity.volunteers.acceptance.views import own, staff

urlpatterns = [
    path("answers/", staff.show_answers, name="answers"),
    path("answers/ask/", staff.ask, name="answers-ask"),
    path("answers/cancel/", staff.cancel, name="answers-cancel"),
    path("answers/for/", staff.answer_for, name="answers-for"),
    path("answers/<int:deadline>/undo/", staff.undo, name="answers-undo"),
    path("answers/own/", own.answer, name="answers-own"),
]
