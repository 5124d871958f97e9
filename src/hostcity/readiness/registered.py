"""What readiness puts into core's registries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import MenuEntry, Subject, registries
from hostcity.readiness import policy

registries.subjects.append(Subject("task", _("Tasks of the preparation"), ("task",), order=38))
registries.menu.append(MenuEntry(label=_("Tasks"), url_name="tasks", action=policy.SEE_TASKS, icon="check", order=26))
