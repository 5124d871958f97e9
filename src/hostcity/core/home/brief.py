"""The brief: one or two sheets of A4 with what the first screen says, for a meeting without screens.

What it says is put together here, and set in type (`paper.py`) in a process of its own: the PDF library and its fonts
take 20 MiB, which a web process would keep for ever.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hostcity.core.home.cards import Card
from hostcity.core.models import Edition
from hostcity.core.registries import OnPaper
from hostcity.core.sayings import is_chinese

SETTER = (sys.executable, "-m", "hostcity.core.home.paper")
MOST_S = 60


def brief_of(edition: Edition, cards: Sequence[Card], *, at: datetime) -> bytes:
    """The PDF, in the active language."""
    is_demo = edition.is_demo or settings.ENVIRONMENT.is_demo
    said = {
        "title": edition.name,
        "subtitle": _subtitle(edition, at),
        "parts": [_part(card.kind.on_paper(card.values)) for card in cards if card.kind.on_paper],
        "name": _("Brief: {name}").format(name=edition.name),
        "language": get_language(),
        "is_chinese": is_chinese(),
        "footer": f"hostcity · {edition.code}",
        "page": _("Page {number}"),
        "demo": _("DEMO: invented people, nothing here is real") if is_demo else "",
    }
    done = subprocess.run(  # noqa: S603 -- this program itself, and nothing that was typed is in the command
        SETTER, input=json.dumps(said, default=str).encode(), stdout=subprocess.PIPE, timeout=MOST_S, check=True
    )
    return done.stdout


def _subtitle(edition: Edition, at: datetime) -> str:
    said = date_format(timezone.localtime(at, edition.zone), "DATETIME_FORMAT")
    return _("Brief of {time}, {zone}").format(time=said, zone=edition.time_zone)


def _part(part: OnPaper) -> dict[str, Any]:
    return {
        "heading": part.heading,
        "lines": [*part.lines],
        "rows": [[*row] for row in part.rows],
        "shares": [*part.shares],
        "first": "large" if part.is_large else {True: "good", False: "bad", None: "text"}[part.is_good],
    }
