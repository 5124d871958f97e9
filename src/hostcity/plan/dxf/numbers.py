"""Which number belongs to which outline, and what is doubtful about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hostcity.plan.dxf.contents import Text
from hostcity.plan.dxf.finder import Finder
from hostcity.plan.dxf.rings import Outline
from hostcity.plan.dxf.texts import MOST_CHARACTERS, as_number, is_size
from hostcity.plan.dxf.told import REFUSALS, said, told
from hostcity.plan.polygons import Point, point_inside
from hostcity.plan.problems import Problem
from hostcity.plan.rows.drawing import STAND_KINDS
from hostcity.plan.sentences import Sentence

FORBIDDEN = set(";=@\n\t")
NUMBERED = (
    "stand",
    "stage",
    "counter",
)  # of what stands on floors: what is known by a number, and not only by its place
BY_PLACE = tuple(each for each in STAND_KINDS if each not in NUMBERED)


@dataclass(slots=True)
class Numbered:
    """Numbers of outlines by index, what is doubtful and what is refused. Outlines without a number are in ``without``."""

    numbers: dict[int, str] = field(default_factory=dict)
    without: list[int] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)  # those that have the number of another one
    written: set[str] = field(default_factory=set)  # every number that is written somewhere
    doubts: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)


def numbered(outlines: Sequence[Outline], texts: Iterable[Text], known: Mapping[str, Point]) -> Numbered:
    """Give outlines the numbers that are put inside of them; texts are in the plan's meters.

    ``known`` are the numbers that the plan has already, with the places of what bears them: they decide where several are
    in one outline, or one is in several.
    """
    found = Numbered()
    finder = Finder([each.ring for each in outlines])
    inside: defaultdict[int, list[Text]] = defaultdict(list)
    for text in texts:
        number = as_number(text.text)
        if not number:
            continue
        if len(number) > MOST_CHARACTERS or FORBIDDEN & set(number):
            found.doubts.append(_form(text, number))
            continue
        found.written.add(number)
        around = finder.around(text.at)
        if around and number not in known and is_size(number, outlines[around[0]].ring):
            continue
        if around:
            inside[around[0]].append(Text(text.layer, number, text.at, text.handle))
        else:
            found.doubts.append(_outside(text, number, is_known=number in known))
    for index in range(len(outlines)):
        _choose(index, outlines[index], inside.get(index, []), known, found)
    _once(outlines, known, found)
    found.without.sort()
    return found


def _choose(index: int, outline: Outline, texts: list[Text], known: Mapping[str, Point], found: Numbered) -> None:
    """The number of one outline: its only one, or the only one that the plan knows."""
    numbers = list(dict.fromkeys(each.text for each in texts))
    if not numbers:
        found.without.append(index)
    elif len(numbers) == 1:
        found.numbers[index] = numbers[0]
    else:
        of_plan = [each for each in numbers if each in known]
        at, where = texts[0].at, {"layer": outline.layer, "feature": outline.handle}
        listed = ", ".join(numbers[:6])
        if len(of_plan) == 1:
            found.numbers[index] = of_plan[0]
            what = Sentence(
                "{numbers} stand in one outline: {number} is taken, which the plan has.",
                numbers=listed,
                number=of_plan[0],
            )
        else:
            found.without.append(index)
            what = Sentence("{numbers} stand in one outline: which is its number cannot be told.", numbers=listed)
        mend = Sentence("Leave one of them, or put the others on another layer.")
        found.doubts.append(told("dxf.number.several", what, mend, at=at, **where))


def _once(outlines: Sequence[Outline], known: Mapping[str, Point], found: Numbered) -> None:
    """Of several outlines with one number that which is nearest to where the plan has it, else the first, keeps it.

    Of stands that is refused: the number of another one, which would be lost, may be meant. What is known by its place needs
    none, and its texts may be sizes.
    """
    bearers: defaultdict[str, list[int]] = defaultdict(list)
    for index, number in found.numbers.items():
        bearers[number].append(index)
    for number, indexes in bearers.items():
        if len(indexes) > 1:
            _share(number, indexes, outlines, known.get(number), found)


def _share(
    number: str, indexes: Sequence[int], outlines: Sequence[Outline], place: Point | None, found: Numbered
) -> None:
    of_place = [each for each in indexes if outlines[each].kind in BY_PLACE]
    others = [each for each in indexes if each not in of_place]
    bearers = others or (of_place if place else [])
    keeps = min(bearers, key=lambda each: _off(point_inside(outlines[each].ring), place) if place else 0, default=None)
    for index in indexes:
        if index != keeps:
            del found.numbers[index]
    found.without += [each for each in of_place if each != keeps]
    if keeps is None or keeps in of_place:
        return
    for index in others:
        if index != keeps:
            found.left_out[index] = number
        if outlines[keeps].kind in NUMBERED and len(others) > 1:
            other = next(each for each in others if each != index) if index == keeps else keeps
            found.refusals.append(_double(number, outlines[index], outlines[other]))
        elif index != keeps:
            found.doubts.append(_twice(number, outlines[index], outlines[keeps]))


def _double(number: str, outline: Outline, other: Outline) -> Problem:
    what = Sentence("{number} is here and at {place} as well.", number=number, place=said(point_inside(other.ring)))
    at, mend = point_inside(outline.ring), Sentence("Give each outline a number of its own.")
    return told("dxf.number.double", what, mend, REFUSALS, at=at, layer=outline.layer, feature=outline.handle)


def _twice(number: str, outline: Outline, other: Outline) -> Problem:
    what = Sentence(
        "{number} is here and at {place} as well: this one is left out.",
        number=number, place=said(point_inside(other.ring)),
    )  # fmt: skip
    at, mend = point_inside(outline.ring), Sentence("Give each outline a number of its own.")
    return told("dxf.number.twice", what, mend, at=at, layer=outline.layer, feature=outline.handle)


def _off(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _outside(text: Text, number: str, *, is_known: bool) -> Problem:
    unknown = Sentence("{number} at {place} is in no outline.", number=number, place=said(text.at))
    known = Sentence(
        "{number} at {place} is in no outline: it stays as the plan has it.", number=number, place=said(text.at)
    )
    what = known if is_known else unknown
    mend = Sentence("Move the text inside of the outline that it names, or close that outline.")
    return told("dxf.number.outside", what, mend, at=text.at, layer=text.layer, feature=text.handle)


def _form(text: Text, number: str) -> Problem:
    what = Sentence("{number} at {place} is no number.", number=repr(number[:40]), place=said(text.at))
    mend = Sentence("Use at most {most} characters, without ; = @, or put it on another layer.", most=MOST_CHARACTERS)
    return told("dxf.number.form", what, mend, at=text.at, layer=text.layer, feature=text.handle)


def by_place(
    rings: Mapping[int, Sequence[Point]], present: Iterable[tuple[str, Sequence[Point]]], near_m: float
) -> Iterator[tuple[int, str]]:
    """Outlines without a number that are where the plan has something of about the same size: index and its code.

    Each row of the plan is given once, to the nearest.
    """
    from hostcity.plan.polygons import area_m2

    rows = [(code, _middle(ring), area_m2(ring)) for code, ring in present if len(ring) > 2]
    cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, (_code, place, _area) in enumerate(rows):
        cells[int(place[0] // near_m), int(place[1] // near_m)].append(number)
    pairs = []
    for index, ring in rings.items():
        (x, y), area = _middle(ring), area_m2(ring)
        column, row = int(x // near_m), int(y // near_m)
        for across in (column - 1, column, column + 1):
            for up in (row - 1, row, row + 1):
                for number in cells.get((across, up), ()):
                    _code, place, known = rows[number]
                    off = _off((x, y), place) ** 0.5
                    if off <= near_m and 0.8 * known <= area <= 1.25 * known:
                        pairs.append((off, index, number))
    taken: tuple[set[int], set[int]] = (set(), set())
    for _distance, index, number in sorted(pairs):
        if index not in taken[0] and number not in taken[1]:
            taken[0].add(index)
            taken[1].add(number)
            yield index, rows[number][0]


def _middle(ring: Sequence[Point]) -> Point:
    """The middle of a ring's corners: good enough to compare rings that are nearly the same."""
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
