"""Addresses of hours."""

from django.urls import path

from hostcity.volunteers.hours import views

urlpatterns = [
    path("hours/", views.show_hours, name="hours"),
    path("hours/person/", views.show_person, name="hours-person"),
    path("hours/correct/", views.correct, name="hours-correct"),
    path("hours/close/", views.close, name="hours-close"),
    path("hours/<int:correction>/undo/", views.undo, name="hours-undo"),
    path("hours/files/<str:name>", views.download, name="hours-file"),
    path("hours/mine/", views.show_own, name="my-hours"),
]
