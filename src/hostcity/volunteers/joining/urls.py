"""Addresses of joining, for coordinators."""

from django.urls import path

from hostcity.volunteers.joining.views import lists, staff, steps, trainings

urlpatterns = [
    path("joining/", staff.list_applications, name="applications"),
    path("joining/opening/", staff.change_opening, name="joining-opening"),
    path("joining/steps/", steps.take_step, name="application-steps"),
    path("joining/trainings/", trainings.list_trainings, name="trainings"),
    path("joining/trainings/<str:code>/", trainings.change_training, name="training"),
    path("joining/trainings/<str:code>/remove/", trainings.remove_training, name="training-remove"),
    path("joining/lists/", lists.show_lists, name="volunteer-lists"),
    path("joining/lists/<str:name>", lists.download_list, name="volunteer-list"),
    path("joining/applications/<str:code>/", staff.show_application, name="application"),
    path("joining/applications/<str:code>/code/", staff.renew_code, name="application-code"),
]
