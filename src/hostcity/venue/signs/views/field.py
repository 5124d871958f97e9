"""The list of who puts faces up and looks at them: a page for phones, and a sheet of paper with boxes to tick."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hostcity.core import policy as matrix
from hostcity.core.middleware import acting
from hostcity.core.sayings import is_chinese
from hostcity.core.times import written
from hostcity.venue import policy
from hostcity.venue.signs.queries import Asked, chosen, page_after, signs_of, to_do, versions_of
from hostcity.venue.signs.showing import Shown, Teller, asked_in

SETTER = (sys.executable, "-m", "hostcity.report.paper.sheets")
MOST_S = 60
FIELD_PAGE = 20
BOX = "[ ]"


@acting(policy.SEE_MAP)
@require_safe
def show_field(request: Any) -> HttpResponse:
    """What is to be made, put up, looked at or mended, hall by hall, with one button for each. For a phone."""
    edition, signs = request.edition, signs_of(request.edition)
    asked, teller = asked_in(request.GET, signs), Teller(request.edition, signs.venue)
    rows = to_do(signs, asked.level, asked.area)
    page = page_after(rows, request.GET.get("after", ""), FIELD_PAGE)
    places = {each.face.area for each in to_do(signs)}
    versions = versions_of(edition, [each.key for each in page.rows])
    values = {
        "tab": "field", "asked": asked, "page": page, "rows": [(each, versions.get(each.key, 1)) for each in teller.shown(page.rows)],
        "count": len(rows), "may_hang": matrix.may(request.user, policy.HANG_SIGNS, edition), "areas": [(code, teller.areas[code]) for code in teller.areas if code in places],
        "levels": [(code, name) for code, name in teller.levels.items()],
    }  # fmt: skip
    return render(request, "venue/signs/field.html", values)


@acting(policy.SEE_MAP)
@require_safe
def print_field(request: Any) -> HttpResponse:
    """The same on A4, a sheet for each area; with ``all`` every face, not only those to be done. Set in a process of its own."""
    edition, signs = request.edition, signs_of(request.edition)
    asked, teller = asked_in(request.GET, signs), Teller(request.edition, signs.venue)
    rows = (
        chosen(signs, Asked(level=asked.level, area=asked.area))
        if "all" in request.GET
        else to_do(signs, asked.level, asked.area)
    )
    said = {
        "title": _("Signs to put up and check: {edition}").format(edition=edition.name),
        "lines": [_("Printed {time}. Places are meters east and north of the drawing's origin; a face looks to the side of the drawing that is named, its readers come from there.").format(time=written(timezone.now(), "DATETIME_FORMAT"))],
        "footer": f"hostcity · {edition.code}", "page": _("Page {number}"), "language": get_language(), "is_chinese": is_chinese(),
        "is_wide": False, "parts": _parts(teller.shown(rows)),
    }  # fmt: skip
    done = subprocess.run(  # noqa: S603 -- this program itself, and nothing that was typed is in the command
        SETTER, input=json.dumps(said, default=str).encode(), stdout=subprocess.PIPE, timeout=MOST_S, check=True
    )
    answer = HttpResponse(done.stdout, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="signs.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _parts(rows: Sequence[Shown]) -> list[dict[str, Any]]:
    places: dict[tuple[str, str], list[Shown]] = {}
    for each in rows:
        places.setdefault((each.level, each.area), []).append(each)
    head = [
        pgettext("sign", "Face"), pgettext("sign", "Where"), pgettext("sign", "Looks to"), pgettext("sign", "Height, letters"), pgettext("sign", "Text"),
        pgettext("sign", "State"), pgettext("sign", "installed"), pgettext("sign", "checked"),
    ]  # fmt: skip
    if not places:
        return [{"heading": _("Nothing is to be done."), "lines": [], "head": [], "rows": [], "shares": []}]
    return [
        {
            "heading": f"{level} · {area}" if level else area, "lines": [], "head": head, "rows": [_row(each) for each in some],
            "shares": (0.1, 0.13, 0.11, 0.13, 0.31, 0.09, 0.06, 0.07), "is_new_sheet": number > 0,
        }
        for number, ((level, area), some) in enumerate(places.items())
    ]  # fmt: skip


def _row(shown: Shown) -> list[Any]:
    face = shown.sign.face
    text = "\n".join(
        f"{line.arrow}{'：' if is_chinese() else ': '}{line.name}{f' / {line.other}' if line.other else ''}"
        for line in shown.lines
    )
    state = f"{shown.state_name}\n{shown.fault_name}" if shown.fault else str(shown.state_name)
    return [
        face.code, f"x {face.x_m:.1f} m\ny {face.y_m:.1f} m", f"{shown.side}\n{face.bearing_deg:.0f}°", f"{face.height_m:g} m\n{face.letter_mm:g} mm\n{shown.mounting}",
        text, state, BOX, BOX,
    ]  # fmt: skip
