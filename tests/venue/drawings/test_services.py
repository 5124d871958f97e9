"""A drawing is brought in, proved, approved or sent back; the plan changes only then, at once, and can be had back."""

import pytest

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.ledger_queries import history_of
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import last_number, plan_of
from hostcity.core.plan_rows.services import change_row
from hostcity.core.plan_rows.undo import undo_act
from hostcity.plan import PlanError
from hostcity.plan.imdf import archive_of
from hostcity.plan.rows import Grounds
from hostcity.venue.drawings import services
from hostcity.venue.drawings.queries import kept_map
from tests import people
from tests.plan.dxf.drawings import stand
from tests.venue import halls
from tests.venue.drawings.conftest import LAYERS, MAP, dxf, run

GROUNDS = Grounds(code="venue", name_en="Venue", latitude=31.19, longitude=121.3)


def approve(edition, job, by, **given):
    return services.approve(edition=edition, job=job, by=by, **{"proof": job.answer["now_sha256"], **given})


def verbs(answer):
    return {f"{each['sheet']}.{each['code']}": each["verb"] for each in answer["changes"]}


def test_layers_come_first(bring):
    answer = bring(layers=None).answer
    assert answer["step"] == "layers"
    assert {each["name"]: (each["outlines"], each["texts"], each["guess"]) for each in answer["layers"]} == {
        "展位": (4, 0, "stand"), "展位号": (0, 3, "stand_number"), "门": (0, 0, "opening"), "门号": (0, 1, "opening_number"),
    }  # fmt: skip


def test_a_proof_says_everything_and_changes_nothing(bring, drawn):
    before = plan_of(drawn)
    answer = bring().answer
    assert verbs(answer) == {"stands.A-01": "moved", "stands.A-03": "added"}
    assert answer["counts"] == {"stands": {"moved": 1, "added": 1}}
    assert answer["changes"][0]["moved_m"] == 1.0
    (doubt,) = answer["problems"]
    assert (doubt["code"], doubt["layer"], doubt["level"], doubt["at"]) == (
        "dxf.number.none",
        "展位",
        "0",
        [30.0, 13.5],
    )
    assert doubt["in"]["zh-hans"]["what"].startswith("(30.00, 13.50)")
    assert plan_of(drawn) == before


def test_an_approved_drawing_is_in_the_plan_and_can_be_undone(bring, drawn, planner):
    before, job = plan_of(drawn), bring()
    acts = approve(drawn, job, planner)
    stands = {each.code: each for each in plan_of(drawn).stands}
    assert stands["A-01"].outline == ((6, 5), (12, 5), (12, 8), (6, 8))
    assert (stands["A-01"].exhibitor_en, stands["A-03"].area) == ("Blue Harbor Machines", "A")
    assert [act.verb for act in acts] == ["plan.add", "plan.change", "plan.import"]
    assert acts[-1].body["name"] == "hall.dxf"
    assert approve(drawn, job, planner) == []
    undo_act(edition=drawn, act=acts[-1], by=planner)
    assert plan_of(drawn) == before


def test_only_the_proof_that_was_looked_at_is_approved(bring, drawn, planner):
    job = bring()
    with pytest.raises(services.Outdated):
        approve(drawn, job, planner, proof="0" * 64)
    change_row(edition=drawn, sheet="stands", key="B-01", changes={"height_m": 4}, version=1, by=planner)
    with pytest.raises(services.Outdated) as refused:
        approve(drawn, job, planner)
    assert (refused.value.status, refused.value.code) == (409, "drawing.outdated")
    again = run(services.try_again(edition=drawn, job=job, by=planner))
    assert verbs(again.answer) == verbs(job.answer)
    approve(drawn, again, planner)
    assert next(each for each in plan_of(drawn).stands if each.code == "B-01").height_m == 4


def test_what_a_drawing_does_not_touch_may_change(bring, drawn, planner):
    job = bring()
    change_row(edition=drawn, sheet="levels", key="0", changes={"name_en": "Lower"}, version=1, by=planner)
    approve(drawn, job, planner)
    assert plan_of(drawn).levels[0].name_en == "Lower"


def test_what_is_refused_cannot_be_approved(bring, drawn, planner):
    before = plan_of(drawn)
    job = bring(dxf(*stand("A-01", 36, 5, 42, 8)))
    assert [each["code"] for each in job.answer["problems"] if each["is_refusal"]] == ["stands.outline.outside"]
    assert "rows" not in job.answer
    with pytest.raises(Refused) as refused:
        services.approve(edition=drawn, job=job, proof="", by=planner)
    assert refused.value.code == "drawing.refused"
    assert plan_of(drawn) == before


def test_an_archive_is_proved_without_a_map(bring, drawn, planner):
    moved = halls.stand("A-01", "A", 5.5)
    data = archive_of(halls.plan(grounds=(GROUNDS,), stands=(moved, *halls.STANDS[1:])))
    job = bring(data, "venue.imdf.zip")
    assert verbs(job.answer) == {"grounds.venue": "added", "stands.A-01": "changed"}  # it has no exhibitor there
    approve(drawn, job, planner)
    assert plan_of(drawn).stands[0] == moved
    assert plan_of(drawn).grounds == (GROUNDS,)


def test_an_archive_that_does_not_fit_the_plan_is_refused_and_drawn(bring, drawn):
    without = halls.plan(
        grounds=(GROUNDS,), areas=halls.AREAS[:1], stands=halls.STANDS[:2], connectors=(), levels=halls.LEVELS[:1]
    )
    answer = bring(archive_of(without), "venue.zip").answer
    assert answer["refused"] == len(answer["problems"]) == 0 or "rows" not in answer
    broken = bring(b"PK\3\4 no zip", "venue.zip")
    assert (broken.state, broken.error["problems"][0]["code"]) == ("failed", "imdf.archive.not_zip")


def test_files_that_are_not_taken(drawn, planner):
    for name, data, code in (
        ("plan.dwg", b"AC1032", "drawing.file_kind"), ("hall", b"x", "drawing.file_kind"),
        ("hall.dxf", b"0" * (services.MOST_BYTES + 1), "drawing.file_size"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            services.start_reading(edition=drawn, name=name, data=data, by=planner)
        assert refused.value.code == code


def test_a_file_that_cannot_be_read_says_why(bring):
    job = bring(b"AC1032" + b"\0" * 50, "C:\\plans\\hall.dxf")
    assert (job.state, job.error["problems"][0]["code"]) == ("failed", "dxf.file.dwg")
    assert job.error["what"] == "1 problem in hall.dxf."


def test_maps_are_kept_for_the_next_drawing(bring, drawn, planner):
    assert kept_map(drawn) == {}
    job = bring()
    services.map_layers(
        edition=drawn, job=job, layer_map={"level": "1", "layers": {"BOOTH": "stand"}, "unit": "mm"}, by=planner
    )
    assert kept_map(drawn)["unit"] == "mm"
    assert kept_map(drawn)["layers"] == LAYERS | {"BOOTH": "stand"}
    with pytest.raises(PlanError):
        services.map_layers(edition=drawn, job=job, layer_map={"level": "0", "layers": {"A": "castle"}}, by=planner)
    archive = bring(archive_of(halls.plan(grounds=(GROUNDS,))), "venue.zip")
    with pytest.raises(Refused):
        services.map_layers(edition=drawn, job=archive, layer_map=MAP, by=planner)


def test_a_map_that_does_not_fit_fails_with_its_problems(bring):
    job = bring(layers=MAP | {"level": "9"})
    assert [each["code"] for each in job.error["problems"]] == ["dxf.map.level"]


def test_sending_back_leaves_a_note_and_the_plan(bring, drawn, planner):
    before, job = plan_of(drawn), bring()
    services.send_back(edition=drawn, job=job, note=" A-04  has\nno number ", by=planner)
    (line,) = [each for each in history_of(drawn, "venue.drawing", str(job.public_id)) if each.verb == "venue.return"]
    assert str(line.words) == "sent the drawing hall.dxf back: A-04 has no number"
    assert plan_of(drawn) == before
    for note in ("", "x" * 501):
        with pytest.raises(Refused):
            services.send_back(edition=drawn, job=job, note=note, by=planner)


def test_who_may_not_change_the_plan_brings_nothing_in(bring, drawn):
    job, number = bring(), last_number(drawn)
    press = people.person(Role.PRESS_OFFICER, drawn)
    for act in (
        lambda: services.start_reading(edition=drawn, name="hall.dxf", data=dxf(), by=press),
        lambda: services.map_layers(edition=drawn, job=job, layer_map=MAP, by=press),
        lambda: services.try_again(edition=drawn, job=job, by=press),
        lambda: services.send_back(edition=drawn, job=job, note="no", by=press),
        lambda: approve(drawn, job, press),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert last_number(drawn) == number
