"""What makes a plan unplayable, found all at once: rows that do not fit one another, and places nobody can reach."""

from __future__ import annotations

from collections.abc import Iterator

from hostcity.plan.arrivals import arrivals_beyond_the_clock, arrivals_on_bounded_floors
from hostcity.plan.check import calendars, drawing, faces, people, provenance, roster, rows, tasks, timeline, venue
from hostcity.plan.check.finding import RowOf
from hostcity.plan.check.ways import ways
from hostcity.plan.options import option_problems
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Listing, Problem
from hostcity.plan.uncertainties import uncertainty_problems


def problems_of(plan: Plan, row_of: RowOf | None = None) -> tuple[Problem, ...]:
    """Every problem of a plan; empty = it can be played.

    ``row_of(sheet, index)`` tells the row number that the author sees; without it, rows are counted from 1.
    """
    return tuple(Listing(each_problem(plan, row_of)))


def new_problems(was: Plan, now: Plan) -> Iterator[Problem]:
    """What a plan has wrong that it had not before, as when a drawing is brought in: what it had wrong is no fault of that."""
    before = {_known_by(each) for each in each_problem(was)}
    return (each for each in each_problem(now) if _known_by(each) not in before)


def _known_by(problem: Problem) -> tuple[str, str]:
    return problem.code, str(problem.what)


def each_problem(plan: Plan, row_of: RowOf | None = None) -> Iterator[Problem]:
    """The same, as many of a kind as there are."""
    numbers = row_of or (lambda _sheet, index: index + 1)
    found = Listing()
    for check in (
        rows.single_rows,
        rows.fields,
        rows.codes_of_rows,
        rows.references,
        venue.times,
        venue.links,
        venue.stations,
        venue.entrances,
        venue.windows,
        drawing.outlines,
        drawing.stands,
        drawing.openings,
        drawing.connectors,
        drawing.amenities,
        faces.faces,
        faces.lines,
        people.people,
        roster.times,
        roster.skills,
        roster.needs,
        roster.people,
        roster.shifts,
        calendars.preparation,
        calendars.calendars,
        calendars.special_days,
        tasks.risks,
        tasks.estimates,
        tasks.dates,
        tasks.people,
        tasks.links,
        arrivals_beyond_the_clock,
        arrivals_on_bounded_floors,
        timeline.events,
        uncertainty_problems,
        option_problems,
        provenance.sources,
    ):
        for problem in check(plan, numbers):
            found.add(problem)
            yield problem
    yield from ways(plan, numbers, found)
