"""Build examples/tiny/readiness.xlsx: the preparation of the made-up fair, every kind of row at least once.

python -m examples.tiny.readiness
"""

from __future__ import annotations

from pathlib import Path

from hostcity.plan.books import READINESS
from hostcity.plan.plan import Plan
from hostcity.plan.rows import (
    Calendar,
    CalendarDays,
    Crew,
    CrewDays,
    Department,
    Directive,
    Preparation,
    Provenance,
    RiskDriver,
    Source,
    Task,
    TaskLink,
    Workstream,
)
from hostcity.plan.workbook import write_workbook

HERE = Path(__file__).parent
#: Code, English, Chinese, department, crew, kind, optimistic, likely and pessimistic working days, evidence, who accepts.
TASKS = (
    ("plan", "Plan of the halls", "展厅方案", "fair", "office", "work", 3, 4, 6, "document", "city"),
    ("permit", "Permit", "审批许可", "city", "inspectors", "approval", 2, 3, 8, "signature", "fair"),
    ("hire", "Hire stewards", "招募引导员", "fair", "office", "work", 4, 5, 8, "document", "city"),
    ("train", "Train stewards", "培训引导员", "fair", "office", "training", 1, 2, 3, "document", "city"),
    ("gates", "Order gates", "采购闸机", "fair", "office", "purchase", 4, 6, 10, "delivery_note", "city"),
    ("stands", "Build stands", "搭建展位", "fair", "builders", "build", 3, 4, 6, "photo", "city"),
    ("badges", "Badge system", "证件系统", "fair", "office", "system", 2, 3, 5, "test_run", "city"),
    ("fire", "Fire drill", "消防演练", "city", "inspectors", "drill", 0.5, 1, 1.5, "drill_result", "fair"),
)  # fmt: skip
LINKS = (
    ("plan", "permit", "FS", 0), ("plan", "gates", "SS", 2), ("permit", "stands", "FS", 0), ("gates", "badges", "FS", 0),
    ("hire", "train", "FS", 0), ("badges", "train", "FF", 1), ("stands", "fire", "FS", 0), ("train", "fire", "FS", 0),
    ("stands", "built", "FS", 0), ("fire", "ready", "FS", 0), ("built", "ready", "FS", 0),
)  # fmt: skip


def build_preparation() -> Plan:
    """Eight tasks, two milestones, a holiday, and halls that open to builders a week before the fair."""
    work = tuple(
        Task(
            code=code, name_en=en, name_zh=zh, workstream="halls" if crew == "builders" else "visitors", department=department, crew=crew,
            kind=kind, done_en=f"{en}: accepted.", done_zh=f"{zh}：已验收。", optimistic_d=low, likely_d=likely, pessimistic_d=high,
            calendar="halls" if crew == "builders" else "", evidence=evidence, accepted_by=accepts, directives=("safe",) if code == "fire" else (),
            risks=("rain",) if kind == "build" else (), earliest_start="2019-10-08" if code == "hire" else "", demand=2 if crew == "builders" else 1,
        )
        for code, en, zh, department, crew, kind, low, likely, high, evidence, accepts in TASKS
    )  # fmt: skip
    milestones = tuple(
        Task(
            code=code, name_en=en, name_zh=zh, workstream="halls", department="fair", kind="milestone", need_by=day, evidence="signature",
            done_en=f"{en}.", done_zh=f"{zh}。", accepted_by="city",
        )
        for code, en, zh, day in (("built", "Halls are built", "展厅就绪", "2019-11-04"), ("ready", "Ready to open", "具备开幕条件", "2019-11-05"))
    )  # fmt: skip
    return Plan(
        edition=(),
        preparation=(Preparation(code="tiny", first_day="2019-09-30", opens="2019-11-06", calendar="offices"),),
        directives=(Directive(code="safe", text_en="Nobody is hurt.", text_zh="确保安全。"),),
        departments=(Department(code="fair", name_en="Fair", name_zh="主办方"), Department(code="city", name_en="City", name_zh="市政府")),
        workstreams=(
            Workstream(code="halls", name_en="Halls", name_zh="展厅", leads="fair"),
            Workstream(code="visitors", name_en="Visitors", name_zh="观众", leads="fair"),
        ),
        calendars=(
            Calendar(code="offices", name_en="Offices", name_zh="办公"),
            Calendar(code="halls", name_en="Access to the halls", name_zh="展厅准入", week="none"),
        ),
        calendar_days=(
            CalendarDays(code="national", calendar="offices", first="2019-10-01", last="2019-10-07", name_en="National Day", name_zh="国庆节"),
            CalendarDays(code="saturday", calendar="offices", first="2019-10-12", is_working=True, name_en="Make-up day", name_zh="调休上班"),
            CalendarDays(code="window", calendar="halls", first="2019-10-28", last="2019-11-04", is_working=True, name_en="Building", name_zh="布展"),
        ),
        crews=(
            Crew(code="office", name_en="Office", name_zh="办公室", department="fair", capacity=3),
            Crew(code="builders", name_en="Builders", name_zh="施工队", department="fair", capacity=2),
            Crew(code="inspectors", name_en="Inspectors", name_zh="检查组", department="city", capacity=1),
        ),
        crew_days=(CrewDays(code="more", crew="builders", first="2019-10-28", last="2019-11-04", capacity=6),),
        risk_drivers=(RiskDriver(code="rain", name_en="Rain", name_zh="降雨", probability=0.3, factor_low=1.0, factor_likely=1.25, factor_high=1.5),),
        tasks=(*work, *milestones),
        task_links=tuple(
            TaskLink(code=f"l{at}", before=before, after=after, kind=kind, lag_d=lag) for at, (before, after, kind, lag) in enumerate(LINKS, 1)
        ),
        sources=(Source(code="tiny-prep", name="made up for this example"),),
        provenance=(Provenance(code="tiny-prep", figure="tasks.*.*", mark="assumed", source="tiny-prep"),),
    )  # fmt: skip


if __name__ == "__main__":
    write_workbook(build_preparation(), HERE / READINESS.file, READINESS.sheets)
