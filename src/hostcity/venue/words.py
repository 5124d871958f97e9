"""What things on the map are called, and by which other words people look for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, pgettext_lazy

from hostcity.plan.rows import Event

#: Kinds of areas, of what stands on floors, of connectors and of amenities.
KIND_NAMES: Mapping[str, Any] = {
    "hall": pgettext_lazy("map", "Hall"),
    "plaza": pgettext_lazy("map", "Plaza"),
    "concourse": pgettext_lazy("map", "Concourse"),
    "gate": pgettext_lazy("map", "Gate"),
    "transport": pgettext_lazy("map", "Transport"),
    "outside": pgettext_lazy("map", "Outside"),
    "stand": pgettext_lazy("map", "Stand"),
    "stage": pgettext_lazy("map", "Stage"),
    "counter": pgettext_lazy("map", "Counter"),
    "barrier": pgettext_lazy("map", "Closed off"),
    "column": pgettext_lazy("map", "Column"),
    "wall": pgettext_lazy("map", "Wall"),
    "void": pgettext_lazy("map", "Void"),
    "door": pgettext_lazy("map", "Door"),
    "exit": pgettext_lazy("map", "Emergency exit"),
    "level": pgettext_lazy("map", "Walkway"),
    "stairs": pgettext_lazy("map", "Stairs"),
    "escalator": pgettext_lazy("map", "Escalator"),
    "lift": pgettext_lazy("map", "Lift"),
    "ramp": pgettext_lazy("map", "Ramp"),
    "seats": pgettext_lazy("map", "Seats"),
    "toilets": pgettext_lazy("map", "Toilets"),
    "water": pgettext_lazy("map", "Drinking water"),
    "catering": pgettext_lazy("map", "Catering"),
    "charging": pgettext_lazy("map", "Charging"),
    "nursing_room": pgettext_lazy("map", "Nursing room"),
    "prayer_room": pgettext_lazy("map", "Prayer room"),
    "aed": pgettext_lazy("map", "AED"),
    "first_aid": pgettext_lazy("map", "First aid"),
    "information": pgettext_lazy("map", "Information desk"),
    "cloakroom": pgettext_lazy("map", "Cloakroom"),
}

#: Other words for a kind, in both languages; search knows them beside its name.
ALSO_CALLED: Mapping[str, str] = {
    "gate": "entrance exit way 入口 出口 大门",
    "exit": "emergency evacuation 疏散 安全出口",
    "level": "link aisle 通道",
    "stage": "舞台",
    "counter": "desk 柜台",
    "stairs": "steps staircase 楼梯",
    "escalator": "自动扶梯 扶梯 电扶梯",
    "lift": "elevator 电梯 升降机 无障碍电梯",
    "ramp": "坡道",
    "seats": "rest benches chairs 休息区 座椅 座位",
    "toilets": "restroom washroom lavatory wc bathroom 厕所 洗手间 卫生间 公厕",
    "water": "fountain 饮水 饮水机 茶水",
    "catering": "food restaurant cafe lunch eat 餐饮 餐厅 吃饭 用餐 食堂 美食",
    "charging": "power socket phone 充电 手机充电 插座",
    "nursing_room": "baby mother changing 母婴室 哺乳 育婴",
    "prayer_room": "prayer mosque 祈祷室 礼拜",
    "aed": "defibrillator 除颤仪 除颤器 急救",
    "first_aid": "doctor nurse medical 医疗 医务 急救 救护",
    "information": "help desk 咨询 问询 服务台 总台",
    "cloakroom": "luggage lockers bags 行李 寄存 存包 衣帽间",
}


def kind_name(kind: str) -> str:
    """What a kind is called, in the language of the reader."""
    return str(KIND_NAMES[kind])


def what_happens(event: Event) -> str:
    """What a narrowing or closure does, in the language of the reader."""
    if event.action == "width":
        return gettext("narrowed to {percent} %").format(percent=f"{100 * (event.value or 0):g}")
    return gettext("closed") if event.action == "close" else gettext("out of service")
