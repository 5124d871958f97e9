"""What a page of ways shows, for the staff and for visitors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.http import urlencode

from hostcity.core.models import Edition
from hostcity.core.sayings import is_chinese
from hostcity.venue.finding import words_of
from hostcity.venue.queries import venue_map
from hostcity.venue.ways.asking import (
    PROFILE_NAMES,
    Answer,
    Question,
    answer_to,
    kinds_of,
    minutes,
    open_hours,
    question_of,
    text_of,
)
from hostcity.venue.ways.picture import levels_of, way_svg
from hostcity.venue.ways.queries import drawing_of

#: The address of a level's picture, by its code.
PathOf = Callable[[str], str]


def shown_of(edition: Edition, asked: Mapping[str, str], path_of: PathOf) -> dict[str, Any]:
    """The form, and the way in steps with a picture of each level; or what could have been meant, or why there is none."""
    question, drawing = question_of(edition, asked), drawing_of(edition)
    values: dict[str, Any] = {
        "question": question, "is_empty": drawing.is_empty, "profiles": list(PROFILE_NAMES.items()),
        "hours": [(hour, _hour(hour)) for hour in drawing.hours],
    }  # fmt: skip
    if drawing.is_empty:
        return values
    if question.start.place and not question.end.text:
        values["kinds"] = kinds_of(venue_map(edition))
    answer = answer_to(edition, question)
    return (
        values
        | {"has_book": answer.shelf.book is not None, "is_current": answer.shelf.is_current}
        | _told(edition, asked, question, answer, path_of)
    )


def _told(
    edition: Edition, asked: Mapping[str, str], question: Question, answer: Answer, path_of: PathOf
) -> dict[str, Any]:
    from hostcity.engines.wayfinding import Way
    from hostcity.report.way_data import no_way_text

    if answer.problems:
        from hostcity.report.problems import problem_in_chinese

        return {"problems": [problem_in_chinese(each) if is_chinese() else str(each) for each in answer.problems]}
    guide = drawing_of(edition).guide
    if answer.way is None:
        return {}
    if not isinstance(answer.way, Way):
        return {
            "no_way": text_of(no_way_text(guide, answer.way)),
            "open_hours": [(hour, _hour(hour)) for hour in open_hours(edition, question, answer)],
            "kept": urlencode({name: asked[name] for name in ("from", "to", "profile") if asked.get(name)}),
        }
    words = words_of(venue_map(edition))
    levels = {each.level.code: words.name_of(each.level) for each in venue_map(edition).levels}
    kept = {name: asked[name] for name in ("from", "to", "profile", "hour") if asked.get(name)}
    return {
        "way": answer.way,
        "meters": round(answer.way.length_m),
        "minutes": minutes(answer.crowded_s if answer.crowded_s is not None else answer.way.free_s),
        "free_minutes": minutes(answer.way.free_s),
        "is_crowded": answer.crowded_s is not None,
        "rehearsed_at": answer.rehearsed_at,
        "hour_text": _hour(question.hour) if question.hour is not None else "",
        "steps": [text_of(each.text) for each in guide.steps(answer.way)],
        "pictures": [(levels.get(each, each), f"{path_of(each)}?{urlencode(kept)}") for each in levels_of(answer.way)],
        "start_name": text_of(guide.name_of(answer.way.start)),
        "end_name": text_of(guide.name_of(answer.way.end)),
        "back": urlencode(kept | {"from": answer.way.end, "to": answer.way.start}),
    }


def picture_of(edition: Edition, asked: Mapping[str, str], level: str) -> str | None:
    """The picture of one level of the way that is asked for; None where there is none."""
    from hostcity.engines.wayfinding import Way

    question = question_of(edition, asked)
    way = answer_to(edition, question).way if question.is_whole else None
    drawn = venue_map(edition).level(level)
    if drawn is None or not isinstance(way, Way) or level not in levels_of(way):
        return None
    return way_svg(drawn, way, words_of(venue_map(edition)))


def _hour(hour: int) -> str:
    return f"{hour:02d}:00–{hour + 1:02d}:00"
