"""Hours on pages: totals, a person's sheet, corrections, files; one's own."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.attempts import tried
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.sayings import said
from hostcity.volunteers import policy
from hostcity.volunteers.acceptance.forms import FORMAT
from hostcity.volunteers.certificates.queries import own_certificate
from hostcity.volunteers.duty.cells import cells_of
from hostcity.volunteers.hours import services
from hostcity.volunteers.hours.counted import stamp_of
from hostcity.volunteers.hours.forms import CorrectionForm, WitnessedForm
from hostcity.volunteers.hours.queries import open_bands, own_hours, reasons_of, sheet_of
from hostcity.volunteers.hours.totals import KINDS, as_workbook, book_of
from hostcity.volunteers.joining.lists import as_csv
from hostcity.volunteers.joining.views.lists import MOST_SHOWN, XLSX
from hostcity.volunteers.models import Attendance, Correction


@acting(policy.SEE_HOURS)
@require_safe
def show_hours(request: Any) -> HttpResponse:
    """Totals by person, campus, team, or the shifts; whose end is missing."""
    return _hours_page(request, WitnessedForm())


def _hours_page(request: Any, form: WitnessedForm, status: int = 200) -> HttpResponse:
    name, wanted = request.GET.get("by", "people"), request.GET.get("q", "").strip()[:100].lower()
    if name not in KINDS:
        raise Http404(name)
    rows, cells = list(KINDS[name].rows(book_of(request.edition))), cells_of(request.edition)
    found = [each for each in rows if wanted in " ".join(map(str, each[:4])).lower()]
    now = timezone.now()
    values = {
        "name": name, "kind": KINDS[name], "kinds": [(each, kind.title) for each, kind in KINDS.items()], "rows": found[:MOST_SHOWN],
        "more": max(len(found) - MOST_SHOWN, 0), "wanted": wanted, "form": form, "now": now, "links": name in ("people", "shifts"),
        "open": [
            (day, band, f"{cells.days[day].date} {cells.times(band)}", count)
            for day, band, count in open_bands(request.edition, cells) if cells.hours(day, band).is_over(now)
        ],
        "may_correct": matrix.may(request.user, policy.CORRECT_HOURS, request.edition),
    }  # fmt: skip
    return render(request, "volunteers/hours/hours.html", values, status=status)


@acting(policy.SEE_HOURS)
@require_safe
def show_person(request: Any) -> HttpResponse:
    """What somebody has served, and what was corrected."""
    sheet = sheet_of(request.edition, request.GET.get("volunteer", "")[:100])
    values = {"sheet": sheet, "may_correct": matrix.may(request.user, policy.CORRECT_HOURS, request.edition)}
    return render(request, "volunteers/hours/person.html", values)


@acting(policy.CORRECT_HOURS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: Any) -> HttpResponse:
    """The times of a shift, to be put right."""
    seat = {name: request.GET.get(name, "")[:100] for name in ("volunteer", "day", "band")}
    form = CorrectionForm(request.POST) if request.method == "POST" else CorrectionForm(initial=_initial(request, seat))
    if form.is_valid():
        given = form.cleaned_data
        times = {name: given[name] for name in ("checked_in_at", "checked_out_at", "stamp")}
        made = tried(
            form,
            lambda: services.correct_hours(
                edition=request.edition, by=request.user, witnessed=form.witnessed(), **seat, **times
            ),
        )
        if made:
            messages.success(request, _("Corrected; {volunteer} is told.").format(volunteer=made.volunteer))
            return _to_person(request, made.volunteer)
    cells = cells_of(request.edition)
    is_known = seat["day"] in cells.days and seat["band"] in cells.bands
    words = (
        f"{cells.days[seat['day']].date} {cells.times(seat['band'])}" if is_known else f"{seat['day']} {seat['band']}"
    )
    values = {"form": form, "seat": seat, "said": words}
    return render(request, "volunteers/hours/correct.html", values, status=422 if form.errors else 200)


def _initial(request: Any, seat: dict[str, str]) -> dict[str, Any]:
    """What holds now; else the times of the shift."""
    row = Attendance.objects.filter(edition=request.edition, **seat).first()
    cells = cells_of(request.edition)
    if row:
        times = (row.checked_in_at, row.checked_out_at)
        return {"checked_in_at": times[0], "checked_out_at": times[1], "stamp": stamp_of(*times)}
    if seat["day"] not in cells.days or seat["band"] not in cells.bands:
        return {}
    hours = cells.hours(seat["day"], seat["band"])
    return {"checked_in_at": f"{hours.starts_at:{FORMAT}}", "checked_out_at": f"{hours.ends_at:{FORMAT}}"}


def _to_person(request: Any, volunteer: str) -> HttpResponse:
    return redirect(f"{reverse('hours-person', args=[request.edition.code])}?{urlencode({'volunteer': volunteer})}")


@acting(policy.CORRECT_HOURS)
@require_POST
def close(request: Any) -> HttpResponse:
    """Let everybody of a band have left at its end."""
    form, seat = WitnessedForm(request.POST), {name: request.POST.get(name, "")[:100] for name in ("day", "band")}
    if form.is_valid():
        count = tried(
            form,
            lambda: services.close_band(edition=request.edition, by=request.user, witnessed=form.witnessed(), **seat),
        )
        if count:
            told = ngettext("{count} volunteer has left at the end, and is told.", "{count} volunteers have left at the end, and are told.", count)  # fmt: skip
            messages.success(request, told.format(count=f"{count:,}"))
            return redirect("hours", edition=request.edition.code)
    return _hours_page(request, form, status=422)


@acting(policy.CORRECT_HOURS)
@require_POST
def undo(request: Any, correction: int) -> HttpResponse:
    """Put the times of before back."""
    row = get_object_or_404(Correction.objects.filter(edition=request.edition), pk=correction)
    try:
        services.undo_correction(edition=request.edition, correction=row, by=request.user)
        messages.success(request, _("Undone: the times of before hold again."))
    except Refused as refused:
        messages.error(request, said(refused))
    return _to_person(request, row.volunteer)


@acting(policy.SEE_HOURS)
@require_safe
def download(request: Any, name: str) -> HttpResponse:
    """A table as CSV, or all of them as a workbook."""
    kind, _dot, ending = name.rpartition(".")
    if name == "hours.xlsx":
        answer = HttpResponse(as_workbook(book_of(request.edition)), content_type=XLSX)
    elif ending == "csv" and kind in KINDS:
        text = as_csv(KINDS[kind].headings, list(KINDS[kind].rows(book_of(request.edition))))
        answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    else:
        raise Http404(name)
    answer["Content-Disposition"] = f'attachment; filename="{request.edition.code}-hours-{name}"'
    answer["Cache-Control"] = "no-store"  # it holds names
    return answer


@acting(policy.OWN_HOURS)
@require_safe
def show_own(request: Any) -> HttpResponse:
    """What one has served oneself."""
    served = own_hours(request.edition, request.user)
    reasons = reasons_of(request.edition, served) if served else {}
    minutes = sum(each.minutes for each in served)
    values = {
        "certificate": own_certificate(request.edition, request.user),
        "served": [(each, reasons.get(each.cell[1:])) for each in served],
        "hours": round(minutes / 60, 2),
        "open": sum(each.is_open for each in served),
    }
    return render(request, "volunteers/hours/mine.html", values)
