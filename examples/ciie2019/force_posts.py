"""Posts of the force: at the halls, gates, ring and stations of the day's plan."""

from __future__ import annotations

from hostcity.plan.plan import Plan
from hostcity.plan.rows import Post, PostClass, Skill, Zone

#: Code of the language, its name in English and Chinese, share of people who speak it at B2.
LANGUAGES = (
    ("fr", "French", "法语", 0.04), ("ja", "Japanese", "日语", 0.04), ("de", "German", "德语", 0.03), ("ru", "Russian", "俄语", 0.03),
    ("es", "Spanish", "西班牙语", 0.03), ("ko", "Korean", "韩语", 0.025), ("ar", "Arabic", "阿拉伯语", 0.02), ("pt", "Portuguese", "葡萄牙语", 0.015),
    ("it", "Italian", "意大利语", 0.015), ("yue", "Cantonese", "粤语", 0.015), ("th", "Thai", "泰语", 0.01), ("vi", "Vietnamese", "越南语", 0.01),
    ("id", "Indonesian", "印尼语", 0.01), ("fa", "Persian", "波斯语", 0.01), ("tr", "Turkish", "土耳其语", 0.01), ("pl", "Polish", "波兰语", 0.01),
    ("cs", "Czech", "捷克语", 0.01), ("el", "Greek", "希腊语", 0.01), ("he", "Hebrew", "希伯来语", 0.01),
)  # fmt: skip
SKILLS = (
    Skill(code="leads", name_en="Leader", name_zh="带队", kind="leader"),
    Skill(code="en-B2", name_en="English, B2", name_zh="英语 B2", kind="language", language="en", level="B2"),
    Skill(code="en-C1", name_en="English, C1", name_zh="英语 C1", kind="language", language="en", level="C1"),
    *(
        Skill(code=f"{code}-B2", name_en=f"{en}, B2", name_zh=f"{zh} B2", kind="language", language=code, level="B2")
        for code, en, zh, _ in LANGUAGES
    ),
    Skill(code="first-aid", name_en="First aid", name_zh="急救", kind="certificate"),
)
CLASSES = (
    PostClass(code="guidance", name_en="Guidance", name_zh="引导"),
    PostClass(code="registration", name_en="Registration", name_zh="证件注册"),
    PostClass(code="liaison", name_en="Liaison and languages", name_zh="外事联络"),
    PostClass(code="entry", name_en="Entry", name_zh="入场协助", no_minors=True),
    PostClass(code="information", name_en="Information desks", name_zh="咨询服务"),
    PostClass(code="forum", name_en="Forum and matchmaking", name_zh="论坛与对接"),
    PostClass(code="press", name_en="Press", name_zh="新闻服务"),
    PostClass(code="exhibitors", name_en="Exhibitors' services", name_zh="展商服务"),
    PostClass(code="medical", name_en="First aid", name_zh="医疗协助", certificate="first-aid", no_minors=True),
    PostClass(code="standby", name_en="Standing by", name_zh="机动后备", weight=25.0),
)
GATES = (("W", "West", "西"), ("N", "North", "北"), ("E", "East", "东"), ("S", "South", "南"))
ZONES = (
    *(Zone(code=f"gate-{code}", name_en=f"Gate {en}", name_zh=f"{zh}入口") for code, en, zh in GATES),
    *(Zone(code=f"block-{n}", name_en=f"Block {n}", name_zh=f"{n} 号馆区") for n in range(1, 9)),
    Zone(code="ring", name_en="Ring and plaza", name_zh="环廊与广场"),
    Zone(code="city", name_en="Metro, coaches, car parks", name_zh="地铁、大巴与停车场"),
    Zone(code="guests", name_en="Guests, forum and press", name_zh="嘉宾、论坛与新闻", is_restricted=True),
)
#: Posts of each hall: class, what is added to the hall's code, places, pattern of bands, whether it is critical.
OF_A_HALL = (
    ("guidance", "guide", 5, "long", False), ("information", "desk", 2, "day", False), ("exhibitors", "help", 3, "day", False),
    ("liaison", "liaison", 2, "day", False), ("medical", "aid", 1, "long", True),
)  # fmt: skip
OF_THE_CENTER = (
    ("forum", "forum", 12, "day", False), ("liaison", "delegations", 10, "all", True), ("press", "press", 10, "long", False),
    ("registration", "guest-badges", 4, "morning", True),
)  # fmt: skip


def posts_of(day: Plan) -> tuple[list[Post], list[str]]:
    """Every post, and in which pattern of bands it is open."""
    found = [*_of_halls(day), *_of_gates(day), *_of_ring(day), *_of_city(day), *_of_center()]
    pools = [
        (Post(code=f"pool-{zone.code}", name_en=f"Pool of {zone.name_en}", name_zh=f"{zone.name_zh}后备", post_class="standby", zone=zone.code, is_standby=True), "long")
        for zone in ZONES
    ]  # fmt: skip
    posts, patterns = zip(*found, *pools, strict=True)
    return list(posts), list(patterns)


def _of_halls(day: Plan) -> list[tuple[Post, str]]:
    found = []
    for area in day.areas:
        nodes = [node.code for node in day.nodes if node.area == area.code]
        if area.kind != "hall" or len(nodes) < 5:
            continue
        for of_class, tag, many, pattern, critical in OF_A_HALL:
            for n in range(many):
                post = Post(
                    code=f"{area.code}-{tag}{n + 1}", name_en=f"Hall {area.code}, {tag} {n + 1}", name_zh=f"{area.code} 馆 {_zh(of_class)} {n + 1}",
                    post_class=of_class, zone=f"block-{area.code[0]}", node=nodes[n % len(nodes)], is_critical=critical,
                )  # fmt: skip
                found.append((post, pattern))
    return found


def _of_gates(day: Plan) -> list[tuple[Post, str]]:
    """Those without whom lanes stay closed, and those who show the way before and behind the checks."""
    found = []
    for station in day.stations:
        if station.service not in ("security", "badge"):
            continue
        zone, of_class = f"gate-{station.code[0]}", "entry" if station.service == "security" else "registration"
        common = {"post_class": of_class, "zone": zone, "node": station.node}
        found.append((Post(code=f"{station.code}-lanes", name_en=f"Lanes of {station.code}", name_zh=f"{station.code} 通道", station=station.code, heads_per_lane=0.2, is_critical=True, **common), "morning"))  # fmt: skip
        found += [
            (Post(code=f"{station.code}-help{n}", name_en=f"Help at {station.code} {n}", name_zh=f"{station.code} 协助 {n}", **common), "morning")
            for n in (1, 2)
        ]  # fmt: skip
    return found


def _of_ring(day: Plan) -> list[tuple[Post, str]]:
    nodes = [node.code for node in day.nodes if node.code.startswith(("r0-", "r8-")) or node.code == "plaza"]
    return [
        (Post(code=f"ring-{node}", name_en=f"Way at {node}", name_zh=f"{node} 引导", post_class="guidance", zone="ring", node=node), "long")
        for node in nodes
    ]  # fmt: skip


def _of_city(day: Plan) -> list[tuple[Post, str]]:
    places = ("L2-exit4", "L2-exit5", "L17", "coaches-N", "coaches-S", "taxis", "parking", "street")
    known = {node.code for node in day.nodes}
    return [
        (Post(code=f"{place}-guide{n}", name_en=f"Way from {place} {n}", name_zh=f"{place} 引导 {n}", post_class="guidance", zone="city", node=place), "all")
        for place in places
        if place in known
        for n in (1, 2)
    ]  # fmt: skip


def _of_center() -> list[tuple[Post, str]]:
    return [
        (Post(code=f"{tag}-{n + 1}", name_en=f"{tag.capitalize()} {n + 1}", name_zh=f"{_zh(of_class)} {n + 1}", post_class=of_class, zone="guests", is_critical=critical), pattern)
        for of_class, tag, many, pattern, critical in OF_THE_CENTER
        for n in range(many)
    ]  # fmt: skip


def _zh(of_class: str) -> str:
    return next(each.name_zh for each in CLASSES if each.code == of_class)
