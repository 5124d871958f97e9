"""Rehearsals and findings in words: fields, values, acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core.models import Act
from hostcity.core.sayings import Joined
from hostcity.plan.cells import clock_text
from hostcity.rehearsal.models import FindingState, Severity, Verdict

FIELD_NAMES = {
    "title": _("What is wrong"),
    "place": _("Place"),
    "from_s": _("From"),
    "until_s": _("Until"),
    "figure": _("Figure"),
    "severity": _("Severity"),
    "owner": _("Owner"),
    "bureau": _("Bureau"),
    "state": _("State"),
    "note": _("Note"),
}


def field_name(name: str) -> Any:
    """What a field of a finding is called."""
    return FIELD_NAMES.get(name, name)


def value_text(field: str, value: Any, names: Mapping[str, str] | None = None) -> str:
    """A value of a finding's field as the ledger keeps it, as people read it."""
    if value in (None, ""):
        return "–"
    if field in ("from_s", "until_s"):
        return clock_text(value)
    if field == "severity":
        return str(Severity(value).label)
    if field == "state":
        return str(FindingState(value).label)
    return (names or {}).get(value, str(value)) if field == "owner" else str(value)


ENDED = {
    Verdict.KEPT.value: _("played a rehearsal: the promise is kept"),
    Verdict.BROKEN.value: _("played a rehearsal: the promise is broken"),
    Verdict.INVALID.value: _("played a rehearsal: no verdict, the run is invalid"),
    Verdict.NONE.value: _("played a rehearsal: no verdict, nobody joined a queue"),
}


def started(act: Act) -> Any:
    """Somebody started a rehearsal."""
    return format_lazy(
        _("started a rehearsal of plan number {number}, seed {seed}"),
        number=act.body.get("plan_number"),
        seed=act.body.get("seed"),
    )


def ended(act: Act) -> Any:
    """A rehearsal was played: read behind the name of whoever did it, which is the site."""
    return ENDED.get(act.body.get("verdict", ""), _("played a rehearsal"))


def changed(act: Act) -> Any:
    """A finding was changed."""
    state = act.body.get("changes", {}).get("state")
    if state:
        return format_lazy(_("set a finding to {state}"), state=FindingState(state[1]).label)
    names = [*act.body.get("changes", {}), *act.body.get("texts", ())]
    return format_lazy(_("changed a finding: {fields}"), fields=Joined(map(field_name, names)))


ACT_WORDS = {
    "rehearsal.start": started,
    "advice.start": lambda act: format_lazy(
        _("asked for advice: goal {goal}, budget {budget}"), goal=act.body.get("goal"), budget=act.body.get("budget")
    ),
    "advice.end": lambda act: _("finished advice"),
    "calibration.start": lambda act: format_lazy(
        _("started a calibration of plan number {number}"), number=act.body.get("plan_number")
    ),
    "calibration.end": lambda act: _("finished a calibration"),
    "look.start": lambda act: format_lazy(
        _("looked through the microscope at {at}, from {starts}"), at=act.body.get("at"), starts=act.body.get("starts")
    ),
    "look.end": lambda act: _("finished a look through the microscope"),
    "scenario.upload": lambda act: format_lazy(_("tried a scenario's file: {name}"), name=act.body.get("name")),
    "scenario.keep": lambda act: format_lazy(_("kept a scenario: {name}"), name=act.body.get("name")),
    "scenario.remove": lambda act: format_lazy(_("removed a scenario: {name}"), name=act.body.get("name")),
    "rehearsal.repeat": lambda act: format_lazy(_("repeated a rehearsal, seed {seed}"), seed=act.body.get("seed")),
    "rehearsal.end": ended,
    "rehearsal.remark": lambda act: _("remarked on a rehearsal"),
    "comparison.start": lambda act: format_lazy(
        _("started a comparison of two rehearsals, {runs} runs each"), runs=act.body.get("runs")
    ),
    "comparison.end": lambda act: _("finished a comparison of two rehearsals"),
    "finding.add": lambda act: _("marked a finding"),
    "finding.change": changed,
    "finding.undo": lambda act: _("took back a change of a finding's state"),
}
NOTICE_WORDS = {
    "rehearsal.ended": _("Rehearsal “{title}” has ended."),
    "comparison.ended": _("The comparison of “{a}” and “{b}” has ended."),
    "advice.ended": _("Advice {number} has ended."),
    "calibration.ended": _("Calibration {number} has ended."),
    "look.ended": _("Look {number} has ended."),
    "finding.assigned": _("The finding “{title}” is yours."),
}

#: What such acts are called where people choose some of them.
ACT_NAMES: dict[str, Any] = {
    "rehearsal.start": _("rehearsal started"),
    "rehearsal.end": _("rehearsal ended"),
    "rehearsal.repeat": _("rehearsal repeated"),
    "rehearsal.remark": _("remark on a rehearsal"),
    "comparison.start": _("comparison started"),
    "comparison.end": _("comparison ended"),
    "advice.start": _("advice asked for"),
    "advice.end": _("advice ended"),
    "calibration.start": _("calibration started"),
    "calibration.end": _("calibration ended"),
    "look.start": _("look through the microscope started"),
    "look.end": _("look through the microscope ended"),
    "scenario.upload": _("scenario tried"),
    "scenario.keep": _("scenario kept"),
    "scenario.remove": _("scenario removed"),
    "finding.add": _("finding marked"),
    "finding.change": _("finding changed"),
    "finding.undo": _("change of a finding undone"),
}
