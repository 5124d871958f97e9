"""A site for a test: a fresh one, or one that is set up, copied from one that no test touches."""

import pytest

from tests.people import PASSWORD
from tests.site.sites import Site, copied, empty_database


@pytest.fixture
def site(tmp_path):
    with empty_database() as database:
        yield Site(tmp_path / "home", database)


@pytest.fixture(scope="session")
def _first_begun(tmp_path_factory):
    with empty_database() as database:
        site = Site(tmp_path_factory.mktemp("begun") / "home", database)
        site.done("init")
        yield site


@pytest.fixture(scope="session")
def _first_ready(tmp_path_factory, _first_begun):
    with empty_database() as database:
        site = Site(tmp_path_factory.mktemp("ready") / "home", database)
        copied(site, _first_begun)  # its tables, which take longest
        (site.home / "hostcity.env").unlink()
        site.done("init", "--admin", "boss", "--host", "expo.example.cn", ADMIN_PASSWORD=PASSWORD)
        yield site


@pytest.fixture
def begun(site, _first_begun):
    """Set up, without anybody."""
    copied(site, _first_begun)
    return site


@pytest.fixture
def ready(site, _first_ready):
    """Set up, with an administrator, for an address on the network."""
    copied(site, _first_ready)
    return site
