"""What tests of deliveries share."""

import pytest
from django_scopes import scope

from hostcity.core.deliveries.services import add_webhook
from hostcity.core.models.people import Role
from tests import people
from tests.core.deliveries.gateway import gateway as listening


@pytest.fixture
def gateway(settings):
    with listening() as made:
        settings.WEBHOOK_HOSTS = frozenset({made.place})
        yield made


@pytest.fixture
def edition(db):
    return people.edition()


@pytest.fixture
def admin(edition):
    return people.person(Role.ADMINISTRATOR, edition)


@pytest.fixture
def webhook(edition, admin, gateway):
    with scope(edition=edition):
        yield add_webhook(edition=edition, name="WeCom", url=gateway.url, form="json", verbs=[], by=admin)
