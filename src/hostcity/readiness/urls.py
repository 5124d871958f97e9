"""Addresses of an edition's preparation."""

from django.urls import path

from hostcity.readiness.forecasts.urls import urlpatterns as forecasts
from hostcity.readiness.gantt import views as gantt
from hostcity.readiness.leading.urls import urlpatterns as leading
from hostcity.readiness.views import acts, board, departments, own, task, tasks

urlpatterns = [
    path("mine/", own.list_own, name="my-tasks"),
    path("tasks/", tasks.list_tasks, name="tasks"),
    path("board/", board.show_board, name="task-board"),
    path("board/move/", board.move, name="task-move"),
    path("gantt/", gantt.show_gantt, name="task-gantt"),
    path("departments/", departments.list_departments, name="task-departments"),
    path("evidence/<int:evidence>/withdraw/", acts.withdraw, name="evidence-withdraw"),
    path("decisions/<int:decision>/undo/", acts.undo, name="decision-undo"),
    path("tasks/<path:key>/report/", acts.report, name="task-report"),
    path("tasks/<path:key>/accept/", acts.accept, name="task-accept"),
    path("tasks/<path:key>/refuse/", acts.refuse, name="task-refuse"),
    path("tasks/<path:key>/", task.show_task, name="task"),
    *forecasts,
    *leading,
]
