"""Lists of people from files."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope

from hostcity.core.errors import Refused
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Assignment, Blob, Bureau, Job, Person
from hostcity.core.models.people import Role
from hostcity.core.people import imports
from hostcity.core.people.import_checks import check_import
from hostcity.core.people.lists import read_rows
from tests import people
from tests.people import signed_in
from tests.whole import tries

pytestmark = pytest.mark.django_db
LIST = """username,name,phone,role,bureau
v1,王小明,+8613900000001,volunteer,
v2,李娜,13900000002,volunteer,
p1,Pat,,planner,gates
"""


@pytest.fixture(autouse=True)
def _scoped(edition):
    with scope(edition=edition):
        Bureau.objects.create(edition=edition, code="gates", name_en="Gates")
        yield


def rows_of(text):
    return read_rows(text.encode(), "people.csv")


def import_people(rows, *, edition, by):
    return imports.import_people(rows, edition=edition, by=by, subject=("people-import", "x"))


def tried(edition, by, text=LIST, name="people.csv"):
    return run_now(imports.start_import(edition=edition, name=name, data=text.encode(), by=by))


def applied(edition, job, by):
    return run_now(imports.apply_import(edition=edition, job=job, by=by))


def book_of(text) -> bytes:
    book = openpyxl.Workbook()
    for line in text.splitlines():
        book.active.append(line.split(","))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_list_is_imported_once(edition, boss):
    done = import_people(rows_of(LIST), edition=edition, by=boss)
    assert (len(done.added), len(done.changed), len(done.given)) == (3, 0, 3)
    assert Person.objects.get(username="v1").pinyin == "wangxiaoming wxm"
    assert Assignment.objects.get(person__username="p1").bureau.code == "gates"
    number = Act.objects.count()
    again = import_people(rows_of(LIST), edition=edition, by=boss)
    assert (len(again.added), len(again.changed), len(again.given), again.unchanged) == (0, 0, 0, 3)
    assert Act.objects.count() == number
    assert "王小明" not in str(list(Act.objects.values()))


def test_a_second_list_changes_what_it_says(edition, boss):
    import_people(rows_of(LIST), edition=edition, by=boss)
    done = import_people(rows_of("username,role,name\nv1,planner,Wang\n"), edition=edition, by=boss)
    assert (len(done.changed), len(done.given)) == (1, 1)
    person = Person.objects.get(username="v1")
    assert (person.name, person.phone, person.version) == ("Wang", "+8613900000001", 2)  # an empty cell changes nothing


def test_workbooks_and_chinese_csv_are_read_alike():
    expected = rows_of(LIST)
    assert read_rows(book_of(LIST), "people.xlsx") == expected
    assert read_rows(LIST.encode("gb18030"), "people.csv") == expected
    assert read_rows(LIST.encode("utf-8-sig"), "people.csv") == expected


def test_every_problem_is_told_at_its_row_and_column(edition, boss, anna):
    people.person(Role.PLANNER, people.edition("other"), username="else")
    bad = """username,name,email,phone,role,bureau,organization,language
,Nobody,,,volunteer,,,
v1,One,not-mail,call,volunteer,,,xx
v1,Two,,,volunteer,,,
v3,Three,anna@example.org,+8613800000001,clown,,,
v4,Four,,,bureau-owner,,,
v5,Five,,,planner,nowhere,nobody,
else,Six,,,planner,,,
"""
    done = check_import(rows_of(bad), edition=edition, by=boss)
    found = {(each.row, each.column) for each in done.problems}
    assert found == {
        (2, "username"), (3, "email"), (3, "phone"), (3, "language"), (4, "username"), (5, "email"), (5, "phone"),
        (5, "role"), (6, "bureau"), (7, "bureau"), (7, "organization"), (8, "username"),
    }  # fmt: skip
    before = Person.objects.count()
    with pytest.raises(Refused, match=r"people\.problems"):
        import_people(rows_of(bad), edition=edition, by=boss)
    assert Person.objects.count() == before


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_in_chinese_is_the_same_list(separator):
    chinese = "登录名,姓名,角色\nanna,安娜,志愿者\nbob,鲍勃,planner\n".replace(",", separator)
    english = "username,name,role\nanna,安娜,volunteer\nbob,鲍勃,planner\n"
    assert rows_of(chinese) == rows_of(english)
    assert read_rows(chinese.encode("gb18030"), "people.csv") == rows_of(english)


def test_a_coordinator_imports_volunteers_only(edition, coordinator, anna):
    done = check_import(rows_of(LIST + "anna,X,,volunteer,\n"), edition=edition, by=coordinator)
    assert {(each.row, each.column) for each in done.problems} == {(4, "role"), (5, "username")}
    import_people(rows_of("username,role\nv1,volunteer\n"), edition=edition, by=coordinator)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "people.columns"),
        (b"name,role\nx,volunteer\n", "people.columns"),
        (b'username,role\n"open', "people.unreadable"),
        (b"username,role\n\xff\xff\xff\xff", "people.unreadable"),
        (b"PK\x03\x04rubbish", "people.unreadable"),
        (b"x" * (4 * 1024**2 + 1), "people.too-large"),
        (b"username,role\n" + b"a,volunteer\n" * 10_001, "people.too-many"),
    ],
)
def test_what_is_no_list_is_refused(data, code):
    with pytest.raises(Refused) as refused:
        read_rows(data, "people.xlsx")
    assert refused.value.code == code


def test_a_bomb_is_refused_before_it_is_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (200 * 1024**2))
    assert len(file.getvalue()) < 300_000
    with pytest.raises(Refused, match=r"people\.unreadable"):
        read_rows(file.getvalue(), "bomb.xlsx")


def test_many_people_are_imported_in_one_go(edition, boss):
    many = tries(1_000, 10_000)
    text = "username,name,phone,role\n" + "".join(
        f"v{number},志愿者{number},+86139{number:08},volunteer\n" for number in range(many)
    )
    rows = rows_of(text)
    done = import_people(rows, edition=edition, by=boss)
    assert len(done.added) == many
    assert Assignment.objects.filter(role=Role.VOLUNTEER).count() == many
    again = check_import(rows, edition=edition, by=boss)
    assert (again.unchanged, again.problems) == (many, [])


def test_a_trial_changes_nobody_and_says_what_it_would(edition, boss):
    import_people(rows_of("username,role,name\nv1,volunteer,Wang\n"), edition=edition, by=boss)
    before = Person.objects.count()
    job = tried(edition, boss)
    answer = job.answer
    assert (job.state, answer["rows"], answer["added"], answer["changed"], answer["roles"]) == ("done", 3, 2, 1, 2)
    assert answer["lines"] == [
        {"row": 2, "verb": "change", "fields": ["name", "phone"], "role": ""},
        {"row": 3, "verb": "add", "fields": ["name", "phone"], "role": "volunteer"},
        {"row": 4, "verb": "add", "fields": ["name"], "role": "planner"},
    ]
    assert Person.objects.count() == before
    kept = str([job.answer, job.arguments, list(Act.objects.values())])
    assert not [each for each in ("王小明", "李娜", "13900000001", "p1") if each in kept]


def test_a_trial_tells_every_problem_in_both_languages(edition, boss):
    job = tried(edition, boss, "username,name,role\nv1,One,clown\nv1,Two,bureau-owner\n")
    assert (job.state, job.error["code"]) == ("failed", "people.problems")
    found = [(each["row"], each["column"], each["code"]) for each in job.error["problems"]]
    assert found == [(2, "role", "people.role"), (3, "username", "people.twice"), (3, "bureau", "role.bureau")]
    assert all(each["mend"] and each["in"]["zh-hans"]["what"] != each["what"] for each in job.error["problems"])
    with pytest.raises(Refused, match=r"people\.no-trial"):
        imports.apply_import(edition=edition, job=job, by=boss)


def test_what_was_tried_is_applied_once_and_the_file_is_gone(edition, boss):
    job = tried(edition, boss)
    waiting = imports.apply_import(edition=edition, job=job, by=boss)
    assert imports.apply_import(edition=edition, job=job, by=boss) == waiting  # two clicks
    done = run_now(waiting)
    assert (done.state, done.answer) == ("done", {"import": str(job.public_id), "added": 3, "changed": 0, "roles": 3})
    assert Act.objects.of("people-import", str(job.public_id)).count() == 2  # uploaded, imported
    assert not Blob.objects.exists()
    job.refresh_from_db()
    for act, code in ((imports.apply_import, "people.applied"), (imports.try_again, "people.file-gone")):
        with pytest.raises(Refused) as refused:
            act(edition=edition, job=job, by=boss)
        assert refused.value.code == code


def test_people_changed_since_the_trial_are_not_overrun(edition, boss):
    job = tried(edition, boss)
    people.person(Role.VOLUNTEER, edition, username="v1", name="Somebody")
    before = (Person.objects.count(), Act.objects.count())
    failed = applied(edition, job, boss)
    assert (failed.state, failed.error["code"]) == ("failed", "people.changed-since")
    assert (Person.objects.count(), Act.objects.count()) == before
    assert Person.objects.get(username="v1").name == "Somebody"
    again = run_now(imports.try_again(edition=edition, job=job, by=boss))
    assert (again.answer["added"], again.answer["changed"]) == (2, 1)
    assert applied(edition, again, boss).state == "done"
    assert Person.objects.get(username="v1").name == "王小明"


def test_nobody_applies_more_than_they_may(edition, boss, coordinator):
    """A coordinator finds an administrator's list with a planner in it, and presses the button."""
    job = tried(edition, boss)
    assert applied(edition, job, coordinator).error["code"] == "people.changed-since"
    assert not Person.objects.filter(username__in=["v1", "p1"]).exists()


def test_a_trial_of_who_may_no_longer_import_ends_with_that_answer(edition, coordinator):
    job = imports.start_import(edition=edition, name="people.csv", data=LIST.encode(), by=coordinator)
    Assignment.objects.filter(person=coordinator).delete()
    assert run_now(job).error["code"] == "policy.denied"


def test_a_trial_of_another_edition_is_not_applied(edition, boss):
    job = tried(edition, boss)
    with pytest.raises(Refused, match=r"people\.no-trial"):
        imports.apply_import(edition=people.edition("other"), job=job, by=people.person(is_superuser=True))


@pytest.mark.parametrize("name", ["people.xls", "people.exe", "people"])
def test_files_of_other_kinds_are_refused(edition, boss, name):
    with pytest.raises(Refused, match=r"people\.file-kind"):
        imports.start_import(edition=edition, name=name, data=b"x", by=boss)
    assert not Job.objects.exists()


def test_one_telephone_is_one_however_it_is_written(edition, boss, anna):
    """Anna has +8613800000001."""
    done = check_import(
        rows_of("username,role,phone\nv1,volunteer,138 0000 0001\nv2,volunteer,008613900000009\nv3,volunteer,+86 139-0000-0009\n"),
        edition=edition, by=boss,
    )  # fmt: skip
    assert [(each.row, each.code) for each in done.problems] == [(2, "person.phone-taken"), (4, "people.twice")]


def test_who_leaves_the_crowd_by_a_list_signs_in_anew(edition, boss, volunteer):
    import_people(rows_of("username,role\nvera,planner\n"), edition=edition, by=boss)
    volunteer.refresh_from_db()
    assert (volunteer.has_usable_password(), volunteer.sessions_ended) == (False, 1)


def test_the_whole_way_through_the_pages(edition, boss):
    client = signed_in(boss)
    path = f"/e/{edition.code}/people/import/"
    sent = client.post(path, {"file": SimpleUploadedFile("C:\\lists\\people.xlsx", book_of(LIST))})
    job = Job.objects.get()
    assert sent["Location"] == f"{path}{job.public_id}/"
    assert client.get(sent["Location"]).status_code == 200
    run_now(job)
    page = client.get(sent["Location"]).content.decode()
    assert f"{path}{job.public_id}/apply/" in page
    assert "王小明" in page
    assert not Person.objects.filter(username="v1").exists()
    waiting = client.post(f"{path}{job.public_id}/apply/", follow=True).content.decode()
    applying = Job.objects.get(kind="people.apply")
    assert f"job-{applying.public_id}" in waiting
    run_now(applying)
    done = client.get(sent["Location"]).content.decode()
    assert "3 people were added" in done
    assert "王小明" not in done
    assert Person.objects.filter(username__in=["v1", "v2", "p1"]).count() == 3
    assert "imported" in client.get(path).content.decode()


def test_pages_of_a_list_with_problems(edition, boss):
    client = signed_in(boss)
    job = tried(edition, boss, "username,role\nv9,clown\n")
    path = f"/e/{edition.code}/people/import/{job.public_id}/"
    for language, said in (("en", "There is no such role."), ("zh-hans", "没有这个角色")):
        page = client.get(path, HTTP_ACCEPT_LANGUAGE=language).content.decode()
        assert said in page
        assert "people.role" in page
    again = client.post(f"{path}again/")
    assert again["Location"] != path
    Blob.objects.all().delete()
    assert "not kept any more" in client.post(f"{path}again/", follow=True).content.decode()
