"""Addresses of feedback."""

from django.urls import path

from hostcity.volunteers.feedback import views

urlpatterns = [
    path("feedback/", views.show_all, name="feedback"),
    path("feedback/<int:feedback>/", views.answer, name="feedback-answer"),
    path("feedback/mine/", views.show_own, name="my-feedback"),
    path("feedback/say/", views.say, name="feedback-say"),
    path("feedback/back/", views.take_back, name="feedback-back"),
]
