"""Addresses of jobs, under /e/CODE/."""

from django.urls import path

from hostcity.core.jobs import views

urlpatterns = [
    path("jobs/", views.list_jobs, name="jobs"),
    path("jobs/<uuid:public_id>/", views.show_job, name="job"),
    path("jobs/<uuid:public_id>/cancel/", views.cancel_job, name="job-cancel"),
]
