"""Whether posts, needs and people of a roster fit one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from hostcity.plan.check.finding import RowOf, problem_at
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.rows import DAY_S, Need
from hostcity.plan.sentences import Sentence


def times(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Bands that end before they begin or last too long, and days of one date."""
    for index, band in enumerate(plan.bands):
        if not 0 < band.end_s - band.start_s <= DAY_S:
            what = Sentence("{code} does not end within a day after it begins.", code=band.code)
            mend = Sentence("Give a later end; past midnight, count on: 26:00 is two o'clock of the next morning.")
            yield problem_at("bands", row_of("bands", index), "end_s", "order", what, mend)
    for index, first in _again((day.date,) for day in plan.service_days):
        what = Sentence(
            "{code} has the date of {other}.", code=plan.service_days[index].code, other=plan.service_days[first].code
        )
        mend = Sentence("Keep one row for each date.")
        yield problem_at("service_days", row_of("service_days", index), "date", "twice", what, mend)


def skills(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Languages without a name, and certificates where others are asked for, or the other way round."""
    kind_of = {skill.code: skill.kind for skill in plan.skills}
    for index, skill in enumerate(plan.skills):
        if skill.kind == "language" and not skill.language:
            what, mend = (
                Sentence("{code} is of no language.", code=skill.code),
                Sentence("Name the language, as en or fr."),
            )
            yield problem_at("skills", row_of("skills", index), "language", "none", what, mend)
    for index, held in enumerate(plan.certificates):
        if kind_of.get(held.skill, "certificate") != "certificate":
            yield _no_certificate("certificates", row_of("certificates", index), "skill", held.skill)
    for index, first in _again((held.volunteer, held.skill) for held in plan.certificates):
        what = Sentence(
            "{code} says again what {other} says.",
            code=plan.certificates[index].code,
            other=plan.certificates[first].code,
        )
        mend = Sentence("Keep the one that is valid.")
        yield problem_at("certificates", row_of("certificates", index), "skill", "twice", what, mend)
    for index, each in enumerate(plan.post_classes):
        if each.certificate and kind_of.get(each.certificate, "certificate") != "certificate":
            yield _no_certificate("post_classes", row_of("post_classes", index), "certificate", each.certificate)


def _no_certificate(sheet: str, row: int, column: str, skill: str) -> Problem:
    what = Sentence("{code} is no certificate.", code=skill)
    mend = Sentence("Name a skill of the kind certificate.")
    return problem_at(sheet, row, column, "kind", what, mend)


def needs(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Minima above targets, and posts whose need in a band is said twice."""
    for index, need in enumerate(plan.needs):
        if need.heads_least > need.heads:
            what = Sentence("{code} needs at least more people than it should have.", code=need.code)
            mend = Sentence("Give a minimum of at most the target.")
            yield problem_at("needs", row_of("needs", index), "heads_least", "order", what, mend)
    said: dict[tuple[str, str, str], str] = {}
    for index, need in enumerate(plan.needs):
        other = next((said[cell] for cell in _cells(plan, need) if cell in said), None)
        if other is not None:
            what = Sentence("{code} says again what {other} says of a band.", code=need.code, other=other)
            mend = Sentence("Name each post, day and band in one row only.")
            yield problem_at("needs", row_of("needs", index), "bands", "twice", what, mend)
        said |= dict.fromkeys(_cells(plan, need), need.code)
    for index, line in enumerate(plan.mix_lines):
        if line.post and line.post_class:
            what, mend = Sentence("{code} names a post and a class.", code=line.code), Sentence("Name one of them.")
            yield problem_at("mix_lines", row_of("mix_lines", index), "post_class", "both", what, mend)


def _cells(plan: Plan, need: Need) -> Iterator[tuple[str, str, str]]:
    days = need.days or tuple(day.code for day in plan.service_days)
    return product((need.post,), days, need.bands or tuple(band.code for band in plan.bands))


def people(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Volunteers who can do less than is fair, certificates among skills, and groups of fewer than two."""
    certificates = {skill.code for skill in plan.skills if skill.kind == "certificate"}
    for index, person in enumerate(plan.volunteers):
        row = row_of("volunteers", index)
        if person.shifts_fair > person.shifts_most:
            what = Sentence("{code} has fewer shifts at most than would be fair.", code=person.code)
            yield problem_at(
                "volunteers", row, "shifts_most", "order", what, Sentence("Give at least the fair shifts.")
            )
        for code in sorted(certificates.intersection(person.skills)):
            what = Sentence("{code} is a certificate.", code=code)
            mend = Sentence("Write it on sheet certificates, with the day on which it expires.")
            yield problem_at("volunteers", row, "skills", "kind", what, mend)
    for index, pair in enumerate(plan.pairs):
        if len(set(pair.volunteers)) < 2 or len(set(pair.volunteers)) < len(pair.volunteers):
            what, mend = (
                Sentence("{code} does not name two people.", code=pair.code),
                Sentence("Name different volunteers, at least two."),
            )
            yield problem_at("pairs", row_of("pairs", index), "volunteers", "few", what, mend)


def shifts(plan: Plan, row_of: RowOf) -> Iterator[Problem]:
    """Somebody at two posts at once, and shifts at no post that are not locked."""
    for index, first in _again((each.volunteer, each.day, each.band) for each in plan.shifts):
        twice = plan.shifts[index]
        what = Sentence(
            "{code} has {person} serve a second time in band {band}.",
            code=twice.code,
            person=twice.volunteer,
            band=twice.band,
        )
        mend = Sentence("Keep this row or {other}.", other=plan.shifts[first].code)
        yield problem_at("shifts", row_of("shifts", index), "volunteer", "twice", what, mend)
    for index, each in enumerate(plan.shifts):
        if not each.post and not each.is_locked:
            what = Sentence("{code} names no post.", code=each.code)
            mend = Sentence("Name one, lock the row so that the person stays free, or remove it.")
            yield problem_at("shifts", row_of("shifts", index), "post", "none", what, mend)


def _again(keys: Iterable[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Where a key comes again, and where it came first."""
    first: dict[tuple[str, ...], int] = {}
    for index, key in enumerate(keys):
        if key in first:
            yield index, first[key]
        first.setdefault(key, index)
