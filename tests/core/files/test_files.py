"""Files on pages: kept once, handed out safely, removed with their bytes."""

import io
import uuid

import pytest
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.files.services import add_file, remove_file
from hostcity.core.ledger_queries import acts_since, history_of
from hostcity.core.models import Blob, SearchDoc, StoredFile
from hostcity.core.models.people import Role
from hostcity.core.results import keep_blob
from tests import people
from tests.core.files import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return people.edition()


@pytest.fixture
def planner(edition):
    return people.person(Role.PLANNER, edition)


def upload(client, edition, name, data, **more):
    given = io.BytesIO(data)
    given.name = name
    return client.post(f"/e/{edition.code}/files/add/", {"file": given, **more})


def test_equal_bytes_are_kept_once_and_go_with_the_last_file(edition, planner):
    first = add_file(edition=edition, name="a.txt", data=b"words", by=planner)
    second = add_file(edition=edition, name="b.txt", data=b"words", by=planner)
    assert first.blob_id == second.blob_id
    remove_file(file=first, by=planner)
    assert Blob.objects.filter(sha256=second.blob_id).exists()
    remove_file(file=second, by=planner)
    assert not Blob.objects.filter(sha256=second.blob_id).exists()
    words = [str(each.words) for each in acts_since(edition, 0)]
    assert words == ["added a file (txt)", "added a file (txt)", "removed a file (txt)", "removed a file (txt)"]


def test_bytes_that_another_edition_or_a_result_needs_stay(edition, planner):
    other = people.edition("other")
    elsewhere = add_file(edition=other, name="a.txt", data=b"words", by=people.person(Role.PLANNER, other))
    file = add_file(edition=edition, name="a.txt", data=b"words", by=planner)
    remove_file(file=file, by=planner)
    assert Blob.objects.filter(sha256=elsewhere.blob_id).exists()


def test_bytes_that_a_snapshot_names_stay(edition, planner):
    from hostcity.core.models import Snapshot

    blob = keep_blob(b"words")
    with scope(edition=edition):
        Snapshot.objects.create(edition=edition, plan_sha256="0" * 64, number=0, blob=blob)
    remove_file(file=add_file(edition=edition, name="a.txt", data=b"words", by=planner), by=planner)
    assert Blob.objects.filter(sha256=blob.sha256).exists()


def test_only_its_owner_or_an_administrator_removes_a_file(edition, planner):
    file = add_file(edition=edition, name="a.txt", data=b"words", by=planner)
    with pytest.raises(NotAllowed):
        remove_file(file=file, by=people.person(Role.DUTY_OFFICER, edition))
    remove_file(file=file, by=people.person(Role.ADMINISTRATOR, edition))


def test_who_comes_to_the_expo_adds_nothing(edition):
    with pytest.raises(NotAllowed):
        add_file(edition=edition, name="a.txt", data=b"words", by=people.person(Role.VISITOR, edition))


def test_a_refused_file_leaves_nothing(edition, planner):
    with pytest.raises(Refused):
        add_file(edition=edition, name="a.pdf", data=b"words", by=planner)
    assert (Blob.objects.count(), acts_since(edition, 0)) == (0, [])


def test_a_file_of_an_object_stands_in_its_history(edition, planner):
    add_file(edition=edition, name="a.txt", data=b"words", by=planner, subject=("bureau", "venue"))
    assert [str(each.words) for each in history_of(edition, "bureau", "venue")] == ["added a file (txt)"]


def test_it_is_uploaded_downloaded_and_removed_on_pages(edition, planner):
    client = people.signed_in(planner)
    answer = upload(client, edition, "应急 预案.pdf", samples.PDF)
    assert (answer.status_code, answer.url) == (302, f"/e/{edition.code}/files/")
    with scope(edition=edition):
        file = StoredFile.objects.get()
    assert "应急 预案.pdf" in client.get(answer.url).content.decode()
    assert "应急 预案.pdf" in client.get(f"/e/{edition.code}/search/", {"q": "yuan"}).content.decode().replace(
        "<mark>", ""
    )
    answer = client.get(f"/e/{edition.code}/files/{file.public_id}/")
    assert answer.content == samples.PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        "attachment; filename=\"file\"; filename*=UTF-8''%E5%BA%94%E6%80%A5%20%E9%A2%84%E6%A1%88.pdf"
    )
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    again = client.get(f"/e/{edition.code}/files/{file.public_id}/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    page = f"/e/{edition.code}/files/{file.public_id}/remove/"
    assert "It cannot be brought back" in client.get(page).content.decode()
    with scope(edition=edition):
        assert StoredFile.objects.count() == 1
    client.post(page)
    with scope(edition=edition):
        assert (StoredFile.objects.count(), SearchDoc.objects.count()) == (0, 0)
    assert client.get(f"/e/{edition.code}/files/{file.public_id}/").status_code == 404


def test_what_is_refused_is_told_in_the_form(edition, planner):
    client = people.signed_in(planner)
    answer = upload(client, edition, "a.svg", b"<svg/>")
    assert answer.status_code == 422
    assert "Files of this kind are not taken." in answer.content.decode()
    assert client.post(f"/e/{edition.code}/files/add/", {}).status_code == 422


def test_files_of_another_edition_and_of_nobody_are_404(edition, planner):
    other = people.edition("other")
    file = add_file(edition=other, name="a.txt", data=b"words", by=people.person(Role.PLANNER, other))
    client = people.signed_in(planner)
    assert client.get(f"/e/{edition.code}/files/{file.public_id}/").status_code == 404
    assert client.get(f"/e/{other.code}/files/{file.public_id}/").status_code == 404
    assert client.get(f"/e/{edition.code}/files/{uuid.uuid4()}/").status_code == 404
    assert client.post(f"/e/{edition.code}/files/{file.public_id}/remove/").status_code == 404


def test_a_visitor_sees_no_files(edition, planner):
    file = add_file(edition=edition, name="a.txt", data=b"words", by=planner)
    client = people.signed_in(people.person(Role.VISITOR, edition))
    for path in ("files/", f"files/{file.public_id}/"):
        assert client.get(f"/e/{edition.code}/{path}").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_a_fixed_number_of_queries(count, edition, planner, django_assert_num_queries):
    for number in range(count):
        add_file(edition=edition, name=f"{number}.txt", data=b"words", by=people.person(Role.PLANNER, edition))
    client = people.signed_in(planner)
    client.get(f"/e/{edition.code}/files/")
    with django_assert_num_queries(6):
        client.get(f"/e/{edition.code}/files/")
