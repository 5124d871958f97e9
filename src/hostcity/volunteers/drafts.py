"""Drafts of the roster: which are kept, and one of them, typed. Of a request it imports NumPy, and nothing heavier."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from hostcity.core.models import Act, Edition, Job, Result
from hostcity.core.models.jobs import OPEN, JobState
from hostcity.core.plan_rows.changes import ROWS, kind_of
from hostcity.core.results import read_blob
from hostcity.core.sayings import is_chinese
from hostcity.volunteers.models import SHEET

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hostcity.engines.rosters import Problem, Roster
    from hostcity.volunteers.kept import Made

KIND = "roster"  # of a result
#: Sheets of the plan that a roster is made of, but for the roster itself.
FORCE = (
    "service_days", "bands", "roster_rules", "skills", "post_classes", "zones", "posts", "mix_lines", "needs", "campuses", "teams",
    "volunteers", "certificates", "pairs",
)  # fmt: skip
MOST_KEPT = 20  # results of an edition
Said = Mapping[str, Any]
Cell = tuple[int, int, int]  # places of a day, a band and a post


@dataclass(frozen=True, eq=False)
class Draft:
    """A roster that was made or judged, with all that it was made of."""

    said: Said
    problem: Problem
    made: Made

    @cached_property
    def at(self) -> Mapping[str, Mapping[str, int]]:
        """Places by code: of days, bands, posts, people."""
        named = {
            name: {each["code"]: at for at, each in enumerate(self.said[name])} for name in ("days", "bands", "posts")
        }
        return named | {"people": {code: at for at, (code, _team) in enumerate(self.said["people"])}}

    @cached_property
    def heads(self) -> NDArray[Any]:
        """People rostered in each cell: [D, S, P]."""
        from hostcity.engines.rosters.score import headcount

        return headcount(self.problem, self.made.post_of)

    @cached_property
    def locked(self) -> frozenset[tuple[int, int, int]]:
        """Person, day and band of seats that were locked."""
        return frozenset((each.person, each.day, each.shift) for each in self.problem.locks)

    @cached_property
    def roster(self) -> Roster:
        """As the engine's functions ask for it. Figures of the search are in the result's summary."""
        from types import SimpleNamespace

        found: Any = SimpleNamespace(post_of=self.made.post_of, homes=self.made.homes, prices=self.made.prices)
        return found

    def cell(self, day: str, band: str, post: str) -> Cell | None:
        """Places of a cell by its codes; None = there is no such cell."""
        at = self.at
        if day not in at["days"] or band not in at["bands"] or post not in at["posts"]:
            return None
        return at["days"][day], at["bands"][band], at["posts"][post]

    def skill_at(self, line: int, post: int) -> str:
        """Code of the skill that a line asks for at a post; "" = none, or the least heads."""
        trait = int(self.problem.posts.trait[line, post])
        return str(self.said["traits"][trait]) if trait >= 0 else ""

    def seats(self) -> list[tuple[str, str, str, str]]:
        """Volunteer, day, band and post of everybody who serves."""
        import numpy as np

        people, days, bands, posts = (self.said[name] for name in ("people", "days", "bands", "posts"))
        post_of = self.made.post_of
        return [
            (people[person][0], days[day]["code"], bands[band]["code"], posts[post_of[person, day, band]]["code"])
            for person, day, band in np.argwhere(post_of >= 0).tolist()
        ]


def named(row: Said) -> str:
    """What a day, band, post, zone, class or skill is called, in the language of the reader."""
    return str((row["name_zh"] if is_chinese() else row["name_en"]) or row["name_en"] or row["name_zh"] or row["code"])


def kept_drafts(edition: Edition) -> list[Result]:
    """Those that are kept, the latest first. One query."""
    return list(Result.objects.filter(edition=edition, kind=KIND).order_by("-id")[:MOST_KEPT])


def draft_result(edition: Edition, pk: int) -> Result | None:
    """One of them. One query."""
    return Result.objects.filter(edition=edition, kind=KIND, pk=pk).first()


def draft_of(result: Result) -> Draft:
    """Everything that is kept of it; results never change, so a process reads it once."""
    from hostcity.volunteers.kept import ARRAYS, SAID

    return _draft(result.blobs[SAID], result.blobs[ARRAYS])


@lru_cache(maxsize=2)  # some 25 MB each with 6,000 people and 300 posts
def _draft(said_sha256: str, arrays_sha256: str) -> Draft:
    from hostcity.volunteers.kept import unpacked

    said = json.loads(read_blob(said_sha256))
    problem, made = unpacked(read_blob(arrays_sha256), said)
    return Draft(said, problem, made)


def job_of(edition: Edition, kind: str) -> Job | None:
    """The job that waits, runs, or has failed last, if nothing came after it. One query."""
    job = Job.objects.filter(edition=edition, kind=kind).order_by("-id").first()
    return job if job and (job.state in OPEN or job.state == JobState.FAILED) else None


def last_number(edition: Edition) -> int:
    """Number of the last act on the roster; 0 = none. One query."""
    acts = Act.objects.filter(edition=edition, verb=ROWS, subject_kind=kind_of(SHEET))
    return acts.order_by("-number").values_list("number", flat=True).first() or 0


def last_publication(edition: Edition) -> Act | None:
    """The last act on the roster as it holds, if it published a draft, or a mended day: nothing has changed it since. One query."""
    act = Act.objects.filter(edition=edition, verb=ROWS, subject_kind=kind_of(SHEET)).order_by("-number").first()
    return act if act and ("result" in act.body or "mended" in act.body) else None


def published_result(edition: Edition) -> int:
    """Number of the draft that the roster as it holds is; 0 = of none. One query."""
    act = last_publication(edition)
    return int(act.body.get("result", 0)) if act and "undoes" not in act.body else 0


def codes(rows: Sequence[Said]) -> list[str]:
    """Their codes."""
    return [each["code"] for each in rows]


def changed_since(edition: Edition, result: Result) -> bool:
    """Whether anything of the force, other than the roster, has been changed since a draft was made of it. One query."""
    kinds = [kind_of(sheet) for sheet in FORCE]
    acts = Act.objects.filter(edition=edition, number__gt=result.inputs["number"], subject_kind__in=kinds)
    return acts.exists()
