"""Lists of people from files."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope

from hostcity.core.errors import Refused
from hostcity.core.models import Act, Assignment, Bureau, Person
from hostcity.core.models.people import Role
from hostcity.core.people.imports import check_import, import_people, read_rows
from tests import people
from tests.people import signed_in

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
    with pytest.raises(Refused, match=r"people\.import"):
        import_people(rows_of(bad), edition=edition, by=boss)
    assert Person.objects.count() == before


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


def test_ten_thousand_people_are_imported_in_one_go(edition, boss):
    text = "username,name,phone,role\n" + "".join(
        f"v{number},志愿者{number},+86139{number:08},volunteer\n" for number in range(10_000)
    )
    rows = rows_of(text)
    done = import_people(rows, edition=edition, by=boss)
    assert len(done.added) == 10_000
    assert Assignment.objects.filter(role=Role.VOLUNTEER).count() == 10_000
    again = check_import(rows, edition=edition, by=boss)
    assert (again.unchanged, again.problems) == (10_000, [])


def test_the_page_checks_first_and_then_imports(edition, boss):
    client = signed_in(boss)
    path = f"/e/{edition.code}/people/import/"
    page = client.post(path, {"file": SimpleUploadedFile("people.xlsx", book_of(LIST))})
    assert page.status_code == 200
    assert not Person.objects.filter(username="v1").exists()
    checked = page.context["checked"]
    assert client.post(path, {"checked": checked}).status_code == 302
    assert Person.objects.filter(username__in=["v1", "v2", "p1"]).count() == 3
    bad = client.post(path, {"file": SimpleUploadedFile("people.csv", b"username,role\nv9,clown\n")})
    assert bad.status_code == 422
    assert "clown" not in bad.content.decode().split("<table")[0]


def test_a_checked_list_is_of_who_checked_it(edition, boss):
    page = signed_in(boss).post(
        f"/e/{edition.code}/people/import/", {"file": SimpleUploadedFile("people.csv", LIST.encode())}
    )
    checked = page.context["checked"]
    other = people.person(Role.ADMINISTRATOR, edition)
    for forged in (checked, checked[:-3] + "abc", ""):
        answer = signed_in(other).post(f"/e/{edition.code}/people/import/", {"checked": forged})
        assert answer.status_code == 422
    assert not Person.objects.filter(username="v1").exists()
