"""What joining puts into core's registries."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import MenuEntry, PublicPage, registries
from hostcity.volunteers import policy
from hostcity.volunteers.joining import steps
from hostcity.volunteers.joining.queries import is_called
from hostcity.volunteers.joining.services.applying import LEFT
from hostcity.volunteers.joining.telling import ACCREDITED


def _application(edition: Any, key: str) -> str:
    return reverse("application", args=[edition.code, key]) if key else reverse("applications", args=[edition.code])


registries.menu.append(
    MenuEntry(label=_("Applicants"), url_name="applications", action=policy.SEE_APPLICATIONS, icon="people", order=34)
)
registries.public_pages.append(
    PublicPage(label=_("Become a volunteer"), url_name="joining", is_shown=is_called, order=30)
)
SAID = {
    steps.OPEN: (_("changed the call for volunteers"), _("call for volunteers changed"), _("Call for volunteers changed")),
    steps.APPLY: (_("somebody applied as a volunteer"), _("people applied as volunteers"), _("Applied")),
    steps.WITHDRAW: (_("an applicant withdrew"), _("applicants withdrew"), _("Withdrawn")),
    steps.RENEW: (_("made another code for an applicant"), _("codes of applicants made anew"), _("Code made anew")),
    steps.ERASE: (
        _("erased what a refused applicant had said"),
        _("data of refused applicants erased"),
        _("Data erased"),
    ),
    steps.UNDO: (_("took the last step of an application back"), _("steps of applications taken back"), _("Step taken back")),
    "join.interview": (_("invited an applicant to an interview"), _("applicants invited to interviews"), _("Invited to an interview")),
    "join.train": (_("booked an applicant for a training"), _("applicants booked for trainings"), _("Booked for a training")),
    "join.accredit": (_("accredited an applicant as a volunteer"), _("applicants accredited"), _("Accredited")),
    "join.refuse": (_("refused an applicant"), _("applicants refused"), _("Refused")),
    steps.TRAINING_ADD: (_("added a training"), _("trainings added"), _("Training added")),
    steps.TRAINING_CHANGE: (_("changed a training"), _("trainings changed"), _("Training changed")),
    steps.TRAINING_REMOVE: (_("removed a training"), _("trainings removed"), _("Training removed")),
}  # fmt: skip
registries.act_words.update({verb: lambda _act, words=words: words for verb, (words, _name, _kind) in SAID.items()})  # type: ignore[misc] -- bound now
registries.act_names.update({verb: name for verb, (_words, name, _kind) in SAID.items()})
registries.kind_words.update({verb: kind for verb, (_words, _name, kind) in SAID.items()})
registries.kind_words.update(
    {
        steps.SUBJECT: _("Application of a volunteer"),
        steps.SUBJECT_OPENING: _("Call for volunteers"),
        steps.SUBJECT_TRAINING: _("Training of volunteers"),
    }
)
registries.notice_words[LEFT] = _(
    "Volunteer {volunteer} has withdrawn, and still has shifts. Give them to somebody else."
)
registries.notice_words[ACCREDITED] = _(
    "You are a volunteer of this expo. Your shifts stand under My shifts once a roster is published."
)
registries.subject_urls[steps.SUBJECT] = _application
registries.subject_urls[steps.SUBJECT_OPENING] = lambda edition, _key: reverse("joining-opening", args=[edition.code])
registries.subject_urls[steps.SUBJECT_TRAINING] = lambda edition, _key: reverse("trainings", args=[edition.code])
