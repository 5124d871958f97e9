"""The page of search."""

import pytest

from hostcity.core import policy
from hostcity.core.models.people import Role
from hostcity.core.registries import Document
from hostcity.core.search.marking import pieces_of
from hostcity.core.search.services import index
from hostcity.core.search.words import terms_of
from tests import people

pytestmark = pytest.mark.django_db


def filled(count):
    edition = people.edition(f"fair-{count}")
    documents = [
        Document(
            kind="plan", key=f"gates/{number}", action=policy.SEE_PLAN, title_en=f"Gate <{number}>", title_zh="西门",
            path=f"/e/{edition.code}/plan/gates/{number}/",
        )
        for number in range(count)
    ]  # fmt: skip
    index(edition, documents)
    return edition, people.signed_in(people.person(Role.PLANNER, edition))


@pytest.mark.parametrize("count", [1, 3])
def test_results_by_kind_in_a_fixed_number_of_queries(count, django_assert_num_queries):
    edition, client = filled(count)
    address = f"/e/{edition.code}/search/"
    client.get(address)
    with django_assert_num_queries(8):
        answer = client.get(address, {"q": "gate"})
    text = answer.content.decode()
    assert text.count("<mark>Gate</mark> &lt;") == count
    assert f"/e/{edition.code}/plan/gates/0/" in text


def test_pages_are_gone_to_by_name_in_both_languages():
    edition, client = filled(1)
    for question in ("calen", "日程", "richeng", "rc"):
        text = client.get(f"/e/{edition.code}/search/", {"q": question}).content.decode()
        assert 'id="kind-page"' in text, question
        assert f'href="/e/{edition.code}/calendar/"' in text


def test_pages_that_one_may_not_open_are_not_offered():
    edition, _ = filled(1)
    visitor = people.signed_in(people.person(Role.VISITOR, edition))
    text = visitor.get(f"/e/{edition.code}/search/", {"q": "changes"}).content.decode()
    assert 'id="kind-page"' not in text


def test_nothing_found_is_told_with_help():
    edition, client = filled(1)
    text = client.get(f"/e/{edition.code}/search/", {"q": "<script>"}).content.decode()
    assert "Nothing was found for “&lt;script&gt;”" in text
    assert "yingji" in text
    assert "Nothing was found" not in client.get(f"/e/{edition.code}/search/").content.decode()


@pytest.mark.parametrize(
    ("title", "question", "marked"),
    [
        ("West gate", "gate", "West [gate]"),
        ("West gate", "ga we", "[We]st [ga]te"),
        ("Sewest", "we", "Sewest"),
        ("展会应急预案", "应急", "展会[应急]预案"),
        ("展会应急预案", "应急预", "展会[应急预]案"),
        ("八号馆Hall 8", "hall", "八号馆[Hall] 8"),
        ("Café ＡＢＣ", "cafe abc", "[Café] [ＡＢＣ]"),
        ("İstanbul gate", "gate", "İstanbul [gate]"),
        ("西门", "ximen", "西门"),
        ("", "x", ""),
    ],
)
def test_what_was_asked_for_is_marked(title, question, marked):
    pieces = pieces_of(title, terms_of(question))
    assert "".join(f"[{each.text}]" if each.is_asked_for else each.text for each in pieces) == marked
