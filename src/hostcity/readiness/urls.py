"""Addresses of an edition's preparation."""

from django.urls import path

from hostcity.readiness.views import tasks

urlpatterns = [
    path("tasks/", tasks.list_tasks, name="tasks"),
]
