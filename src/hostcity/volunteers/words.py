"""Words of rosters for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

#: Why somebody does not serve in a cell: by the engine's reasons.
REASON_WORDS = {
    "serves here": _("serve here"),
    "not trained": _("not trained, certified or accredited for it"),
    "not free": _("not free then"),
    "locked": _("locked elsewhere, or free"),
    "elsewhere": _("at another post then, or that day"),
    "at limit": _("have all the shifts they may have"),
    "rest and hours": _("kept away by rest, hours or days in a row"),
    "could come": _("could come"),
}

#: Pieces of the objective.
TERM_WORDS = {
    "heads": _("missing heads"),
    "traits": _("missing roles"),
    "shifts": _("unwanted shifts and travel"),
    "posts": _("unwanted posts"),
    "changes": _("changes of post"),
    "fairness": _("unfair numbers of shifts"),
    "away": _("away from the team"),
}

#: What mends a cell, by the reason that keeps most of those away who have what is missing.
MEND_WORDS = {
    "not trained": _("Train or accredit people for it: calling more volunteers brings few."),
    "not free": _("Ask who is not free then, or move the shift."),
    "locked": _("Take locks away."),
    "elsewhere": _("Move somebody from another post, or call more volunteers."),
    "at limit": _("Let people serve more shifts, or call more volunteers."),
    "rest and hours": _("Change bands so that people rest enough, or call more volunteers."),
}
