"""The steps of an application: from which states, to which, what is said with them, and for whom they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from hostcity.volunteers import policy
from hostcity.volunteers.models import Application, State

APPLY, WITHDRAW, RENEW, UNDO = "join.apply", "join.withdraw", "join.renew", "join.undo"
OPEN, ERASE = "join.open", "join.erase"
TRAINING_ADD, TRAINING_CHANGE, TRAINING_REMOVE = "join.training_add", "join.training_change", "join.training_remove"
SUBJECT, SUBJECT_OPENING, SUBJECT_TRAINING = "application", "opening", "training"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One of them."""

    verb: str
    label: Any
    before: tuple[State, ...]
    after: State
    action: str


STEPS = {
    "interview": Step(
        verb="join.interview", label=_("Invite to an interview"), before=(State.APPLIED, State.INTERVIEW), after=State.INTERVIEW,
        action=policy.STEP_APPLICATION,
    ),
    "train": Step(
        verb="join.train", label=_("Book for a training"), before=(State.INTERVIEW, State.TRAINING), after=State.TRAINING,
        action=policy.STEP_APPLICATION,
    ),
    "accredit": Step(
        verb="join.accredit", label=_("Accredit as volunteers"), before=(State.TRAINING,), after=State.ACCREDITED,
        action=policy.ACCREDIT,
    ),
    "refuse": Step(
        verb="join.refuse", label=_("Refuse"), before=(State.APPLIED, State.INTERVIEW, State.TRAINING), after=State.REFUSED,
        action=policy.STEP_APPLICATION,
    ),
}  # fmt: skip
BY_VERB = {each.verb: each for each in STEPS.values()}


def steps_of(application: Application) -> list[str]:
    """Steps that an application may take now."""
    return [name for name, each in STEPS.items() if application.state in each.before]


def standing(application: Application) -> dict[str, Any]:
    """What a step may change, as the ledger tells it; no personal data."""
    return {
        "state": str(application.state), "interview_at": application.interview_at.isoformat() if application.interview_at else "",
        "interview_place": application.interview_place, "training": application.training.code if application.training else "",
        "zones": application.zones, "person": application.person.code if application.person else "",
    }  # fmt: skip
