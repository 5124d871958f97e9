"""Why a job failed, as data: in English for programs, with the same in every language of the site for pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import ListRefused, Located, Refused
from hostcity.plan import PlanError, Problem
from hostcity.plan.sentences import in_sentences
from hostcity.report.words import in_chinese


def of_refused(error: Refused) -> dict[str, Any]:
    """Code, what, how to mend; of a list every problem, with its place."""
    said = {"code": error.code, "field": error.field} | _in_every_language(error)
    return said | (
        {"problems": [of_located(each) for each in error.problems]} if isinstance(error, ListRefused) else {}
    )


def of_located(problem: Located) -> dict[str, Any]:
    """One problem of a list: row, column, what, how to mend, code."""
    place = {"code": problem.code, "row": problem.row, "column": problem.column}
    return place | _in_every_language(problem)


def _in_every_language(error: Refused | Located) -> dict[str, Any]:
    told = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            told[language] = {"what": str(error.what), "mend": str(error.mend)}
    return told["en"] | {"in": {language: said for language, said in told.items() if language != "en"}}


def of_plan_error(error: PlanError) -> dict[str, Any]:
    """Every problem of a plan, with its place."""
    return {
        "code": "plan.problems",
        "what": in_sentences(error.heading, chinese=False),
        "mend": "",
        "in": {"zh-hans": {"what": in_sentences(in_chinese(error.heading), chinese=True), "mend": ""}},
        "problems": [of_problem(each) for each in error.problems],
    }


def of_problem(problem: Problem) -> dict[str, Any]:
    """One problem: sheet, row, column (of an archive or a drawing file, layer, feature), what, how to mend, code."""
    of_drawing = {name: value for name in ("file", "layer", "feature") if (value := getattr(problem, name))}
    return of_drawing | {
        "code": problem.code,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "what": str(problem.what),
        "mend": str(problem.mend),
        "in": {"zh-hans": {"what": in_chinese(problem.what), "mend": in_chinese(problem.mend)}},
    }


def not_allowed() -> dict[str, Any]:
    """Who asked for it may not have it done, or may no longer."""
    what = _("Your roles do not allow it.")
    return of_refused(Refused("policy.denied", what, _("Ask an administrator of the edition.")))


def crashed() -> dict[str, Any]:
    """An error of the program; what exactly stands in the worker's log only."""
    what = _("The program made an error at this work.")
    return of_refused(Refused("job.crashed", what, _("Try again; if it happens again, tell whoever runs the site.")))


def worker_lost() -> dict[str, Any]:
    """The process died under it, each time."""
    what = _("The process that did this work ended without an answer.")
    return of_refused(Refused("job.lost", what, _("Try again; if it happens again, tell whoever runs the site.")))


def too_much_memory(most_mib: int) -> dict[str, Any]:
    """More memory than its kind may take."""
    what = format_lazy(_("The work needed more than {most} MiB of memory and was stopped."), most=most_mib)
    return of_refused(Refused("job.memory", what, _("Make the file or the plan smaller.")))


def too_much_time(most_s: int) -> dict[str, Any]:
    """More time than its kind may take."""
    what = format_lazy(_("The work took longer than {most} s and was stopped."), most=most_s)
    return of_refused(Refused("job.time", what, _("Make the file or the plan smaller, or ask for fewer runs.")))


def for_reader(error: Mapping[str, Any]) -> dict[str, Any]:
    """The error, and its problems, in the language of the reader."""
    told = {**error, **error.get("in", {}).get(get_language() or "en", {})}
    return told | ({"problems": [for_reader(each) for each in error["problems"]]} if "problems" in error else {})
