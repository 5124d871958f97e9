"""Figures of a plan, SHEET.KEY.FIELD, in words."""

from __future__ import annotations

import re
from typing import Any

from hostcity.plan.columns import columns_of
from hostcity.plan.patterns import matcher
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.provenance import split_figure
from hostcity.report.events import link_name, station_name
from hostcity.report.terms import TERMS
from hostcity.report.words import Both, named, say

#: All streams' approaches to one gate, scaled together.
SHARE_OF_GATE = re.compile(r"approaches\.\(gate (.+)\)\.weight")


def figure_name(plan: Plan, figure: str) -> Both:
    """What a figure is called: its field's heading, and whose it is; itself when it names nothing."""
    shared = SHARE_OF_GATE.fullmatch(figure)
    if shared:
        gate = next((named(row) for row in plan.gates if row.code == shared[1]), Both(shared[1], shared[1]))
        return say("share of gate {name} in all streams", name=gate)
    sheet, key, field = split_figure(figure) or ("", "", "")
    if sheet not in SHEETS:
        return Both(figure, figure)
    column = columns_of(SHEETS[sheet]).get(field)
    what = Both(column.heading_en, column.heading_zh) if column else say("all figures")
    rows = [row for row in getattr(plan, sheet) if matcher(key)(row.code)]
    if sheet == "edition":
        return what
    if len(rows) == 1:
        return say("{figure} of {name}", figure=what, name=_row_name(plan, sheet, rows[0]))
    services = {row.service for row in rows} if sheet == "stations" else set()
    if len(services) == 1:
        service = say(TERMS[services.pop()])
        return say("{figure} of {service} ({n} stations, {key})", figure=what, service=service, n=len(rows), key=key)
    return say("{figure} of {n} rows of sheet {sheet} ({key})", figure=what, n=len(rows), sheet=sheet, key=key)


def _row_name(plan: Plan, sheet: str, row: Any) -> Both:
    if sheet == "stations":
        return station_name(plan, row.code)
    if sheet == "links":
        return link_name(plan, row.code)
    if sheet == "approaches":
        streams = {each.code: named(each) for each in plan.streams}
        gates = {each.code: named(each) for each in plan.gates}
        return say("{stream} to gate {gate}", stream=streams[row.stream], gate=gates[row.gate])
    return named(row) if hasattr(row, "name_en") else Both(*(f"{sheet}.{row.code}",) * 2)
