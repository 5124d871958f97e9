"""The list of faces, and the page of one with everything that can be done to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, Several, Stale
from hostcity.core.files.checks import MOST_BYTES
from hostcity.core.middleware import acting
from hostcity.core.plan_rows.history import told_acts
from hostcity.core.plan_rows.queries import acts_on
from hostcity.core.sayings import said
from hostcity.plan.rows import FACE_STATES
from hostcity.venue import policy
from hostcity.venue.signs.face_svg import size_mm
from hostcity.venue.signs.forms import BackForm, CheckForm, FaultForm, MendForm
from hostcity.venue.signs.planned import figures_by_code, kept_plans, last_audit
from hostcity.venue.signs.queries import chosen, page_after, photos_of, signs_of, versions_of
from hostcity.venue.signs.services import check_face, mend_face, move_faces, report_fault
from hostcity.venue.signs.services.auditing import AUDIT_JOB
from hostcity.venue.signs.services.states import MOST_FACES
from hostcity.venue.signs.showing import Teller, asked_in, fault_choices, level_of, levels_with, path_of, state_counts
from hostcity.venue.signs.states import CAN_FAIL, before
from hostcity.venue.signs.telling import findings_of
from hostcity.venue.signs.views.pictures import distance_in
from hostcity.venue.signs.words import STATE_NAMES, STEP_NAMES

MOST_ACTS = 20  # of a face, on its page
BULK = ("approved", "made", "installed")  # states that many faces can come into at once
DISTANCES = (5, 10, 15, 20, 30, 45, 60)  # from which a face is looked at without a script


@acting(policy.SEE_MAP)
@require_safe
def list_signs(request: Any) -> HttpResponse:
    """Faces on the map as small arrows, and as a list that can be searched. Works without scripts."""
    return _list(request)


def _list(request: Any, refused: Refused | None = None) -> HttpResponse:
    edition = request.edition
    signs = signs_of(edition)
    asked, teller = asked_in(request.GET, signs), Teller(edition, signs.venue)
    rows = chosen(signs, asked)
    page = page_after(rows, request.GET.get("after", ""))
    level = level_of(signs, rows, asked.level)
    filters = {name: request.GET[name] for name in ("state", "fault", "area", "q") if request.GET.get(name)}
    may_hang = matrix.may(request.user, policy.HANG_SIGNS, edition)
    values = {
        "signs": signs, "asked": asked, "page": page, "rows": teller.shown(page.rows), "count": len(rows), "level": level,
        "levels": levels_with(signs, rows, teller), "states": state_counts(signs), "faults": fault_choices(), "tab": "signs",
        "filters": urlencode(filters), "may_hang": may_hang, "refusals": refusals_of(refused),
        "bulk": [(each, STEP_NAMES[each]) for each in BULK if each != "approved" or matrix.may(request.user, policy.APPROVE_SIGNS, edition)],
    }  # fmt: skip
    return render(request, "venue/signs/list.html", values, status=refused.status if refused else 200)


@acting(policy.SEE_MAP)
@require_safe
def show_sign(request: Any, key: str) -> HttpResponse:
    """A face: where it hangs, as a visitor sees it, how far it is, what is wrong with it, what was done."""
    return _page(request, key)


def _page(
    request: Any, key: str, refused: Refused | None = None, forms: Mapping[str, Any] | None = None
) -> HttpResponse:
    edition, signs = request.edition, signs_of(request.edition)
    sign = signs.by_key.get(key)
    if sign is None:
        raise Http404(key)
    (shown,) = Teller(edition, signs.venue).shown([sign])
    versions = versions_of(edition, [key])
    first = {"version": versions.get(key, 1)}
    acts = list(acts_on(edition, "faces", key).order_by("-number")[:MOST_ACTS])
    may = {name: matrix.may(request.user, action, edition) for name, action in ACTIONS.items()}
    at_m = distance_in(request.GET.get("at", "30")) or 30.0
    plans, audit = kept_plans(edition)[:1], last_audit(edition, AUDIT_JOB)
    status = 422 if forms else refused.status if refused else 200
    values = {
        "sign": shown, "face": sign.face, "version": first["version"], "may": may, "refusals": refusals_of(refused),
        "states": [(each, STATE_NAMES[each]) for each in FACE_STATES], "passed": before(sign.face),
        "check": CheckForm(prefix="check", initial=first), "fault": FaultForm(prefix="fault", initial=first),
        "mend": MendForm(prefix="mend", initial=first), "back": BackForm(prefix="back", initial=first, face=sign.face),
        "can_fail": sign.face.state in CAN_FAIL, "can_go_back": bool(before(sign.face)),
        "can_step": bool(shown.next) and may["approve" if shown.next == "approved" else "hang"],
        "photos": photos_of(edition, request.user, key), "acts": told_acts(edition, acts), "can_change": may["change"],
        "size": size_mm(sign), "at": round(at_m), "distances": DISTANCES, "size_at": tuple(each * 0.6 / at_m for each in size_mm(sign)),
        "figures": figures_by_code(plans[0] if plans else None).get(sign.face.code), "plan": plans[0] if plans else None,
        "findings": [each for each in findings_of(audit) if each.face == key],
    } | dict(forms or {})  # fmt: skip
    return render(request, "venue/signs/sign.html", values, status=status)


ACTIONS = {
    "approve": policy.APPROVE_SIGNS,
    "hang": policy.HANG_SIGNS,
    "report": policy.REPORT_SIGNS,
    "change": matrix.CHANGE_PLAN,
}


def refusals_of(refused: Refused | None) -> list[str]:
    """What was refused, each as a sentence."""
    if refused is None:
        return []
    return [said(each) for each in (refused.refusals if isinstance(refused, Several) else (refused,))]


@acting(policy.HANG_SIGNS)
@require_POST
def move(request: Any) -> HttpResponse:
    """Set the chosen faces approved, made or installed."""
    keys = request.POST.getlist("key")[: MOST_FACES + 1]
    try:
        acts = move_faces(edition=request.edition, keys=keys, to=request.POST.get("to", ""), by=request.user)
    except Stale:
        raise
    except Refused as refused:
        return (
            _page(request, keys[0], refused)
            if request.POST.get("of") == "face" and _is_there(request, keys)
            else _list(request, refused)
        )
    told = ngettext("{count} face is {state} now.", "{count} faces are {state} now.", len(acts))
    messages.success(request, told.format(count=len(acts), state=STATE_NAMES[request.POST["to"]]))
    return redirect(_back(request))


def _is_there(request: Any, keys: list[str]) -> bool:
    return bool(keys) and keys[0] in signs_of(request.edition).by_key


def _back(request: Any) -> str:
    """Where somebody came from, on this site."""
    back: str = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return back if is_ours else reverse("signs", args=[request.edition.code])


@acting(policy.HANG_SIGNS)
@require_POST
def check(request: Any, key: str) -> HttpResponse:
    """Say that a face hangs as planned, with a photo."""
    form = CheckForm(request.POST, request.FILES, prefix="check")
    if not form.is_valid():
        return _page(request, key, forms={"check": form})
    photo, version = form.cleaned_data["photo"], form.cleaned_data["version"]
    data = photo.read(MOST_BYTES + 1)
    return _done(request, key, "check", form, lambda: check_face(
        edition=request.edition, key=key, name=photo.name, data=data, by=request.user, version=version))  # fmt: skip


@acting(policy.REPORT_SIGNS)
@require_POST
def report(request: Any, key: str) -> HttpResponse:
    """Say what is wrong with a face."""
    form = FaultForm(request.POST, request.FILES, prefix="fault")
    if not form.is_valid():
        return _page(request, key, forms={"fault": form})
    given = form.cleaned_data
    photo = (given["photo"].name, given["photo"].read(MOST_BYTES + 1)) if given["photo"] else None
    return _done(request, key, "fault", form, lambda: report_fault(
        edition=request.edition, key=key, fault=given["fault"], note=given["note"], photo=photo, by=request.user,
        version=given["version"]))  # fmt: skip


@acting(policy.HANG_SIGNS)
@require_POST
def mend(request: Any, key: str) -> HttpResponse:
    """Say that its fault is mended."""
    form = MendForm(request.POST, prefix="mend")
    if not form.is_valid():
        return _page(request, key, forms={"mend": form})
    given = form.cleaned_data
    return _done(request, key, "mend", form, lambda: mend_face(
        edition=request.edition, key=key, note=given["note"], by=request.user, version=given["version"]))  # fmt: skip


@acting(policy.HANG_SIGNS)
@require_POST
def go_back(request: Any, key: str) -> HttpResponse:
    """Take a face back to an earlier state, with a reason."""
    sign = signs_of(request.edition).by_key.get(key)
    if sign is None:
        raise Http404(key)
    form = BackForm(request.POST, prefix="back", face=sign.face)
    if not form.is_valid():
        return _page(request, key, forms={"back": form})
    given = form.cleaned_data
    return _done(request, key, "back", form, lambda: move_faces(
        edition=request.edition, keys=[key], to=given["to"], reason=given["reason"], by=request.user,
        versions={key: given["version"]}))  # fmt: skip


def _done(request: Any, key: str, name: str, form: Any, act: Any) -> HttpResponse:
    """Do it and show the face; what is refused stands on top of it, since the form may be one that it does not show any more."""
    if key not in signs_of(request.edition).by_key:
        raise Http404(key)
    try:
        act()
    except Stale:
        raise
    except Refused as refused:
        return _page(request, key, refused, {name: form, "opened": name})
    messages.success(request, _("Noted: {code}").format(code=key))
    return redirect(_back(request) if request.POST.get("back") else path_of(request.edition, key))
