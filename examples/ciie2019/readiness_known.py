"""What is known of the preparation's figures, and who says so; departments, workstreams and steps of a work item."""

from __future__ import annotations

from typing import NamedTuple

from hostcity.plan.rows import Directive, Provenance, Source

HERE = "prep_here"
SOURCES = (
    Source(code="prep_1015", name="Jiefang Daily, three weeks before the opening", date="2019-10-15", url="http://taiwan.cn/xwzx/PoliticsNews/201910/t20191015_12209741.htm (mirror)"),
    Source(code="prep_1803", name="Shanghai Observer, city guarantee of the 1st CIIE starts", date="2018-03-25", url="https://www.shobserver.com/news/detail?id=83871"),
    Source(code="prep_1811", name="Shanghai Securities News, drills of the 1st CIIE", date="2018-11-03", url="http://news.cnstock.com/news,bwkx-201811-4293483.htm"),
    Source(code="prep_0727", name="China News, conference of 27 July on the 2nd CIIE", date="2019-07-27"),
    Source(code="prep_days", name="General Office of the State Council, holidays of 2019", date="2018-12-06", url="http://news.china.com.cn/txt/2018-12/06/content_74247818.htm (report)"),
    Source(code="prep_labor", name="General Office of the State Council, Labor Day of 2019 changed", date="2019-03-22", url="http://yongzhoudao.com/news/17259.html (mirror)"),
    Source(code=HERE, name="chosen or computed for this example", date="2026-11-28"),
)  # fmt: skip
#: Figure, mark, source, edition of the expo, note.
KNOWN = (
    ("preparation.*.opens", "reported", "prep_1015", "2", "5 November 2019"),
    ("preparation.*.first_day", "assumed", HERE, "2", "the working day after which about eight months are left"),
    ("directives.*.*", "reported", "prep_0727", "2", "five demands and four upgrades; English by this example"),
    ("departments.*.*", "assumed", HERE, "2", "30, named after what such a city has; which bureaus took part was not found"),
    ("workstreams.*.*", "assumed", HERE, "2", "16 groups, as were reported of the 3rd edition"),
    ("calendar_days.*.*", "reported", "prep_days", "-", "holidays and make-up days of 2019; Labor Day by prep_labor"),
    ("calendar_days.window-1.*", "assumed", HERE, "2", "when builders could enter the halls between other fairs"),
    ("calendar_days.window-2.*", "assumed", HERE, "2", "when builders could enter the halls between other fairs"),
    ("calendar_days.window-3.*", "assumed", HERE, "2", "when builders could enter the halls between other fairs"),
    ("calendar_days.window-4.*", "assumed", HERE, "2", "when builders could enter the halls before the opening"),
    ("calendars.*.*", "assumed", HERE, "2", "who works on Saturdays"),
    ("crews.*.*", "assumed", HERE, "2", "130 crews of 3 to 7; sizes chosen with estimates, risks and slack so that the example is neither surely ready nor surely late"),
    ("crew_days.*.*", "assumed", HERE, "2", "fewer while people are on leave in August"),
    ("risk_drivers.*.*", "assumed", HERE, "2", "one for each department, and four that many share"),
    ("tasks.*.code", "derived", "prep_1015", "2", "181 work items with 369 milestones; 29 items of transport as in 2018 (prep_1803); 3 comprehensive and 240 special drills as in 2018 (prep_1811)"),
    ("tasks.*.need_by", "derived", "prep_1015", "2", "212 milestones and all of 72 work items by 15 October, the others by the end of October; which is which is by chance"),
    ("tasks.*.*", "assumed", HERE, "2", "steps, estimates, people, evidence, who accepts: drawn by chance from assumed shares, which were chosen so that the example is neither surely ready nor surely late: how likely it is ready is no finding"),
    ("task_links.*.*", "assumed", HERE, "2", "drawn by chance"),
)  # fmt: skip
PROVENANCE = tuple(
    Provenance(code=f"prep-{at}", figure=figure, mark=mark, source=source, edition=edition, note=note)
    for at, (figure, mark, source, edition, note) in enumerate(KNOWN, 1)
)
DIRECTIVES = tuple(
    Directive(code=code, text_en=en, text_zh=zh, source="prep_0727")
    for code, en, zh in (
        ("larger", "Larger in scale.", "规模更大"), ("better", "Better in quality.", "质量更优"),
        ("newer", "Stronger in innovation.", "创新更强"), ("higher", "Higher in level.", "层次更高"),
        ("fruitful", "Better in results.", "成效更好"), ("exhibition", "Upgrade the exhibition.", "展会升级"),
        ("service", "Upgrade the service.", "服务升级"), ("image", "Upgrade the image.", "形象升级"),
        ("results", "Upgrade the results.", "成果升级"),
    )
)  # fmt: skip
DEPARTMENTS = (
    ("expo", "Expo bureau", "进口博览局"), ("venue", "Convention center", "会展中心"), ("commerce", "Commerce commission", "商务委"),
    ("police", "Public security bureau", "公安局"), ("fire", "Fire and rescue brigade", "消防救援总队"), ("transport", "Transport commission", "交通委"),
    ("metro", "Metro company", "地铁公司"), ("airport", "Airport authority", "机场集团"), ("railway", "Railway bureau", "铁路局"),
    ("customs", "Customs", "海关"), ("health", "Health commission", "卫生健康委"), ("market", "Market supervision bureau", "市场监管局"),
    ("foreign", "Foreign affairs office", "外办"), ("press", "Information office", "新闻办"), ("tourism", "Culture and tourism bureau", "文化旅游局"),
    ("youth", "Youth league", "团市委"), ("education", "Education commission", "教委"), ("housing", "Housing and construction commission", "住房城乡建设委"),
    ("green", "City appearance bureau", "绿化市容局"), ("water", "Water bureau", "水务局"), ("power", "Power company", "电力公司"),
    ("telecom", "Communications administration", "通信管理局"), ("data", "Big data center", "大数据中心"), ("emergency", "Emergency bureau", "应急管理局"),
    ("weather", "Weather service", "气象局"), ("ecology", "Ecology bureau", "生态环境局"), ("finance", "Finance bureau", "财政局"),
    ("district-q", "District government, west", "西部区政府"), ("district-m", "District government, south", "南部区政府"), ("hub", "Hub district office", "枢纽商务区管委会"),
)  # fmt: skip


class Stream(NamedTuple):
    """A workstream, its work items, who leads and who takes part."""

    code: str
    en: str
    zh: str
    items: int
    departments: tuple[str, ...]


#: 181 items in all.
STREAMS = (
    Stream("exhibition", "Exhibition", "招展办展", 16, ("expo", "venue", "commerce", "market")),
    Stream("trade", "Trade matching", "招商对接", 12, ("commerce", "expo", "finance", "tourism")),
    Stream("forum", "Forum", "论坛", 9, ("expo", "foreign", "press", "venue")),
    Stream("transport", "Transport", "交通保障", 29, ("transport", "metro", "airport", "railway", "police")),
    Stream("security", "Security", "安全保卫", 16, ("police", "fire", "venue", "data")),
    Stream("fire", "Fire safety", "消防安全", 7, ("fire", "venue", "emergency", "housing")),
    Stream("health", "Medical care", "医疗卫生", 9, ("health", "emergency", "market", "district-q")),
    Stream("food", "Food", "餐饮食品", 8, ("market", "venue", "health", "commerce")),
    Stream("customs", "Customs clearance", "通关便利", 9, ("customs", "market", "airport", "commerce")),
    Stream("guests", "Guests", "外事礼宾", 9, ("foreign", "tourism", "police", "airport")),
    Stream("press", "Press", "新闻宣传", 8, ("press", "expo", "telecom", "youth")),
    Stream("volunteers", "Volunteers", "志愿服务", 8, ("youth", "education", "expo", "venue")),
    Stream("city", "City appearance", "市容环境", 13, ("green", "district-q", "district-m", "hub", "ecology")),
    Stream("utilities", "Power, water, networks", "水电通信", 12, ("power", "water", "telecom", "venue")),
    Stream("systems", "Information systems", "信息系统", 9, ("data", "expo", "telecom", "police")),
    Stream("command", "Command and emergency", "指挥应急", 7, ("emergency", "police", "weather", "expo")),
)  # fmt: skip


class Step(NamedTuple):
    """A step of a work item: kind of task, likely working days from and to, evidence, what done means."""

    code: str
    en: str
    zh: str
    kind: str
    least_d: float
    most_d: float
    evidence: str
    done_en: str
    done_zh: str


STEPS = (
    Step("survey", "survey", "调研摸底", "work", 2, 6, "document", "What there is and what is missing is listed.", "现状与缺口已列清单。"),
    Step("concept", "draft plan", "编制方案", "work", 3, 8, "document", "The plan names who does what by when.", "方案已明确责任、任务与时限。"),
    Step("approval", "approval", "方案审批", "approval", 1, 5, "signature", "The plan is signed.", "方案已签批。"),
    Step("money", "budget and purchase", "预算与采购", "purchase", 4, 10, "document", "The contract is signed.", "合同已签订。"),
    Step("build", "installation", "搭建安装", "build", 3, 10, "photo", "Everything ordered stands in its place.", "采购内容全部到位。"),
    Step("delivery", "delivery", "设备到货", "purchase", 2, 8, "delivery_note", "All that was ordered has been delivered.", "订购物资全部到货。"),
    Step("system", "system set-up", "系统调试", "system", 2, 7, "test_run", "The test run has no open fault.", "试运行无遗留问题。"),
    Step("people", "training", "人员培训", "training", 1, 5, "document", "Everybody on the list was trained.", "名单人员全部完成培训。"),
)  # fmt: skip
DRILLS = (
    ("Crowd at the metro", "地铁大客流处置"), ("Car fire in a tunnel", "隧道车辆火灾"), ("Dangerous item at a station", "车站危险物品处置"),
    ("Fire in a hall", "展馆火情"), ("Visitor faints", "观众晕倒救治"), ("Power failure", "供电中断"), ("Flood", "防汛排涝"),
    ("Badge system down", "证件系统故障"), ("Lost child", "儿童走失"), ("Food poisoning", "食物中毒处置"), ("Delegation arrives", "代表团抵达接待"), ("Network attack", "网络攻击处置"),
)  # fmt: skip
