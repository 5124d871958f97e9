"""What is known of the force's figures, and who says so."""

from __future__ import annotations

from hostcity.plan.rows import Provenance, Source

SOURCES = (
    Source(code="force_1019", name="Xinhua, volunteers sworn in", date="2019-10-19", url="https://feifmx.com/internationalgd/10000166/20191019/37246141.html (mirror)"),
    Source(code="force_1020", name="Eastday / Shanghai Observer", date="2019-10-20", url="https://news.shi-fen.com/china/201910/50-501605.html"),
    Source(code="force_1111", name="Xinhua, volunteers' answer sheet", date="2019-11-11", url="http://m.aianu.cn/world/2019-11/11/c_1125218467.htm (mirror)"),
    Source(code="force_2024", name="Jiemian (7th CIIE volunteers)", date="2024-10-15", url="http://cfztjj.com/article/11829276.html (mirror)"),
    Source(code="force_here", name="chosen or computed for this example", date="2026-11-28"),
)  # fmt: skip
#: Figure, mark, source, edition of the expo, note.
KNOWN = (
    ("volunteers.*.code", "reported", "force_1020", "2", "5,881 volunteers on 19 October; more than 6,000 at close (force_1111)"),
    ("volunteers.*.team", "derived", "force_1111", "2", "5,554 are students, the others come from the city; which team is by chance"),
    ("campuses.*.code", "reported", "force_1019", "2", "38 universities; numbered here, their names were not found"),
    ("skills.*.language", "reported", "force_1019", "2", "20 languages; which they are is assumed"),
    ("certificates.*.volunteer", "reported", "force_1019", "2", "250 Red Cross volunteers; when their certificates expire is assumed"),
    ("service_days.*.date", "reported", "force_1111", "2", "5 to 10 November 2019"),
    ("post_classes.*.code", "derived", "force_2024", "7", "9 classes and 165 types of posts in 2024; their names, and pools as a tenth, are assumed"),
    ("volunteers.*.attends", "assumed", "force_here", "2", "about 5 % do not come; 1 % in 2025 (derived), 30 % at Rio 2016"),
    ("volunteers.*.*", "assumed", "force_here", "2", "shares of trainings, skills, free days and bands, wishes, sizes: by chance from assumed shares"),
    ("teams.*.not_days", "assumed", "force_here", "2", "12 % of days"),
    ("campuses.*.travel_s", "assumed", "force_here", "2", "25 to 110 min; departures at 04:00-05:30 were reported of gate posts in 2018"),
    ("campuses.*.*", "assumed", "force_here", "2", ""),
    ("bands.*.*", "assumed", "force_here", "2", "6 h each; 07:30-16:30 was reported of a gate post in 2018"),
    ("posts.*.*", "assumed", "force_here", "2", "where they stand is that of the drawn plan"),
    ("posts.*.heads_per_lane", "assumed", "force_here", "2", "a volunteer for five lanes"),
    ("needs.*.heads", "assumed", "force_here", "2", "scaled to 77 % of what people can serve"),
    ("needs.*.heads_least", "assumed", "force_here", "2", "two thirds at entry and first aid"),
    ("mix_lines.*.*", "assumed", "force_here", "2", ""),
    ("roster_rules.*.*", "assumed", "force_here", "2", ""),
    ("post_classes.*.weight", "assumed", "force_here", "2", ""),
)  # fmt: skip
PROVENANCE = tuple(
    Provenance(code=f"force-{at}", figure=figure, mark=mark, source=source, edition=edition, note=note)
    for at, (figure, mark, source, edition, note) in enumerate(KNOWN, 1)
)
