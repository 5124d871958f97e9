"""A fresh site for a test."""

import pytest

from tests.site.sites import Site, empty_database


@pytest.fixture
def site(tmp_path):
    with empty_database() as database:
        yield Site(tmp_path / "home", database)
