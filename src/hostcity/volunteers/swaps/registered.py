"""What swaps put into core's registries."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import MenuEntry, registries
from hostcity.volunteers import policy
from hostcity.volunteers.swaps.services import (
    DECLINE,
    DECLINED,
    NAMED,
    OFFER,
    RULE,
    SUBJECT,
    SWAPPED,
    TAKE,
    WAITS,
    WITHDRAW,
)


def _path(edition: Any, _key: str) -> str:
    return reverse("swaps", args=[edition.code])


registries.menu.extend(
    (
        MenuEntry(label=_("Swaps"), url_name="swaps", action=policy.APPROVE_SWAPS, icon="compare", order=32),
        MenuEntry(label=_("Offered shifts"), url_name="swap-offers", action=policy.OWN_SWAPS, icon="compare", order=33),
    )
)
registries.act_words.update(
    {
        OFFER: lambda _act: _("offered a shift"),
        WITHDRAW: lambda _act: _("took the offer of a shift back"),
        TAKE: lambda _act: _("asked for a shift that is offered"),
        DECLINE: lambda _act: _("declined a swap of shifts"),
        RULE: lambda _act: _("set the rule for swaps of shifts"),
    }
)
registries.act_names.update(
    {
        OFFER: _("shifts offered"),
        WITHDRAW: _("offers of shifts taken back"),
        TAKE: _("swaps asked for"),
        DECLINE: _("swaps declined"),
        RULE: _("rules for swaps set"),
    }
)
registries.kind_words.update({SUBJECT: _("Swap of shifts"), SWAPPED: _("Shifts swapped")})
registries.notice_words.update(
    {
        NAMED: _("A shift is offered to you."),
        WAITS: _("A swap of shifts waits for you."),
        DECLINED: _("A swap of your shift was declined: your shifts stay as they were."),
    }
)
registries.subject_urls[SUBJECT] = _path
