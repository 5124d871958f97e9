"""The routers of the slices, in the order of the reference."""

from __future__ import annotations

from ninja import Router


def routers() -> list[Router]:
    """All of them."""
    from hostcity.core.calendar.api import operations as calendar
    from hostcity.core.deliveries.api import operations as deliveries
    from hostcity.core.editions.api import operations as editions
    from hostcity.core.files.api import operations as files
    from hostcity.core.jobs.api import operations as jobs
    from hostcity.core.ledger_api import operations as ledger
    from hostcity.core.notices.api import operations as notices
    from hostcity.core.people.api import of_parties as parties
    from hostcity.core.people.api import operations as people
    from hostcity.core.people.own_api import operations as own_account
    from hostcity.core.plan_rows.api import operations as plan
    from hostcity.core.results.api import operations as results
    from hostcity.core.search.api import operations as search
    from hostcity.core.tokens.api import operations as tokens
    from hostcity.core.walls.api import operations as walls
    from hostcity.readiness.api import operations as readiness
    from hostcity.readiness.forecasts.api import operations as forecasts
    from hostcity.readiness.leading.api import operations as leading
    from hostcity.rehearsal.advice.api import operations as advice
    from hostcity.rehearsal.api import findings
    from hostcity.rehearsal.api import operations as rehearsals
    from hostcity.rehearsal.calibrations.api import operations as calibrations
    from hostcity.rehearsal.looks.api import operations as looks
    from hostcity.rehearsal.scenarios.api import operations as scenarios
    from hostcity.site.api.summary import operations as summary
    from hostcity.venue.api import operations as venue
    from hostcity.venue.drawings.api import operations as drawings
    from hostcity.venue.exits.api import operations as exits
    from hostcity.venue.facilities.api import operations as facilities
    from hostcity.venue.signs.api import operations as signs
    from hostcity.venue.ways.api import operations as ways
    from hostcity.volunteers.acceptance.api import operations as acceptance
    from hostcity.volunteers.api import operations as volunteers
    from hostcity.volunteers.certificates.api import operations as certificates
    from hostcity.volunteers.duty.api import operations as duty
    from hostcity.volunteers.feedback.api import operations as feedback
    from hostcity.volunteers.hours.api import operations as hours
    from hostcity.volunteers.joining.api import operations as joining
    from hostcity.volunteers.mending.api import operations as mending
    from hostcity.volunteers.swaps.api import operations as swaps
    from hostcity.volunteers.whatif.api import operations as whatif

    slices = (
        editions,
        summary,
        plan,
        venue,
        ways,
        drawings,
        exits,
        facilities,
        signs,
        volunteers,
        mending,
        swaps,
        acceptance,
        whatif,
        duty,
        hours,
        certificates,
        feedback,
        joining,
        readiness,
        forecasts,
        leading,
        rehearsals,
        scenarios,
        advice,
        calibrations,
        looks,
        findings,
        jobs,
        results,
        ledger,
        search,
        files,
        people,
        own_account,
        parties,
        calendar,
        notices,
        tokens,
        walls,
        deliveries,
    )
    return [each.router for each in slices]
