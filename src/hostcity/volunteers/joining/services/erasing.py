"""Erasing what people said who were refused, once nobody needs it any more."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.ledger import Line, record_lines
from hostcity.core.models import Act, Edition, Person
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.volunteers import policy
from hostcity.volunteers.joining.accrediting import some_of
from hostcity.volunteers.joining.services.applying import empty
from hostcity.volunteers.joining.services.stepping import Chosen, locked
from hostcity.volunteers.joining.steps import ERASE, SUBJECT
from hostcity.volunteers.models import State


def erase_applications(*, edition: Edition, chosen: Chosen, by: Person) -> list[Act]:
    """Erase the personal data of refused applications, all or none: that they were refused stays. It cannot be undone.

    Raises ``Stale``, ``Refused`` where one is not refused, or has been erased already.
    """
    matrix.require(by, policy.STEP_APPLICATION, edition)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        rows = locked(edition, chosen)
        wrong = [each.code for each in rows if each.state != State.REFUSED or not each.secret_sha256]
        if wrong:
            what = format_lazy(_("{codes}: not refused, or erased already."), codes=some_of(wrong))
            mend = _("Choose such as have been refused; refuse the others first.")
            raise Refused("joining.cannot_erase", what, mend, field="applications")
        for each in rows:
            each.version += 1
            empty(edition, each, [each.phone])
        lines = [Line(verb=ERASE, subject_kind=SUBJECT, subject_key=each.code) for each in rows]
        return record_lines(lines, edition=edition, by=by)
