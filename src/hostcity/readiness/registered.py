"""What readiness puts into core's registries."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import MenuEntry, Subject, registries
from hostcity.readiness import policy
from hostcity.readiness.forecasts import registered as _forecasts  # noqa: F401 -- importing it registers
from hostcity.readiness.leading import registered as _leading  # noqa: F401 -- importing it registers
from hostcity.readiness.services import bringing, deciding, reporting, showing
from hostcity.readiness.services.acting import SUBJECT

registries.subjects.append(Subject("task", _("Tasks of the preparation"), ("task",), order=38))
registries.menu.extend(
    (
        MenuEntry(label=_("My tasks"), url_name="my-tasks", action=policy.SEE_TASKS, icon="person", order=22),
        MenuEntry(label=_("Tasks"), url_name="tasks", action=policy.SEE_TASKS, icon="check", order=23),
    )
)
registries.act_words.update(
    {
        reporting.REPORT: lambda _act: _("reported on a task"),
        showing.SHOW: lambda _act: _("handed in evidence of a task"),
        showing.WITHDRAW: lambda _act: _("took evidence of a task back"),
        deciding.ACCEPT: lambda _act: _("accepted a task"),
        deciding.REFUSE: lambda _act: _("did not accept a task"),
        deciding.UNDO: lambda _act: _("took the decision on a task back"),
        bringing.BRING: lambda act: format_lazy(
            _("brought in what was told of {tasks} tasks elsewhere, {accepted} of them accepted"), **act.body
        ),
    }
)
registries.act_names.update(
    {
        reporting.REPORT: _("tasks reported on"),
        showing.SHOW: _("evidence handed in"),
        showing.WITHDRAW: _("evidence taken back"),
        deciding.ACCEPT: _("tasks accepted"),
        deciding.REFUSE: _("tasks not accepted"),
        deciding.UNDO: _("decisions on tasks taken back"),
        bringing.BRING: _("progress of tasks brought in"),
    }
)
registries.kind_words[SUBJECT] = _("Task")
registries.subject_urls[SUBJECT] = lambda edition, key: (
    reverse("task", args=[edition.code, key]) if key else reverse("tasks", args=[edition.code])
)
registries.notice_words.update(
    {
        reporting.FINISHED: _("Task {task} is finished, as its owner says: look at it and accept it."),
        showing.SHOWN: _("Evidence was handed in for task {task}: look at it and accept it."),
        deciding.ACCEPTED: _("Your task {task} is accepted."),
        deciding.REFUSED: _("Your task {task} was not accepted. See why."),
        deciding.UNDONE: _("The decision on your task {task} was taken back."),
    }
)
