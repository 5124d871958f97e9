"""Who comes in place of those who declined or did not answer: reserves of the same band: who fills a role that the post lacks, then the most reliable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from hostcity.core.models import Edition, PlanRow
from hostcity.volunteers.acceptance.answers import Asked
from hostcity.volunteers.duty.cells import Cell, Cells
from hostcity.volunteers.duty.queries import USUAL_ATTENDS
from hostcity.volunteers.duty.risk import short_probability
from hostcity.volunteers.models import Shift
from hostcity.volunteers.services.publishing import Seat
from hostcity.volunteers.swaps.judging import Bench
from hostcity.volunteers.swaps.offers import Band


@dataclass(slots=True)
class Promotion:
    """What is to happen."""

    moves: dict[Seat, str] = field(default_factory=dict)
    promoted: list[list[str]] = field(default_factory=list)  # reserve, day, band, post, in whose place
    taken_off: list[list[str]] = field(default_factory=list)  # who declined, and nobody comes
    left: list[list[str]] = field(default_factory=list)  # who did not answer and stays


def promotion(edition: Edition, cells: Cells, asked: Iterable[Asked]) -> Promotion:
    """Go through the gaps: critical posts first; who declined before who kept silent and may yet come; where too few would be likeliest. Part of an act."""
    asked = list(asked)
    gaps = [each for each in asked if not each.accepts]
    made = Promotion()
    if not gaps:
        return made
    silent = {each.seat for each in gaps}
    reserves = _reserves(cells, silent, {(each.cell.day, each.cell.band) for each in gaps})
    people = {each.volunteer for each in gaps} | {code for some in reserves.values() for code in some}
    bench = Bench.of(
        edition,
        people,
        {(each.cell.day, each.cell.band, each.cell.post) for each in gaps if reserves[each.cell.day, each.cell.band]},
    )
    known = set(bench.force.axes.people)
    bench = bench.moved({each.seat: "" for each in gaps if each.accepts is False and each.volunteer in known})
    attends = _attends(edition)
    for each in _in_order(cells, gaps, attends):
        band = each.cell.day, each.cell.band
        without = bench.moved({each.seat: ""}) if each.volunteer in known else bench
        ready = [] if cells.posts[each.cell.post].is_standby else _ready(without, each.cell, reserves[band], attends)
        reserve = next((code for code in ready if not without.broken_by({(code, *band): each.cell.post})), None)
        told = [each.volunteer, *band, each.cell.post]
        if reserve:
            made.moves |= {each.seat: "", (reserve, *band): each.cell.post}
            made.promoted.append([reserve, *band, each.cell.post, each.volunteer])
            reserves[band].remove(reserve)
            bench = without.moved({(reserve, *band): each.cell.post})
        elif each.accepts is False:
            made.moves[each.seat] = ""
            made.taken_off.append(told)
        else:
            made.left.append(told)
    return made


def _ready(bench: Bench, cell: Cell, reserves: list[str], attends: dict[str, float]) -> list[str]:
    """Reserves in the order in which they are asked for: who fills roles that the post lacks, by their harm; then who comes likeliest."""
    if not reserves:
        return []
    roles = bench.missing_roles(cell.day, cell.band, cell.post)
    return sorted(reserves, key=lambda code: (-bench.fills(code, roles), -attends.get(code, USUAL_ATTENDS), code))


def _reserves(cells: Cells, silent: set[Seat], bands: set[Band]) -> dict[Band, list[str]]:
    """Who stands by in each band, without those who declined or kept silent about it. One query."""
    pools = [code for code, post in cells.posts.items() if post.is_standby]
    found: dict[Band, list[str]] = defaultdict(list)
    for volunteer, day, band in Shift.objects.filter(post__in=pools).values_list("volunteer", "day", "band"):
        if (volunteer, day, band) not in silent and (day, band) in bands:
            found[day, band].append(volunteer)
    return found


def _attends(edition: Edition) -> dict[str, float]:
    """How likely everybody comes, by the plan. One query."""
    rows = PlanRow.objects.filter(edition=edition, sheet="volunteers").values_list("key", "body__attends")
    return {code: float(USUAL_ATTENDS if attends is None else attends) for code, attends in rows}


def _in_order(cells: Cells, gaps: list[Asked], attends: dict[str, float]) -> list[Asked]:
    gone = {each.seat for each in gaps}
    there: dict[Cell, list[float]] = defaultdict(list)
    needed: dict[Band, dict[str, int]] = {}
    wanted = {each.cell for each in gaps}
    rows = Shift.objects.exclude(post="").values_list("volunteer", "day", "band", "post")
    for volunteer, day, band, post in rows:
        if Cell(post, day, band) in wanted and (volunteer, day, band) not in gone:
            there[Cell(post, day, band)].append(attends.get(volunteer, USUAL_ATTENDS))
    short = {}
    for cell in wanted:
        band = cell.day, cell.band
        needed.setdefault(band, cells.needed_in(*band))
        short[cell] = short_probability(needed[band].get(cell.post, 0), there[cell])
    return sorted(
        gaps,
        key=lambda each: (
            not cells.posts[each.cell.post].is_critical,
            each.accepts is None,
            -short[each.cell],
            each.seat,
        ),
    )
