"""The form in which advice is asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hostcity.core.typed_texts import TextField
from hostcity.rehearsal.advice.services import LEAST_RUNS, LONGEST, MOST_RUNS
from hostcity.rehearsal.compared import both, said
from hostcity.rehearsal.models import Advice, KeptScenario
from hostcity.rehearsal.plan_fields import of_plan_fields
from hostcity.rehearsal.works import MOST_SEED
from hostcity.report.compared import compared_name

#: Figures that people ask for, as studies.advice reads them; ``max:`` = it shall become larger.
GOALS = (
    "promise.share_over_peak_limit", "promise.peak_p99_s", "promise.other_p99_s", "promise.turned_away", "max:day.mean_stay_s",
)  # fmt: skip


class AskForm(forms.Form):
    """Advice to be asked for."""

    budget = TextField(
        label=_("Budget"), max_length=LONGEST,
        help_text=_("RESOURCE=AMOUNT, e.g. lanes=10, staff=30. Resources: lanes, staff, lane_hours, and what sheet options names. What is not named may not be used."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "class": "font-monospace"}),
    )  # fmt: skip
    goal = forms.ChoiceField(label=_("Goal"))
    figure = TextField(
        label=_("Another figure"), max_length=LONGEST, required=False,
        help_text=_("In place of the goal above: a figure by its name, e.g. stations.W-security.wait_p99_s; it shall become smaller, with max: before it larger."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "class": "font-monospace"}),
    )  # fmt: skip
    runs = forms.IntegerField(
        label=_("Days"), min_value=LEAST_RUNS, max_value=MOST_RUNS, initial=10,
        help_text=_("On so many days the suggestions are compared with the plan as it is; more give narrower intervals and take longer."),
    )  # fmt: skip
    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=MOST_SEED, initial=1)

    def __init__(self, *args: Any, scenarios: list[KeptScenario], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["goal"].choices = [(each, _goal_text(each)) for each in GOALS]  # type: ignore[attr-defined]
        self.fields |= of_plan_fields(scenarios, self.data, _("Changes of the plan before anything is tried"))

    def clean(self) -> dict[str, Any]:
        """One goal: the figure that was written, else the one that was chosen."""
        given = super().clean() or {}
        figure = given.pop("figure", "")
        if figure:
            given["goal"] = figure
        return given


def _goal_text(goal: str) -> str:
    larger, figure = goal.startswith("max:"), goal.rpartition(".")[2]
    name = said(both(compared_name(figure)))
    return str(_("larger: {figure}") if larger else _("smaller: {figure}")).format(figure=name)


def values_of(before: Advice) -> dict[str, Any]:
    """What was asked then, as initial values of the form."""
    goal = {"goal": before.goal} if before.goal in GOALS else {"figure": before.goal}
    return goal | {"budget": before.budget, "runs": before.runs}
