"""Reading the ledger: sentences, names, histories."""

import pytest
from django.db import transaction

from hostcity.core.ledger import record
from hostcity.core.ledger_queries import acts_since, history_of, number_of
from hostcity.core.registries import registries
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return people.edition()


def acted(edition, *keys, by=None):
    for key in keys:
        with transaction.atomic():
            record("test.paint", edition=edition, by=by, subject=("walls", key), body={"color": "red"})


def test_acts_come_in_order_since_a_number(edition):
    acted(edition, "a", "b", "c")
    assert [each.number for each in acts_since(edition, 1)] == [2, 3]
    assert number_of(edition) == 3


def test_another_editions_acts_are_not_told(edition):
    acted(people.edition("other"), "a")
    assert acts_since(edition, 0) == []


def test_a_history_is_of_one_object(edition):
    acted(edition, "a", "b", "a")
    assert [each.number for each in history_of(edition, "walls", "a")] == [3, 1]


def test_names_take_one_query_however_many(edition, django_assert_num_queries):
    for name in ("Li Na", "Wang Wei", "Zhao Min"):
        acted(edition, "a", by=people.person(name=name))
    with django_assert_num_queries(2):
        assert [each.by for each in acts_since(edition, 0)] == ["Li Na", "Wang Wei", "Zhao Min"]


def test_the_site_itself_and_who_was_erased(edition):
    gone = people.person()
    acted(edition, "a", by=gone)
    acted(edition, "b")
    code = gone.code
    gone.delete()
    assert [str(each.by) for each in acts_since(edition, 0)] == [code, "the site"]


def test_words_and_page_come_from_the_registries(edition, monkeypatch):
    acted(edition, "a")
    (line,) = acts_since(edition, 0)
    assert (str(line.words), line.path) == ("test.paint: walls a", "")
    monkeypatch.setitem(registries.act_words, "test.paint", lambda act: f"wall painted {act.body['color']}")
    monkeypatch.setitem(registries.subject_urls, "walls", lambda edition, key: f"/e/{edition.code}/walls/{key}/")
    (line,) = acts_since(edition, 0)
    assert (line.words, line.path) == ("wall painted red", "/e/fair/walls/a/")
