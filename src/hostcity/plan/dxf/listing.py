"""The layers of a drawing: how much is on each, and what it probably is by its name, in English or Chinese."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hostcity.plan.dxf.contents import LINES, TEXTS, Contents, Figure, Text
from hostcity.plan.dxf.mapping import IGNORE, KINDS, LayerMap
from hostcity.plan.polygons import Box

SAMPLES = 3
#: Names of layers, the first that fits counts: what says more before what says less.
_GUESSES: tuple[tuple[str, str], ...] = (
    (r"defpoints|\bdims?\b|dimension|标注|尺寸|轴|axis|\bgrid|图框|title|frame|hatch|填充|logo", IGNORE),
    (r"(展位|摊位|展台|booth|stand|stall).*(号|编|文字|no\b|num|code|text|txt|name|id\b|label)", "stand_number"),
    (r"(展馆|展厅|区域|馆|厅|hall|area|zone).*(号|名|文字|name|num|no\b|code|text|txt|label)", "area_number"),
    (
        r"(电梯|扶梯|楼梯|设施|lift|stair|escalator|amenit|facilit).*(号|编|文字|no\b|num|code|text|txt|label)",
        "place_number",
    ),
    (r"(门|出口|exit|door|opening).*(号|编|文字|num|no\b|code|text|txt|label)", "opening_number"),
    (r"展位|摊位|标摊|特装|展台|booth|stands?\b|stall", "stand"),
    (r"扶梯|escalator", "escalator"),
    (r"电梯|升降机|\blifts?\b|elevator", "lift"),
    (r"楼梯|\bstairs?\b|staircase", "stairs"),
    (r"坡道|\bramps?\b", "ramp"),
    (r"卫生间|洗手间|厕所|toilet|restroom|washroom|\bwc\b", "toilets"),
    (r"母婴|nursing", "nursing_room"),
    (r"祈祷|prayer", "prayer_room"),
    (r"除颤|\baed\b", "aed"),
    (r"医疗|医务|急救|first aid", "first_aid"),
    (r"饮水|drinking", "water"),
    (r"餐饮|catering", "catering"),
    (r"充电|charging", "charging"),
    (r"寄存|存包|cloakroom", "cloakroom"),
    (r"座椅|座位|休息区|\bseats?\b|\bbench", "seats"),
    (r"柱|column|pillar|\bcols?\b", "column"),
    (r"安全出口|疏散|消防门|exit|egress|emergency", "exit"),
    (r"出入口|入口|出口|大门|门|doors?\b|opening|entrance", "opening"),
    (r"围栏|栏杆|隔离|barrier|fence|rail", "barrier"),
    (r"墙|walls?\b", "wall"),
    (r"舞台|stage|podium", "stage"),
    (r"服务台|咨询台|柜台|counter|desk", "counter"),
    (r"中庭|洞口|挑空|void|atrium", "void"),
    (r"连廊|走廊|concourse|corridor", "concourse"),
    (r"广场|plaza|square", "plaza"),
    (r"展馆|展厅|馆|hall|轮廓|outline|boundary", "hall"),
)
_NAMES = tuple((re.compile(pattern), kind) for pattern, kind in _GUESSES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """A layer, and how much is on it."""

    name: str
    closed: int  # outlines
    open: int  # lines that do not close by themselves
    texts: int
    others: int  # entities that are neither
    samples: tuple[str, ...]  # texts
    box: Box | None  # west, south, east, north, in the file's units
    is_hidden: bool  # off or frozen
    guess: str


def layers_of(contents: Contents) -> tuple[Layer, ...]:
    """Every layer on which something is drawn, the fullest first."""
    figures, texts = _by_layer(contents.figures), _by_layer(contents.texts)
    found = [
        _layer(contents, name, figures.get(name, []), texts.get(name, []))
        for name, counts in contents.counts.items() if counts
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-(each.closed + each.open + each.texts), each.name)))


def guessed_map(layers: Iterable[Layer], level: str = "", unit: str = "") -> LayerMap:
    """A map to begin with: what each layer probably is."""
    return LayerMap(level=level, unit=unit, layers={each.name: each.guess for each in layers})


def guess(name: str, *, is_text: bool) -> str:
    """What a layer is by its name; one with nothing but texts has numbers."""
    plain = name.casefold().strip()
    if plain in KINDS:
        return plain
    spaced = re.sub(r"[_\-$|.]+", " ", plain)
    found = next((kind for pattern, kind in _NAMES if pattern.search(spaced)), IGNORE)
    if is_text:
        return {"stand": "stand_number", "hall": "area_number"}.get(
            found, found if found.endswith("number") else IGNORE
        )
    return IGNORE if found.endswith("number") else found


def _by_layer(found: Iterable[Any]) -> dict[str, list[Any]]:
    by_layer: defaultdict[str, list[Any]] = defaultdict(list)
    for each in found:
        by_layer[each.layer].append(each)
    return by_layer


def _layer(contents: Contents, name: str, figures: list[Figure], texts: list[Text]) -> Layer:
    points = [point for each in figures for point in each.points] + [each.at for each in texts]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    others = sum(count for kind, count in contents.counts[name].items() if kind not in LINES | TEXTS | {"INSERT"})
    closed = sum(each.is_closed for each in figures)
    return Layer(
        name=name, closed=closed, open=len(figures) - closed, texts=len(texts), others=others,
        samples=tuple(dict.fromkeys(each.text for each in texts[:50]))[:SAMPLES],
        box=(min(xs), min(ys), max(xs), max(ys)) if points else None,
        is_hidden=name in contents.hidden, guess=guess(name, is_text=bool(texts) and not figures),
    )  # fmt: skip
