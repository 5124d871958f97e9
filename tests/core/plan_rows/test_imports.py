"""A file uploaded, tried by the worker, looked at, applied."""

import dataclasses
import io
import re
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Blob, Job
from hostcity.core.models.people import Role
from hostcity.core.plan_rows import imports
from hostcity.core.plan_rows.problems import Found, known_and_new
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import change_row, replace_plan
from hostcity.core.plan_rows.undo import undo_act
from hostcity.plan import read_plan
from hostcity.plan.check.finding import problem_at
from hostcity.plan.problems import Listing
from hostcity.plan.rows import Gate
from hostcity.plan.sentences import Sentence
from tests import people
from tests.core.plan_rows.sheets import last_act, lines, only

TINY = Path("examples/tiny/expo.xlsx")


@pytest.fixture
def at(edition):
    return lambda name, *more: reverse(name, args=[edition.code, *more])


@pytest.fixture
def browser(planner):
    return people.signed_in(planner)


def tried(edition, planner, data, name="expo.xlsx"):
    job = imports.start_import(edition=edition, name=name, data=data, by=planner)
    run_now(job)
    return Job.objects.get(pk=job.pk)


def edited(change, source=TINY):
    """The tiny workbook after somebody worked in it."""
    book = openpyxl.load_workbook(source)
    change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def parts_of(workbook):
    """Every part of a workbook; -0 of it is 0."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: re.sub(rb"(?<![\d.e])-0(?=(\.0)?[,<])", b"0", archive.read(name)) for name in archive.namelist()}


@pytest.mark.parametrize("name", ["tiny", pytest.param("ciie2019", marks=pytest.mark.slow)])
def test_a_workbook_comes_in_and_out_again(edition, planner, browser, at, tmp_path, name):
    data = Path(f"examples/{name}/expo.xlsx").read_bytes()
    plan = read_plan(f"examples/{name}")
    job = tried(edition, planner, data)
    assert job.answer["plan_sha256"] == plan.sha256
    assert job.answer["total"] == sum(len(rows) for _sheet, rows in plan.sheets())
    imports.apply_import(edition=edition, job=job, by=planner)
    assert plan_of(edition) == plan
    exported = browser.get(at("plan-export", "xlsx")).content
    assert parts_of(exported) == parts_of(data)  # every byte that a spreadsheet reads
    again = tried(edition, planner, exported)
    assert again.answer["total"] == 0
    before = len(lines(edition))
    assert imports.apply_import(edition=edition, job=again, by=planner) == []
    assert len(lines(edition)) == before


def test_a_trial_changes_nothing_and_lists_what_would(edition, planner, tiny):
    before = len(lines(edition))
    job = tried(edition, planner, edited(lambda book: setattr(book["stations"].cell(3, 5), "value", 9)))
    station = tiny.stations[0]
    assert job.answer["counts"] == {"stations": {"plan.change": 1}}
    assert job.answer["lines"] == [
        {"verb": "plan.change", "sheet": "stations", "key": station.code, "fields": {"lanes": [station.lanes, 9]}}
    ]
    assert plan_of(edition) == tiny
    assert [verb for verb, *_ in lines(edition)[before:]] == ["plan.upload"]


def test_a_trial_shows_the_cells_of_rows_that_come_and_go(edition, planner, browser, at):
    replace_plan(edition=edition, plan=only(gates=(Gate(code="gone", name_en="Old north"),)), by=planner)
    job = tried(edition, planner, TINY.read_bytes())
    lines = browser.get(at("plan-import-job", job.public_id)).context["lines"]
    (gone,) = (line for line in lines if line["key"] == "gone")
    assert "Old north" in [str(value) for _field, value in gone["cells"]]
    assert all(line["cells"] for line in lines if line["mark"] in ("added", "removed"))


def test_every_problem_of_a_file_is_told_with_its_place(edition, planner, browser, at, tiny):
    def spoil(book):
        book["stations"].cell(3, 5).value = -1
        book["areas"].cell(4, 5).value = "nowhere"

    job = tried(edition, planner, edited(spoil))
    assert job.state == "failed"
    places = {(each["sheet"], each["row"], each["column"]) for each in job.error["problems"]}
    assert {("stations", 3, "lanes"), ("areas", 4, "level")} <= places
    for language in ("en", "zh-hans"):
        answer = browser.get(at("plan-import-job", job.public_id), HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 200
        assert "nowhere" in answer.content.decode()
    assert job.error["what"] == "2 problems in expo.xlsx."
    with pytest.raises(Refused) as refused:
        imports.apply_import(edition=edition, job=job, by=planner)
    assert refused.value.code == "plan.no_trial"
    assert plan_of(edition) == tiny


def test_a_plan_in_work_comes_in_again_with_the_problems_it_has(edition, planner, browser, at, tiny):
    gates = (*tiny.gates, Gate(code="side", name_en="Side"))
    lost = tuple(dataclasses.replace(row, level="nowhere") for row in tiny.areas[:1])
    in_work = tiny.replace(gates=gates, areas=(*lost, *tiny.areas[1:]), model=())
    replace_plan(edition=edition, plan=in_work, by=planner)
    exported = browser.get(at("plan-export", "xlsx")).content
    same = tried(edition, planner, exported)
    assert (same.state, same.answer["total"], same.answer["plan_sha256"]) == ("done", 0, in_work.sha256)
    assert {each["code"] for each in same.answer["known"]} >= {"areas.level.unknown", "model.rows"}
    assert imports.apply_import(edition=edition, job=same, by=planner) == []

    path = io.BytesIO(exported)
    better = tried(edition, planner, edited(lambda book: setattr(book["stations"].cell(3, 5), "value", 9), path))
    assert better.answer["counts"] == {"stations": {"plan.change": 1}, "model": {"plan.add": 1}}
    for language, word in (("en", "Known problems"), ("zh-hans", "已知问题")):
        said = browser.get(at("plan-import-job", better.public_id), HTTP_ACCEPT_LANGUAGE=language).content.decode()
        assert word in said
        assert "nowhere" in said

    worse = tried(edition, planner, edited(lambda book: setattr(book["areas"].cell(4, 5), "value", "limbo"), path))
    assert [(each["code"], each["row"]) for each in worse.error["problems"]] == [("areas.level.unknown", 4)]


def test_problems_that_are_only_counted_are_new_when_there_are_more():
    def of(count):
        rows = [
            problem_at("links", row, "kind", "unknown", Sentence("is wrong."), Sentence("")) for row in range(count)
        ]
        return [Found(problem, str(problem.row) if not problem.more else "") for problem in Listing(rows)]

    for count, known, new in ((60, 51, 0), (55, 51, 0), (61, 0, 51)):
        assert tuple(map(len, known_and_new(of(count), of(60)))) == (known, new)
    assert tuple(map(len, known_and_new(of(3), of(2)))) == (2, 1)


def test_a_plan_changed_since_the_trial_is_not_overrun(edition, planner, browser, at, tiny):
    job = tried(edition, planner, edited(lambda book: setattr(book["stations"].cell(3, 5), "value", 9)))
    level = tiny.levels[0].code
    change_row(edition=edition, sheet="levels", key=level, changes={"name_en": "Lower"}, version=1, by=planner)
    with pytest.raises(Refused) as refused:
        imports.apply_import(edition=edition, job=job, by=planner)
    assert refused.value.code == "plan.changed_since"
    assert plan_of(edition).levels[0].name_en == "Lower"
    answer = browser.get(at("plan-import-job", job.public_id))
    assert at("plan-import-again", job.public_id) in answer.content.decode()
    assert at("plan-import-apply", job.public_id) not in answer.content.decode()
    answer = browser.post(at("plan-import-again", job.public_id))
    again = Job.objects.order_by("-id")[0]
    assert answer["Location"] == at("plan-import-job", again.public_id)
    run_now(again)
    again.refresh_from_db()
    assert again.answer["counts"] == {"stations": {"plan.change": 1}, "levels": {"plan.change": 1}}
    browser.post(at("plan-import-apply", again.public_id))
    assert plan_of(edition).stations[0].lanes == 9


def test_the_whole_way_through_the_pages(edition, planner, browser, at):
    upload = SimpleUploadedFile("C:\\plans\\expo 2019.xlsx", TINY.read_bytes())
    answer = browser.post(at("plan-import"), {"file": upload})
    job = Job.objects.get(kind="plan.import")
    assert answer["Location"] == at("plan-import-job", job.public_id)
    assert job.arguments["name"] == "expo 2019.xlsx"
    assert browser.get(answer["Location"]).status_code == 200
    run_now(job)
    assert at("plan-import-apply", job.public_id) in browser.get(answer["Location"]).content.decode()
    told = browser.post(at("plan-import-apply", job.public_id), follow=True).content.decode()
    plan = read_plan("examples/tiny")
    assert plan_of(edition) == plan
    assert "is like this file" in told
    assert last_act(edition).verb == "plan.import"
    for page in ("plan-changes", "plan-import"):
        for language in ("en", "zh-hans"):
            assert "expo 2019.xlsx" in browser.get(at(page), HTTP_ACCEPT_LANGUAGE=language).content.decode()
    browser.post(at("plan-undo", last_act(edition).number))
    assert plan_of(edition).edition == ()
    with scope(edition=edition):
        undo_act(edition=edition, act=last_act(edition), by=planner)
    assert plan_of(edition) == plan


@pytest.mark.parametrize("name", ["plan.xls", "plan.exe", "plan"])
def test_files_of_other_kinds_are_refused(edition, planner, browser, at, name):
    answer = browser.post(at("plan-import"), {"file": SimpleUploadedFile(name, b"x")})
    assert answer.status_code == 422
    assert not Job.objects.exists()


def test_a_file_too_large_is_refused(edition, planner):
    with pytest.raises(Refused) as refused:
        imports.start_import(edition=edition, name="expo.xlsx", data=bytes(imports.MOST_BYTES + 1), by=planner)
    assert refused.value.code == "plan.file_size"
    assert not Blob.objects.exists()


def test_what_is_no_workbook_is_told_so(edition, planner):
    job = tried(edition, planner, b"MZ\x90", "expo.xlsx")
    assert [each["code"] for each in job.error["problems"]] == ["workbook.not_xlsx"]
    assert tempfile.gettempdir() not in str(job.error)


def test_a_file_that_was_removed_meanwhile_is_told_so(edition, planner, tiny):
    job = tried(edition, planner, edited(lambda book: setattr(book["stations"].cell(3, 5), "value", 9)))
    Blob.objects.all().delete()
    for act in (imports.apply_import, imports.try_again):
        with pytest.raises(Refused) as refused:
            act(edition=edition, job=job, by=planner)
        assert refused.value.code == "plan.file_gone"


def test_who_may_only_look_imports_nothing(edition, planner, tiny):
    officer = people.person(Role.DUTY_OFFICER, edition)
    with pytest.raises(NotAllowed):
        imports.start_import(edition=edition, name="expo.xlsx", data=TINY.read_bytes(), by=officer)
    job = tried(edition, planner, TINY.read_bytes())
    with pytest.raises(NotAllowed):
        imports.apply_import(edition=edition, job=job, by=officer)


def test_a_trial_of_another_edition_is_not_applied(edition, planner, tiny):
    other = people.edition("other")
    job = tried(edition, planner, TINY.read_bytes())
    root = people.person(is_superuser=True)
    with pytest.raises(Refused) as refused:
        imports.apply_import(edition=other, job=job, by=root)
    assert refused.value.code == "plan.no_trial"
