"""A site for a test: a fresh one, or one that is set up, copied from one that no test touches."""

import subprocess
import sys

import pytest

from tests.people import PASSWORD
from tests.site.commands import ROOT
from tests.site.sites import Site, copied, empty_database

MAKE_EDITION = "import django; django.setup(); from tests import people; people.edition('fair-1')"


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


@pytest.fixture
def fair(begun):
    """A site with one edition."""
    surroundings = begun.environment(
        HOSTCITY_HOME=str(begun.home), DJANGO_SETTINGS_MODULE="hostcity.site.settings", PYTHONPATH=f"{ROOT}/src:{ROOT}"
    )
    key = next(line for line in (begun.home / "hostcity.env").read_text().splitlines() if "SECRET" in line)
    name, _, value = key.partition("=")
    surroundings[name] = value
    subprocess.run([sys.executable, "-c", MAKE_EDITION], env=surroundings, check=True, cwd=ROOT)
    return begun
