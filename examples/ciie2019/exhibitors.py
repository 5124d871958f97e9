"""Invented exhibitors at some stands, so that a search by exhibitor can be seen. No company is meant, and each name says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hostcity.plan.rows import Stand

FIRST = 6  # of each block of stands, counted from 0
#: Words of a name, in English and Chinese; so many that no two stands have the same two.
BIRDS = (
    ("Bluebird", "青鸟"), ("Heron", "苍鹭"), ("Swift", "雨燕"), ("Kingfisher", "翠鸟"), ("Wren", "鹪鹩"), ("Crane", "白鹤"),
    ("Falcon", "游隼"), ("Lark", "云雀"), ("Egret", "白鹭"), ("Plover", "珩鸟"), ("Oriole", "黄鹂"), ("Robin", "知更"),
    ("Osprey", "鱼鹰"), ("Ibis", "朱鹮"), ("Dove", "斑鸠"), ("Finch", "朱雀"), ("Magpie", "喜鹊"), ("Gull", "海鸥"),
    ("Tern", "燕鸥"), ("Curlew", "杓鹬"), ("Hoopoe", "戴胜"), ("Bunting", "黄鹀"), ("Thrush", "画眉"), ("Teal", "绿翅"),
    ("Avocet", "反嘴"), ("Kestrel", "红隼"), ("Petrel", "海燕"), ("Siskin", "金翅"), ("Bittern", "麻鳽"),
)  # fmt: skip
TRADES = (
    ("Optics", "光学"), ("Valves", "阀门"), ("Ceramics", "陶瓷"), ("Bearings", "轴承"), ("Textiles", "纺织"), ("Foods", "食品"),
    ("Robotics", "机器人"), ("Timber", "木业"), ("Vineyards", "酒庄"), ("Dairy", "乳业"), ("Pumps", "泵业"), ("Sensors", "传感"),
    ("Furniture", "家居"), ("Bicycles", "自行车"), ("Glass", "玻璃"), ("Coffee", "咖啡"), ("Medical", "医疗"), ("Paper", "纸业"),
    ("Marine", "船舶"), ("Lighting", "照明"), ("Seeds", "种业"), ("Tools", "工具"), ("Audio", "音响"), ("Packaging", "包装"),
    ("Shoes", "鞋业"),
)  # fmt: skip


def exhibitors_at(stands: Sequence[Stand], every: int) -> tuple[Stand, ...]:
    """The stands, one of ``every`` so many with an invented exhibitor."""
    found = list(stands)
    taken = [at for at, stand in enumerate(stands) if stand.kind == "stand" and at % every == FIRST]
    for number, at in enumerate(taken):
        (bird, bird_zh), (trade, trade_zh) = BIRDS[number % len(BIRDS)], TRADES[number % len(TRADES)]
        names = {"exhibitor_en": f"{bird} {trade}, invented", "exhibitor_zh": f"{bird_zh}{trade_zh}·虚构"}
        found[at] = replace(stands[at], **names)
    return tuple(found)
