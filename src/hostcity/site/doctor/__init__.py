"""`hostcity doctor`: looks at everything that keeps a site from working, and says how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hostcity.plan.sentences import Sentence
from hostcity.site.doctor.check import Check, State, fail

__all__ = ["Check", "State", "examine"]


def examine(*, for_deployment: bool, is_mending: bool = False) -> Iterator[Check]:
    """Every check in turn; what breaks is a finding too. With ``for_deployment``, as strictly as a public site needs.

    With ``is_mending``, what nothing needs is thrown away.
    """
    from hostcity.site.doctor import contents, database, surroundings, works

    yield from _safely("surroundings", lambda: surroundings.checks(for_deployment=for_deployment))
    found = list(_safely("database", lambda: database.checks(for_deployment=for_deployment)))
    yield from found
    if not any(each.state is State.FAIL and each.code in database.NEEDED for each in found):
        yield from _safely("contents", lambda: contents.checks(for_deployment=for_deployment))
        yield from _safely("works", lambda: works.checks(for_deployment=for_deployment, is_mending=is_mending))


def _safely(part: str, checks: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    try:
        yield from checks()
    except Exception as error:  # noqa: BLE001, RUF100 -- the doctor says what it met and goes on
        what = Sentence("Could not be looked at: {kind}: {said}", kind=type(error).__name__, said=str(error))
        yield fail(f"{part}.broken", what, Sentence("Mend what was found above first."))
