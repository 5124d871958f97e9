"""The job that checks exits. Imported in the worker's child only: it needs the compiled engine."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from hostcity.core.jobs.at_work import AtWork
from hostcity.core.results import keep_blob, plan_as_it_stands
from hostcity.plan.evacuations import halls_with_exits
from hostcity.venue.exits.queries import drawing_sha256


def run(arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Check every hall; the cards are kept as bytes. Raises ``PlanError`` where the drawing cannot be walked on."""
    from hostcity.engines.egress import Limits, check_egress
    from hostcity.report.egress_page import egress_data, egress_page
    from hostcity.report.page import page_policy

    now = plan_as_it_stands(at_work.edition)
    found = []
    limits = Limits(**arguments.get("limits", {}))
    halls = halls_with_exits(now.plan.areas, now.plan.openings)
    for number, code in enumerate(halls):
        at_work.progress(number / len(halls), _("Measuring ways"))
        found.append(check_egress(now.plan, code, limits))
    page = egress_page(now.plan, found)
    return egress_data(found) | {
        "number": now.number, "drawing": drawing_sha256(now.plan), "policy": page_policy("difference.js"),
        "page": keep_blob(gzip.compress(page.encode(), mtime=0)).sha256,
    }  # fmt: skip
