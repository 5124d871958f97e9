"""What is told of a task, as it adds up."""

import datetime

import pytest

from hostcity.studies.readiness import Progress, Told, progress_of

DAYS = [datetime.date(2026, 5, day) for day in range(1, 10)]


def told(*words):
    return progress_of(
        Told(word=word, on=DAYS[at], remaining_d=more[0] if more else None) for at, (word, *more) in enumerate(words)
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), Progress()),
        ((("started",),), Progress(started_on=DAYS[0], reported_on=DAYS[0], is_fine=True)),
        (
            (("started", 5.0), ("going",)),
            Progress(started_on=DAYS[0], reported_on=DAYS[1], is_fine=True, remaining_d=5.0, remaining_on=DAYS[0]),
        ),
        ((("going", 2.0), ("finished",)), Progress(started_on=DAYS[0], finished_on=DAYS[1], reported_on=DAYS[1], is_fine=True)),
        ((("trouble",),), Progress(reported_on=DAYS[0], has_trouble=True)),
        ((("finished",), ("trouble",)), Progress(started_on=DAYS[0], reported_on=DAYS[1], has_trouble=True)),
        (
            (("finished",), ("evidence",), ("accepted",)),
            Progress(started_on=DAYS[0], finished_on=DAYS[0], reported_on=DAYS[0], is_fine=True, evidence_on=DAYS[1], accepted_on=DAYS[2]),
        ),
        (
            (("finished",), ("evidence",), ("refused",)),
            Progress(started_on=DAYS[0], reported_on=DAYS[0], is_fine=True, refused_on=DAYS[2]),
        ),
        (
            (("finished",), ("refused",), ("evidence",)),
            Progress(started_on=DAYS[0], reported_on=DAYS[0], is_fine=True, evidence_on=DAYS[2]),
        ),
    ],
)  # fmt: skip
def test_words_add_up(words, found):
    assert told(*words) == found
