"""What a certificate says on paper, in both languages whatever the reader's, set in type in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hostcity.core.models import Edition
from hostcity.volunteers.models import ServiceCertificate

SETTER = (sys.executable, "-m", "hostcity.volunteers.certificates.paper")
MOST_S = 60
MOST_SHEETS = 500  # in a file; more in several
BOTH = ("zh-hans", "en")


def printed(
    edition: Edition, rows: Sequence[ServiceCertificate], address_of: Callable[[ServiceCertificate], str]
) -> bytes:
    """The PDF of some certificates, a sheet each; ``address_of`` gives the page that verifies one."""
    is_demo = edition.is_demo or settings.ENVIRONMENT.is_demo
    demo = _both(lambda: _("DEMO: invented people, nothing here is real"))
    said = {
        "title": f"{edition.code} {rows[0].shown_code}" if len(rows) == 1 else edition.code, "demo": " · ".join(demo) if is_demo else "",
        "sheets": [_sheet(edition, each, address_of(each)) for each in rows],
    }  # fmt: skip
    done = subprocess.run(  # noqa: S603 -- this program itself, and nothing that was typed is in the command
        SETTER, input=json.dumps(said, default=str).encode(), stdout=subprocess.PIPE, timeout=MOST_S, check=True
    )
    return done.stdout


def _both(say: Callable[[], str]) -> list[str]:
    found = []
    for language in BOTH:
        with translation.override(language):
            found.append(say())
    return found


def _sheet(edition: Edition, row: ServiceCertificate, address: str) -> dict[str, Any]:
    issued = timezone.localtime(row.issued_at, edition.zone).date()
    return {
        "heads": _both(lambda: _("Certificate of volunteer service")), "name": row.person.name,
        "lines": _both(lambda: _lines(edition, row)), "hours": " · ".join(_both(lambda: _hours(row))), "address": address,
        "foot": [
            *_both(lambda: _("Issued on {date}. Number: {code}").format(date=date_format(issued, "DATE_FORMAT"), code=row.shown_code)),
            *_both(lambda: _("Whether it holds is said at this address:")), address,
        ],
    }  # fmt: skip


def _hours(row: ServiceCertificate) -> str:
    return _("{hours} hours").format(hours=f"{row.hours:g}")


def _lines(edition: Edition, row: ServiceCertificate) -> str:
    first, last = (date_format(each, "DATE_FORMAT") for each in (row.first_date, row.last_date))
    said = _("has served as a volunteer at {edition} from {first} to {last}. Shifts: {shifts}.")
    if row.first_date == row.last_date:
        said = _("has served as a volunteer at {edition} on {first}. Shifts: {shifts}.")
    return said.format(edition=edition.name, first=first, last=last, shifts=row.shifts)
